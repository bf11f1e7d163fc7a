/* The examples of draft-06 section 4.7, typed from the text with what it says about them. */
const hello = '48656c6c6f';
function example(id, comment, clauses, wire, expect) {
    return { id, comment, flags: ['DraftExample'], result: 'valid', clauses, input: { wire }, expect };
}
const frame = (fin, opcode, payload) => ({ fin, rsv: '0000', opcode, payload });
export const frameExamples = {
    name: 'draft-examples',
    about: 'The examples of draft-06 section 4.7, which are written clear. The draft leaves the bytes of the long payloads to the reader; here they are zeros.',
    given: { from: 'server' },
    vectors: [
        example('text-hello', 'a text message in a single frame: "Hello"', ['draft-06/4.3/opcode-4-text', 'draft-06/4.4/unfragmented'], '840548656c6c6f', { frames: [frame(true, 4, hello)], messages: [{ kind: 'text', payload: hello }], needMore: false }),
        example('text-in-fragments', 'a text message in two fragments: "Hel" and "lo"', ['draft-06/4.4/fragmented', 'draft-06/4.4/content-is-concatenation'], '040348656c80026c6f', {
            frames: [frame(false, 4, '48656c'), frame(true, 0, '6c6f')],
            messages: [{ kind: 'text', payload: hello }],
            needMore: false,
        }),
        example('first-fragment', 'the first fragment alone: "Hel"', ['draft-06/4.3/frame-fin-0'], '040348656c', {
            frames: [frame(false, 4, '48656c')],
            messages: [],
            needMore: false,
        }),
        example('ping', 'a Ping with the body "Hello"', ['draft-06/4.5.2/ping-opcode'], '820548656c6c6f', {
            frames: [frame(true, 2, hello)],
            messages: [],
            needMore: false,
        }),
        example('pong', 'the Pong that answers it, with the same body', ['draft-06/4.5.3/pong-opcode', 'draft-06/4.5.2/pong-echoes-body'], '830548656c6c6f', { frames: [frame(true, 3, hello)], messages: [], needMore: false }),
        example('binary-256', 'a binary message of 256 bytes in a single frame', ['draft-06/4.3/length-16', 'draft-06/4.3/opcode-5-binary'], ['857e0100', { repeat: '00', times: 256 }], {
            frames: [frame(true, 5, [{ repeat: '00', times: 256 }])],
            messages: [{ kind: 'binary', payload: [{ repeat: '00', times: 256 }] }],
            needMore: false,
        }),
        example('binary-65536', 'a binary message of 64 KiB in a single frame', ['draft-06/4.3/length-63', 'draft-06/4.3/opcode-5-binary'], ['857f0000000000010000', { repeat: '00', times: 65536 }], {
            frames: [frame(true, 5, [{ repeat: '00', times: 65536 }])],
            messages: [{ kind: 'binary', payload: [{ repeat: '00', times: 65536 }] }],
            needMore: false,
        }),
    ],
};
