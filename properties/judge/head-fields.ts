import { latin1FromBytes } from '../../model/bytes.js';
import type { HeaderField, RequestHead, ResponseHead } from '../../model/http-head.js';
import { equalsIgnoringAsciiCase } from '../../model/http-head.js';

/** The head without the header fields of a name, and with others in their place. */
export function withField<Head extends RequestHead | ResponseHead>(
  head: Head,
  name: string,
  ...values: readonly string[]
): Head {
  const others = head.fields.filter((field) => !equalsIgnoringAsciiCase(field.name, name));
  const fields: readonly HeaderField[] = [...others, ...values.map((value) => ({ name, value }))];
  return { ...head, fields };
}

/**
 * Where the last header field of a name begins in the bytes of a head; where the empty line begins when there is none.
 * @param bytes the head as it came, with its empty line
 */
export function offsetOfField(bytes: Uint8Array, name: string): number {
  const text = latin1FromBytes(bytes);
  const escaped = name.replace(/[^\w-]/g, '\\$&');
  const found = [...text.matchAll(new RegExp(`(?<=\\n)${escaped}[ \\t]*:`, 'gi'))].at(-1);
  return found?.index ?? Math.max(0, bytes.length - 2);
}
