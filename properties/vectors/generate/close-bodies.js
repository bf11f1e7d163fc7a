import { isCloseViolation, readCloseBody, statusCodeRange } from '../../../model/close-body.js';
import { encodeUtf8 } from '../../../model/utf8.js';
import { clauseOfViolation } from '../../../model/violation.js';
import { bytesFrom, notationOf } from './bytes-notation.js';
function judge(_given, { body }, choices) {
    const read = readCloseBody(bytesFrom(body), 0, choices);
    if (!isCloseViolation(read))
        return { accepted: true, expect: { kind: 'close', ...read } };
    const clause = clauseOfViolation(read.code);
    return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code: read.code, clause } } };
}
function bodyOf(status, reason = new Uint8Array(0)) {
    return Uint8Array.of(status >> 8, status & 0xff, ...reason);
}
const edges = [0, 1000, 2000, 3000, 4000, 5000].flatMap((edge) => [edge - 1, edge, edge + 1]);
const statuses = [
    ...new Set([
        ...edges.filter((status) => status >= 0),
        ...[
            2, 10, 100, 255, 256, 257, 500, 998, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1015, 1016,
        ],
        ...[1100, 1500, 1998, 2500, 2998, 3500, 3998, 4096, 4500, 4998, 8192, 10000, 32767, 32768, 59395, 65534, 65535],
    ]),
].sort((a, b) => a - b);
function draft(id, body, comment, ...flags) {
    return {
        id,
        comment,
        flags,
        clauses: ['draft-06/4.5.1/body-starts-with-status'],
        input: { body: notationOf(body) },
    };
}
function codes(list, suffix, reason, comment) {
    return list.map((status) => {
        const range = statusCodeRange(status);
        const made = draft(`status-${status}${suffix}`, bodyOf(status, encodeUtf8(reason)), `status code ${status}${comment}`, 'StatusCode');
        return {
            ...made,
            clauses: [
                ...made.clauses,
                'draft-06/4.5.1/status-in-network-byte-order',
                ...(range === undefined ? [] : [range.clause]),
            ],
        };
    });
}
const short = [
    draft('empty', new Uint8Array(0), 'no body: no status code and no reason', 'NoStatus'),
    ...[0x00, 0x03, 0x0f, 0x61, 0xe8, 0xff].map((byte) => draft(`one-byte-${byte.toString(16).padStart(2, '0')}`, Uint8Array.of(byte), 'one byte, too few for a status code', 'OneByte')),
];
const reasons = [
    ['ascii', 'Hello'],
    ['nul', '\u0000'],
    ['latin', 'caf\u00e9'],
    ['euro', '\u20ac'],
    ['emoji', '\u{1f600}'],
    ['byte-order-mark', '\ufeffbye', 'ByteOrderMark'],
    ['digits', '1000'],
    ['line-end', 'bye\r\n'],
    ['longest', 'r'.repeat(123)],
    ['one-less', 'r'.repeat(122)],
    ['longest-of-three', '\u20ac'.repeat(41)],
].map(([id, reason, ...flags]) => ({
    ...draft(`reason-${id}`, bodyOf(1000, encodeUtf8(reason)), `a reason of ${encodeUtf8(reason).length} bytes`, 'Reason', ...flags),
    clauses: ['draft-06/4.5.1/body-may-have-reason', 'draft-06/7.4/optional-parts'],
}));
const badReasons = [
    '80',
    'ff',
    'c3',
    'e282',
    'f09f98',
    'eda080',
    'c0af',
    'f4908080',
    '61ff62',
    '61c3',
    '8080',
    'fe80ff',
    '636166e9',
    'e28261',
].map((digits) => ({
    ...draft(`bad-reason-${digits}`, bodyOf(1000, Uint8Array.from(Buffer.from(digits, 'hex'))), 'a reason that is not UTF-8', 'BadReason'),
    clauses: ['draft-06/4.5.1/body-may-have-reason', 'draft-06/6.1/client-replaces'],
}));
const group = (name, about, vectors) => ({
    name,
    about,
    given: {},
    vectors,
});
/** The body of a Close: draft-06 sections 4.5.1 and 7.4. */
export const closeBodies = {
    name: 'close-bodies',
    about: 'The application data of a Close, and what it says (draft-06 sections 4.5.1 and 7.4).',
    flags: {
        StatusCode: 'A status code, at a boundary of a range or with a meaning somewhere (reading R-703).',
        NoStatus: 'A Close without a body.',
        OneByte: 'A body of one byte.',
        Reason: 'A reason in UTF-8 behind the status code.',
        ByteOrderMark: 'The reason begins with U+FEFF (reading R-608).',
        BadReason: 'A reason that is not UTF-8 (readings R-405 and R-601).',
    },
    readings: ['statusCode', 'closeReasonUtf8', 'replacement'],
    doubts: { ByteOrderMark: 'R-608' },
    groups: [
        group('short', 'Bodies without a status code.', short),
        group('status-codes', 'Status codes alone.', codes(statuses, '', '', '')),
        group('status-codes-with-reason', 'Status codes with a reason.', codes([999, 1000, 1001, 1004, 1005, 1999, 2000, 3000, 4999, 5000, 65535], '-with-reason', 'bye', ' and the reason "bye"')),
        group('reasons', 'Reasons.', reasons),
        group('bad-reasons', 'Reasons that are not UTF-8.', badReasons),
    ],
    judge,
};
