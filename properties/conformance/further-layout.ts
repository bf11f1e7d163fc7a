import { hexOf } from '../../model/explain.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { SharedCase } from '../verifier/case.js';
import { Inconclusive } from '../verifier/tester.js';
import { letters } from './echo-case.js';
import { type Judge, messageFrames, sameBytes, text } from './expectations.js';
import { bytesInFront, dataOf, type Echo, grammarOpcodes, hearEcho, isDataFrame, type RawFrame } from './raw-frames.js';

/*
 * The frames of a peer, bit by bit: an echo is read a second time by the grammar of section 4.3, and each production
 * that it contradicts is blamed by itself.
 */

/** Blames several clauses for one thing. */
export function blame(
  tester: Judge,
  clauses: readonly ClauseId[],
  code: string,
  observed: string,
  allowed: string,
): void {
  for (const clause of clauses) tester.broken(clause, { code, observed, allowed });
}

const headOf = ({ head }: RawFrame): string => hexOf(head);

interface LayoutCase {
  readonly name: string;
  readonly title: string;
  readonly requirement: string;
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly kind?: 'text' | 'binary';
  readonly payload?: Uint8Array;
  /** Bytes of a fragment; without it the message goes out in one frame. */
  readonly size?: number;
  readonly check: (tester: Judge, echo: Echo, payload: Uint8Array) => void;
}

function layoutCase(row: LayoutCase): SharedCase {
  const { name, title, requirement, clauses, kind = 'text', payload = text('bit by bit'), size, check } = row;
  return {
    id: `layout/${name}`,
    title,
    clauses,
    requirement,
    needs: [`echo of ${kind}`],
    run: async (tester) => {
      const echo = await hearEcho(tester, messageFrames(kind, payload, size));
      // That the message was not received is the finding of other cases; its layout cannot be told.
      if (echo.frames.length === 0) throw new Inconclusive(`the ${echo.conversation.peer} sent no frame`);
      if (isBrokenOff(echo, payload)) throw new Inconclusive(`the ${echo.conversation.peer} broke its echo off`);
      check(tester, echo, payload);
    },
  };
}

/** The echo is right as far as it goes, and its end never came. */
function isBrokenOff({ echo }: Echo, payload: Uint8Array): boolean {
  const came = dataOf(echo);
  const isBegun = echo.length > 0 && echo.at(-1)?.fin !== true;
  return isBegun && came.length < payload.length && sameBytes(came, payload.subarray(0, came.length));
}

const sequence = layoutCase({
  name: 'nothing-but-frames',
  title: 'All that the peer sends is a sequence of frames',
  requirement: 'The bytes behind the opening handshake are frames to the last one, as the grammar describes them.',
  clauses: [
    'draft-06/4.3/grammar-is-the-format',
    'draft-06/4.3/ws-frame',
    'draft-06/4.1/sequence-of-frames',
    'draft-06/4.1/parts-of-a-frame',
  ],
  check: (tester, { frames, bytes }) => {
    const isFrame = ({ rsv1, rsv2, rsv3, rsv4, opcode, isComplete }: RawFrame): boolean =>
      !rsv1 && !rsv2 && !rsv3 && !rsv4 && opcode < 6 && isComplete;
    const wrong = frames.find((frame) => !isFrame(frame));
    if (wrong === undefined) return;
    const observed = `${hexOf(bytes.subarray(wrong.at, wrong.at + 16))} at byte ${wrong.at}, which is no frame`;
    blame(tester, sequence.clauses, 'no-frame', observed, 'FIN, RSV1 to 3, opcode, RSV4, length, payload');
  },
});

