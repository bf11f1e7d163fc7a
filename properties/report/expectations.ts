import type { CaseReport, Report } from './report.js';

/*
 * Known findings. What was found once, and is known, is no news: `--write-expect` writes it into a file, `--expect`
 * compares a later run with it. The format is a contract; the expectations of the real peers have it as well.
 */

/** Known findings, as they stand in a file. */
export interface ExpectedFindings {
  /** Of what they were found on, or with: for people. */
  readonly version: string;
  /** By the id of the case: `VERDICT CLAUSE CODE` for a finding, `inconclusive REASON` where a case could not tell. */
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

/** One finding of a case. */
export interface KnownFinding {
  readonly id: string;
  readonly finding: string;
}

/** How a run differs from what was expected. */
export interface Comparison {
  /** Found, and not expected. */
  readonly fresh: readonly KnownFinding[];
  /** Expected of a case that ran, and not found. */
  readonly gone: readonly KnownFinding[];
}

/** The findings of a case that carry weight, each in one line. What the text leaves open is not among them. */
function linesOf({ findings, verdict, reason }: CaseReport): readonly string[] {
  if (verdict === 'skipped') return [];
  const weighty = findings.filter((finding) => finding.verdict !== 'informational');
  const lines = weighty.map((finding) => `${finding.verdict} ${finding.clause} ${finding.code}`);
  return reason === undefined ? lines : [...lines, `inconclusive ${reason}`];
}

/**
 * The findings of a run, as expectations of the next.
 * @example
 * ```ts
 * import { memoryServer, verify, expectationsOf, compareWithExpectations } from 'hybi-spec/properties';
 * import { parseUri } from 'hybi-spec';
 *
 * const parsed = parseUri('ws://memory.example/');
 * if (!parsed.ok) throw new Error(parsed.refusal.says);
 * const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 100 };
 * const peer = memoryServer();
 * const options = { target, peer, shownTarget: 'memory', version: '1', seed: 1, only: ['masking'] };
 * const run = await verify(options);
 * if (run.kind === 'unreachable') throw new Error(run.why);
 * const known = expectationsOf(run.report, 'my server 1.0');
 * const { fresh, gone } = compareWithExpectations(run.report, known);
 * console.assert(fresh.length === 0 && gone.length === 0);
 * ```
 */
export function expectationsOf(report: Report, version: string): ExpectedFindings {
  const found = report.cases.map((result) => [result.id, linesOf(result)] as const);
  return { version, findings: Object.fromEntries(found.filter(([, lines]) => lines.length > 0)) };
}

/** Compares a run with what is known. Cases that did not run, or were skipped, say nothing about it. */
export function compareWithExpectations(report: Report, expected: ExpectedFindings): Comparison {
  const fresh: KnownFinding[] = [];
  const gone: KnownFinding[] = [];
  for (const result of report.cases) {
    if (result.verdict === 'skipped') continue;
    const { id } = result;
    const is = linesOf(result);
    const was = Object.hasOwn(expected.findings, id) ? (expected.findings[id] ?? []) : [];
    fresh.push(...is.filter((finding) => !was.includes(finding)).map((finding) => ({ id, finding })));
    gone.push(...was.filter((finding) => !is.includes(finding)).map((finding) => ({ id, finding })));
  }
  return { fresh, gone };
}

/** How a case stands to what was expected of it. */
export type Standing =
  /** It has a finding that is not among the known ones. */
  | 'not expected'
  /** A known finding has not come again. */
  | 'passes unexpectedly'
  /** It has findings, and all of them are known. */
  | 'as expected';

/** How a case stands to what was expected; `undefined` where nothing was, and nothing was found. */
export function standingOf(result: CaseReport, { fresh, gone }: Comparison): Standing | undefined {
  if (fresh.some(({ id }) => id === result.id)) return 'not expected';
  if (gone.some(({ id }) => id === result.id)) return 'passes unexpectedly';
  return linesOf(result).length > 0 ? 'as expected' : undefined;
}

/** Whether everything that a case broke is known. */
export function isKnown(result: CaseReport, { fresh }: Comparison): boolean {
  return !fresh.some(({ id, finding }) => id === result.id && finding.startsWith('fail '));
}

/** What is wrong with a file of known findings; `undefined` where nothing is. */
export function whyNoExpectations(value: unknown): string | undefined {
  if (!isRecord(value)) return 'it is no JSON object';
  const { version, findings } = value;
  if (typeof version !== 'string') return '"version" is no text';
  if (!isRecord(findings)) return '"findings" is no object';
  const wrong = Object.entries(findings).find(([, lines]) => !isListOfTexts(lines));
  return wrong === undefined ? undefined : `"findings" of ${JSON.stringify(wrong[0])} is no list of texts`;
}

/**
 * Reads a file of known findings.
 * @throws RangeError that says what is wrong with it
 */
export function parseExpectations(text: string): ExpectedFindings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RangeError((error as Error).message, { cause: error });
  }
  const why = whyNoExpectations(value);
  if (why !== undefined) throw new RangeError(why);
  return value as ExpectedFindings;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');
