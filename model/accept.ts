import { sha1 } from '@noble/hashes/legacy.js';
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { acceptGuid, nonceLength } from '../spec/wire.js';
import { bytesFromLatin1, latin1FromBytes } from './bytes.js';

const base64 = /^[A-Za-z0-9+/]{22}==$/;

/** The value of Sec-WebSocket-Key for a nonce (draft-06/5.1/key-is-16-byte-nonce).
 * @param nonce 16 bytes, chosen at random for the connection by whoever calls
 * @throws RangeError when the nonce does not have 16 bytes
 */
export function keyOfNonce(nonce: Uint8Array): string {
  if (nonce.length !== nonceLength) throw new RangeError(`a nonce has 16 bytes, not ${nonce.length}`);
  return btoa(latin1FromBytes(nonce));
}

/**
 * The nonce that a Sec-WebSocket-Key carries, or `undefined` when it is not the base64 form of 16 bytes
 * (draft-06/5.2.1/key). The four bits that the last character has to spare may have any value, because the text's own
 * example sets one of them.
 * @param readings R-534 on those bits, and R-535 on the alphabet
 */
export function nonceOfKey(key: string, readings: ReadingChoices = defaultReadings): Uint8Array | undefined {
  const isUrlSafe = readings.keyAlphabet === 'url-safe';
  const standard = isUrlSafe ? key.replaceAll('-', '+').replaceAll('_', '/') : key;
  if (!base64.test(standard)) return undefined;
  const bytes = atob(standard);
  return readings.spareKeyBits === 'refuse' && btoa(bytes) !== standard ? undefined : bytesFromLatin1(bytes);
}

/**
 * The value of Sec-WebSocket-Accept that proves that the key was read: the base64 form of the SHA-1 hash of the key, as
 * it stands in the header field, followed by the GUID (draft-06/5.2.2/accept).
 * @param key the value of Sec-WebSocket-Key, not decoded; characters up to U+00FF
 */
export function acceptOfKey(key: string): string {
  return btoa(latin1FromBytes(sha1(bytesFromLatin1(key + acceptGuid))));
}
