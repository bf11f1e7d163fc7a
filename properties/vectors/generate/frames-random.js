import { encodeUtf8 } from '../../../model/utf8.js';
import { opcodes } from '../../../spec/wire.js';
import { randomnessOf } from '../../verifier/randomness.js';
import { notationOf } from './bytes-notation.js';
import { bothRoles, streamOf } from './frames-single.js';
import { clausesOf, clearBytes, describe, rawFrame } from './raw-frame.js';
/* Vectors of masking keys, and of chance. */
const { continuation, ping, pong, text, binary } = opcodes;
const peculiarKeys = ['00000000', 'ffffffff', '00ff00ff', '84054865', '80000000', '0000007f', '48656c6c', '01020304'];
/** One frame under a key that is named, rather than drawn. */
const keys = {
    name: 'masking-keys',
    about: 'Masking keys that are likely to show a mistake: no effect, all bits, the bytes of the frame itself, an order.',
    given: { from: 'client' },
    vectors: peculiarKeys.flatMap((digits) => [
        rawFrame(text, encodeUtf8('Hello')),
        rawFrame(ping),
        rawFrame(binary, new Uint8Array(130).fill(0x48)),
        rawFrame(13),
    ].map((frame) => {
        const key = Uint8Array.from(Buffer.from(digits, 'hex'));
        const masked = clearBytes(frame).map((byte, at) => byte ^ (key[at % 4] ?? 0));
        return {
            id: `${digits}-opcode-${frame.opcode}`,
            comment: `key ${digits}: ${describe(frame)}`,
            flags: ['PeculiarKey', ...(frame.opcode === 13 ? ['ReservedOpcode'] : [])],
            clauses: ['draft-06/4.2/masked-octet', 'draft-06/4.2/key-first', ...clausesOf('client', [frame])],
            input: { wire: notationOf(Uint8Array.from([...key, ...masked])) },
        };
    })),
};
/** Frames drawn by chance; every fourth stream has one frame with a fault that was drawn as well. */
const drawn = bothRoles('random', 'Streams of up to five frames, drawn from a seeded source.', (from) => Array.from({ length: 60 }, (_, index) => {
    const id = `stream-${index}`;
    const { integer, bytes } = randomnessOf(index, `vectors/${from}`);
    const frames = Array.from({ length: integer(1, 5) }, () => drawFrame(integer, bytes));
    if (index % 4 === 3)
        frames.push(spoil(drawFrame(integer, bytes), integer(0, 3)));
    return streamOf(from, id, frames, { flags: ['Random'], clauses: ['draft-06/4.1/sequence-of-frames'] });
}));
function drawFrame(integer, bytes) {
    const kind = integer(0, 9);
    if (kind < 2)
        return rawFrame(kind === 0 ? ping : pong, bytes(integer(0, 8)));
    const letters = Uint8Array.from(bytes(integer(0, 20)), (byte) => 0x20 + (byte % 0x5f));
    if (kind < 5)
        return rawFrame(text, letters, { fin: kind > 2 });
    if (kind < 8)
        return rawFrame(binary, bytes(integer(0, 20)), { fin: kind > 5 });
    return rawFrame(continuation, bytes(integer(0, 6)).map((byte) => byte & 0x7f), { fin: kind === 8 });
}
function spoil(frame, way) {
    if (way === 0)
        return { ...frame, rsv: '0010' };
    if (way === 1)
        return { ...frame, rsv: '0001' };
    if (way === 2)
        return { ...frame, opcode: 7 };
    return { ...frame, opcode: pong, fin: false };
}
/** The groups of this file. */
export const randomGroups = [keys, ...drawn];
