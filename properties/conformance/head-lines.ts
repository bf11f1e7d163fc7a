import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import {
  equalsIgnoringAsciiCase,
  type HeaderField,
  type RequestHead,
  type ResponseHead,
  serializeHead,
} from '../../model/http-head.js';

/*
 * Heads written otherwise than the model writes them: with other header fields, or line by line.
 */

/** The head with these values of a header field instead of those it had: none, one, or one line for each. */
export function withField<Head extends RequestHead | ResponseHead>(
  head: Head,
  name: string,
  ...values: readonly string[]
): Head {
  const isNamed = (field: HeaderField): boolean => equalsIgnoringAsciiCase(field.name, name);
  const written = values.map((value) => ({ name, value }));
  const at = head.fields.findIndex(isNamed);
  const before = at === -1 ? head.fields : head.fields.slice(0, at);
  const after = at === -1 ? [] : head.fields.slice(at).filter((field) => !isNamed(field));
  return { ...head, fields: [...before, ...written, ...after] };
}

/** The lines of a head, its first line first, without the empty line at the end. */
export function linesOf(head: RequestHead | ResponseHead): readonly string[] {
  return latin1FromBytes(serializeHead(head)).split('\r\n').slice(0, -2);
}

/** The bytes of lines and the empty line behind them; nothing is checked. */
export function bytesOfLines(lines: readonly string[]): Uint8Array {
  return bytesFromLatin1(`${lines.join('\r\n')}\r\n\r\n`);
}
