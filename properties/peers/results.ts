import type { CaseReport, Report } from '../report/report.js';
import type { Finding, Verdict } from '../verifier/finding.js';
import type { RoleResult } from './judge-peer.js';
import { type OtherPeer, otherPeers } from './others.js';
import type { Peer } from './peer-program.js';

/*
 * What was found of the real peers, as data: `results.json`, from which docs/peers.md is made and a site can be. It says
 * nothing of times, so that it changes only when a finding does.
 */

/** Findings of one clause and code, over all cases. */
export interface FindingKind {
  readonly verdict: Finding['verdict'];
  readonly clause: string;
  readonly code: string;
  /** What was seen in the first of the cases. */
  readonly observed: string;
  readonly allowed: string;
  /**
   * Hexadecimal digits from where they begin to show it, of a client without the mask; or what is unusual of an HTTP
   * head, in quotes. Behind an arrow stands what the peer was sent, where it did not answer.
   */
  readonly bytes: string;
  readonly cases: readonly string[];
  /** In how many of the cases nothing else is wrong. */
  readonly alone: number;
}

/** A peer in one role. */
export interface RoleResults {
  readonly role: 'server' | 'client';
  /** Figures of the verifier; absent where the peer cannot be made to hold its conversations. */
  readonly summary?: Readonly<Record<Verdict, number>>;
  readonly cases: number;
  /** What weighs: `fail` and `advisory`. */
  readonly kinds: readonly FindingKind[];
  /** The options of readings that it follows, by the number of the reading; several where it depends. */
  readonly readings: Readonly<Record<string, readonly string[]>>;
  /** What the judge saw in conversations with the reference endpoint. */
  readonly seen: readonly FindingKind[];
  /** What became of each part of a conversation with the reference endpoint: `ok`, or what happened instead. */
  readonly interop: Readonly<Record<string, string>>;
}

/** A real peer with what was found. */
export interface PeerResults {
  readonly name: string;
  readonly version: string;
  /** The day of its release. */
  readonly released: string;
  readonly about: string;
  readonly roles: readonly RoleResults[];
}

/** All real peers. */
export interface Results {
  readonly document: 'draft-06';
  readonly peers: readonly PeerResults[];
  /** What else was looked at. */
  readonly others: readonly OtherPeer[];
}

/** Bytes that are shown. */
const shownBytes = 12;

const isHead = (hex: string): boolean =>
  /^[0-9a-f]*(?:0d|0a)/i.test(hex) && /^(?:48545450|4[5-9]4|504|505|676574)/i.test(hex);
const cut = (hex: string): string => (hex.length > shownBytes * 2 ? `${hex.slice(0, shownBytes * 2)}…` : hex);

/** Lines of the usual opening handshake, which show nothing. */
const usualLines =
  /^(?:Host: [^ \t]*:\d+|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: [^ \t]+|Sec-WebSocket-Version: 6|Sec-WebSocket-Origin: http:\/\/hybi-spec.example|Sec-WebSocket-Accept: .*|)$/i;

/** The first line of a head, and those of the others that are not the usual ones. */
function headOf(hex: string): string {
  const [first = '', ...lines] = Buffer.from(hex, 'hex').toString('latin1').split('\r\n');
  const all = [first, ...lines.filter((line) => !usualLines.test(line))].join(' / ');
  // Ports are others each time.
  const told = all.replaceAll(/(127\.0\.0\.1):\d+/g, '$1:PORT');
  return JSON.stringify(told.length > 100 ? `${told.slice(0, 100)}…` : told);
}

type Wire = CaseReport['wire'];

/** The frames of a chunk of a client, without the mask of the first. */
function unmasked(hex: string): string {
  const octets = Buffer.from(hex, 'hex');
  const clear = octets.subarray(4).map((octet, at) => octet ^ (octets[at % 4] ?? 0));
  return Buffer.from(clear).toString('hex');
}

/** What was sent on the first connection before anything came back: a second one only shows that the usual is accepted. */
function firstSent(wire: Wire): string {
  const isSecond = wire.findIndex(({ from, note }, at) => at > 0 && (from === 'peer' || note === 'opening handshake'));
  return wire
    .slice(0, isSecond === -1 ? wire.length : isSecond)
    .map(({ hex }) => hex)
    .join('');
}

