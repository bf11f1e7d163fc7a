/** Helpers on byte sequences that the platform has no pure and portable form of. */

export const noBytes: Uint8Array = new Uint8Array(0);

/** The bytes of all parts in order, in a new array. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One character for each byte, U+0000 to U+00FF: the character set of HTTP heads. */
export function latin1FromBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/**
 * One byte for each character.
 * @throws RangeError on a character above U+00FF, which no HTTP head can carry.
 */
export function bytesFromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) throw new RangeError(`character ${at} of ${JSON.stringify(text)} does not fit one byte`);
    bytes[at] = code;
  }
  return bytes;
}
