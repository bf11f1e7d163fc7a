import { maskingKeyLength } from '../spec/wire.js';

/**
 * The four octets that mask one frame. They come from outside: the model has no source of entropy
 * (draft-06/4.2/key-strong-entropy binds whoever supplies them).
 */
export type MaskingKey = Uint8Array;

/**
 * Masks or unmasks: octet i of the result is octet i of the input combined with octet i mod 4 of the key
 * (draft-06/4.2/mask-whole-frame). Doing it twice with one key gives the input back.
 *
 * @param key four octets
 * @param bytes the clear frame from its first header byte, or the masked data behind the key
 * @returns a new array of the same length
 * @throws RangeError when the key does not have four octets
 */
export function mask(key: MaskingKey, bytes: Uint8Array): Uint8Array {
  if (key.length !== maskingKeyLength) throw new RangeError(`a masking key has 4 octets, not ${key.length}`);
  const masked = bytes.slice();
  maskInPlace(masked, 0, key, 0);
  return masked;
}

/**
 * Masks the octets of `bytes` from `start` on, in place, for callers that own the array.
 * @param index what the octet at `start` is counted as, from the first header byte of the frame
 */
export function maskInPlace(bytes: Uint8Array, start: number, key: MaskingKey, index: number): void {
  for (let at = start; at < bytes.length; at++, index++) {
    // Both reads are in range: `at` by the condition of the loop, the key by its length of four.
    bytes[at] = (bytes[at] as number) ^ (key[index & 3] as number);
  }
}
