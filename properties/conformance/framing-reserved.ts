import { type Frame, frameOf } from '../../model/frame.js';
import type { ClauseId } from '../../spec/clauses.js';
import { firstReservedOpcode, headerBits, type OpcodeName } from '../../spec/wire.js';
import type { Role } from '../../model/role.js';
import type { SharedCase } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import { expectCloseAnswered, expectPong, text } from './expectations.js';
import type { RefusalReading } from './reactions.js';
import { casesFor, type Refusal, refusals } from './shared-cases.js';

const bits = ['rsv1', 'rsv2', 'rsv3', 'rsv4'] as const;

type ReservedBit = (typeof bits)[number];

const withBits = (frame: Frame, set: readonly ReservedBit[]): Frame => ({
  ...frame,
  ...Object.fromEntries(set.map((bit) => [bit, true])),
});

/** What nobody may send without an extension. */
function refusal(
  name: string,
  what: string,
  clause: ClauseId,
  send: (conversation: Conversation) => void,
  reading: RefusalReading,
): Refusal {
  return { id: `framing/${name}`, what, clauses: [clause], send, reading, isClose: name.endsWith('-on-close') };
}

/** Every reserved bit alone on these, and all of them together on those. */
const alone: readonly OpcodeName[] = ['text', 'ping'];
const together: readonly OpcodeName[] = ['text', 'binary', 'ping', 'pong', 'close'];

const bitRefusals: readonly Refusal[] = [
  ...alone.flatMap((name) =>
    bits.map((bit) =>
      refusal(
        `${bit}-on-${name}`,
        `a ${name} frame with ${bit.toUpperCase()} set`,
        'draft-06/4.1/reserved-bits-zero',
        (conversation) => {
          conversation.sendFrame(withBits(frameOf(name, text('reserved')), [bit]));
        },
        { name: 'reservedBits', goingOn: 'ignore' },
      ),
    ),
  ),
  ...together.map((name) =>
    refusal(
      `all-reserved-bits-on-${name}`,
      `a ${name} frame with RSV1 to RSV4 set`,
      'draft-06/4.3/rsv-zero',
      (conversation) => {
        // Without a body, so that the bits are all that is wrong with a Close.
        conversation.sendFrame(withBits(frameOf(name), bits));
      },
      { name: 'reservedBits', goingOn: 'ignore' },
    ),
  ),
  refusal(
    'rsv1-on-continuation',
    'a continuation frame with RSV1 set',
    'draft-06/4.1/reserved-bits-zero',
    (conversation) => {
      conversation.sendFrame(frameOf('text', text('first, '), false));
      conversation.sendFrame(withBits(frameOf('continuation', text('last')), ['rsv1']));
    },
    { name: 'reservedBits', goingOn: 'ignore' },
  ),
];

const reservedOpcodes: readonly number[] = Array.from(
  { length: headerBits.opcode + 1 - firstReservedOpcode },
  (_, at) => firstReservedOpcode + at,
);

const opcodeRefusals: readonly Refusal[] = [
  ...reservedOpcodes.map((opcode) =>
    refusal(
      `reserved-opcode-${opcode}`,
      `a frame with the reserved opcode ${opcode}`,
      'draft-06/4.1/reserved-opcodes-unused',
      (conversation) => {
        conversation.sendFrame({ ...frameOf('text', text('reserved')), opcode });
      },
      { name: 'reservedOpcode', goingOn: 'skip' },
    ),
  ),
  refusal(
    'reserved-opcode-between-fragments',
    'a frame with a reserved opcode between the fragments of a message',
    'draft-06/4.1/reserved-opcodes-unused',
    (conversation) => {
      conversation.sendFrame(frameOf('text', text('first, '), false));
      conversation.sendFrame({ ...frameOf('text', text('reserved')), opcode: firstReservedOpcode });
      conversation.sendFrame(frameOf('continuation', text('last')));
    },
    { name: 'reservedOpcode', goingOn: 'skip' },
  ),
];

/** What a peer sends is held against the framing rules in every case; here it is made to send every kind. */
const framesOf = (role: Role): SharedCase => ({
  id: `framing/frames-of-the-${role}`,
  title: `The frames of the ${role} use neither reserved bits nor reserved opcodes`,
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
});

/** Reserved bits and reserved opcodes (draft-06 sections 4.1 and 4.3), for a role. */
export const reservedCasesFor = (role: Role): readonly SharedCase[] => [
  ...casesFor(role, [framesOf(role)]),
  ...refusals(role, [...bitRefusals, ...opcodeRefusals]),
];
