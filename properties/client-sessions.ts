import type { RequestHead } from '../model/http-head.js';
import { segmentGap } from './campaign/segmentations.js';
import { segmentedClient } from './campaign/segmented.js';
import { type ClientCampaign, startClientCampaign } from './client-campaign.js';
import { resultsOf } from './client-results.js';
import { assumedAbilities, describeTurn, type Turn, turnsOf } from './client-turns.js';
import { createReport, type Report } from './report/report.js';
import { shardName } from './report/shard.js';
import type { ClientCase } from './verifier/case.js';
import { withEcho } from './verifier/baseline.js';
import type { ClientRun, ClientTarget } from './verifier/client-tester.js';
import type { Verdict } from './verifier/finding.js';
import { type ClientPeer, type Line, PeerUnreachable } from './verifier/line.js';
import { type CaseResult, runClientCase, skipped, whySkipped } from './verifier/run.js';
import type { VerifyClientFacts } from './verify-client.js';
import { freshSeed } from './verify.js';

/*
 * Clients that come by themselves, as their drivers for the Autobahn testsuite do: one connection for each number, which
 * the client asks for. Each agent has a session.
 */

/** What drivers call the outcome of a case. */
export type Behaviour = 'OK' | 'NON-STRICT' | 'INFORMATIONAL' | 'FAILED' | 'UNIMPLEMENTED';

const behaviours: Readonly<Record<Verdict, Behaviour>> = {
  pass: 'OK',
  fail: 'FAILED',
  advisory: 'NON-STRICT',
  informational: 'INFORMATIONAL',
  // It could not be told: the driver should look.
  inconclusive: 'FAILED',
  skipped: 'UNIMPLEMENTED',
};

/** What is known of one agent. */
interface Session {
  readonly startedAt: Date;
  readonly start: number;
  readonly requests: RequestHead[];
  /** By the number, from 1. */
  readonly results: Map<number, CaseResult>;
  /** The kinds of messages that came from it. */
  readonly messages: Set<string>;
  /** The connections that are being used. */
  readonly running: Map<number, Promise<unknown>>;
  /** By the id of the case; those that have got a connection. */
  readonly campaigns: Map<string, ClientCampaign>;
  /** What came of the campaigns that are over, by the id of the case. */
  readonly finished: Map<string, CaseResult>;
}

/** The sessions of all agents that come. */
export interface ClientSessions {
  /** What a driver is told of each number, from 1. */
  readonly numbered: readonly { readonly id: string; readonly title: string }[];
  readonly agents: () => readonly string[];
  /** Whether an agent is known, or may still be. */
  readonly hasRoomFor: (agent: string) => boolean;
  /** Does on a connection what its number stands for; resolves when it is over. */
  readonly run: (agent: string, number: number, line: Line) => Promise<CaseResult>;
  /** What became of a number, once it is over; `UNIMPLEMENTED` when the agent has not run it. */
  readonly behaviourOf: (agent: string, number: number) => Promise<Behaviour>;
  /** Resolves when no connection of an agent is being used. What is then still searched for is given up. */
  readonly settled: (agent: string) => Promise<void>;
  /** How far an agent is. */
  readonly progressOf: (agent: string) => { readonly done: number; readonly failed: number };
  /** What an agent has done so far; cases that it did not run are skipped. */
  readonly report: (agent: string) => Promise<Report>;
}

/** Agents that one run keeps results of. */
const maxAgents = 100;

const newSession = (): Session => ({
  startedAt: new Date(),
  start: performance.now(),
  requests: [],
  results: new Map(),
  messages: new Set(),
  running: new Map(),
  campaigns: new Map(),
  finished: new Map(),
});

