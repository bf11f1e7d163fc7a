import type { ClauseId } from '../../spec/clauses.js';
import { addressOfCase, addressOfClause, addressOfFault, addressOfReading, addressOfTerm } from '../address.js';

/** What can be found, by kinds, in the order in which groups of equal worth are shown. */
export const kinds = {
  clause: 'Clauses',
  state: 'States',
  term: 'Terms',
  reading: 'Readings',
  page: 'Pages',
  case: 'Cases',
  fault: 'Faults and oddities',
} as const;

/** A kind of what can be found. */
export type Kind = keyof typeof kinds;

/** Something that can be found. */
export interface SearchEntry {
  readonly kind: Kind;
  /** By what it is called: an id, a number, a name. */
  readonly name: string;
  /** One sentence about it. */
  readonly says: string;
  /** Where it lies, from the root of the site. */
  readonly address: string;
}

/** An entry as the index file has it: kind, name, sentence, and the address where it does not follow from the name. */
export type PackedEntry = readonly [Kind, string, string] | readonly [Kind, string, string, string];

/** Puts entries into the form of the index file. */
export const pack = (entries: readonly SearchEntry[]): readonly PackedEntry[] =>
  entries.map(({ kind, name, says, address }) =>
    addressBy[kind]?.(name) === address ? [kind, name, says] : [kind, name, says, address],
  );

/** Undoes `pack`. */
export const unpack = (packed: readonly PackedEntry[]): readonly SearchEntry[] =>
  packed.map(([kind, name, says, address = addressBy[kind]?.(name) ?? '']) => ({ kind, name, says, address }));

/** Addresses that follow from a name. */
const addressBy: Readonly<Partial<Record<Kind, (name: string) => string>>> = {
  clause: (name) => addressOfClause(name as ClauseId),
  term: addressOfTerm,
  reading: addressOfReading,
  case: addressOfCase,
  fault: addressOfFault,
};
