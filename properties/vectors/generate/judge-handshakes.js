import { acceptOfKey } from '../../../model/accept.js';
import { bytesFromLatin1 } from '../../../model/bytes.js';
import { parseExtensions } from '../../../model/extension-header.js';
import { createHeadReader, readHead } from '../../../model/http-head-reader.js';
import { readOpeningResponse } from '../../../model/opening-response.js';
import { createConnection, step } from '../../../model/step.js';
import { clauseOfViolation, headViolations, statusOfViolation } from '../../../model/violation.js';
import { notationOf } from './bytes-notation.js';
/** What a server makes of the bytes of a request. */
export function judgeRequest({ authorities }, { head }, readings) {
    const [waiting] = createConnection({ role: 'server', authorities, readings });
    const [connection, effects] = step(waiting, { type: 'bytes', bytes: bytesFromLatin1(head) });
    const wrong = effects.find((effect) => effect.type === 'violation');
    if (wrong !== undefined)
        return refusal(wrong.violation, 'client');
    if (effects.some((effect) => effect.type === 'http'))
        return { accepted: false, expect: { kind: 'http' } };
    const { request, early } = connection;
    if (request === undefined)
        return { accepted: true, expect: { kind: 'need-more' } };
    const { resourceName, host, key, origin, subprotocols, extensions } = request;
    const expect = {
        kind: 'opening',
        resourceName,
        host,
        key,
        accept: acceptOfKey(key),
        ...(origin === undefined ? {} : { origin }),
        subprotocols,
        extensions,
        ...(early.length === 0 ? {} : { rest: notationOf(early) }),
    };
    return { accepted: true, expect };
}
/** What a client makes of the bytes of a response. */
export function judgeResponse(given, { head }, readings) {
    const reading = readHead(createHeadReader('response'), bytesFromLatin1(head));
    if (reading.kind === 'need-more')
        return { accepted: true, expect: { kind: 'need-more' } };
    if (reading.kind === 'violation')
        return refusal(reading.violation, 'server');
    if (reading.head.kind !== 'response')
        throw new Error('a reader of responses read a request');
    const { key, subprotocols } = given;
    const extensions = given.extensions === '' ? [] : (parseExtensions([given.extensions]) ?? []);
    const answer = readOpeningResponse(reading.head, { key, subprotocols, extensions, readings });
    if (answer.kind === 'violation')
        return refusal(answer.violation, 'server');
    const rest = reading.rest.length === 0 ? {} : { rest: notationOf(reading.rest) };
    return { accepted: true, expect: { kind: 'accepted', ...answer.agreement, ...rest } };
}
/** Only the syntax of a head, and bytes behind it, have a place that shows the fault. */
function refusal({ code, offset }, from) {
    if (statusOfViolation(code) !== undefined)
        throw new Error(`${code} does not belong to an opening handshake`);
    const clause = clauseOfViolation(code, from);
    const place = code in headViolations || code === 'early-data' ? { offset } : {};
    return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause, ...place } } };
}
