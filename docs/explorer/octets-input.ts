import { bytesFromLatin1, concatBytes } from '../../model/bytes.js';
import { encodeUtf8 } from '../../model/utf8.js';

/** How octets are written down. */
export const notations = {
  hex: 'hexadecimal',
  base64: 'base64',
  text: 'text with escapes',
} as const;

export type Notation = keyof typeof notations;

/** Octets that were written down, or what is wrong and where. */
export type OctetsInput =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly says: string; readonly at: number };

/** The most octets that are looked at. */
export const mostOctets = 65_536;

/** The most characters that are read: six are the most that one octet takes, as in " 0x00,". */
export const mostCharacters = 6 * mostOctets;

/** Reads octets that a person wrote or pasted. */
export function readOctets(text: string, notation: Notation): OctetsInput {
  if (text.length > mostCharacters) return tooMany(mostCharacters);
  const read = readers[notation](text);
  return read.ok && read.bytes.length > mostOctets ? tooMany(0) : read;
}

const tooMany = (at: number): OctetsInput => ({ ok: false, says: `give at most ${mostOctets} octets`, at });

const readers: Readonly<Record<Notation, (text: string) => OctetsInput>> = {
  hex: readHex,
  base64: readBase64,
  text: readEscaped,
};

/** Digits in pairs; blanks, commas, colons, `0x` and `\x` between them are passed over. */
function readHex(text: string): OctetsInput {
  const octets: number[] = [];
  const token = /([0-9a-f]{2})|(?:0x|\\x)(?=[0-9a-f]{2})|[\s,:]+/iy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) {
      const one = text.charAt(at);
      const says = /[0-9a-f]/i.test(one)
        ? 'hexadecimal digits come in pairs'
        : `${JSON.stringify(one)} is no hexadecimal digit`;
      return { ok: false, says, at };
    }
    // "0x" before a pair would read as the octet 0 and an x.
    if (found[1] !== undefined) octets.push(Number.parseInt(found[1], 16));
  }
  return { ok: true, bytes: Uint8Array.from(octets) };
}

/** Either alphabet, with or without padding; white space is passed over. */
function readBase64(text: string): OctetsInput {
  const wrong = text.search(/[^\w+/\s=-]|=(?=[^=\s])/);
  if (wrong >= 0)
    return { ok: false, says: `${JSON.stringify(text.charAt(wrong))} does not stand here in base64`, at: wrong };
  const letters = text.replace(/[\s=]/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (letters.length % 4 === 1) {
    return { ok: false, says: 'base64 does not end here: a letter is missing', at: text.length };
  }
  return { ok: true, bytes: bytesFromLatin1(atob(letters)) };
}

const shortEscapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '0': 0, '\\': 0x5c, '"': 0x22 };

/** Text as UTF-8, with `\n`, `\r`, `\t`, `\0`, `\\`, `\"`, `\xNN` for an octet and `\u{N}` for a character. */
function readEscaped(text: string): OctetsInput {
  const parts: Uint8Array[] = [];
  const token = /\\(?:x([0-9a-f]{2})|u\{([0-9a-f]{1,6})\}|([nrt0\\"]))|[^\\]+/iy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) return { ok: false, says: 'this escape is none of \\n \\r \\t \\0 \\\\ \\" \\xNN \\u{N}', at };
    const [whole, octet, character, short] = found;
    if (octet !== undefined) parts.push(Uint8Array.of(Number.parseInt(octet, 16)));
    else if (short !== undefined) parts.push(Uint8Array.of(shortEscapes[short.toLowerCase()] ?? 0));
    else if (character === undefined) parts.push(encodeUtf8(whole));
    else {
      const code = Number.parseInt(character, 16);
      if (code > 0x10ffff) return { ok: false, says: 'there is no such character', at };
      parts.push(encodeUtf8(String.fromCodePoint(code)));
    }
  }
  return { ok: true, bytes: concatBytes(parts) };
}
