import fc from 'fast-check';
import { maskingKeyLength } from '../../spec/wire.js';

/**
 * Masking keys: any four octets (`draft-06/4.2/key-32-bits`), often with octets that change nothing, change everything or
 * repeat.
 */
export function maskingKeys(): fc.Arbitrary<Uint8Array> {
  const octet = fc.oneof(fc.nat(0xff), fc.constantFrom(0x00, 0xff, 0x80));
  return fc
    .array(octet, { minLength: maskingKeyLength, maxLength: maskingKeyLength })
    .map((octets) => Uint8Array.from(octets));
}
