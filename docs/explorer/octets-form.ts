import { encodeUtf8 } from '../../model/utf8.js';
import type { Role } from '../../model/role.js';
import { type Dissection, dissect } from './dissect.js';
import { type Notation, type OctetsInput, readOctets } from './octets-input.js';
import { type OpeningReading, readOpening } from './read-opening.js';
import { type Reception, receive } from './reception.js';
import { fromBase64Url, textIn, toBase64Url } from './share.js';

/** What octets can be looked at as. */
export const subjects = {
  'client-frames': { name: 'frames of a client, masked', from: 'client', part: 'frames' },
  'server-frames': { name: 'frames of a server, clear', from: 'server', part: 'frames' },
  'client-opening': { name: 'opening handshake of a client', from: 'client', part: 'opening' },
  'server-opening': { name: 'opening handshake of a server', from: 'server', part: 'opening' },
} as const satisfies Readonly<Record<string, { name: string; from: Role; part: 'frames' | 'opening' }>>;

export type Subject = keyof typeof subjects;

/** What the reader has filled in. */
export interface OctetsForm {
  readonly subject: Subject;
  readonly notation: Notation;
  readonly text: string;
}

/** An example to pick. */
export interface Example extends OctetsForm {
  readonly name: string;
}

/** What the octets of a form are. */
export type Look =
  | Extract<OctetsInput, { readonly ok: false }>
  | { readonly ok: true; readonly bytes: Uint8Array; readonly part: 'opening'; readonly opening: OpeningReading }
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly part: 'frames';
      readonly dissection: Dissection;
      readonly reception: Reception;
    };

/** Looks at the octets of a form as the model does. */
export function lookAt({ subject, notation, text }: OctetsForm): Look {
  const { from, part } = subjects[subject];
  // Whoever types a head ends its lines as the keyboard does.
  const typed = part === 'opening' && notation === 'text' ? text.replace(/\r?\n/g, '\r\n') : text;
  const read = readOctets(typed, notation);
  if (!read.ok) return read;
  const { bytes } = read;
  return part === 'opening'
    ? { ok: true, bytes, part, opening: readOpening(bytes, from) }
    : { ok: true, bytes, part, dissection: dissect(bytes, from), reception: receive(bytes, from) };
}

const version = '1';
const subjectLetters: Readonly<Record<Subject, string>> = {
  'client-frames': 'c',
  'server-frames': 's',
  'client-opening': 'q',
  'server-opening': 'r',
};
const notationLetters: Readonly<Record<Notation, string>> = { hex: 'h', base64: 'b', text: 't' };

/** The longest text that is written or read. */
const longest = 8000;

/** A form as text for an address: version, subject, notation and what was typed; `undefined` when it is too long. */
export function shareForm({ subject, notation, text }: OctetsForm): string | undefined {
  const letters = `${subjectLetters[subject]}${notationLetters[notation]}`;
  const shared = `${version}.${letters}.${toBase64Url(encodeUtf8(text))}`;
  return shared.length > longest ? undefined : shared;
}

/** The form that a text tells, or `undefined` where it tells none. */
export function restoreForm(shared: string): OctetsForm | undefined {
  const [first, letters = '', encoded, more] = shared.split('.');
  if (shared.length > longest || first !== version || encoded === undefined || more !== undefined) return undefined;
  const keysOf = <Key extends string>(table: Readonly<Record<Key, string>>): readonly Key[] =>
    Object.keys(table) as Key[];
  const subject = keysOf(subjectLetters).find((key) => subjectLetters[key] === letters.charAt(0));
  const notation = keysOf(notationLetters).find((key) => notationLetters[key] === letters.slice(1));
  const text = fromBase64Url(encoded) === undefined ? undefined : textIn(encoded);
  return subject === undefined || notation === undefined || text === undefined
    ? undefined
    : { subject, notation, text };
}