const fin = layoutCase({
  name: 'fin',
  title: 'FIN stands on the last fragment of a message and nowhere else',
  requirement: 'A message ends with FIN 1, FIN 0 says that more follows, and a new message begins with no opcode 0.',
  clauses: ['draft-06/4.3/frame-fin-1', 'draft-06/4.3/frame-fin-0', 'draft-06/4.3/fin-one-bit'],
  payload: letters(40),
  size: 10,
  check: (tester, { frames, echo }, payload) => {
    if (echo.at(-1)?.fin !== true) {
      const clauses = ['draft-06/4.3/frame-fin-1', 'draft-06/4.3/fin-one-bit'] as const;
      blame(tester, clauses, 'no-fin', 'no frame with FIN 1 ended the echo', 'FIN 1 on the last frame');
    }
    const data = frames.filter(isDataFrame);
    const wrong = data.find(({ fin }, at) => fin && data[at + 1]?.opcode === grammarOpcodes.continuation);
    // Every fragment of ours has come back as a message of its own.
    const isSplit = !sameBytes(dataOf(echo), payload) && sameBytes(dataOf(frames), payload);
    if (wrong === undefined && !isSplit) return;
    const observed = isSplit ? 'FIN 1 before the message was over' : 'FIN 1, and yet a continuation followed';
    blame(
      tester,
      ['draft-06/4.3/frame-fin-0', 'draft-06/4.3/fin-one-bit'],
      'early-fin',
      observed,
      'FIN 0 until the last',
    );
  },
});

const reservedBits = layoutCase({
  name: 'reserved-bits',
  title: 'RSV1 to RSV4 are 0 in every frame of the peer',
  requirement: 'Without an extension each of the four bits is 0.',
  clauses: [
    'draft-06/4.3/frame-rsv1',
    'draft-06/4.3/frame-rsv2',
    'draft-06/4.3/frame-rsv3',
    'draft-06/4.3/frame-rsv4',
    'draft-06/4.3/rsv-one-bit-each',
    'draft-06/4.1/reserved-for-expansion',
  ],
  check: (tester, heard) => {
    for (const frame of heard.frames) {
      for (const bit of ['rsv1', 'rsv2', 'rsv3', 'rsv4'] as const) {
        if (!frame[bit]) continue;
        const clauses = [
          `draft-06/4.3/frame-${bit}`,
          'draft-06/4.3/rsv-one-bit-each',
          'draft-06/4.1/reserved-for-expansion',
        ] as const;
        blame(tester, clauses, `${bit}-set`, `a frame that begins ${headOf(frame)}`, `${bit.toUpperCase()} 0`);
      }
    }
  },
});

const reservedOpcodes = layoutCase({
  name: 'reserved-opcodes',
  title: 'No frame of the peer has an opcode from 6 to 15',
  requirement: 'Without an extension these opcodes, the reserved bits and extension data stay unused.',
  clauses: ['draft-06/4.3/opcode-6-15-reserved', 'draft-06/4.8/room-for-extensions'],
  check: (tester, { frames }) => {
    const wrong = frames.find(({ opcode }) => opcode >= 6);
    if (wrong === undefined) return;
    blame(tester, reservedOpcodes.clauses, 'reserved-opcode', `a frame with opcode ${wrong.opcode}`, 'opcodes 0 to 5');
  },
});

function opcodeCase(kind: 'text' | 'binary', clause: ClauseId, payload: Uint8Array): SharedCase {
  const wanted = grammarOpcodes[kind];
  const clauses = [clause, 'draft-06/4.3/opcode-four-bits', 'draft-06/4.6/opcode-interprets'] as const;
  return layoutCase({
    name: `opcode-${kind}`,
    title: `The echo of a ${kind} message begins with a frame of opcode ${wanted}`,
    requirement: `Opcode ${wanted}, in four bits, says that the data is ${kind}.`,
    clauses,
    kind,
    payload,
    check: (tester, { echo }) => {
      const [first] = echo;
      if (first?.opcode === wanted) return;
      const observed = first === undefined ? 'no echo' : `an echo that begins with opcode ${first.opcode}`;
      blame(tester, clauses, 'other-opcode', observed, `opcode ${wanted}`);
    },
  });
}

