import type { ClauseId } from '../spec/clauses.js';

/** Why a URI is refused. The keys are the stable codes. */
export const uriRefusals = {
  'not-absolute': { clause: 'draft-06/3.1/absolute', says: 'the URI does not begin with a scheme and a colon' },
  'wrong-scheme': { clause: 'draft-06/3.1/scheme', says: 'the scheme is neither ws nor wss' },
  'has-fragment': { clause: 'draft-06/3.1/no-fragment', says: 'the URI has a fragment' },
  'no-authority': { clause: 'draft-06/3.1/resolve', says: 'no "//" follows the scheme, so the URI names no host' },
  'empty-host': { clause: 'draft-06/3.1/resolve', says: 'the host is empty' },
  'bad-host': { clause: 'draft-06/3.1/resolve', says: 'the host is neither a name nor an IPv6 address in brackets' },
  'non-ascii-host': {
    clause: 'draft-06/3.3/host-ascii',
    says: 'the host has a character above U+007E; a name in another script is written in punycode (xn--...)',
  },
  'bad-port': { clause: 'draft-06/3.1/explicit-port', says: 'the port is not a number from 0 to 65535' },
  'bad-resource-name': {
    clause: 'draft-06/3.3/resource-name-characters',
    says: 'the resource name does not start with a slash, or has a character outside U+0021 to U+007E',
  },
  'stray-character': {
    clause: 'draft-06/3.1/resolve',
    says: 'a character stands where the reading in force has no place for it',
  },
  'user-information': { clause: 'draft-06/3.1/components-or-failure', says: 'user information stands before the host' },
  unresolvable: { clause: 'draft-06/3.1/resolve', says: 'the URL standard finds no URL in the text' },
} as const satisfies Readonly<Record<string, { readonly clause: ClauseId; readonly says: string }>>;

export type UriRefusalCode = keyof typeof uriRefusals;

/** Why a URI is refused, and where. Told apart by `code`. */
export type UriRefusal = {
  readonly [Code in UriRefusalCode]: {
    readonly code: Code;
    readonly clause: (typeof uriRefusals)[Code]['clause'];
    /** Index of the UTF-16 code unit that shows it: in the argument of `parseUri`, or in what `constructUri` makes. */
    readonly offset: number;
    readonly says: string;
  };
}[UriRefusalCode];

export function refusalOf(code: UriRefusalCode, offset: number): UriRefusal {
  return { code, ...uriRefusals[code], offset } as UriRefusal; // code and clause come from the same row
}

/** What is wrong with a part, and the index that shows it. */
export interface UriFault {
  readonly code: UriRefusalCode;
  readonly at: number;
}
