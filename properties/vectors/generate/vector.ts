import type { ClauseId } from '../../../spec/clauses.js';
import { readingOf } from '../../../spec/readings/index.js';
import { defaultReadings, type ReadingChoices, type ReadingName, readings } from '../../../spec/readings.js';

/** What a receiver that keeps to the text does with the input: it takes it, it refuses it, or the text leaves it open. */
export type Result = 'valid' | 'invalid' | 'open';

/** What happens under other options of the readings; those that are not named are as they were. */
export interface Alternative {
  /** The options that are not the usual ones, by the numbers of their readings. */
  readonly choices: Readonly<Record<string, string>>;
  readonly expect: unknown;
}

/** What follows from the input. */
export interface Conclusion {
  readonly result: Result;
  readonly clauses: readonly ClauseId[];
  /** Numbers of the readings that the outcome hangs on; always there when the result is `open`. */
  readonly readings?: readonly string[];
  readonly expect: unknown;
  readonly otherwise?: readonly Alternative[];
}

export interface Vector<Input = unknown> extends Conclusion {
  readonly id: string;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly input: Input;
}

/** A vector without what the model has to say to it. */
export type Draft<Input> = Pick<Vector<Input>, 'id' | 'comment' | 'flags' | 'input' | 'clauses'>;

export interface Group<Given = unknown, Input = unknown> {
  readonly name: string;
  readonly about: string;
  /** What all vectors of the group take for granted. */
  readonly given: Given;
  /** Drafts are completed by the model; what has an `expect` was written by hand and stays as it is. */
  readonly vectors: readonly (Draft<Input> | Vector<Input>)[];
}

/** What the model makes of an input. */
export interface Judgement {
  readonly accepted: boolean;
  /** The clause that the input breaks. */
  readonly breaks?: ClauseId;
  readonly expect: unknown;
}

/** One file of vectors. */
export interface Subject<Given = never, Input = never> {
  readonly name: string;
  readonly about: string;
  /** What each flag means. */
  readonly flags: Readonly<Record<string, string>>;
  /** The parameters of the model that may matter. */
  readonly readings: readonly ReadingName[];
  /** Flags about which the text can be read in another way, by numbers of readings that are not varied here. */
  readonly doubts?: Readonly<Record<string, string>>;
  readonly groups: readonly Group<Given, Input>[];
  readonly judge: (given: Given, input: Input, choices: ReadingChoices) => Judgement;
}

/** Every choice of options for some readings, the usual one first. */
function choicesOf(names: readonly ReadingName[]): readonly ReadingChoices[] {
  return names.reduce<readonly ReadingChoices[]>(
    (all, name) => {
      const { options, chosen } = readings[name];
      const others = Object.keys(options).filter((option) => option !== chosen);
      return [...all, ...others.flatMap((option) => all.map((choices) => ({ ...choices, [name]: option })))];
    },
    [defaultReadings],
  );
}

/** Judges an input under every choice of options of the readings that may matter. */
export function conclude<Given, Input>(
  subject: Pick<Subject<Given, Input>, 'judge' | 'readings' | 'doubts'>,
  given: Given,
  { input, flags, clauses }: Pick<Vector<Input>, 'input' | 'flags' | 'clauses'>,
): Conclusion {
  const judged = choicesOf(subject.readings).map((choices) => {
    const judgement = subject.judge(given, input, choices);
    return { choices, judgement, text: JSON.stringify(judgement.expect) };
  });
  const textUnder = (choices: ReadingChoices) =>
    judged.find((other) => subject.readings.every((name) => other.choices[name] === choices[name]))?.text;
  const usual = subject.judge(given, input, defaultReadings);
  const usualText = JSON.stringify(usual.expect);
  // A reading matters when there is a choice of the others under which its options differ.
  const matters = subject.readings.filter((name) =>
    judged.some(({ choices, text }) => text !== textUnder({ ...choices, [name]: readings[name].chosen })),
  );
  const differing = judged.filter(
    ({ choices, text }) =>
      text !== usualText &&
      subject.readings.every((name) => matters.includes(name) || choices[name] === readings[name].chosen),
  );
  // What every choice refuses is not open, though another may name another fault.
  const doubts = flags.flatMap((flag) => subject.doubts?.[flag] ?? []);
  const isOpen = doubts.length > 0 || differing.some(({ judgement }) => usual.accepted || judgement.accepted);
  const numbers = [...new Set([...matters.map((name) => readings[name].number), ...doubts])];
  const otherwise = differing.map(({ choices, judgement }) => ({
    choices: Object.fromEntries(
      matters
        .filter((name) => choices[name] !== readings[name].chosen)
        .map((name) => [readings[name].number, choices[name]]),
    ),
    expect: judgement.expect,
  }));
  const broken = usual.breaks === undefined ? [] : [usual.breaks];
  const pulling = numbers.flatMap((number) => readingOf(number)?.clauses ?? []);
  return {
    result: isOpen ? 'open' : usual.accepted ? 'valid' : 'invalid',
    clauses: [...new Set([...clauses, ...broken, ...pulling])],
    ...(numbers.length === 0 ? {} : { readings: numbers }),
    expect: usual.expect,
    ...(otherwise.length === 0 ? {} : { otherwise }),
  };
}

/** A subject whose own types are nobody's business any more, so that all of them fit one list. */
export interface VectorFile {
  readonly name: string;
  readonly about: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly groups: readonly (Omit<Group, 'vectors'> & { readonly vectors: readonly Vector[] })[];
  /** What the model says to the input of a vector of this file. */
  readonly conclude: (given: unknown, vector: Vector) => Conclusion;
}

/** Completes the drafts of a subject. */
export function fileOf<Given, Input>(subject: Subject<Given, Input>): VectorFile {
  const { name, about, flags } = subject;
  const concludeVector = (given: unknown, vector: Pick<Vector, 'input' | 'flags' | 'clauses'>) =>
    conclude(subject, given as Given, { ...vector, input: vector.input as Input });
  const groups = subject.groups.map((group) => ({
    ...group,
    vectors: group.vectors.map((vector): Vector => {
      const { id, comment, flags: raised, input } = vector;
      const conclusion = 'expect' in vector ? vector : concludeVector(group.given, vector);
      const { result, clauses, readings: numbers, expect, otherwise } = conclusion;
      return {
        id: `${name}/${group.name}/${id}`,
        comment,
        flags: raised,
        result,
        clauses,
        ...(numbers === undefined ? {} : { readings: numbers }),
        input,
        expect,
        ...(otherwise === undefined ? {} : { otherwise }),
      };
    }),
  }));
  return { name, about, flags, groups, conclude: concludeVector };
}