const continuation = layoutCase({
  name: 'opcode-continuation',
  title: 'The echo of a message in three fragments has the type of the first and opcode 0 behind it',
  requirement: 'The first fragment sets the type; each further fragment is a continuation frame.',
  clauses: ['draft-06/4.3/opcode-0-continuation', 'draft-06/4.4/first-fragment-sets-type'],
  kind: 'binary',
  payload: letters(30),
  size: 10,
  check: (tester, { echo }, payload) => {
    const types = echo.map(({ opcode }) => opcode).join(', ');
    const isWhole = sameBytes(dataOf(echo), payload) || bytesInFront(echo, payload) > 0;
    if (echo[0]?.opcode !== grammarOpcodes.binary || !isWhole) {
      const observed =
        echo.length === 0 ? 'no echo' : `${dataOf(echo).length} bytes in frames with the opcodes ${types}`;
      blame(tester, continuation.clauses, 'other-message', observed, 'the binary message, from opcode 5 on');
    } else if (echo.slice(1).some(({ opcode }) => opcode !== grammarOpcodes.continuation)) {
      blame(
        tester,
        ['draft-06/4.3/opcode-0-continuation'],
        'other-opcode',
        `the opcodes ${types}`,
        '0 behind the first',
      );
    }
  },
});

const everyByte = layoutCase({
  name: 'every-byte',
  title: 'Each of the 256 octets can stand in application data',
  requirement: 'Application data is any number of any octets and comes back as it was.',
  clauses: [
    'draft-06/4.3/application-data',
    'draft-06/4.3/application-data-arbitrary',
    'draft-06/4.3/application-data-rest',
  ],
  kind: 'binary',
  payload: Uint8Array.from({ length: 512 }, (_, at) => (at * 7) % 256),
  check: (tester, { echo }, payload) => {
    const came = dataOf(echo);
    if (sameBytes(came, payload) || bytesInFront(echo, payload) > 0) return;
    const at = payload.findIndex((byte, index) => byte !== came[index]);
    const observed = `another echo from octet ${at} on (${hexOf(came.subarray(at, at + 4))})`;
    blame(tester, everyByte.clauses, 'other-octet', observed, 'the octets that were sent');
  },
});

const applicationLayer = layoutCase({
  name: 'application-layer-data',
  title: 'What data frames carry is what the application gets, and nothing else',
  requirement: 'Without an extension nothing stands in front of the application data, and the length counts it alone.',
  clauses: [
    'draft-06/4.6/application-layer-data',
    'draft-06/4.1/payload-data',
    'draft-06/4.3/no-extension-data',
    'draft-06/4.3/extension-negotiated',
    'draft-06/4.3/frame-extension',
    'draft-06/4.3/length-without-extension-data',
    'draft-06/4.3/application-data-length',
    'draft-06/4.3/extension-data-may-be-empty',
  ],
  payload: text('application data'),
  check: (tester, { echo }, payload) => {
    const came = dataOf(echo);
    if (sameBytes(came, payload)) return;
    const further = bytesInFront(echo, payload);
    const observed = further === 0 ? `${came.length} other bytes` : `${further} further bytes in front`;
    // That extension data may be empty is a leave, which nobody breaks by data of some length.
    const clauses = applicationLayer.clauses.slice(0, further === 0 ? 1 : -1);
    blame(tester, clauses, 'other-payload', observed, 'the application data alone');
  },
});

/** The layout of frames, for both roles. */
export const furtherLayoutCases: readonly SharedCase[] = [
  sequence,
  fin,
  reservedBits,
  reservedOpcodes,
  opcodeCase('text', 'draft-06/4.3/opcode-4-text', text('text has opcode 4')),
  opcodeCase('binary', 'draft-06/4.3/opcode-5-binary', Uint8Array.of(0, 1, 0x80, 0xff)),
  continuation,
  everyByte,
  applicationLayer,
];
