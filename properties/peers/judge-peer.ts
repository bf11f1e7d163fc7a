import { parseUri } from '../../model/uri.js';
import type { JudgeFinding } from '../judge/ledger.js';
import { expectationsOf } from '../report/expectations.js';
import type { Report } from '../report/report.js';
import type { Selection } from '../verifier/run.js';
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

/** What was found, by the id of the case, in the format of `--expect`. */
export interface Found {
  readonly version: string;
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

/** Milliseconds of silence that mean "no answer". */
const usualTimeout = 1000;

/** Judges a peer as a server, and lets our client talk to it. */
async function judgeServer(
  peer: Peer,
  command: NonNullable<ReadyPeer['server']>,
  selection: Selection,
): Promise<RoleResult> {
  const running = await startPeer(peer.name, command);
  try {
    const url = `ws://127.0.0.1:${running.port}/`;
    const parsed = parseUri(url);
    if (!parsed.ok) throw new Error(parsed.refusal.says);
    const { origin, timeout = usualTimeout } = peer;
    const outcomes = await talkToServer(url, origin);
    const target = {
      uri: parsed.uri,
      subprotocols: [],
      fields: [],
      timeout,
      ...(origin === undefined ? {} : { origin }),
    };
    const verification = await verify({ target, shownTarget: url, version: 'peers', seed: 1, ...selection });
    if (verification.kind === 'unreachable') throw new Error(`${peer.name} cannot be judged: ${verification.why}`);
    return { role: 'server', report: verification.report, seen: [], outcomes };
  } finally {
    await running.stop();
  }
}

/** Judges a peer as a client, and lets it talk to our server. */
async function judgeClient(peer: Peer, ready: ReadyPeer, selection: Selection): Promise<RoleResult | undefined> {
  if (ready.talkingClient !== undefined) {
    const { outcomes, findings } = await meetTalkingClient(ready.talkingClient);
    return { role: 'client', seen: findings, outcomes };
  }
  if (ready.echoClient === undefined) return undefined;
  const { timeout = usualTimeout } = peer;
  const { outcomes, findings } = await meetEchoClient(ready.echoClient);
  const client = pipedClient(ready.echoClient, 10_000);
  try {
    const facts = { shownTarget: peer.name, command: 'npm run peers', version: 'peers', timeout, seed: 1 };
    const verification = await verifyClient({ ...facts, client, ...selection });
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
  selection: Selection = {},
): Promise<RoleResult | undefined> {
  if (role === 'client') return judgeClient(peer, ready, selection);
  return ready.server === undefined ? undefined : judgeServer(peer, ready.server, selection);
}

/** What is to be the same the next time. */
export function foundIn({ byChance = [] }: Peer, { role, report, seen, outcomes }: RoleResult, version: string): Found {
  const lines = seen.map(({ verdict, clause, code }) => `${verdict} ${clause} ${code}`);
  const talks = Object.entries(outcomes).filter(([, says]) => says !== 'ok');
  const findings: Readonly<Record<string, readonly string[]>> = {
    ...(report === undefined ? {} : expectationsOf(report, version).findings),
    ...(lines.length === 0 ? {} : { 'interop/judged': [...new Set(lines)] }),
    ...Object.fromEntries(talks.map(([topic, says]) => [`interop/${topic}`, [says]])),
  };
  if (role === 'server') return { version, findings };
  const isSettled = (line: string): boolean => !byChance.some((code) => line.endsWith(` ${code}`));
  const settled = Object.entries(findings).map(([id, all]) => [id, all.filter(isSettled)] as const);
  return { version, findings: Object.fromEntries(settled.filter(([, all]) => all.length > 0)) };
}

/** One case of which something else was found than is expected. */
export interface Difference {
  readonly id: string;
  readonly says: string;
}

/** Where findings differ from those that are expected. */
export function differences(expected: Found, found: Found): readonly Difference[] {
  const ids = new Set([...Object.keys(expected.findings), ...Object.keys(found.findings)]);
  return [...ids].flatMap((id) => {
    const was = expected.findings[id]?.join('; ') ?? 'nothing';
    const is = found.findings[id]?.join('; ') ?? 'nothing';
    return was === is ? [] : [{ id, says: `${id}: expected ${was}, found ${is}` }];
  });
}
