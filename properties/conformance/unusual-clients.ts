import { concatBytes, noBytes } from '../../model/bytes.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { opcodes } from '../../spec/wire.js';
import { echoingClient, memoryClient } from '../drivers/memory-client.js';
import { changingClient, offeringClient, requesting } from '../faults/altered-client.js';
import { alteredClient, dataKinds, laidOut, maskedFrame, sending, withBody } from '../faults/altered-client-frames.js';
import type { ClientPeer, Line, LineEvent } from '../verifier/line.js';

/*
 * Clients that keep every clause, each in a way of its own: to fail one of them is a defect of the verifier.
 */

/** A message in three frames, one of them empty. */
const inThree = (frame: Frame): readonly Frame[] => {
  const half = frame.applicationData.length >> 1;
  return [
    { ...frame, fin: false, applicationData: frame.applicationData.subarray(0, half) },
    frameOf('continuation', noBytes, false),
    frameOf('continuation', frame.applicationData.subarray(half)),
  ];
};

/** Its bytes come one by one, as TCP may cut them. */
function trickling(line: Line): Line {
  const queue: LineEvent[] = [];
  return {
    ...line,
    next: async (timeout) => {
      const ready = queue.shift();
      if (ready !== undefined) return ready;
      const event = await line.next(timeout);
      if (event.type !== 'bytes' || event.bytes.length > 500) return event;
      queue.push(...Array.from(event.bytes, (byte): LineEvent => ({ type: 'bytes', bytes: Uint8Array.of(byte) })));
      return queue.shift() ?? event;
    },
  };
}

/** What it sends takes this long, in milliseconds. */
const lag = 200;

/** Every chunk of it is late, but not too late. */
function lagging(line: Line): Line {
  let late = 0;
  return {
    ...line,
    now: () => line.now() + late,
    next: async (timeout) => {
      const event = await line.next(timeout);
      if (event.type === 'bytes' && timeout > lag) late += lag;
      return event;
    },
  };
}

/** The header lines of a request in another order, and their names in small letters. */
function otherHead(request: string): string {
  const [first = '', ...fields] = request.slice(0, -4).split('\r\n');
  const small = fields.map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase()));
  return `${[first, ...small.toReversed()].join('\r\n')}\r\n\r\n`;
}

/** Only the last Ping of a chunk is answered, as draft-06/4.5.3/pong-only-for-latest-ping has it. */
const latestOnly = (frames: readonly Frame[]): readonly Frame[] => {
  const last = frames.findLastIndex(({ opcode }) => opcode === opcodes.ping);
  return frames.filter(({ opcode }, at) => opcode !== opcodes.ping || at === last);
};

/** The model with options of readings. */
const readingAs = (readings: NonNullable<Parameters<typeof memoryClient>[1]>['readings']) => (): ClientPeer =>
  memoryClient(undefined, readings === undefined ? {} : { readings });

/** A run of bad bytes as one U+FFFD: a way that reading R-601 does not name, and that the text allows. */
const oneForEachRun = (): ClientPeer =>
  memoryClient((effect) => {
    if (effect.type !== 'message' || effect.message.kind !== 'text') return echoingClient(effect);
    const data = encodeUtf8(effect.message.text.replace(/\ufffd+/g, '\ufffd'));
    return [{ type: 'local.send', kind: 'text', data }];
  });

export const unusualClients: Readonly<Record<string, () => ClientPeer>> = {
  'fragments its messages, with an empty fragment': sending(['text', 'binary'], inThree),
  'fragments its messages into single bytes': sending(['text', 'binary'], (frame) => {
    const { applicationData } = frame;
    if (applicationData.length < 2 || applicationData.length > 300) return [frame];
    return Array.from(applicationData, (_, at): Frame => {
      const part = frameOf('continuation', applicationData.subarray(at, at + 1), at === applicationData.length - 1);
      return at === 0 ? { ...part, opcode: frame.opcode } : part;
    });
  }),
  'spells lengths in 63 bits': laidOut(dataKinds, (frame, key) => maskedFrame(frame, key, { lengthForm: 63 })),
  'spells the length of its Pongs in 16 bits': laidOut(['pong'], (frame, key) =>
    maskedFrame(frame, key, { lengthForm: 16 }),
  ),
  'greets and pings': () =>
    memoryClient((effect) =>
      effect.type === 'opened'
        ? [{ type: 'local.send', kind: 'text', data: encodeUtf8('hello') }, { type: 'local.ping' }]
        : echoingClient(effect),
    ),
  'puts Pings between the fragments of its messages': sending(['text', 'binary'], (frame) =>
    inThree(frame).flatMap((part, at) => (at === 0 ? [part, frameOf('ping', encodeUtf8('between'))] : [part])),
  ),
  'has last words': sending(['close'], (frame) => [frameOf('text', encodeUtf8('good bye')), frame]),
  'sends a Ping behind its Close': sending(['close'], (frame) => [frame, frameOf('ping')]),
  'sends its Close twice': sending(['close'], (frame) => [frame, frame]),
  'sends a Close without a body': sending(['close'], (frame) => [withBody(frame)]),
  'sends a Close with a reason of its own': sending(['close'], (frame) => [
    { ...frame, applicationData: concatBytes([Uint8Array.of(0x0f, 0xa0), encodeUtf8('b\u00f6se')]) },
  ]),
  'answers the latest Ping of a chunk only': alteredClient(() => ({ reads: latestOnly })),
  'sends everything byte by byte': changingClient(trickling),
  'takes its time': changingClient(lagging),
  'writes its header fields in small letters, in another order': requesting(otherHead),
  'sends further header fields': requesting((request) =>
    request.replace(
      /\r\n\r\n$/,
      '\r\nUser-Agent: unusual/1.0\r\nCookie: a=b; c=d\r\nX-Long: '.concat('x'.repeat(2000), '\r\n\r\n'),
    ),
  ),
  'ends TCP without a word on a violation': readingAs({ onViolation: 'drop' }),
  'completes the closing handshake on a violation': readingAs({ closeAfterViolation: 'yes' }),
  'ignores what is reserved': readingAs({ reservedBits: 'ignore', reservedOpcode: 'skip' }),
  'ignores fragments that belong to no message, and drops messages that are interrupted': readingAs({
    orphanContinuation: 'ignore',
    interleavedMessage: 'abandon',
  }),
  'refuses longer forms of the length than needed': readingAs({ nonMinimalLength: 'refuse' }),
  'replaces bad bytes one by one': readingAs({ replacement: 'byte' }),
  'replaces a run of bad bytes by one character': oneForEachRun,
  'drops a byte order mark': readingAs({ byteOrderMark: 'strip' }),
  'lets the server end TCP': readingAs({ firstToEnd: 'server-first' }),
  'answers with a status of its own': readingAs({ answeringStatus: 'own' }),
  'takes every status code': readingAs({ statusCode: 'any' }),
  'takes no message above 999 bytes': () => memoryClient(undefined, { maxMessage: 999 }),
  'offers everything': offeringClient,
};
