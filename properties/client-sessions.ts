import type { RequestHead } from '../model/http-head.js';
import { createReport, type Report } from './report/report.js';
import { shardName } from './report/shard.js';
import { type ClientCase, type Need, whyMissing } from './verifier/case.js';
import type { Verdict } from './verifier/finding.js';
import { type Line, PeerUnreachable } from './verifier/line.js';
import { type CaseResult, runClientCase, skipped, whySkipped } from './verifier/run.js';
import { selectedClientCases, type VerifyClientFacts } from './verify-client.js';
import { freshSeed } from './verify.js';

/*
 * Clients that come by themselves, as their drivers for the Autobahn testsuite do: one connection for each case, which
 * the client asks for by its number. Each agent has a session.
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
  readonly agent: string;
  readonly startedAt: Date;
  readonly start: number;
  readonly requests: RequestHead[];
  /** By the number of the case, from 1. */
  readonly results: Map<number, CaseResult>;
  /** The kinds of messages that came from it. */
  readonly messages: Set<string>;
  /** The cases that are being run. */
  readonly running: Map<number, Promise<unknown>>;
}

/** The sessions of all agents that come. */
export interface ClientSessions {
  readonly cases: readonly ClientCase[];
  readonly agents: () => readonly string[];
  /** Whether an agent is known, or may still be. */
  readonly hasRoomFor: (agent: string) => boolean;
  /** Runs a case on a connection; resolves when it is over. */
  readonly run: (agent: string, number: number, line: Line) => Promise<CaseResult>;
  /** What became of a case, once it is over; `UNIMPLEMENTED` when the agent has not run it. */
  readonly behaviourOf: (agent: string, number: number) => Promise<Behaviour>;
  /** Resolves when no case of an agent is being run. */
  readonly settled: (agent: string) => Promise<void>;
  /** How far an agent is. */
  readonly progressOf: (agent: string) => { readonly done: number; readonly failed: number };
  /** What an agent has done so far; cases that it did not run are skipped. */
  readonly report: (agent: string) => Report;
}

/** Agents that one run keeps results of. */
const maxAgents = 100;

/** How many cases that need an echo have to go without before a client is taken for one that does not echo. */
const enough = 3;

const noResults = (): Pick<Session, 'results' | 'running' | 'messages'> => ({
  results: new Map(),
  running: new Map(),
  messages: new Set(),
});

/** Keeps the sessions of the agents that come. */
export function createSessions(facts: VerifyClientFacts): ClientSessions {
  const cases = selectedClientCases(facts);
  const seed = facts.seed ?? freshSeed();
  const sessions = new Map<string, Session>();
  const sessionOf = (agent: string): Session => {
    const known = sessions.get(agent);
    if (known !== undefined) return known;
    const session = { agent, startedAt: new Date(), start: performance.now(), requests: [], ...noResults() };
    sessions.set(agent, session);
    return session;
  };

  const run = async (agent: string, number: number, line: Line): Promise<CaseResult> => {
    const session = sessionOf(agent);
    const testCase = cases[number - 1];
    if (testCase === undefined) throw new RangeError(`there is no case ${number}`);
    const why = whySkipped(testCase, abilities, 'client');
    const running = why === undefined ? runOnce(testCase, session, line) : Promise.resolve(skipped(testCase, why));
    session.running.set(number, running);
    try {
      const result = await running;
      session.results.set(number, result);
      return result;
    } finally {
      session.running.delete(number);
      line.destroy();
    }
  };

  /** The client has come already, and comes once for each case. */
  const runOnce = (testCase: ClientCase, { requests, messages }: Session, line: Line): Promise<CaseResult> => {
    let hasCome = false;
    const accept = () => {
      if (hasCome) return Promise.reject(new PeerUnreachable('this client connects once for each case'));
      hasCome = true;
      return Promise.resolve({ line, release: () => undefined });
    };
    const onMessage = (kind: string): void => {
      messages.add(kind);
    };
    return runClientCase(
      testCase,
      {
        client: { accept },
        target: { timeout: facts.timeout, ...(facts.chosen === undefined ? {} : { chosen: facts.chosen }) },
        requests,
        onMessage,
      },
      seed,
    );
  };

  return {
    cases,
    agents: () => [...sessions.keys()],
    hasRoomFor: (agent) => sessions.has(agent) || sessions.size < maxAgents,
    run,
    behaviourOf: async (agent, number) => {
      const session = sessions.get(agent);
      await session?.running.get(number)?.catch(() => undefined);
      const result = session?.results.get(number);
      return result === undefined ? 'UNIMPLEMENTED' : behaviours[result.verdict];
    },
    settled: async (agent) => {
      await Promise.allSettled([...(sessions.get(agent)?.running.values() ?? [])]);
    },
    progressOf: (agent) => {
      const results = [...sessionOf(agent).results.values()];
      return { done: results.length, failed: results.filter(({ verdict }) => verdict === 'fail').length };
    },
    report: (agent) => {
      const { results, startedAt, start, messages } = sessionOf(agent);
      const all = cases.map((testCase, at) => results.get(at + 1) ?? skipped(testCase, 'the client did not run it'));
      return createReport(withoutMissingEchoes(cases, all, messages), {
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

/**
 * What a client that comes by itself is taken to be able to do. That it echoes shows only in the cases, and is looked
 * at in the end; what it offers is for each case to see.
 */
const abilities: ReadonlySet<Need> = new Set([
  'echo of text',
  'echo of binary',
  'offer of subprotocols',
  'offer of extensions',
]);

/**
 * A client that never sent a message of a kind, in several cases that need one back, does not echo: those cases say
 * nothing about it and are skipped.
 */
function withoutMissingEchoes(
  cases: readonly ClientCase[],
  results: readonly CaseResult[],
  messages: ReadonlySet<string>,
): readonly CaseResult[] {
  const missing = (['text', 'binary'] as const)
    .filter((kind) => !messages.has(kind))
    .map((kind) => `echo of ${kind}` as const)
    .filter(
      (need) => results.filter(({ verdict }, at) => verdict !== 'skipped' && needs(cases[at], need)).length >= enough,
    );
  return results.map((result, at) => {
    const testCase = cases[at];
    const need = missing.find((each) => needs(testCase, each));
    return testCase === undefined || need === undefined || result.verdict === 'skipped'
      ? result
      : skipped(testCase, whyMissing(need, 'client'));
  });
}

const needs = (testCase: ClientCase | undefined, need: Need): boolean => testCase?.needs?.includes(need) === true;
