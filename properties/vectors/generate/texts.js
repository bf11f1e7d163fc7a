import { concatBytes } from '../../../model/bytes.js';
import { decodeUtf8, encodeUtf8, utf8Start } from '../../../model/utf8.js';
import { randomnessOf } from '../../verifier/randomness.js';
import { bytesFrom, notationOf } from './bytes-notation.js';
function judge(_given, { bytes }, { replacement }) {
    const { text, wellFormed } = decodeUtf8(utf8Start, bytesFrom(bytes), true, replacement);
    return {
        accepted: wellFormed,
        ...(wellFormed ? {} : { breaks: 'draft-06/4.6/text-is-utf-8' }),
        expect: { wellFormed, text },
    };
}
function draft(id, bytes, comment, ...flags) {
    return {
        id,
        comment,
        flags,
        clauses: ['draft-06/4.6/text-is-utf-8', 'draft-06/6.1/client-replaces'],
        input: { bytes: notationOf(bytes) },
    };
}
const fromHex = (digits) => Uint8Array.from(Buffer.from(digits, 'hex'));
const hex = (value, length = 2) => value.toString(16).padStart(length, '0');
const boundaryPoints = [
    0x00, 0x01, 0x0a, 0x20, 0x22, 0x7e, 0x7f, 0x80, 0x85, 0xa0, 0xff, 0x100, 0x7ff, 0x800, 0xfff, 0x1000, 0x2028, 0x20ac,
    0xd7ff, 0xe000, 0xfdd0, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x10000, 0x1f600, 0x1ffff, 0x3ffff, 0x40000, 0xfffff,
    0x100000, 0x10ffff,
];
/** The bytes of a code point by the pattern alone, however long, surrogates and overlong forms too. */
function pattern(point, length) {
    const lead = length === 1 ? point : ((0xf00 >> length) & 0xff) | Number(BigInt(point) >> BigInt(6 * (length - 1)));
    const rest = Array.from({ length: length - 1 }, (_, at) => 0x80 | ((point >> (6 * (length - 2 - at))) & 0x3f));
    return Uint8Array.of(lead, ...rest);
}
const points = boundaryPoints.map((point) => draft(`u-${hex(point, 4)}`, encodeUtf8(String.fromCodePoint(point)), `the character U+${hex(point, 4).toUpperCase()}`, 'Boundary', ...(point === 0xfeff ? ['ByteOrderMark'] : [])));
const texts = [
    ['empty', '', 'no text'],
    ['hello', 'Hello', 'ASCII'],
    ['byte-order-mark', '\ufeffa', 'a byte order mark in front stays', 'ByteOrderMark'],
    ['greek', '\u03ba\u1f79\u03c3\u03bc\u03b5', 'letters of two and three bytes'],
    ['mixed', 'a\u00e9\u20ac\u{1f600}', 'one character of each length'],
    ['combining', 'e\u0301', 'a combining mark is not composed'],
    ['right-to-left', '\u05d0\u05d1', 'another direction'],
    ['nul-inside', 'a\u0000b', 'U+0000 between letters'],
    ['line-ends', 'a\r\nb\rc\n', 'line ends stay as they are'],
].map(([id, text, comment, ...flags]) => draft(id, encodeUtf8(text), comment, 'Text', ...flags));
/** Every byte alone: 128 characters, and 128 that are no text. */
const single = Array.from({ length: 128 }, (_, at) => draft(`byte-${hex(at + 128)}`, Uint8Array.of(at + 128), `the byte ${hex(at + 128)} alone`, at < 64 ? 'StrayContinuation' : 'Unfinished'));
/** Around each byte that may begin a sequence: the ends of the range of the second byte. */
const secondBytes = [0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4].flatMap((lead) => [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0].map((second) => {
    const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const bytes = Uint8Array.of(lead, second, ...new Array(length - 2).fill(0x80));
    return draft(`second-${hex(lead)}-${hex(second)}`, bytes, `the byte ${hex(second)} behind ${hex(lead)}`, 'SecondByte');
}));
const overlong = [
    [0x00, 2],
    [0x2f, 2],
    [0x7f, 2],
    [0x00, 3],
    [0x7f, 3],
    [0x80, 3],
    [0x7ff, 3],
    [0x00, 4],
    [0x7ff, 4],
    [0xffff, 4],
];
const forms = [
    ...overlong.map(([point, length]) => draft(`overlong-${length}-${hex(point, 4)}`, pattern(point, length), `U+${hex(point, 4).toUpperCase()} in ${length} bytes`, 'Overlong')),
    ...[0xd800, 0xdb7f, 0xdb80, 0xdbff, 0xdc00, 0xdf80, 0xdfff].map((point) => draft(`surrogate-${hex(point)}`, pattern(point, 3), `the surrogate U+${hex(point).toUpperCase()}`, 'Surrogate')),
    draft('surrogate-pair', concatBytes([pattern(0xd83d, 3), pattern(0xde00, 3)]), 'a pair of surrogates', 'Surrogate'),
    ...[0x110000, 0x13ffff, 0x140000, 0x1fffff].map((point) => draft(`above-${hex(point)}`, pattern(point, 4), `${hex(point).toUpperCase()}, above U+10FFFF`, 'AboveRange')),
    draft('five-bytes', fromHex('f888808080'), 'a form of five bytes', 'AboveRange'),
    draft('six-bytes', fromHex('fc8480808080'), 'a form of six bytes', 'AboveRange'),
];
/** Every beginning of a sequence, at the end and before another character. */
const cuts = ['c3a9', 'e0a080', 'e282ac', 'ed9fbf', 'f0908080', 'f09f9880', 'f48fbfbf'].flatMap((digits) => Array.from({ length: digits.length / 2 - 1 }, (_, at) => digits.slice(0, 2 * at + 2)).flatMap((start) => [
    ['end', '', 'at the end'],
    ['letter', '41', 'before a letter'],
    ['again', digits, 'before the whole character'],
    ['stray', 'ff', 'before a byte that is never valid'],
].map(([name, more, where]) => draft(`cut-${digits}-at-${start.length / 2}-${name}`, fromHex(start + more), `${start} of ${digits} ${where}`, 'Unfinished'))));
const mixtures = [
    ['80bf80bf', 'continuation bytes in a row', 'StrayContinuation'],
    ['e282ac80', 'one continuation byte too many', 'StrayContinuation'],
    ['fefeffff', 'bytes that are never valid', 'Unfinished'],
    ['61f1808061e18061c261', 'unfinished sequences between letters', 'Unfinished'],
    ['c0c1f5ff', 'bytes that begin nothing', 'Overlong'],
    ['41c3b141', 'a valid character between letters', 'Text'],
    ['cebae1bdb9cf83cebcceb5eda080656469746564', 'Greek, a surrogate, and letters', 'Surrogate'],
    ['636166e9', 'ISO 8859-1 instead of UTF-8', 'Unfinished'],
    ['feff0041', 'UTF-16 instead of UTF-8', 'Unfinished'],
    ['eda0bdedb880', 'CESU-8 instead of UTF-8', 'Surrogate'],
    ['c080', 'modified UTF-8 for U+0000', 'Overlong'],
    ['f09f98f09f9880', 'an unfinished character before the whole', 'Unfinished'],
].map(([digits, comment, flag]) => draft(`mixture-${digits}`, fromHex(digits), comment, flag));
/** Pieces that make trouble, drawn and put together. */
const drawnPieces = [
    '41',
    'c3a9',
    'e282ac',
    'f09f9880',
    '80',
    'bf',
    'c3',
    'e2',
    'e282',
    'f09f',
    'f09f98',
    'ed',
    'eda0',
    'ff',
    'c0',
    'f4',
    'f490',
    'e0',
    'e080',
];
const drawn = Array.from({ length: 60 }, (_, seed) => {
    const { integer } = randomnessOf(seed, 'vectors/utf-8');
    const digits = Array.from({ length: integer(2, 9) }, () => drawnPieces[integer(0, drawnPieces.length - 1)] ?? '').join('');
    return draft(`random-${seed}`, fromHex(digits), 'pieces of characters drawn by chance', 'Random');
});
/** Keeps the first of vectors with the same bytes. */
const unique = (drafts, seen) => drafts.filter(({ input }) => {
    const bytes = JSON.stringify(input.bytes);
    return !seen.has(bytes) && seen.add(bytes);
});
const seen = new Set();
const group = (name, about, vectors) => ({
    name,
    about,
    given: {},
    vectors: unique(vectors, seen),
});
/** The text of bytes: draft-06 sections 4.6 and 6. */
export const utf8 = {
    name: 'utf-8',
    about: 'Bytes of text, and the text that a client reads in them, with U+FFFD where they are not UTF-8 (draft-06 section 6.1). What a server does with bytes that are not UTF-8 is undefined (section 6.2, reading R-602): for a server only `wellFormed` counts.',
    flags: {
        Boundary: 'A code point at or beside a boundary of the encoding, or peculiar in another way. All are valid.',
        Text: 'Some text.',
        ByteOrderMark: 'The first character is U+FEFF (reading R-608).',
        StrayContinuation: 'A continuation byte with no sequence before it.',
        Unfinished: 'A sequence that breaks off, or a byte that is never valid.',
        SecondByte: 'The first two bytes of a sequence, at the ends of the ranges of the second.',
        Overlong: 'A longer form than the character needs.',
        Surrogate: 'A surrogate, which no UTF-8 has.',
        AboveRange: 'A number above U+10FFFF.',
        Random: 'Drawn from a seeded source.',
    },
    readings: ['replacement'],
    doubts: { ByteOrderMark: 'R-608' },
    groups: [
        group('code-points', 'Single characters.', points),
        group('texts', 'Texts, valid ones and mixtures.', [...texts, ...mixtures]),
        group('bytes', 'Each byte from 80 to FF alone.', single),
        group('second-bytes', 'The bytes that begin sequences, with second bytes in and out of range.', secondBytes),
        group('forms', 'Overlong forms, surrogates, and numbers above the range.', forms),
        group('unfinished', 'Beginnings of sequences, with different things behind them.', cuts),
        group('random', 'Pieces drawn from a seeded source.', drawn),
    ],
    judge,
};
