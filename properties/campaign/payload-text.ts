import { bytesFromLatin1, concatBytes, latin1FromBytes } from '../../model/bytes.js';
import { hexOf } from '../../model/explain.js';
import { letters } from './script.js';

/*
 * Payloads in the text of a script: what a person can read where there is such a form, otherwise hexadecimal digits.
 */

/** Bytes that a payload may have in a text. */
const maxPayloadInText = 16 * 1024 * 1024;

/** Printable ASCII without quotation marks of either kind: the text stands between single ones on a command line. */
const isPlain = (text: string): boolean => /^[ !#-&(-~]+$/.test(text);

const sameText = (payload: Uint8Array): boolean =>
  latin1FromBytes(payload) === latin1FromBytes(letters(payload.length));

/** Writes a payload; the body of a Close with its status code, if it has one. */
export function writePayload(payload: Uint8Array, isClose: boolean): string {
  if (payload.length === 0) return '';
  if (isClose && payload.length >= 2) {
    const [high = 0, low = 0] = payload;
    const reason = latin1FromBytes(payload.subarray(2));
    if (reason === '') return `:${high * 256 + low}`;
    if (isPlain(reason)) return `:${high * 256 + low}"${reason}"`;
  }
  if (sameText(payload)) return `*${payload.length}`;
  const text = latin1FromBytes(payload.subarray(0, 200));
  return payload.length <= 200 && isPlain(text) ? `"${text}"` : `=${hexOf(payload)}`;
}

/** Reads a payload; `undefined` when the text is none. */
export function parsePayload(text: string): Uint8Array | undefined {
  if (text === '') return new Uint8Array(0);
  const quoted = /^"([^"]*)"$/.exec(text)?.[1];
  if (quoted !== undefined) return isPlain(quoted) ? bytesFromLatin1(quoted) : undefined;
  const length = /^\*(\d{1,8})$/.exec(text)?.[1];
  if (length !== undefined) return Number(length) > maxPayloadInText ? undefined : letters(Number(length));
  const hex = /^=((?:[\da-f]{2})*)$/.exec(text)?.[1];
  if (hex !== undefined) return fromHex(hex);
  const [, status, reason = ''] = /^:(\d{1,5})(?:"([^"]*)")?$/.exec(text) ?? [];
  if (status === undefined || Number(status) > 0xffff || (reason !== '' && !isPlain(reason))) return undefined;
  return concatBytes([Uint8Array.of(Number(status) >> 8, Number(status) & 0xff), bytesFromLatin1(reason)]);
}

/** Bytes from an even number of hexadecimal digits. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
