import type { ClauseId } from '../../../spec/clauses.js';
import { defaultReadings, type ReadingChoices, type ReadingName, readings } from '../../../spec/readings.js';

/** What a receiver that keeps to the text does with the input: it takes it, it refuses it, or the text leaves it open. */
export type Result = 'valid' | 'invalid' | 'open';

/** What happens under another option of a reading, all other readings being as they were. */
export interface Alternative {
  readonly reading: string;
  readonly option: string;
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
  /** The readings that may matter. */
  readonly readings: readonly ReadingName[];
  readonly groups: readonly Group<Given, Input>[];
  readonly judge: (given: Given, input: Input, choices: ReadingChoices) => Judgement;
}

/** Judges an input under every option of every reading that may matter, one reading at a time. */
export function conclude<Given, Input>(
  subject: Pick<Subject<Given, Input>, 'judge' | 'readings'>,
  given: Given,
  input: Input,
  clauses: readonly ClauseId[],
): Conclusion {
  const judgement = subject.judge(given, input, defaultReadings);
  const otherwise: Alternative[] = [];
  const pulling: ClauseId[] = [];
  let isOpen = false;
  for (const name of subject.readings) {
    const reading = readings[name];
    for (const option of Object.keys(reading.options)) {
      if (option === reading.chosen) continue;
      const other = subject.judge(given, input, { ...defaultReadings, [name]: option });
      if (JSON.stringify(other.expect) === JSON.stringify(judgement.expect)) continue;
      otherwise.push({ reading: reading.number, option, expect: other.expect });
      pulling.push(...reading.clauses);
      // What every option refuses is not open, though one may name another fault.
      isOpen ||= judgement.accepted || other.accepted;
    }
  }
  const broken = judgement.breaks === undefined ? [] : [judgement.breaks];
  return {
    result: isOpen ? 'open' : judgement.accepted ? 'valid' : 'invalid',
    clauses: [...new Set([...clauses, ...broken, ...pulling])],
    ...(otherwise.length === 0 ? {} : { readings: [...new Set(otherwise.map(({ reading }) => reading))] }),
    expect: judgement.expect,
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
  const concludeVector = (given: unknown, vector: { readonly input: unknown; readonly clauses: readonly ClauseId[] }) =>
    conclude(subject, given as Given, vector.input as Input, vector.clauses);
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
