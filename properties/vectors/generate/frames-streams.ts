import type { Role } from '../../../model/role.js';
import { encodeUtf8 } from '../../../model/utf8.js';
import { opcodes } from '../../../spec/wire.js';
import { randomnessOf } from '../../verifier/randomness.js';
import { notationOf } from './bytes-notation.js';
import { bothRoles, type FrameDraft, type FrameGroup, streamOf } from './frames-single.js';
import { clausesOf, clearBytes, describe, flagsOf, onWire, type RawFrame, rawFrame } from './raw-frame.js';

/* Vectors of several frames, of cut frames, of masking keys, and of chance. */

const { continuation, close, ping, pong, text, binary } = opcodes;
const ascii = (words: string): Uint8Array => encodeUtf8(words);

/** Every cut of a stream from `from` bytes to `to`, neither of them the whole. */
function cuts(role: Role, name: string, frames: readonly RawFrame[], from: number, to: number): readonly FrameDraft[] {
  const wire = onWire(role, name, frames.map(clearBytes));
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    id: `${name}-cut-at-${from + index}`,
    comment: `the first ${from + index} bytes of: ${frames.map(describe).join('; ')}`,
    flags: ['Truncated'],
    clauses: ['draft-06/4.3/grammar-is-the-format', ...clausesOf(role, frames)],
    input: { wire: notationOf(wire.subarray(0, from + index)) },
  }));
}

const truncations = bothRoles(
  'truncations',
  'Streams that end at each byte of a header, and inside a payload.',
  (from) => {
    const key = from === 'client' ? 4 : 0;
    const bytes = (length: number) => new Uint8Array(length).fill(0x7a);
    return [
      ...cuts(from, 'hello', [rawFrame(text, ascii('Hello'))], 1, key + 6),
      ...cuts(from, 'empty-pong', [rawFrame(pong)], 1, key + 1),
      ...cuts(from, 'binary-126', [rawFrame(binary, bytes(126))], key + 2, key + 5),
      ...cuts(from, 'binary-126', [rawFrame(binary, bytes(126))], key + 129, key + 129),
      ...cuts(from, 'binary-65536', [rawFrame(binary, bytes(65536))], key + 2, key + 11),
      ...cuts(from, 'binary-65536', [rawFrame(binary, bytes(65536))], key + 65545, key + 65545),
      ...cuts(from, 'second-frame', [rawFrame(text, ascii('a')), rawFrame(ping, ascii('b'))], key + 3, 2 * key + 5),
      ...cuts(from, 'long-ping', [rawFrame(ping, bytes(126))], key + 2, key + 3),
    ];
  },
);

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
} as const;

type Letter = keyof typeof alphabet;
const letters = Object.keys(alphabet) as readonly Letter[];

function sequence(from: Role, id: string, frames: readonly RawFrame[], comment?: string): FrameDraft {
  const order = flagsOf(frames);
  return streamOf(from, id, frames, {
    clauses: [
      order.includes('Fragmented') ? 'draft-06/4.4/fragmented' : 'draft-06/4.4/unfragmented',
      ...(order.includes('ControlBetweenFragments') ? (['draft-06/4.4/control-between-fragments'] as const) : []),
    ],
    ...(comment === undefined ? {} : { comment }),
  });
}

/** All words of a length; in letters that differ only by case a small one gets a hyphen, for case-blind readers. */
function words(length: number, from: readonly Letter[]): readonly (readonly Letter[])[] {
  if (length === 0) return [[]];
  return words(length - 1, from).flatMap((word) => from.map((letter) => [...word, letter]));
}

const nameOf = (word: readonly Letter[]): string =>
  word.map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : `${letter}-`)).join('');

const ofWords = (from: Role, all: readonly (readonly Letter[])[]): readonly FrameDraft[] =>
  all.map((word) =>
    sequence(
      from,
      nameOf(word),
      word.map((letter) => alphabet[letter]),
    ),
  );

const orders: readonly FrameGroup[] = [
  {
    name: 'orders-of-two',
    about:
      'Every pair of frames out of eight: text, binary and continuation with and without FIN, Ping and Pong. In the ids each frame is a letter, with a hyphen behind it when FIN is clear. Masked, as a client sends it.',
    given: { from: 'client' },
    vectors: ofWords('client', words(2, letters)),
  },
  {
    name: 'orders-of-three',
    about:
      'Every row of three frames out of six: text and continuation with and without FIN, a whole binary message and a Ping. Ids as in the pairs. Clear, as a server sends it.',
    given: { from: 'server' },
    vectors: ofWords('server', words(3, ['t', 'T', 'B', 'c', 'C', 'P'])),
  },
];

