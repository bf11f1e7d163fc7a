import type { DataKind } from '../../model/fragmentation.js';
import { frameOf, type LengthForm, minimalForm } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import { lengthForms, opcodes } from '../../spec/wire.js';
import type { ConformanceCase, SharedCase, SharedTester } from '../verifier/case.js';
import { readingsToWatchWith } from '../verifier/chosen-readings.js';
import type { Conversation } from '../verifier/conversation.js';
import { PeerUnreachable } from '../verifier/line.js';
import { Inconclusive, type Tester } from '../verifier/tester.js';
import { echoCase, letters, payloadOf } from './echo-case.js';
import { describeEvent, expectPong, isFrameOf, sameBytes, text, until } from './expectations.js';
import { describeWatched, noteUnusual, watchMessage } from './reactions.js';
import { casesFor, type Refusal, refusals } from './shared-cases.js';

const kinds: readonly DataKind[] = ['text', 'binary'];
const { max7, marker16, marker63, max16 } = lengthForms;

/** On both sides of every border between two forms, and of the two markers, which are no lengths. */
const lengths: readonly number[] = [0, 1, max7, marker16, marker63, marker63 + 1, max16, max16 + 1];

const clauseOfForm: Readonly<Record<LengthForm, ClauseId>> = {
  7: 'draft-06/4.3/length-7',
  16: 'draft-06/4.3/length-16',
  63: 'draft-06/4.3/length-63',
};

const ofLength = (length: number, kind: DataKind): SharedCase => {
  const form = minimalForm(length);
  return echoCase({
    id: `framing/length-${length}-${kind}`,
    title: `A ${kind} message of ${length} bytes, its length in ${form} bits`,
    clauses: [
      clauseOfForm[form],
      ...(form === 7 ? [] : (['draft-06/4.3/network-byte-order'] as const)),
      ...(form === 63 ? (['draft-06/4.3/length-high-bit-zero'] as const) : []),
      'draft-06/4.3/application-data-rest',
      'draft-06/4.4/unfragmented',
    ],
    kind,
    payload: payloadOf(kind, length),
  });
};

/** Longer forms than needed, which the grammar has room for (reading R-401). */
const longerForms: readonly (readonly [length: number, form: LengthForm])[] = [
  [0, 16],
  [1, 16],
  [max7, 16],
  [0, 63],
  [1, 63],
  [marker16, 63],
  [max16, 63],
];

const inLongerForm = ([length, form]: (typeof longerForms)[number]): SharedCase => ({
  id: `framing/length-${length}-in-${form}-bits`,
  title: `A text message of ${length} bytes whose length is spelled in ${form} bits`,
  clauses: [clauseOfForm[form]],
  requirement: 'Nothing: reading R-401 asks whether a longer form than needed is allowed. What the peer does is noted.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const payload = letters(length);
    conversation.sendFrame(frameOf('text', payload), { lengthForm: form });
    const watched = await watchMessage(conversation);
    // To take it is the chosen reading, and what the definition of the form says.
    const taken = watched.messages.some(({ kind, bytes }) => kind === 'text' && sameBytes(bytes, payload));
    const refused = watched.reaction === 'closed' || watched.reaction === 'disconnected';
    const option = taken ? 'allow' : refused ? 'refuse' : 'other';
    noteUnusual(tester, clauseOfForm[form], 'nonMinimalLength', option, describeWatched(watched));
  },
});

const pingInLongerForm: SharedCase = {
  id: 'framing/ping-length-in-16-bits',
  title: 'A Ping of 5 bytes whose length is spelled in 16 bits',
  clauses: ['draft-06/4.3/length-16', 'draft-06/4.5/control-at-most-125'],
  requirement: 'Nothing: the body is short enough, and reading R-401 asks whether the form is allowed.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const body = text('short');
    conversation.sendFrame(frameOf('ping', body), { lengthForm: 16 });
    const event = await until(conversation, (candidate) => candidate.type === 'frame');
    const taken = event.type === 'frame' && sameBytes(event.decoded.frame.applicationData, body);
    const refused = event.type === 'ended' || event.type === 'lost' || isFrameOf(event, opcodes.close);
    noteUnusual(
      tester,
      'draft-06/4.3/length-16',
      'nonMinimalLength',
      taken ? 'allow' : refused ? 'refuse' : 'other',
      `${describeEvent(event, conversation.peer)} in answer to a Ping whose length had 16 bits`,
    );
  },
};

