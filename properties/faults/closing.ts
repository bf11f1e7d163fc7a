import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { ClauseId } from '../../spec/clauses.js';
import { opcodes } from '../../spec/wire.js';
import { type Alteration, laidOut, onSend } from '../conformance/altered-server.js';
import type { LineEvent, Peer } from '../verifier/line.js';
import { altered, changing, remembering, type ServerFault, serverFault } from './fault.js';
import { inTwoFragments, lateLine, slowPongs, startingWith8 } from './unusual-line.js';

const plus = (frame: Frame, words: string): Frame => ({
  ...frame,
  applicationData: concatBytes([frame.applicationData, encodeUtf8(words)]),
});

const withBody = (frame: Frame, ...body: readonly number[]): Frame => ({
  ...frame,
  applicationData: Uint8Array.from(body),
});

const ponging = (change: (frame: Frame) => readonly (Frame | LineEvent)[]) =>
  altered({ sends: onSend('pong', change) });
const closing = (change: (frame: Frame) => readonly (Frame | LineEvent)[]) =>
  altered({ sends: onSend('close', change) });
const deafTo = (isUnheard: (frame: Frame) => boolean) =>
  altered({ reads: (frames) => frames.filter((frame) => !isUnheard(frame)) });

/** Answers every Ping with the body of the first. */
function stalePongs(): Alteration {
  let first: Uint8Array | undefined;
  return {
    sends: onSend('pong', (frame) => {
      first ??= frame.applicationData;
      return [{ ...frame, applicationData: first }];
    }),
  };
}

/** Answers the first few Pings of a connection. */
function tiredOfPings(): Alteration {
  let count = 0;
  return { reads: (frames) => frames.filter(({ opcode }) => opcode !== opcodes.ping || ++count <= 2) };
}

/** The status code of a Close, or undefined. */
const statusOf = ({ opcode, applicationData: [high, low] }: Frame): number | undefined =>
  opcode === opcodes.close && high !== undefined && low !== undefined ? high * 256 + low : undefined;

type Row = readonly [name: string, clause: ClauseId, says: string, peer: () => Peer];

const pongs: readonly Row[] = [
  [
    'no-pong-for-an-empty-ping',
    'draft-06/4.5.2/ping-answered',
    'Does not answer a Ping without a body.',
    deafTo(({ opcode, applicationData }) => opcode === opcodes.ping && applicationData.length === 0),
  ],
  [
    'no-pong-before-close',
    'draft-06/4.5.2/ping-answered',
    'Reads the Close in a chunk first.',
    altered({
      reads: (frames) =>
        frames.some(({ opcode }) => opcode === opcodes.close)
          ? frames.filter(({ opcode }) => opcode !== opcodes.ping)
          : frames,
    }),
  ],
  [
    'third-ping-unanswered',
    'draft-06/4.5.2/ping-answered',
    'Answers two Pings of a connection.',
    remembering(tiredOfPings),
  ],
  ['empty-pongs', 'draft-06/4.5.2/pong-echoes-body', 'Sends empty Pongs.', ponging((frame) => [withBody(frame)])],
  [
    'stale-pongs',
    'draft-06/4.5.2/pong-echoes-body',
    'Answers every Ping with the body of the first.',
    remembering(stalePongs),
  ],
  [
    'pongs-cut',
    'draft-06/4.5.2/pong-echoes-body',
    'Cuts the body of a Pong behind 124 bytes.',
    ponging((frame) => [{ ...frame, applicationData: frame.applicationData.subarray(0, 124) }]),
  ],
  [
    'pongs-as-text',
    'draft-06/4.5.2/pong-echoes-body',
    'Takes the body of a Ping for ASCII.',
    ponging((frame) => [{ ...frame, applicationData: frame.applicationData.map((byte) => byte & 0x7f) }]),
  ],
  [
    'pong-twice',
    'draft-06/4.5.3/pong-only-for-latest-ping',
    'Sends each Pong twice.',
    ponging((frame) => [frame, frame]),
  ],
  [
    'pongs-in-reverse',
    'draft-06/4.5.3/pong-only-for-latest-ping',
    'Answers the latest Ping of a chunk first.',
    altered({
      reads: (frames) => (frames.every(({ opcode }) => opcode === opcodes.ping) ? frames.toReversed() : frames),
    }),
  ],
  [
    'pongs-wait',
    'draft-06/4.5.2/ping-answered-soon',
    'Answers a Ping when the message has ended.',
    remembering(slowPongs),
  ],
  [
    'pongs-as-pings',
    'draft-06/4.5.3/pong-opcode',
    'Sends the body of a Ping back in a Ping.',
    ponging((frame) => [{ ...frame, opcode: opcodes.ping }]),
  ],
  [
    'pong-without-fin',
    'draft-06/4.5/control-not-fragmented',
    'Sends Pongs without FIN.',
    ponging((frame) => [{ ...frame, fin: false }]),
  ],
  ['pong-in-two', 'draft-06/4.4/control-not-fragmented', 'Sends Pongs in two fragments.', ponging(inTwoFragments)],
  [
    'long-pong',
    'draft-06/4.5/control-at-most-125',
    'Adds a byte to each Pong of 125 bytes.',
    ponging((frame) => [frame.applicationData.length === 125 ? plus(frame, '!') : frame]),
  ],
];

