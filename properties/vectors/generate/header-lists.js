import { parseExtensions } from '../../../model/extension-header.js';
import { readOpeningRequest } from '../../../model/opening-request.js';
import { clauseOfViolation } from '../../../model/violation.js';
export function judgeExtensions(_given, { values }) {
    const extensions = parseExtensions(values);
    if (extensions !== undefined)
        return { accepted: true, expect: { kind: 'list', extensions } };
    const code = 'bad-extension-list';
    const clause = clauseOfViolation(code);
    return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause } } };
}
/** Judged inside a request in which everything else is right. */
export function judgeSubprotocols(_given, { values }) {
    const fields = [
        ['Host', 'example.com'],
        ['Upgrade', 'websocket'],
        ['Connection', 'Upgrade'],
        ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
        ['Sec-WebSocket-Version', '6'],
        ...values.map((value) => ['Sec-WebSocket-Protocol', value]),
    ];
    const reading = readOpeningRequest({
        kind: 'request',
        method: 'GET',
        target: '/',
        version: { major: 1, minor: 1 },
        fields: fields.map(([name, value]) => ({ name, value })),
    });
    if (reading.kind === 'opening') {
        return { accepted: true, expect: { kind: 'list', subprotocols: reading.request.subprotocols } };
    }
    if (reading.kind === 'http')
        throw new Error('a request for WebSocket was read as HTTP');
    const { code } = reading.violation;
    const clause = clauseOfViolation(code);
    return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause } } };
}
export function lists(flag, clauses, rows) {
    return rows.map(([id, values, comment, ...flags]) => ({
        id,
        comment,
        flags: [flag, ...flags],
        clauses,
        input: { values: typeof values === 'string' ? [values] : values },
    }));
}
export const listGroup = (name, about, vectors) => ({ name, about, given: {}, vectors });
/** Every printable ASCII character inside a name: in a token or not. */
export function characters(flag, clauses, around) {
    const codes = [0x00, 0x09, ...Array.from({ length: 95 }, (_, index) => index + 0x20), 0x7f, 0x80, 0xe9, 0xff];
    return codes
        .filter((code) => !/[B-YB-Yb-y2-8]/.test(String.fromCharCode(code)))
        .map((code) => {
        const digits = code.toString(16).padStart(2, '0');
        return {
            id: `u-${digits}`,
            comment: `the character U+00${digits.toUpperCase()}`,
            flags: [flag],
            clauses,
            input: { values: [around(String.fromCharCode(code))] },
        };
    });
}