/** Keeps the sessions of the agents that come. */
export function createSessions(facts: VerifyClientFacts): ClientSessions {
  const turns = turnsOf(facts);
  const seed = facts.seed ?? freshSeed();
  const gap = facts.segmentGap ?? segmentGap;
  const abilities = withEcho(assumedAbilities, facts.echo);
  const sessions = new Map<string, Session>();
  const sessionOf = (agent: string): Session => {
    const session = sessions.get(agent) ?? newSession();
    sessions.set(agent, session);
    return session;
  };
  const target: ClientTarget = {
    timeout: facts.timeout,
    ...(facts.runs === undefined ? {} : { runs: facts.runs }),
    ...(facts.chosen === undefined ? {} : { chosen: facts.chosen }),
  };
  const runOf = ({ requests, messages }: Session): Omit<ClientRun, 'client'> => ({
    target,
    requests,
    onMessage: (kind) => {
      messages.add(kind);
    },
  });

  const takeTurn = (turn: Turn, session: Session, line: Line): Promise<CaseResult> => {
    const { testCase } = turn;
    switch (turn.kind) {
      case 'case':
        return runClientCase(testCase, { ...runOf(session), client: comingOnce(line) }, seed);
      case 'segmented': {
        const client = segmentedClient(comingOnce(line), { how: turn.how, seed, gap });
        const requests = [...session.requests];
        return runClientCase(testCase, { ...runOf(session), client, requests }, seed);
      }
      case 'random':
        return campaignOf(testCase, session).take(line);
    }
  };
  const campaignOf = (testCase: ClientCase, session: Session): ClientCampaign => {
    const known = session.campaigns.get(testCase.id);
    if (known !== undefined) return known;
    const campaign = startClientCampaign(testCase, runOf(session), seed);
    session.campaigns.set(testCase.id, campaign);
    return campaign;
  };

  const run = async (agent: string, number: number, line: Line): Promise<CaseResult> => {
    const session = sessionOf(agent);
    const turn = turns[number - 1];
    if (turn === undefined) throw new RangeError(`there is no case ${number}`);
    const why = whySkipped(turn.testCase, abilities, 'client');
    const running = why === undefined ? takeTurn(turn, session, line) : Promise.resolve(skipped(turn.testCase, why));
    session.running.set(number, running);
    try {
      const result = await running;
      session.results.set(number, result);
      return result;
    } finally {
      if (session.running.get(number) === running) session.running.delete(number);
      line.destroy();
    }
  };

  /** Campaigns that wait for a further connection end with what they have. */
  const settled = async (agent: string): Promise<void> => {
    const session = sessions.get(agent);
    if (session === undefined) return;
    await Promise.allSettled(session.running.values());
    for (const [id, campaign] of [...session.campaigns]) {
      session.campaigns.delete(id);
      session.finished.set(id, await campaign.finish());
    }
  };

  return {
    numbered: turns.map(describeTurn),
    agents: () => [...sessions.keys()],
    hasRoomFor: (agent) => sessions.has(agent) || sessions.size < maxAgents,
    run,
    behaviourOf: async (agent, number) => {
      const session = sessions.get(agent);
      await session?.running.get(number)?.catch(() => undefined);
      const result = session?.results.get(number);
      return result === undefined ? 'UNIMPLEMENTED' : behaviours[result.verdict];
    },
    settled,
    progressOf: (agent) => {
      const results = [...sessionOf(agent).results.values()];
      return { done: results.length, failed: results.filter(({ verdict }) => verdict === 'fail').length };
    },
    report: async (agent) => {
      await settled(agent);
      const { results, startedAt, start, messages, finished } = sessionOf(agent);
      return createReport(resultsOf(turns, { results, messages, finished }), {
        role: 'client',
        version: facts.version,
        target: agent,
        seed,
        startedAt,
        durationMs: Math.round(performance.now() - start),
        sameOptions: facts.sameOptions ?? '',
        command: facts.command,
        ...(facts.chosen === undefined ? {} : { chosen: facts.chosen }),
        ...(facts.shard === undefined ? {} : { shard: shardName(facts.shard) }),
      });
    },
  };
}

/** The client has come already, and comes once for each number. */
function comingOnce(line: Line): ClientPeer {
  let hasCome = false;
  return {
    accept: () => {
      if (hasCome) return Promise.reject(new PeerUnreachable('this client connects once for each case'));
      hasCome = true;
      return Promise.resolve({ line, release: () => undefined });
    },
  };
}
