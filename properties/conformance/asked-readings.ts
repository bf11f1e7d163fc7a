import { clauseOf, type ClauseId } from '../../spec/clauses.js';
import { type ReadingName, readings } from '../../spec/readings.js';
import { weightOf } from '../verifier/finding.js';
import type { Tester } from '../verifier/tester.js';
import type { noteReading } from './reactions.js';
import { noteUnusual, type OptionOf } from './reactions.js';

/*
 * Opening handshakes that ask for the reading that a server follows: it accepts by some options and refuses by others.
 */

/** A reading that an opening handshake asks about, and the options that each answer to it fits. */
export interface AskedReading {
  readonly name: ReadingName;
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
}

/** Makes sure that the options are those of the reading. */
export function asking<Name extends ReadingName>(
  name: Name,
  accepted: readonly OptionOf<Name>[],
  refused: readonly OptionOf<Name>[],
): AskedReading {
  return { name, accepted, refused };
}

const ignoringMalformed = ['malformedOptionalField', 'ignore'] as const;

/** Where an option that the user asked for leaves nothing to see of another reading. */
const mootUnder: Partial<Readonly<Record<ReadingName, readonly (readonly [ReadingName, string])[]>>> = {
  spareKeyBits: [['keyOfRequest', 'presence']],
  upgradeCaseOfRequest: [['upgradeOfRequest', 'ignore']],
  upgradeListOfRequest: [['upgradeOfRequest', 'ignore']],
  originCapitals: [ignoringMalformed],
  repeatedField: [ignoringMalformed],
  emptyOffer: [ignoringMalformed],
  emptyElements: [ignoringMalformed, ['subprotocolForm', 'lenient']],
  subprotocolForm: [ignoringMalformed, ['subprotocolQuotes', 'part']],
  subprotocolCase: [ignoringMalformed, ['subprotocolForm', 'lenient']],
  subprotocolWithSpace: [ignoringMalformed, ['subprotocolForm', 'lenient']],
  extensionBlanks: [ignoringMalformed],
  quotedParameter: [ignoringMalformed, ['extensionBlanks', 'rfc-5234']],
  repeatedExtension: [ignoringMalformed, ['extensionBlanks', 'rfc-5234']],
};

/** What was asked for is held against a clause that binds, where the reading names one; the rest only goes on record. */
export function clauseToBlame({ target }: Tester, clause: ClauseId, name: ReadingName): ClauseId {
  const pulling: readonly ClauseId[] = readings[name].clauses;
  const binding = pulling.find((id) => weightOf(clauseOf(id).level) === 'fail');
  return target.chosen?.[name] === undefined ? clause : (binding ?? clause);
}

/**
 * Puts on record, or enforces, what an answer says about a reading.
 * @param observed the answer, and what it was given to
 * @returns whether it says anything
 */
export function recordOption(
  tester: Tester,
  clause: ClauseId,
  reading: AskedReading,
  isAccepted: boolean,
  observed: string,
  note: typeof noteReading = noteUnusual,
): boolean {
  const { chosen = {} } = tester.target;
  if (mootUnder[reading.name]?.some(([name, option]) => chosen[name] === option) === true) return false;
  const options = isAccepted ? reading.accepted : reading.refused;
  if (options.length === 0) return false;
  const blamed = clauseToBlame(tester, clause, reading.name);
  note(tester, blamed, reading.name, options as readonly OptionOf<ReadingName>[], observed);
  return true;
}
