import type { ClauseId } from '../../spec/clauses.js';
import { hexOf } from '../../model/explain.js';
import { type Finding, findingOf, type FindingWords, type Weight } from './finding.js';

/** An entry of the protocol of a case: bytes in one direction, with what they are. */
export interface WireEntry {
  readonly atMs: number;
  readonly from: 'tester' | 'peer';
  /** The bytes; of a long entry only the beginning, as the note says. */
  readonly hex: string;
  readonly note: string;
}

/** Gathers what a case finds. */
export interface Recorder {
  readonly findings: () => readonly Finding[];
  readonly wire: () => readonly WireEntry[];
  /** A clause was not kept; how much that weighs follows from its level unless the caller makes it lighter. */
  readonly broken: (clause: ClauseId, words: FindingWords, weight?: Weight) => void;
  /** The text leaves it open: what was seen is put on record. */
  readonly note: (clause: ClauseId, code: string, observed: string, allowed?: string) => void;
  /** What was found shows again by these words of the command line. Default: `--only` and the id of the case. */
  readonly rerunBy: (words: string) => void;
  readonly rerun: () => string | undefined;
  readonly wrote: (entry: {
    readonly atMs: number;
    readonly from: 'tester' | 'peer';
    readonly bytes: Uint8Array;
    readonly note: string;
  }) => void;
}

/** Bytes of one entry that a report shows. */
const shown = 2048;
/** Entries that a report shows. */
const maxEntries = 500;
/** Bytes of all entries of a case that a report shows; beyond them only the first few of each. */
const maxShown = 64 * 1024;
const shownBeyond = 32;

/** A recorder with nothing in it. */
export function createRecorder(): Recorder {
  const findings: Finding[] = [];
  const wire: WireEntry[] = [];
  let kept = 0;
  let rerun: string | undefined;
  const add = (finding: Finding): void => {
    // A peer that breaks one rule in every frame is told so once a case.
    const known = findings.some((other) => other.clause === finding.clause && other.code === finding.code);
    if (!known) findings.push(finding);
  };
  return {
    findings: () => findings,
    wire: () => wire,
    broken: (clause, words, weight) => {
      add(findingOf(clause, words, weight));
    },
    note: (clause, code, observed, allowed = 'the text leaves it open') => {
      add(findingOf(clause, { code, observed, allowed }, 'informational'));
    },
    rerunBy: (words) => {
      rerun = words;
    },
    rerun: () => rerun,
    wrote: ({ atMs, from, bytes, note }) => {
      if (wire.length >= maxEntries) return;
      const limit = kept < maxShown ? shown : shownBeyond;
      const cut = bytes.length > limit ? ` (the first ${limit} of ${bytes.length} bytes)` : '';
      const begin = bytes.subarray(0, limit);
      kept += begin.length;
      wire.push({ atMs: Math.round(atMs), from, hex: hexOf(begin), note: `${note}${cut}` });
    },
  };
}
