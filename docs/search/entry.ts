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
  api: 'API',
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

/** An entry as the index file has it: name, sentence, and the address where it does not follow from the name. */
type PackedEntry = readonly [string, string] | readonly [string, string, string];

/** What the index file has: the entries of each kind. */
export type PackedEntries = Readonly<Partial<Record<Kind, readonly PackedEntry[]>>>;

/** What the index file leaves for the search: entries as they are, and the JSON of more, deflated and in base64. */
export type SearchIndex = PackedEntries & { readonly deflated?: string };

/** Puts entries into the form of the index file. */
export function pack(entries: readonly SearchEntry[]): PackedEntries {
  const packed: Partial<Record<Kind, PackedEntry[]>> = {};
  for (const { kind, name, says, address } of entries) {
    const one: PackedEntry = addressBy[kind]?.(name) === address ? [name, says] : [name, says, address];
    (packed[kind] ??= []).push(one);
  }
  return packed;
}

/** Undoes `pack`; the entries of a kind stand together. */
export function unpack(packed: PackedEntries): readonly SearchEntry[] {
  return (Object.keys(kinds) as readonly Kind[]).flatMap((kind) =>
    (packed[kind] ?? []).map(([name, says, address = addressBy[kind]?.(name) ?? '']) => ({
      kind,
      name,
      says,
      address,
    })),
  );
}

/** Addresses that follow from a name. */
const addressBy: Readonly<Partial<Record<Kind, (name: string) => string>>> = {
  clause: (name) => addressOfClause(name as ClauseId),
  term: addressOfTerm,
  reading: addressOfReading,
  case: addressOfCase,
  fault: addressOfFault,
};
