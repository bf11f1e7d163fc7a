import { acceptOfKey, keyOfNonce, nonceOfKey } from '../../../model/accept.js';
import { randomnessOf } from '../../verifier/randomness.js';
function judge(_given, { key }, { keyOfRequest }) {
    const nonce = nonceOfKey(key);
    if (keyOfRequest === 'decode' && nonce === undefined) {
        const clause = 'draft-06/5.2.1/key';
        return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code: 'bad-key', clause } } };
    }
    const decoded = nonce === undefined ? {} : { nonce: Buffer.from(nonce).toString('hex') };
    return { accepted: true, expect: { kind: 'accept', accept: acceptOfKey(key), ...decoded } };
}
const draft = (id, key, comment, ...flags) => ({
    id,
    comment,
    flags,
    clauses: ['draft-06/5.2.2/accept', 'draft-06/5.2.2/key-used-as-sent'],
    input: { key },
});
const sample = {
    id: 'sample-nonce',
    comment: 'the key of sections 1.2, 1.3 and 5.2.2',
    flags: ['DraftExample'],
    result: 'valid',
    clauses: ['draft-06/5.2.2/accept', 'draft-06/5.1/response-accept'],
    input: { key: 'dGhlIHNhbXBsZSBub25jZQ==' },
    expect: { kind: 'accept', accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', nonce: '7468652073616d706c65206e6f6e6365' },
};
const counted = {
    id: 'one-to-sixteen',
    comment: 'the key that section 5.1 gives for the nonce 01 to 10; its last bits are not those that base64 prescribes',
    flags: ['DraftExample', 'LooseBase64'],
    result: 'open',
    clauses: ['draft-06/5.1/key-is-16-byte-nonce', 'draft-06/5.2.2/accept', 'draft-06/5.2.1/key'],
    readings: ['R-534'],
    input: { key: 'AQIDBAUGBwgJCgsMDQ4PEC==' },
    expect: { kind: 'accept', accept: 'OfS0wDaT5NoxF2gqm7Zj2YtetzM=', nonce: '0102030405060708090a0b0c0d0e0f10' },
};
const patterns = [
    ['zeros', () => 0],
    ['ones', () => 255],
    ['counting', (at) => at],
    ['counting-from-one', (at) => at + 1],
    ['counting-down', (at) => 255 - at],
    ['nibbles', (at) => at * 17],
    ['powers', (at) => 1 << (at % 8)],
    ['alternating', (at) => (at % 2 === 0 ? 0x55 : 0xaa)],
    ['letters', (at) => 0x41 + at],
].map(([id, byteAt]) => draft(id, keyOfNonce(Uint8Array.from({ length: 16 }, (_, at) => byteAt(at))), `a nonce of a pattern: ${id}`, 'Pattern'));
const drawn = Array.from({ length: 40 }, (_, seed) => draft(`nonce-${seed}`, keyOfNonce(randomnessOf(seed, 'vectors/nonces').bytes(16)), 'a nonce drawn from a seeded source', 'Random'));
/** The 15 other keys that some decoders take for sixteen zeros. */
const loose = [...'BCDEFGHIJKLMNOP'.matchAll(/./g)].map(([letter]) => draft(`loose-${letter.toLowerCase()}`, `${'A'.repeat(21)}${letter}==`, `sixteen zeros, with ${letter} for the last A`, 'LooseBase64'));
const wrong = [
    ['empty', '', 'no key'],
    ['fifteen-bytes', 'AAAAAAAAAAAAAAAAAAAA', 'a nonce of 15 bytes'],
    ['seventeen-bytes', 'AAAAAAAAAAAAAAAAAAAAAAA=', 'a nonce of 17 bytes'],
    ['thirty-two-bytes', `${'A'.repeat(43)}=`, 'a nonce of 32 bytes'],
    ['no-padding', 'A'.repeat(22), 'no padding'],
    ['url-alphabet', '-_-_-_-_-_-_-_-_-_-_-w==', 'the alphabet for URLs', 'UrlAlphabet'],
    ['not-base64', 'the sample nonce', 'the nonce itself'],
    ['hex', '7468652073616d706c65206e6f6e6365', 'the nonce in hexadecimal digits'],
].map(([id, key, comment, ...flags]) => draft(id, key, comment, 'WrongKey', ...flags));
const group = (name, about, vectors) => ({ name, about, given: {}, vectors });
/** Sec-WebSocket-Accept: draft-06 section 5.2.2. */
export const accepts = {
    name: 'accept',
    about: 'Values of Sec-WebSocket-Key, the nonces that they carry, and the values of Sec-WebSocket-Accept that answer them (draft-06 section 5.2.2).',
    flags: {
        DraftExample: 'An example of draft-06.',
        Pattern: 'A nonce of a pattern.',
        Random: 'A nonce drawn from a seeded source.',
        LooseBase64: 'The last character has bits to spare that are not 0, as in the example of section 5.1. The key is hashed as it stands, not as it might be encoded anew (reading R-534).',
        UrlAlphabet: 'The alphabet of base64 for URLs (reading R-535).',
        WrongKey: 'Not the base64 form of 16 bytes (reading R-502).',
    },
    readings: ['keyOfRequest'],
    doubts: { LooseBase64: 'R-534', UrlAlphabet: 'R-535' },
    groups: [
        group('draft-examples', 'The keys that the draft shows.', [sample, counted]),
        group('nonces', 'Nonces of patterns, and drawn ones.', [...patterns, ...drawn]),
        group('loose', 'Keys with bits to spare.', loose),
        group('wrong-keys', 'Keys that a server may refuse.', wrong),
    ],
    judge,
};
