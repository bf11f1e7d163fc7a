import { isControl } from '../../../model/frame.js';
import { createDecoder, decodeFrames, isBetweenFrames } from '../../../model/frame-decoder.js';
import { assemble, createAssembler } from '../../../model/message.js';
import { otherRole } from '../../../model/role.js';
import { clauseOfViolation } from '../../../model/violation.js';
import { bytesFrom, notationOf } from './bytes-notation.js';
/** What the model reads from a stream that comes all at once. */
export function judgeFrames({ from }, { wire }, choices) {
    return judgeSegments(from, [bytesFrom(wire)], choices);
}
/** What the model reads from a stream that comes in segments. */
export function judgeSegments(from, segments, choices) {
    // Lengths are announced up to 2^63 - 1 here, and the limit of an implementation is not what the vectors are about.
    const limits = { maxPayload: Number.MAX_SAFE_INTEGER, readings: choices };
    let decoder = createDecoder({ masked: from === 'client', ...limits });
    let assembler = createAssembler({ role: otherRole(from), readings: choices });
    const frames = [];
    const messages = [];
    let wrong;
    for (const segment of segments) {
        const decoding = decodeFrames(decoder, segment);
        decoder = decoding.decoder;
        for (const decoded of decoding.frames) {
            frames.push(shown(decoded));
            if (isControl(decoded.frame.opcode))
                continue;
            const assembly = assemble(assembler, decoded.frame, decoded.offset);
            assembler = assembly.assembler;
            const { message } = assembly;
            if (message !== undefined)
                messages.push({ kind: message.kind, payload: notationOf(message.bytes) });
            wrong = assembly.violation;
            if (wrong !== undefined)
                break;
        }
        wrong ??= decoding.violation;
        if (wrong !== undefined)
            break;
    }
    // The model counts to 2^53 - 1; above that the text has a receiver wait like below.
    if (wrong?.code === 'message-too-large')
        return { accepted: true, expect: { frames, messages, needMore: true } };
    if (wrong === undefined) {
        return { accepted: true, expect: { frames, messages, needMore: !isBetweenFrames(decoder) } };
    }
    const { code, offset } = wrong;
    const clause = clauseOfViolation(code);
    const expect = { frames, messages, needMore: false, violation: { code, clause, offset } };
    return { accepted: false, breaks: clause, expect };
}
function shown({ frame, maskingKey }) {
    return {
        fin: frame.fin,
        rsv: [frame.rsv1, frame.rsv2, frame.rsv3, frame.rsv4].map(Number).join(''),
        opcode: frame.opcode,
        ...(maskingKey === undefined ? {} : { key: notationOf(maskingKey) }),
        payload: notationOf(frame.applicationData),
    };
}
