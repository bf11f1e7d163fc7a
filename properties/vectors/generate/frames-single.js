import { encodeUtf8 } from '../../../model/utf8.js';
import { isControl, minimalForm, opcodeName } from '../../../model/frame.js';
import { opcodes } from '../../../spec/wire.js';
import { notationOf } from './bytes-notation.js';
import { clausesOf, clearBytes, describe, flagsOf, onWire, rawFrame } from './raw-frame.js';
const roles = ['server', 'client'];
const forms = [7, 16, 63];
/** A stream of frames as a draft. */
export function streamOf(from, id, frames, more = {}) {
    return {
        id,
        comment: more.comment ?? frames.map(describe).join('; '),
        flags: [...new Set([...(more.flags ?? []), ...flagsOf(frames)])],
        clauses: [...(more.clauses ?? []), ...clausesOf(from, frames)],
        input: { wire: notationOf(onWire(from, id, frames.map(clearBytes))) },
    };
}
/** A group for each role, with the same frames masked and clear. */
export function bothRoles(name, about, vectors) {
    return roles.map((from) => ({
        name: `${name}-from-${from}`,
        about: `${about} ${from === 'server' ? 'Clear, as a server sends it.' : 'Masked, as a client sends it.'}`,
        given: { from },
        vectors: vectors(from),
    }));
}
/** The longest payload that a length form can announce and that is still short enough to stand in a vector. */
const formHolds = (form, length) => form === 63 || (form === 16 ? length <= 0xffff : length <= 125);
/** A payload of one kind of byte; a Close begins with the status code 1000. */
function payloadOf(opcode, length) {
    const payload = new Uint8Array(length).fill(0x61);
    if (opcode === opcodes.close)
        payload.set([0x03, 0xe8].slice(0, length));
    return payload;
}
const dataLengths = [0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 257, 32767, 32768, 65534, 65535, 65536, 65537];
const controlLengths = [0, 2, 124, 125, 126, 127, 128, 255, 256, 65535, 65536];
function lengthsOf(from, opcode, lengths) {
    return lengths.flatMap((length) => forms
        .filter((form) => formHolds(form, length))
        // The empty frames of a server stand among the first bytes.
        .filter((form) => length > 0 || form > 7 || from === 'client')
        .map((form) => {
        const frame = rawFrame(opcode, payloadOf(opcode, length), { form });
        const boundary = form === minimalForm(length) ? ['LengthBoundary'] : [];
        return streamOf(from, `${opcodeName(opcode)}-${length}-form-${form}`, [frame], { flags: boundary });
    }));
}
const lengthGroups = bothRoles('lengths', 'Payload lengths at and around every boundary, in every form that can carry them.', (from) => [
    ...lengthsOf(from, opcodes.binary, dataLengths),
    ...lengthsOf(from, opcodes.text, [0, 1, 125, 126, 65535, 65536]),
    ...lengthsOf(from, opcodes.close, controlLengths),
    ...lengthsOf(from, opcodes.ping, controlLengths),
    ...lengthsOf(from, opcodes.pong, [0, 1, 125, 126, 65536]),
]);
const hexByte = (value) => value.toString(16).padStart(2, '0');
/** The frame whose header begins with a byte. */
function frameOfFirstByte(first, payload) {
    const rsv = `${((first >> 4) & 7).toString(2).padStart(3, '0')}0`;
    return rawFrame(first & 0x0f, payload, { fin: first >= 0x80, rsv });
}
const firstBytes = {
    name: 'first-bytes',
    about: 'All 256 values of the first header byte, each with an empty payload, as a server sends them.',
    given: { from: 'server' },
    vectors: Array.from({ length: 256 }, (_, first) => streamOf('server', hexByte(first), [frameOfFirstByte(first, new Uint8Array(0))], {
        clauses: ['draft-06/4.3/fin', 'draft-06/4.3/opcode'],
    })),
};
/** Each reserved bit alone, and all of them. */
const bitPatterns = ['0000', '1000', '0100', '0010', '0001', '1111'];
const reservedBits = bothRoles('reserved-bits', 'Every opcode with and without FIN, with each reserved bit, all and none, and payloads of 5 and 126 bytes.', (from) => Array.from({ length: 16 }, (_, opcode) => opcode).flatMap((opcode) => [true, false].flatMap((fin) => bitPatterns.flatMap((rsv) => [5, 126]
    .filter((length) => from === 'client' || length === 126 || rsv === '0001')
    // Long control frames without another fault stand among the lengths.
    .filter((length) => !(isControl(opcode) && fin && rsv === '0000' && length === 126))
    .map((length) => streamOf(from, `opcode-${opcode}-${fin ? 'fin' : 'no-fin'}-rsv-${rsv}-length-${length}`, [
    rawFrame(opcode, bodyOf(opcode, length), { fin, rsv }),
]))))));
function bodyOf(opcode, length) {
    return length === 5 && opcode !== opcodes.close ? encodeUtf8('Hello') : payloadOf(opcode, length).fill(0x62, 2);
}
/** A frame whose 64-bit length is given by its digits, with nothing behind it. */
function announced(from, opcode, digits, flag, more) {
    const clear = Uint8Array.from(Buffer.from(`${hexByte(0x80 | opcode)}7f${digits}${more}`, 'hex'));
    const id = `${opcodeName(opcode)}-${digits}${more}`;
    const value = digits.length === 16 ? BigInt(`0x${digits}`).toString() : `that begins with ${digits}`;
    return {
        id,
        comment: `${opcodeName(opcode)}, a 64-bit payload length of ${value} with ${more.length / 2} bytes behind it`,
        flags: [flag],
        clauses: [
            'draft-06/4.3/length-63',
            ...(flag === 'LengthHighBit' ? ['draft-06/4.3/length-high-bit-zero'] : []),
            'draft-06/4.3/network-byte-order',
        ],
        input: { wire: notationOf(onWire(from, id, [clear])) },
    };
}
const highBits = ['80', '8000000000000000', '8000000000000005', 'ff', 'ffffffffffffffff', 'c000000000000000'];
const hugeLengths = [
    '0000000001000001',
    '000000007fffffff',
    '0000000080000000',
    '00000000ffffffff',
    '0000000100000000',
    '001fffffffffffff',
    '0020000000000000',
    '7fffffffffffffff',
];
const longLengths = bothRoles('long-lengths', 'Payload lengths of 64 bits that no vector can fill.', (from) => [
    ...[opcodes.binary, opcodes.text, opcodes.ping].flatMap((opcode) => highBits.map((digits) => announced(from, opcode, digits, 'LengthHighBit', digits === '8000000000000005' ? '6162636465' : ''))),
    ...[opcodes.binary, opcodes.text].flatMap((opcode) => hugeLengths.map((digits) => announced(from, opcode, digits, 'HugeLength', opcode === opcodes.binary ? '' : '6162'))),
    ...hugeLengths.map((digits) => announced(from, opcodes.ping, digits, 'LongControl', '')),
]);
/** The groups of this file. */
export const singleFrameGroups = [...lengthGroups, firstBytes, ...reservedBits, ...longLengths];