const closes: readonly Row[] = [
  ['close-unanswered', 'draft-06/4.5.1/close-answered', 'Answers no Close.', closing(() => [])],
  [
    'close-with-reason-unanswered',
    'draft-06/4.5.1/close-answered',
    'Does not answer a Close that has a reason.',
    deafTo(({ opcode, applicationData }) => opcode === opcodes.close && applicationData.length > 2),
  ],
  [
    'close-without-body-unanswered',
    'draft-06/4.5.1/close-answered',
    'Does not answer a Close without a body.',
    deafTo(({ opcode, applicationData }) => opcode === opcodes.close && applicationData.length === 0),
  ],
  [
    'late-close',
    'draft-06/4.5.1/close-answered-soon',
    'Takes three seconds to answer a Close.',
    changing((line) => lateLine(line, (event) => (event.type === 'bytes' && event.bytes[0] === 0x81 ? 3000 : 0))),
  ],
  [
    'data-behind-close',
    'draft-06/4.5.1/no-data-after-close',
    'Sends a message behind its Close.',
    closing((frame) => [frame, frameOf('text', encodeUtf8('one more thing'))]),
  ],
  [
    'close-without-fin',
    'draft-06/4.5/control-not-fragmented',
    'Sends its Close without FIN.',
    closing((frame) => [{ ...frame, fin: false }]),
  ],
  [
    'long-close',
    'draft-06/4.5/control-at-most-125',
    'Sends a Close with a reason of 130 bytes.',
    closing((frame) => [{ ...frame, applicationData: Uint8Array.of(3, 0xe8, ...new Uint8Array(130).fill(0x61)) }]),
  ],
  [
    'close-as-8',
    'draft-06/4.5.1/close-opcode',
    'Sends its Close with the opcode 8 of later versions.',
    closing((frame) => [{ ...frame, opcode: 8 }]),
  ],
  [
    'starts-with-8',
    'draft-06/7.1.2/start-with-close-frame',
    'Starts the closing handshake by a frame of opcode 8; a Close it answers by a Close.',
    remembering(() => startingWith8((frame) => laidOut(frame))),
  ],
  [
    'status-of-one-octet',
    'draft-06/4.5.1/body-starts-with-status',
    'Sends a Close with a body of one octet.',
    closing((frame) => [withBody(frame, 3)]),
  ],
  [
    'reason-alone',
    'draft-06/4.5.1/body-starts-with-status',
    'Sends a reason and no status code.',
    closing((frame) => [withBody(frame, ...encodeUtf8('!bye'))]),
  ],
  [
    'tcp-broken',
    'draft-06/7.1.1/clean-tcp-close',
    'Resets TCP at the end.',
    altered({ ends: (event) => (event.type === 'ended' ? { type: 'lost', why: 'ECONNRESET' } : event) }),
  ],
  [
    'tcp-kept-behind-close',
    'draft-06/4.5.1/drop-after-both',
    'Ends TCP only where there was no Close.',
    remembering(() => {
      let isClosed = false;
      return {
        reads: (frames) => {
          isClosed ||= frames.some(({ opcode }) => opcode === opcodes.close);
          return frames;
        },
        ends: (event) => (isClosed ? { type: 'silence' } : event),
      };
    }),
  ],
];

const unknownCodes: readonly Row[] = [
  ...(
    [
      [1000, 'draft-06/7.4.1/1000-normal'],
      [1001, 'draft-06/7.4.1/1001-going-away'],
      [1002, 'draft-06/7.4.1/1002-protocol-error'],
      [1003, 'draft-06/7.4.1/1003-unacceptable-data'],
      [1004, 'draft-06/7.4.1/1004-too-large'],
    ] as const
  ).map(([code, clause]): Row => [
    `${code}-unknown`,
    clause,
    `Does not answer a Close with the status code ${code}.`,
    deafTo((frame) => statusOf(frame) === code),
  ]),
  [
    '2000-unknown',
    'draft-06/7.4.2/2000-2999-extensions',
    'Does not answer a Close with a status code of extensions.',
    deafTo((frame) => Math.floor((statusOf(frame) ?? 0) / 1000) === 2),
  ],
  [
    '3000-unknown',
    'draft-06/7.4.2/3000-3999-libraries',
    'Does not answer a Close with a status code of libraries.',
    deafTo((frame) => Math.floor((statusOf(frame) ?? 0) / 1000) === 3),
  ],
  [
    '999-used',
    'draft-06/7.4.2/0-999-unused',
    'Closes with the status code 999.',
    closing((frame) => [withBody(frame, 0x03, 0xe7)]),
  ],
];

/** Sections 4.5 and 7, as a server breaks them in detail. */
export const closingFaults: readonly ServerFault[] = [...pongs, ...closes, ...unknownCodes].map(
  ([name, clause, says, peer]) => serverFault(`closing/${name}`, clause, says, peer),
);