/** Sends a frame whose 64-bit length says what the caller wants, whatever stands behind it. */
export function announce(
  { randomness, target }: Pick<SharedTester, 'randomness' | 'target'>,
  conversation: Conversation,
  length: bigint,
): void {
  const maskingKey = randomness.bytes(4);
  const layout = conversation.peer === 'server' ? { maskingKey, readings: readingsToWatchWith(target.chosen) } : {};
  const frame = frameOf('binary', text('Hello'));
  const bytes = layOutFrame(frame, { ...layout, lengthForm: 63 });
  const view = new DataView(bytes.buffer);
  // What changes in the length changes alike where it is masked.
  const at = 'maskingKey' in layout ? maskingKey.length + 2 : 2;
  view.setBigUint64(at, view.getBigUint64(at) ^ BigInt(frame.applicationData.length) ^ length);
  conversation.sendBytes(bytes, `binary frame that announces ${length} bytes`);
}

/** Lengths whose highest bit is set: what is left without that bit is the true one, and the highest of all. */
const highBits = [
  { name: 'highest-bit-set', length: (1n << 63n) + 5n },
  { name: 'all-bits-set', length: (1n << 64n) - 1n },
].map(({ name, length }): Refusal => ({
  id: `framing/length-${name}`,
  what: `a frame whose 64-bit length is ${length}, with its highest bit set`,
  clauses: ['draft-06/4.3/length-high-bit-zero'],
  send: (conversation, tester) => {
    announce(tester, conversation, length);
  },
}));

/** Lengths that are right in form and that nobody can mean. */
export const hugeLengths = [
  { name: '2-to-the-62', length: 1n << 62n },
  { name: '2-to-the-63-less-1', length: (1n << 63n) - 1n },
];

const hugeCases = hugeLengths.map(({ name, length }): ConformanceCase => ({
  id: `framing/length-${name}`,
  title: `A frame that announces ${length} bytes and brings 5`,
  clauses: ['draft-06/4.5.2/ping-answered', 'draft-06/9/input-not-trusted', 'draft-06/4.3/length-63'],
  requirement: 'The server may wait, close or disconnect, but it goes on serving other connections.',
  run: async (tester) => {
    const conversation = await tester.establish();
    announce(tester, conversation, length);
    const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.close));
    const observed = event.type === 'silence' ? 'the server waits for the rest' : describeEvent(event);
    tester.note('draft-06/9/input-not-trusted', 'huge-length', `${observed} after ${length} bytes were announced`);
    const other = await anotherConnection(tester);
    if (other === undefined) return;
    other.sendFrame(frameOf('ping', text('others?')));
    await expectPong(tester, other, text('others?'));
  },
}));

/** A second connection, which the server has to serve as it served the first. */
async function anotherConnection(tester: Tester): Promise<Conversation | undefined> {
  try {
    return await tester.establish();
  } catch (error) {
    if (!(error instanceof PeerUnreachable) && !(error instanceof Inconclusive)) throw error;
    tester.broken('draft-06/4.5.2/ping-answered', {
      code: 'not-served',
      observed: `no further connection could be opened: ${error.message}`,
      allowed: 'the server goes on serving other connections',
    });
    return undefined;
  }
}

/** What the opcode says is kept: text stays text, binary stays binary. */
const opcodeCases = kinds.map((kind) =>
  echoCase({
    id: `framing/opcode-${kind}`,
    title: `A ${kind} message is received as ${kind}`,
    clauses: ['draft-06/4.3/opcode', 'draft-06/4.6/data-frames', 'draft-06/4.3/fin'],
    kind,
    payload: () => text('the opcode says what I am'),
  }),
);

/** Payload lengths in their three forms (draft-06 section 4.3), for a role. */
export const lengthCasesFor = (role: Role): readonly SharedCase[] => {
  const shared = [
    ...opcodeCases,
    ...lengths.flatMap((length) => kinds.map((kind) => ofLength(length, kind))),
    ofLength(1 << 20, 'binary'),
    ...longerForms.map(inLongerForm),
    pingInLongerForm,
  ];
  return [...casesFor(role, shared), ...refusals(role, highBits)];
};

/** The same for servers, who have others to serve as well. */
export const framingLengthCases: readonly ConformanceCase[] = [...lengthCasesFor('server'), ...hugeCases];
