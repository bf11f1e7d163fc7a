import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf, isControl } from '../../model/frame.js';
import { createDecoder, decodeFrames, type DecodedFrame } from '../../model/frame-decoder.js';
import { opcodes } from '../../spec/wire.js';
import { alteredServer, laidOut } from '../conformance/altered-server.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { Line, Peer } from '../verifier/line.js';

/*
 * Servers with faults that no list of cases contains, because they show only in some order, at some length, or late: a
 * campaign has to find them. Each says how many pieces the smallest conversation has that shows it.
 */

/** A fault that shows only now and then. */
export interface RareFault {
  readonly name: string;
  /** What the server does, as a sentence. */
  readonly says: string;
  readonly peer: () => Peer;
  /** Pieces of the smallest conversation that shows it. */
  readonly least: number;
  /** A seed with which a campaign comes upon it soon. Default 1. */
  readonly seed?: number;
}

/** A server for each connection of which something is remembered. */
const perConnection =
  (make: () => Peer): (() => Peer) =>
  () => ({ connect: () => make().connect() });

/** What a client's frames become before the server reads them, with what was counted on the connection so far. */
const reading = <Memory>(begin: () => Memory, read: (frame: Frame, memory: Memory) => readonly Frame[]): (() => Peer) =>
  perConnection(() => {
    const memory = begin();
    return alteredServer({ reads: (frames) => frames.flatMap((frame) => read(frame, memory)) });
  });

/** The same for each chunk of the client, with the frames that it consists of as they came. */
const readingChunks = (change: (frames: readonly DecodedFrame[]) => readonly Frame[]): (() => Peer) =>
  perConnection(() => {
    const peer = memoryServer();
    return { connect: async () => changed(await peer.connect(), change) };
  });

function changed(line: Line, change: (frames: readonly DecodedFrame[]) => readonly Frame[]): Line {
  let isOpen = false;
  let decoder = createDecoder({ masked: true });
  return {
    ...line,
    send: (bytes) => {
      if (!isOpen) {
        isOpen = true;
        line.send(bytes);
        return;
      }
      const decoding = decodeFrames(decoder, bytes);
      decoder = decoding.decoder;
      const frames = change(decoding.frames).map((frame) => laidOut(frame, { maskingKey: Uint8Array.of(1, 2, 3, 4) }));
      line.send(decoding.violation === undefined ? concatBytes(frames) : bytes);
    },
  };
}

const isData = ({ opcode }: Frame): boolean => !isControl(opcode);
const xor = (frame: Frame): Frame => ({
  ...frame,
  applicationData: frame.applicationData.map((byte) => byte ^ 1),
});

