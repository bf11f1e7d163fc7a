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
  /** Hexadecimal digits from where they begin to show it, or the first line of an HTTP head in quotes. */
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

const isHead = (hex: string): boolean => /^(?:48545450|474554|504f5354|5055)/i.test(hex);
const cut = (hex: string): string => (hex.length > shownBytes * 2 ? `${hex.slice(0, shownBytes * 2)}…` : hex);
const firstLine = (hex: string): string =>
  JSON.stringify(Buffer.from(hex, 'hex').toString('latin1').split('\r\n')[0] ?? '');

/** What a finding is seen by: what the peer sent from its offset on, or last; otherwise what it was sent. */
function bytesOf({ wire }: CaseReport, offset: number | null): string {
  const own = wire.filter(({ from }) => from === 'peer').map(({ hex }) => hex);
  const stream = own.join('');
  const start = offset === null ? -1 : offset * 2;
  if (start >= 0 && start < stream.length) return cut(stream.slice(start));
  const last = own.at(-1) ?? wire.at(-1)?.hex ?? '';
  return isHead(last) ? firstLine(last) : cut(last);
}

const isWeighty = ({ verdict }: Finding): boolean => verdict === 'fail' || verdict === 'advisory';

function kindsOf({ cases }: Report): readonly FindingKind[] {
  const kinds = new Map<string, FindingKind>();
  for (const result of cases) {
    const weighty = result.findings.filter(isWeighty);
    const isAlone = new Set(weighty.map(({ clause, code }) => `${clause} ${code}`)).size === 1;
    for (const { verdict, clause, code, observed, allowed, offset } of weighty) {
      const key = `${clause} ${code}`;
      const { cases: ids = [], alone = 0 } = kinds.get(key) ?? {};
      if (ids.at(-1) === result.id) continue;
      const first = kinds.get(key) ?? { verdict, clause, code, observed, allowed, bytes: bytesOf(result, offset) };
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
    const kind = { verdict, clause, code, observed, allowed, bytes: cut(hex), cases: ['interop/judged'], alone: 0 };
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
