import { encodeUtf8 } from '../../../model/utf8.js';
import { opcodes } from '../../../spec/wire.js';
import { notationOf } from './bytes-notation.js';
import { bothRoles, streamOf } from './frames-single.js';
import { clausesOf, clearBytes, describe, flagsOf, onWire, rawFrame } from './raw-frame.js';
/* Vectors of several frames and of cut frames. */
const { continuation, close, ping, pong, text, binary } = opcodes;
const ascii = (words) => encodeUtf8(words);
/** Every cut of a stream from `from` bytes to `to`, neither of them the whole. */
function cuts(role, name, frames, from, to) {
    const wire = onWire(role, name, frames.map(clearBytes));
    return Array.from({ length: to - from + 1 }, (_, index) => ({
        id: `${name}-cut-at-${from + index}`,
        comment: `the first ${from + index} bytes of: ${frames.map(describe).join('; ')}`,
        flags: ['Truncated'],
        clauses: ['draft-06/4.3/grammar-is-the-format', ...clausesOf(role, frames)],
        input: { wire: notationOf(wire.subarray(0, from + index)) },
    }));
}
const truncations = bothRoles('truncations', 'Streams that end at each byte of a header, and inside a payload.', (from) => {
    const key = from === 'client' ? 4 : 0;
    const bytes = (length) => new Uint8Array(length).fill(0x7a);
    return [
        ...cuts(from, 'hello', [rawFrame(text, ascii('Hello'))], 1, key + 6),
        ...cuts(from, 'empty-pong', [rawFrame(pong)], key + 1, key + 1),
        ...cuts(from, 'binary-126', [rawFrame(binary, bytes(126))], key + 2, key + 5),
        ...cuts(from, 'binary-126', [rawFrame(binary, bytes(126))], key + 129, key + 129),
        ...cuts(from, 'binary-65536', [rawFrame(binary, bytes(65536))], key + 2, key + 11),
        ...cuts(from, 'binary-65536', [rawFrame(binary, bytes(65536))], key + 65545, key + 65545),
        ...cuts(from, 'second-frame', [rawFrame(text, ascii('a')), rawFrame(ping, ascii('b'))], key + 4, 2 * key + 5),
        ...cuts(from, 'long-ping', [rawFrame(ping, bytes(126))], key + 2, key + 3),
    ];
});
/** The frames that sequences are made of, by a letter: capitals end their message. */
const alphabet = {
    t: rawFrame(text, ascii('t'), { fin: false }),
    T: rawFrame(text, ascii('T')),
    b: rawFrame(binary, ascii('b'), { fin: false }),
    B: rawFrame(binary, ascii('B')),
    c: rawFrame(continuation, ascii('c'), { fin: false }),
    C: rawFrame(continuation, ascii('C')),
    P: rawFrame(ping, ascii('P')),
    Q: rawFrame(pong, ascii('Q')),
};
const letters = Object.keys(alphabet);
function sequence(from, id, frames, comment) {
    const order = flagsOf(frames);
    return streamOf(from, id, frames, {
        clauses: [
            order.includes('Fragmented') ? 'draft-06/4.4/fragmented' : 'draft-06/4.4/unfragmented',
            ...(order.includes('ControlBetweenFragments') ? ['draft-06/4.4/control-between-fragments'] : []),
        ],
        ...(comment === undefined ? {} : { comment }),
    });
}
/** All words of a length; in letters that differ only by case a small one gets a hyphen, for case-blind readers. */
function words(length, from) {
    if (length === 0)
        return [[]];
    return words(length - 1, from).flatMap((word) => from.map((letter) => [...word, letter]));
}
const nameOf = (word) => word.map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : `${letter}-`)).join('');
const ofWords = (from, all) => all.map((word) => sequence(from, nameOf(word), word.map((letter) => alphabet[letter])));
const orders = [
    {
        name: 'orders-of-two',
        about: 'Every pair of frames out of eight: text, binary and continuation with and without FIN, Ping and Pong. In the ids each frame is a letter, with a hyphen behind it when FIN is clear. Masked, as a client sends it.',
        given: { from: 'client' },
        vectors: ofWords('client', words(2, letters)),
    },
    {
        name: 'orders-of-three',
        about: 'Every row of three frames out of six: text and continuation with and without FIN, a whole binary message and a Ping. Ids as in the pairs. Clear, as a server sends it.',
        given: { from: 'server' },
        vectors: ofWords('server', words(3, ['t', 'T', 'B', 'c', 'C', 'P'])),
    },
];
/** A text message cut into pieces, with whatever stands between them. */
function pieces(parts, between = []) {
    return parts.flatMap((part, index) => {
        const payload = typeof part === 'string' ? ascii(part) : part;
        const fin = index === parts.length - 1;
        const frame = rawFrame(index === 0 ? text : continuation, payload, { fin });
        return fin ? [frame] : [frame, ...between];
    });
}
const euro = ascii('\u20ac');
const closing = rawFrame(close, Uint8Array.of(0x03, 0xe8));
const fragmentations = bothRoles('fragmentation', 'Messages in pieces, and what may stand between them.', (from) => [
    ...[1, 2, 3, 4].map((at) => sequence(from, `hello-cut-at-${at}`, pieces(['Hello'.slice(0, at), 'Hello'.slice(at)]), `"Hello" in two, cut at ${at}`)),
    sequence(from, 'byte-by-byte', pieces('Hello'.split('')), '"Hello" with one byte a frame'),
    sequence(from, 'empty-pieces', pieces(['', 'Hello', '', '']), '"Hello" with empty fragments around it'),
    sequence(from, 'all-empty', pieces(['', '', '']), 'an empty message in three fragments'),
    ...[1, 2].map((at) => sequence(from, `inside-a-character-${at}`, pieces([euro.subarray(0, at), euro.subarray(at)]), `U+20AC cut at byte ${at}`)),
    sequence(from, 'ping-between', pieces(['Hel', 'lo'], [rawFrame(ping, ascii('?'))]), 'a Ping between two fragments'),
    sequence(from, 'pings-between-all', pieces('Hello'.split(''), [rawFrame(ping), rawFrame(pong)]), 'a Ping and a Pong behind each fragment'),
    sequence(from, 'close-between', pieces(['Hel', 'lo'], [closing]), 'a Close inside a message: the frames read on, the connection does not'),
    sequence(from, 'long-control-between', pieces(['Hel', 'lo'], [rawFrame(ping, new Uint8Array(126).fill(0x70))]), 'a Ping of 126 bytes inside a message'),
    sequence(from, 'reserved-between', pieces(['Hel', 'lo'], [rawFrame(11)]), 'a reserved opcode inside a message'),
    sequence(from, 'two-messages', [...pieces(['Hel', 'lo']), ...pieces(['a', 'b', 'c'])], 'two fragmented messages in a row'),
    sequence(from, 'binary-then-text', [
        rawFrame(binary, Uint8Array.of(0, 255), { fin: false }),
        rawFrame(continuation, Uint8Array.of(128)),
        ...pieces(['Hello']),
    ], 'a fragmented binary message, then a text'),
    sequence(from, 'hundred-bytes-in-forms', [
        rawFrame(binary, new Uint8Array(100).fill(1), { fin: false, form: 16 }),
        rawFrame(continuation, new Uint8Array(100).fill(2), { form: 63 }),
    ], 'two fragments in longer length forms than needed'),
]);
const nothing = bothRoles('nothing', 'A stream without a byte.', () => [
    {
        id: 'empty',
        comment: 'no bytes: no frame, and none is missing',
        flags: ['Truncated'],
        clauses: ['draft-06/4.1/sequence-of-frames'],
        input: { wire: '' },
    },
]);
/** The groups of this file. */
export const streamGroups = [...nothing, ...truncations, ...orders, ...fragmentations];
