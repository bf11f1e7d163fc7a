import { type Difference, segmentationResult } from './campaign/segmentations.js';
import { type SegmentationName, segmentationNames } from './campaign/segmented.js';
import type { Turn } from './client-turns.js';
import { type ClientCase, type Need, whyMissing } from './verifier/case.js';
import { type CaseResult, skipped } from './verifier/run.js';

/*
 * From what a client did on each of its connections to the results of a report: one for each case, each segmentation and
 * each campaign, as for a client that is started by the verifier.
 */

/** What is known of an agent. */
export interface AgentFacts {
  /** By the number, from 1. */
  readonly results: ReadonlyMap<number, CaseResult>;
  /** The kinds of messages that came from it. */
  readonly messages: ReadonlySet<string>;
  /** What came of the campaigns, by the id of the case. */
  readonly finished: ReadonlyMap<string, CaseResult>;
}

/** Why a case has no result. */
const notRun = 'the client did not run it';

/** How many cases that need an echo have to go without before a client is taken for one that does not echo. */
const enough = 3;

/** The results of an agent, in the order of the numbers. */
export function resultsOf(turns: readonly Turn[], facts: AgentFacts): readonly CaseResult[] {
  const ofCases = turns.flatMap((turn, at): readonly CaseResult[] => {
    const { testCase } = turn;
    if (turn.kind === 'segmented') return [];
    if (turn.kind === 'case') return [facts.results.get(at + 1) ?? skipped(testCase, notRun)];
    return turn.at === 1 ? [campaignResult(testCase, turns, facts)] : [];
  });
  const cases = turns.flatMap((turn) =>
    turn.kind === 'case' || (turn.kind === 'random' && turn.at === 1) ? [turn.testCase] : [],
  );
  const ofSegmentations = segmentationNames.flatMap((how) => ofSegmentation(how, turns, facts));
  return [...withoutMissingEchoes(cases, ofCases, facts.messages), ...ofSegmentations];
}

/** What came of a campaign; one that did not get all of its connections has not told what it was asked. */
function campaignResult(testCase: ClientCase, turns: readonly Turn[], facts: AgentFacts): CaseResult {
  const result = facts.finished.get(testCase.id);
  const numbers = turns.flatMap((turn, at) =>
    turn.kind === 'random' && turn.testCase.id === testCase.id ? [at + 1] : [],
  );
  const done = numbers.filter((number) => facts.results.has(number)).length;
  if (done === 0 || result === undefined) return skipped(testCase, notRun);
  if (done === numbers.length || result.verdict === 'fail' || result.verdict === 'advisory') return result;
  return { ...result, verdict: 'inconclusive', reason: `the client came for ${done} of ${numbers.length} connections` };
}

/** The cases that came out otherwise in a segmentation. Nobody comes a second time, so that it may be chance, and says so. */
function ofSegmentation(how: SegmentationName, turns: readonly Turn[], facts: AgentFacts): readonly CaseResult[] {
  const own = turns.flatMap((turn, at) => (turn.kind === 'segmented' && turn.how === how ? [{ turn, at }] : []));
  if (own.length === 0) return [];
  const pairs = own.flatMap(({ turn, at }): readonly Difference[] => {
    const [usual, other] = [facts.results.get(turn.usual), facts.results.get(at + 1)];
    return usual === undefined || other === undefined ? [] : [{ usual, other }];
  });
  const differing = pairs.filter(
    ({ usual, other }) => usual.verdict !== other.verdict && usual.verdict !== 'skipped' && other.verdict !== 'skipped',
  );
  const durationMs = pairs.reduce((sum, { other }) => sum + other.durationMs, 0);
  const result = segmentationResult('client', how, differing, durationMs, false);
  if (pairs.length === 0) return [{ ...result, verdict: 'skipped', reason: notRun }];
  if (pairs.length === own.length || result.verdict === 'fail') return [result];
  const reason = `the client ran ${pairs.length} of ${own.length} cases in this segmentation`;
  return [{ ...result, verdict: 'inconclusive', reason }];
}

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