/** The faults, from the simple to the far-fetched. */
export const rareFaults: readonly RareFault[] = [
  {
    name: 'loses-seventh-message',
    says: 'The seventh message is lost.',
    peer: reading(
      () => ({ messages: 0 }),
      (frame, memory) => {
        if (frame.opcode === opcodes.text || frame.opcode === opcodes.binary) memory.messages++;
        return memory.messages === 7 && isData(frame) ? [] : [frame];
      },
    ),
    least: 7,
    seed: 4,
  },
  {
    name: 'length-1000-to-1003',
    says: 'A payload of 1000 to 1003 bytes loses its last byte.',
    peer: reading(
      () => undefined,
      (frame) => {
        const { length } = frame.applicationData;
        const isBad = isData(frame) && length >= 1000 && length <= 1003;
        return [isBad ? { ...frame, applicationData: frame.applicationData.subarray(0, -1) } : frame];
      },
    ),
    least: 1,
    seed: 5,
  },
  {
    name: 'ping-before-fourth-fragment',
    says: 'A Ping between the third and the fourth fragment of a message cuts the message short.',
    peer: reading(
      () => ({ fragment: 0, hasPing: false }),
      (frame, memory) => {
        if (!isData(frame)) {
          memory.hasPing ||= memory.fragment === 3 && frame.opcode === opcodes.ping;
          return [frame];
        }
        memory.fragment++;
        const isBad = memory.hasPing && memory.fragment === 4;
        memory.hasPing = false;
        if (frame.fin) memory.fragment = 0;
        return [isBad ? { ...frame, applicationData: frame.applicationData.subarray(1) } : frame];
      },
    ),
    least: 5,
  },
  {
    name: 'empty-message-hides-next',
    says: 'Of two messages in one chunk of which the first is empty, the second is lost.',
    peer: readingChunks((frames) => {
      const [one, two] = frames;
      const isBad =
        one?.frame.fin === true &&
        isData(one.frame) &&
        one.frame.applicationData.length === 0 &&
        two?.frame.fin === true &&
        two.frame.opcode >= opcodes.text;
      return frames.filter((_, at) => !isBad || at !== 1).map(({ frame }) => frame);
    }),
    least: 2,
    seed: 2,
  },
  {
    name: 'wrong-after-20-frames',
    says: 'From the 21st frame on, payloads are changed.',
    peer: reading(
      () => ({ frames: 0 }),
      (frame, memory) => {
        memory.frames++;
        return [memory.frames > 20 && frame.opcode !== opcodes.close ? xor(frame) : frame];
      },
    ),
    least: 21,
    seed: 3,
  },
  {
    name: 'key-ending-in-zero',
    says: 'Payloads under a masking key that ends in 0 are changed.',
    peer: readingChunks((frames) =>
      frames.map(({ frame, maskingKey }) => (maskingKey?.[3] === 0 && isData(frame) ? xor(frame) : frame)),
    ),
    least: 1,
    seed: 5,
  },
  {
    name: 'binary-after-text-becomes-text',
    says: 'A binary message behind three texts in a row is read as text.',
    peer: reading(
      () => ({ texts: 0 }),
      (frame, memory) => {
        if (frame.opcode === opcodes.text) memory.texts++;
        if (frame.opcode !== opcodes.binary) return [frame];
        const isBad = memory.texts >= 3;
        memory.texts = 0;
        return [isBad ? { ...frame, opcode: opcodes.text } : frame];
      },
    ),
    least: 4,
  },
  {
    name: 'second-ping-loses-body',
    says: 'Of two Pings in one chunk the second is read without its body.',
    peer: readingChunks((frames) => {
      const second = frames.filter(({ frame }) => frame.opcode === opcodes.ping)[1];
      return frames.map((decoded) => (decoded === second ? frameOf('ping') : decoded.frame));
    }),
    least: 2,
    seed: 5,
  },
  {
    name: 'close-swallowed-behind-ping',
    says: 'A Close in one chunk behind a Ping is not seen.',
    peer: readingChunks((frames) =>
      frames
        .filter(({ frame }, at) => frame.opcode !== opcodes.close || frames[at - 1]?.frame.opcode !== opcodes.ping)
        .map(({ frame }) => frame),
    ),
    least: 2,
  },
  {
    name: 'third-empty-fragment-ends-message',
    says: 'Behind two empty fragments the rest of a message is lost.',
    peer: reading(
      () => ({ empties: 0 }),
      (frame, memory) => {
        if (!isData(frame)) return [frame];
        const isBad = memory.empties >= 2;
        memory.empties = frame.fin ? 0 : frame.applicationData.length === 0 ? memory.empties + 1 : 0;
        return [isBad ? { ...frame, applicationData: frame.applicationData.subarray(0, 0) } : frame];
      },
    ),
    least: 3,
  },
  {
    name: 'long-length-form-of-ping',
    says: 'A Ping whose length is spelt in more than seven bits is answered without a body.',
    peer: readingChunks((frames) =>
      frames.map(({ frame, lengthForm }) =>
        frame.opcode === opcodes.ping && lengthForm > 7 ? frameOf('ping') : frame,
      ),
    ),
    least: 1,
  },
  {
    name: 'repeats-message-of-same-content',
    says: 'A message that is equal to the one before is taken for a repetition and dropped.',
    peer: reading(
      () => ({ last: '' }),
      (frame, memory) => {
        if (!isData(frame)) return [frame];
        const content = `${frame.opcode} ${frame.applicationData.join()}`;
        const isBad = frame.fin && frame.opcode !== opcodes.continuation && content === memory.last;
        memory.last = content;
        return isBad ? [] : [frame];
      },
    ),
    least: 2,
  },
];