/** A text message cut into pieces, with whatever stands between them. */
function pieces(parts: readonly (string | Uint8Array)[], between: readonly RawFrame[] = []): readonly RawFrame[] {
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
  ...[1, 2, 3, 4].map((at) =>
    sequence(
      from,
      `hello-cut-at-${at}`,
      pieces(['Hello'.slice(0, at), 'Hello'.slice(at)]),
      `"Hello" in two, cut at ${at}`,
    ),
  ),
  sequence(from, 'byte-by-byte', pieces('Hello'.split('')), '"Hello" with one byte a frame'),
  sequence(from, 'empty-pieces', pieces(['', 'Hello', '', '']), '"Hello" with empty fragments around it'),
  sequence(from, 'all-empty', pieces(['', '', '']), 'an empty message in three fragments'),
  ...[1, 2].map((at) =>
    sequence(
      from,
      `inside-a-character-${at}`,
      pieces([euro.subarray(0, at), euro.subarray(at)]),
      `U+20AC cut at byte ${at}`,
    ),
  ),
  sequence(from, 'ping-between', pieces(['Hel', 'lo'], [rawFrame(ping, ascii('?'))]), 'a Ping between two fragments'),
  sequence(
    from,
    'pings-between-all',
    pieces('Hello'.split(''), [rawFrame(ping), rawFrame(pong)]),
    'a Ping and a Pong behind each fragment',
  ),
  sequence(
    from,
    'close-between',
    pieces(['Hel', 'lo'], [closing]),
    'a Close inside a message: the frames read on, the connection does not',
  ),
  sequence(
    from,
    'long-control-between',
    pieces(['Hel', 'lo'], [rawFrame(ping, new Uint8Array(126).fill(0x70))]),
    'a Ping of 126 bytes inside a message',
  ),
  sequence(from, 'reserved-between', pieces(['Hel', 'lo'], [rawFrame(11)]), 'a reserved opcode inside a message'),
  sequence(
    from,
    'two-messages',
    [...pieces(['Hel', 'lo']), ...pieces(['a', 'b', 'c'])],
    'two fragmented messages in a row',
  ),
  sequence(
    from,
    'binary-then-text',
    [
      rawFrame(binary, Uint8Array.of(0, 255), { fin: false }),
      rawFrame(continuation, Uint8Array.of(128)),
      ...pieces(['Hello']),
    ],
    'a fragmented binary message, then a text',
  ),
  sequence(
    from,
    'hundred-bytes-in-forms',
    [
      rawFrame(binary, new Uint8Array(100).fill(1), { fin: false, form: 16 }),
      rawFrame(continuation, new Uint8Array(100).fill(2), { form: 63 }),
    ],
    'two fragments in longer length forms than needed',
  ),
]);

const peculiarKeys = ['00000000', 'ffffffff', '00ff00ff', '84054865', '80000000', '0000007f', '48656c6c', '01020304'];

/** One frame under a key that is named, rather than drawn. */
const keys: FrameGroup = {
  name: 'masking-keys',
  about:
    'Masking keys that are likely to show a mistake: no effect, all bits, the bytes of the frame itself, an order.',
  given: { from: 'client' },
  vectors: peculiarKeys.flatMap((digits) =>
    [
      rawFrame(text, ascii('Hello')),
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
    }),
  ),
};

/** Frames drawn by chance; every fourth stream has one frame with a fault that was drawn as well. */
const drawn = bothRoles('random', 'Streams of up to five frames, drawn from a seeded source.', (from) =>
  Array.from({ length: 60 }, (_, index) => {
    const id = `stream-${index}`;
    const { integer, bytes } = randomnessOf(index, `vectors/${from}`);
    const frames = Array.from({ length: integer(1, 5) }, () => drawFrame(integer, bytes));
    if (index % 4 === 3) frames.push(spoil(drawFrame(integer, bytes), integer(0, 3)));
    return streamOf(from, id, frames, { flags: ['Random'], clauses: ['draft-06/4.1/sequence-of-frames'] });
  }),
);

function drawFrame(integer: (from: number, to: number) => number, bytes: (length: number) => Uint8Array): RawFrame {
  const kind = integer(0, 9);
  if (kind < 2) return rawFrame(kind === 0 ? ping : pong, bytes(integer(0, 8)));
  const letters = Uint8Array.from(bytes(integer(0, 20)), (byte) => 0x20 + (byte % 0x5f));
  if (kind < 5) return rawFrame(text, letters, { fin: kind > 2 });
  if (kind < 8) return rawFrame(binary, bytes(integer(0, 20)), { fin: kind > 5 });
  return rawFrame(
    continuation,
    bytes(integer(0, 6)).map((byte) => byte & 0x7f),
    { fin: kind === 8 },
  );
}

function spoil(frame: RawFrame, way: number): RawFrame {
  if (way === 0) return { ...frame, rsv: '0010' };
  if (way === 1) return { ...frame, rsv: '0001' };
  if (way === 2) return { ...frame, opcode: 7 };
  return { ...frame, opcode: pong, fin: false };
}

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
export const streamGroups: readonly FrameGroup[] = [
  ...nothing,
  ...truncations,
  ...orders,
  ...fragmentations,
  keys,
  ...drawn,
];
