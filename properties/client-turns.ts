import { randomCasesFor, replayCase } from './campaign/cases.js';
import { isWorthCutting } from './campaign/segmentations.js';
import { type SegmentationName, segmentationNames } from './campaign/segmented.js';
import { clientCases } from './conformance/client/index.js';
import { isInShard } from './report/shard.js';
import type { ClientCase, Need } from './verifier/case.js';
import { isSelected } from './verifier/run.js';
import type { VerifyClientFacts } from './verify-client.js';

/*
 * What a client that comes by itself is to do on each of its connections. It asks by number: the cases come first, then
 * the same in other segmentations, then conversations at random, as many connections for each case of these.
 */

/** What a number stands for. */
export type Turn =
  | { readonly kind: 'case'; readonly testCase: ClientCase }
  | {
      readonly kind: 'segmented';
      readonly testCase: ClientCase;
      readonly how: SegmentationName;
      /** The number of the same case, sent as it is. */
      readonly usual: number;
    }
  /** One connection of a campaign, which takes them as they come: to search, and then to shrink. */
  | { readonly kind: 'random'; readonly testCase: ClientCase; readonly at: number; readonly of: number };

/** The cases that are run with a selection, in the order of the chapters. */
export const selectedClientCases = (facts: SelectedPart): readonly ClientCase[] =>
  clientCases.filter((testCase) => isTaken(testCase, facts));

/** The random cases that are run with a selection. */
export const selectedRandomCases = (facts: SelectedPart & { readonly runs?: number }): readonly ClientCase[] =>
  (facts.runs ?? 0) > 0 ? randomCasesFor('client').filter((testCase) => isTaken(testCase, facts)) : [];

/** A selection of cases, and the part of it that falls to one run. */
export type SelectedPart = Pick<VerifyClientFacts, 'only' | 'skip' | 'shard'>;

/** Whether a selection takes a case, and it falls to this part of the run. */
export const isTaken = (testCase: ClientCase, facts: SelectedPart): boolean =>
  isSelected(testCase, facts) && (facts.shard === undefined || isInShard(testCase.id, facts.shard));

/**
 * What a client that comes by itself is taken to be able to do. That it echoes shows only in the cases, and is looked
 * at in the end; what it offers is for each case to see.
 */
export const assumedAbilities: ReadonlySet<Need> = new Set([
  'echo of text',
  'echo of binary',
  'offer of subprotocols',
  'offer of extensions',
]);

const isPossible = ({ needs = [] }: ClientCase): boolean => needs.every((need) => assumedAbilities.has(need));

/** What the numbers from 1 on stand for. */
export function turnsOf(facts: VerifyClientFacts): readonly Turn[] {
  const { replay, runs = 0, segmentations = false, echo = 'auto' } = facts;
  if (replay !== undefined) return [{ kind: 'case', testCase: replayCase(replay, 'client', echo !== 'no') }];
  const cases = selectedClientCases(facts);
  const turns: Turn[] = cases.map((testCase) => ({ kind: 'case', testCase }));
  for (const how of segmentations ? segmentationNames : []) {
    for (const [at, testCase] of cases.entries()) {
      if (isPossible(testCase) && isWorthCutting(testCase)) {
        turns.push({ kind: 'segmented', testCase, how, usual: at + 1 });
      }
    }
  }
  for (const testCase of selectedRandomCases(facts)) {
    for (let at = 1; at <= runs; at++) turns.push({ kind: 'random', testCase, at, of: runs });
  }
  return turns;
}

/** What a driver is told of a number. */
export function describeTurn(turn: Turn): { readonly id: string; readonly title: string } {
  const { id, title } = turn.testCase;
  switch (turn.kind) {
    case 'case':
      return { id, title };
    case 'segmented':
      return { id: `${id}#${turn.how}`, title: `${title}; in the segmentation ${turn.how}` };
    case 'random':
      return { id: `${id}#${turn.at}`, title: `${title}; connection ${turn.at} of ${turn.of}` };
  }
}
