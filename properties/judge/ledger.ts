import type { Role } from '../../model/role.js';
import { hexOf } from '../../model/explain.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { ClauseStatus } from '../report/report.js';
import { type Finding, findingOf, type FindingWords, type Weight } from '../verifier/finding.js';

/** A finding of the judge, who sees both sides and says whom it blames. Offsets count in all that this side sent. */
export interface JudgeFinding extends Finding {
  readonly blamed: Role;
  /** Milliseconds since the connection was first seen. */
  readonly atMs: number;
  /** The first bytes from the offset on, as far as they came together; empty where no byte shows it. */
  readonly hex: string;
}

/** Gathers what is seen of the clauses on one connection, for each side. */
export interface Ledger {
  /** Says what is being looked at, for the times and the bytes of findings. */
  readonly look: (atMs: number, from?: Role, offset?: number, bytes?: Uint8Array) => void;
  readonly broken: (blamed: Role, clause: ClauseId, words: FindingWords, weight?: Weight) => void;
  /** The text leaves it open: what was seen is put on record. */
  readonly note: (blamed: Role, clause: ClauseId, words: FindingWords) => void;
  /** Clauses were exercised and held. */
  readonly held: (role: Role, clauses: readonly ClauseId[]) => void;
  /** Findings since the last call. */
  readonly fresh: () => readonly JudgeFinding[];
  /** All findings; one that came again and again is there once. */
  readonly findings: () => readonly JudgeFinding[];
  /** What became of each clause that was exercised. */
  readonly statuses: (role: Role) => ReadonlyMap<ClauseId, ClauseStatus>;
}

/** Bytes that a finding shows. */
const shown = 32;

const nothing: readonly JudgeFinding[] = [];

/** A ledger with nothing in it. */
export function createLedger(): Ledger {
  const findings: JudgeFinding[] = [];
  const known = new Set<string>();
  const exercised: Readonly<Record<Role, Set<ClauseId>>> = { client: new Set(), server: new Set() };
  let told = 0;
  let view: { atMs: number; from: Role | undefined; offset: number; bytes: Uint8Array | undefined } = {
    atMs: 0,
    from: undefined,
    offset: 0,
    bytes: undefined,
  };

  const add = (blamed: Role, finding: Finding): void => {
    const key = `${blamed} ${finding.clause} ${finding.code}`;
    if (known.has(key)) return;
    known.add(key);
    const at = (finding.offset ?? Infinity) - view.offset;
    const isInView = view.bytes !== undefined && view.from === blamed && at >= 0 && at < view.bytes.length;
    const hex = isInView && view.bytes !== undefined ? hexOf(view.bytes.subarray(at, at + shown)) : '';
    findings.push({ ...finding, blamed, atMs: Math.round(view.atMs * 1000) / 1000, hex });
  };

  return {
    look: (atMs, from, offset = 0, bytes) => {
      view = { atMs, from, offset, bytes };
    },
    broken: (blamed, clause, words, weight) => {
      add(blamed, findingOf(clause, words, weight));
    },
    note: (blamed, clause, words) => {
      add(blamed, findingOf(clause, words, 'informational'));
    },
    held: (role, clauses) => {
      for (const clause of clauses) exercised[role].add(clause);
    },
    fresh: () => {
      if (told === findings.length) return nothing;
      const fresh = findings.slice(told);
      told = findings.length;
      return fresh;
    },
    findings: () => findings,
    statuses: (role) =>
      statusesOf(
        exercised[role],
        findings.filter(({ blamed }) => blamed === role),
      ),
  };
}

const gravity: readonly ClauseStatus[] = ['broken', 'not-followed', 'open', 'held'];

function statusesOf(
  exercised: ReadonlySet<ClauseId>,
  findings: readonly JudgeFinding[],
): ReadonlyMap<ClauseId, ClauseStatus> {
  const statuses = new Map<ClauseId, ClauseStatus>([...exercised].map((clause) => [clause, 'held']));
  for (const { clause, verdict } of findings) {
    const status = verdict === 'fail' ? 'broken' : verdict === 'advisory' ? 'not-followed' : 'open';
    const before = statuses.get(clause) ?? 'held';
    if (gravity.indexOf(status) < gravity.indexOf(before)) statuses.set(clause, status);
  }
  return statuses;
}