/** What a finding of a server is seen by: what it sent from its offset on, or last; where that is nothing, what it got. */
function bytesOfServer(wire: Wire, offset: number | null): string {
  const own = wire.filter(({ from }) => from === 'peer').map(({ hex }) => hex);
  const start = offset === null ? -1 : offset * 2;
  const stream = own.join('');
  if (start >= 0 && start < stream.length) return cut(stream.slice(start));
  const behindHead = own.filter((hex) => !isHead(hex)).join('');
  if (behindHead !== '') return cut(behindHead);
  const frames = wire.slice(wire.findIndex(({ from }) => from === 'peer') + 1);
  const sent = frames.find(({ from, hex, note }) => from === 'tester' && note !== 'opening handshake' && !isHead(hex));
  if (own.length > 0 && sent !== undefined && !sent.note.startsWith('opening')) return `→ ${cut(sent.hex)}`;
  const first = firstSent(wire);
  return isHead(first) ? `→ ${headOf(first)}` : `→ ${cut(first)}`;
}

/** The same of a client: its head, or its last frame, or that at the offset. */
function bytesOfClient(wire: Wire, offset: number | null): string {
  const own = wire.filter(({ from }) => from === 'peer').map(({ hex }) => hex);
  let before = 0;
  const chunk = own.find((hex) => (before += hex.length / 2) > (offset ?? Infinity)) ?? own.at(-1) ?? '';
  if (!isHead(chunk)) return cut(unmasked(chunk));
  const sent = wire.find(({ from, hex }) => from === 'tester' && !isHead(hex));
  return offset === null && sent !== undefined ? `→ ${cut(sent.hex)}` : headOf(own[0] ?? '');
}

const bytesOf = (role: Report['role'], { wire }: CaseReport, offset: number | null): string =>
  role === 'server' ? bytesOfServer(wire, offset) : bytesOfClient(wire, offset);

const isWeighty = ({ verdict }: Finding): boolean => verdict === 'fail' || verdict === 'advisory';

function kindsOf({ role, cases }: Report): readonly FindingKind[] {
  const kinds = new Map<string, FindingKind>();
  for (const result of cases) {
    const weighty = result.findings.filter(isWeighty);
    const isAlone = new Set(weighty.map(({ clause, code }) => `${clause} ${code}`)).size === 1;
    for (const { verdict, clause, code, observed, allowed, offset } of weighty) {
      const key = `${clause} ${code}`;
      const { cases: ids = [], alone = 0 } = kinds.get(key) ?? {};
      if (ids.at(-1) === result.id) continue;
      const first = kinds.get(key) ?? {
        verdict,
        clause,
        code,
        observed,
        allowed,
        bytes: bytesOf(role, result, offset),
      };
      kinds.set(key, { ...first, cases: [...ids, result.id], alone: alone + (isAlone ? 1 : 0) });
    }
  }
  return [...kinds.values()];
}

/** The options of readings that a report shows. */
function readingsOf({ cases }: Report): Readonly<Record<string, readonly string[]>> {
  const seen = new Map<string, Set<string>>();
  for (const { code } of cases.flatMap(({ findings }) => findings)) {
    const [, number, option] = /^(R-\d+)-(.+)$/.exec(code) ?? [];
    if (number === undefined || option === undefined) continue;
    seen.set(number, (seen.get(number) ?? new Set()).add(option));
  }
  return Object.fromEntries([...seen].sort().map(([number, options]) => [number, [...options].sort()]));
}

function roleResults({ role, report, seen, outcomes: interop }: RoleResult): RoleResults {
  const judged = new Map<string, FindingKind>();
  for (const { verdict, clause, code, observed, allowed, hex } of seen) {
    const kind = {
      verdict,
      clause,
      code,
      observed,
      allowed,
      bytes: cut(hex.slice(0, 16)),
      cases: ['interop/judged'],
      alone: 0,
    };
    if (!judged.has(`${clause} ${code}`)) judged.set(`${clause} ${code}`, kind);
  }
  return {
    role,
    ...(report === undefined ? {} : { summary: report.summary }),
    cases: report?.cases.length ?? 0,
    kinds: report === undefined ? [] : kindsOf(report),
    readings: report === undefined ? {} : readingsOf(report),
    seen: [...judged.values()],
    interop,
  };
}

/** What is told of a peer. */
export function peerResults(peer: Peer, version: string, results: readonly RoleResult[]): PeerResults {
  const { name, released, about } = peer;
  return { name, version, released, about, roles: results.map(roleResults) };
}

/** What is told of all of them. */
export const allResults = (peers: readonly PeerResults[]): Results => ({
  document: 'draft-06',
  peers,
  others: otherPeers,
});
