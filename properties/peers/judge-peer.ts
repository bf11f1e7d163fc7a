import { parseUri } from '../../model/uri.js';
import type { JudgeFinding } from '../judge/ledger.js';
import { createReport, type Report } from '../report/report.js';
import { verdictOf } from '../verifier/finding.js';
import type { CaseResult, Selection } from '../verifier/run.js';
import { verify } from '../verify.js';
import { verifyClient } from '../verify-client.js';
import { type Outcomes, talkToServer } from './interop.js';
import { meetEchoClient, meetTalkingClient } from './meetings.js';
import { type Peer, type ReadyPeer, startPeer } from './peer-program.js';
import { pipedClient } from './piped-client.js';

/** What was found of a peer in one role. */
export interface RoleResult {
  readonly role: 'server' | 'client';
  /** What the verifier says; absent where the peer cannot be made to hold its conversations. */
  readonly report?: Report;
  /** What the judge saw in conversations with the reference endpoint. */
  readonly seen: readonly JudgeFinding[];
  readonly outcomes: Outcomes;
}

/** How patiently a peer is judged: by default with its usual timeout, and several cases at once. */
export interface Patience {
  /** Times the usual waits. Default 1. */
  readonly factor?: number;
  /** Cases at once. Default 4. */
  readonly jobs?: number;
}

/** Milliseconds of silence that mean "no answer". */
const usualTimeout = 1000;

/** Milliseconds within which an echo client connects, or never. */
const connectingTime = 10_000;

/** Judges a peer as a server, and lets our client talk to it. */
async function judgeServer(
  peer: Peer,
  command: NonNullable<ReadyPeer['server']>,
  selection: Selection & Patience,
): Promise<RoleResult> {
  const running = await startPeer(peer.name, command);
  try {
    const url = `ws://127.0.0.1:${running.port}/`;
    const parsed = parseUri(url);
    if (!parsed.ok) throw new Error(parsed.refusal.says);
    const { origin } = peer;
    const { factor = 1, ...chosen } = selection;
    const timeout = (peer.timeout ?? usualTimeout) * factor;
    const outcomes = await talkToServer(url, origin);
    const target = {
      uri: parsed.uri,
      subprotocols: [],
      fields: [],
      timeout,
      ...(origin === undefined ? {} : { origin }),
    };
    const verification = await verify({ target, shownTarget: url, version: 'peers', seed: 1, ...chosen });
    if (verification.kind === 'unreachable') throw new Error(`${peer.name} cannot be judged: ${verification.why}`);
    return { role: 'server', report: verification.report, seen: [], outcomes };
  } finally {
    await running.stop();
  }
}

/** Judges a peer as a client, and lets it talk to our server. */
async function judgeClient(
  peer: Peer,
  ready: ReadyPeer,
  selection: Selection & Patience,
): Promise<RoleResult | undefined> {
  if (ready.talkingClient !== undefined) {
    const { outcomes, findings } = await meetTalkingClient(ready.talkingClient);
    return { role: 'client', seen: findings, outcomes };
  }
  if (ready.echoClient === undefined) return undefined;
  const { factor = 1, ...chosen } = selection;
  const timeout = (peer.timeout ?? usualTimeout) * factor;
  const { outcomes, findings } = await meetEchoClient(ready.echoClient);
  const client = pipedClient(ready.echoClient, connectingTime * factor);
  try {
    const facts = { shownTarget: peer.name, command: 'npm run peers', version: 'peers', timeout, seed: 1 };
    const verification = await verifyClient({ ...facts, client, ...chosen });
    if (verification.kind === 'unreachable') throw new Error(`${peer.name} cannot be judged: ${verification.why}`);
    return { role: 'client', report: verification.report, seen: findings, outcomes };
  } finally {
    await client.stop();
  }
}

/** Judges a peer in a role; `undefined` where it does not have it. */
export async function judgePeer(
  peer: Peer,
  ready: ReadyPeer,
  role: RoleResult['role'],
  selection: Selection & Patience = {},
): Promise<RoleResult | undefined> {
  if (role === 'client') return judgeClient(peer, ready, selection);
  return ready.server === undefined ? undefined : judgeServer(peer, ready.server, selection);
}

/** What the conversations with the reference endpoint came to, as cases that a report can have. */
function interopCases({ role, seen, outcomes }: RoleResult): readonly CaseResult[] {
  const facts = { clauses: [], requirement: `The reference endpoint and this ${role} understand each other.` };
  const nothing = { durationMs: 0, findings: [], wire: [] };
  const talks = Object.entries(outcomes).map(([topic, says]): CaseResult => {
    const told = { id: `interop/${topic}`, title: `Talks to the reference endpoint: ${topic}`, ...facts, ...nothing };
    return says === 'ok' ? { ...told, verdict: 'pass' } : { ...told, verdict: 'inconclusive', reason: says };
  });
  const findings = [...new Map(seen.map((finding) => [`${finding.clause} ${finding.code}`, finding])).values()];
  const title = 'Seen by the judge in conversations with the reference endpoint';
  const judged = { id: 'interop/judged', title, ...facts, ...nothing, verdict: verdictOf(findings), findings };
  return findings.length === 0 ? talks : [...talks, judged];
}

/** Everything that was found of a peer in a role, as one report. */
export function wholeReport(name: string, result: RoleResult): Report {
  const again = { version: 'peers', target: name, seed: 1, startedAt: new Date(), durationMs: 0, sameOptions: '' };
  const interop = createReport(interopCases(result), {
    ...again,
    role: result.role,
    command: `npm run peers -- ${name}`,
  });
  const { report = interop } = result;
  return report === interop ? interop : { ...report, cases: [...report.cases, ...interop.cases] };
}
