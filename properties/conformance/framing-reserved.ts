import { type Frame, frameOf } from '../../model/frame.js';
import type { ClauseId } from '../../spec/clauses.js';
import { firstReservedOpcode, headerBits, type OpcodeName } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import { expectCloseAnswered, expectPong, text } from './expectations.js';
import { expectDisconnect } from './reactions.js';

const bits = ['rsv1', 'rsv2', 'rsv3', 'rsv4'] as const;

type ReservedBit = (typeof bits)[number];

const withBits = (frame: Frame, set: readonly ReservedBit[]): Frame => ({
  ...frame,
  ...Object.fromEntries(set.map((bit) => [bit, true])),
});

/** A case that sends what no client may send without an extension. */
function refusalCase(
  name: string,
  what: string,
  clause: ClauseId,
  send: (conversation: Conversation) => void,
): ConformanceCase {
  return {
    id: `framing/${name}`,
    title: `The tester sends ${what}`,
    clauses: ['draft-06/9/disconnect-on-bad-data', clause],
    requirement: 'No extension is in use, so this means nothing; a server should disconnect.',
    run: async (tester) => {
      const conversation = await tester.establish();
      send(conversation);
      await expectDisconnect(tester, conversation, what);
    },
  };
}

/** Every reserved bit alone on these, and all of them together on those. */
const alone: readonly OpcodeName[] = ['text', 'ping'];
const together: readonly OpcodeName[] = ['text', 'binary', 'ping', 'pong', 'close'];

const bitCases: readonly ConformanceCase[] = [
  ...alone.flatMap((name) =>
    bits.map((bit) =>
      refusalCase(
        `${bit}-on-${name}`,
        `a ${name} frame with ${bit.toUpperCase()} set`,
        'draft-06/4.1/reserved-bits-zero',
        (conversation) => {
          conversation.sendFrame(withBits(frameOf(name, text('reserved')), [bit]));
        },
      ),
    ),
  ),
  ...together.map((name) =>
    refusalCase(
      `all-reserved-bits-on-${name}`,
      `a ${name} frame with RSV1 to RSV4 set`,
      'draft-06/4.3/rsv-zero',
      (conversation) => {
        // Without a body, so that the bits are all that is wrong with a Close.
        conversation.sendFrame(withBits(frameOf(name), bits));
      },
    ),
  ),
  refusalCase(
    'rsv1-on-continuation',
    'a continuation frame with RSV1 set',
    'draft-06/4.1/reserved-bits-zero',
    (conversation) => {
      conversation.sendFrame(frameOf('text', text('first, '), false));
      conversation.sendFrame(withBits(frameOf('continuation', text('last')), ['rsv1']));
    },
  ),
];

const reservedOpcodes: readonly number[] = Array.from(
  { length: headerBits.opcode + 1 - firstReservedOpcode },
  (_, at) => firstReservedOpcode + at,
);

const opcodeCases: readonly ConformanceCase[] = [
  ...reservedOpcodes.map((opcode) =>
    refusalCase(
      `reserved-opcode-${opcode}`,
      `a frame with the reserved opcode ${opcode}`,
      'draft-06/4.1/reserved-opcodes-unused',
      (conversation) => {
        conversation.sendFrame({ ...frameOf('text', text('reserved')), opcode });
      },
    ),
  ),
  refusalCase(
    'reserved-opcode-between-fragments',
    'a frame with a reserved opcode between the fragments of a message',
    'draft-06/4.1/reserved-opcodes-unused',
    (conversation) => {
      conversation.sendFrame(frameOf('text', text('first, '), false));
      conversation.sendFrame({ ...frameOf('text', text('reserved')), opcode: firstReservedOpcode });
      conversation.sendFrame(frameOf('continuation', text('last')));
    },
  ),
];

/** What a server sends is held against the framing rules in every case; here it is made to send every kind. */
const framesOfServer: ConformanceCase = {
  id: 'framing/frames-of-the-server',
  title: 'The frames of the server use neither reserved bits nor reserved opcodes',
  clauses: [
    'draft-06/4.1/reserved-bits-zero',
    'draft-06/4.3/rsv-zero',
    'draft-06/4.1/reserved-opcodes-unused',
    'draft-06/4.3/no-extension-data',
    'draft-06/4.3/extension-negotiated',
    'draft-06/4.8/extensions-negotiated',
  ],
  requirement: 'No extension was negotiated, so every reserved bit is 0 and no reserved opcode is used.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('ping', text('first a Ping')));
    if (!(await expectPong(tester, conversation, text('first a Ping')))) return;
    conversation.sendFrame(frameOf('text', text('some text')));
    conversation.sendFrame(frameOf('binary', Uint8Array.of(0, 0xff)));
    conversation.sendFrame(frameOf('close'));
    await expectCloseAnswered(tester, conversation);
  },
};

/** Reserved bits and reserved opcodes (draft-06 sections 4.1 and 4.3). */
export const framingReservedCases: readonly ConformanceCase[] = [framesOfServer, ...bitCases, ...opcodeCases];
