import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { type Layout, layOutFrame } from '../../model/frame-encoder.js';
import type { ClauseId } from '../../spec/clauses.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { Verdict } from '../verifier/finding.js';
import type { Line, LineEvent, Peer } from '../verifier/line.js';

/** How a server differs from the one that it is made of. */
export interface Alteration {
  /** What becomes of each frame that it sends: bytes, or events of TCP. Default: the frame. */
  readonly sends?: (frame: Frame) => readonly (Uint8Array | LineEvent)[];
  /** What becomes of the frames in each chunk of the client, before they are read. Default: the same. */
  readonly reads?: (frames: readonly Frame[]) => readonly Frame[];
  /** What becomes of each chunk of the client, before frames are looked for. Default: the same. */
  readonly takes?: (chunk: Uint8Array) => Uint8Array;
  /** What becomes of the end of TCP. Default: the same. */
  readonly ends?: (event: LineEvent) => LineEvent;
}

const key = Uint8Array.of(1, 2, 3, 4);

/** Frames as a client lays them out. */
const asClient = (frame: Frame): Uint8Array => layOutFrame(frame, { maskingKey: key });

/** A frame as a server lays it out. */
export const laidOut = (frame: Frame, layout: Layout = {}): Uint8Array => layOutFrame(frame, layout);

const asServer = (frame: Frame): readonly Uint8Array[] => [laidOut(frame)];

const same = <Value>(value: Value): Value => value;

/** A server in memory with an alteration: the model, with somebody on the line who changes what passes. */
export function alteredServer(alteration: Alteration, peer: Peer = memoryServer()): Peer {
  return { connect: async () => alteredLine(await peer.connect(), alteration) };
}

function alteredLine(line: Line, alteration: Alteration): Line {
  const { sends = asServer, reads, takes = same, ends = same } = alteration;
  const queue: LineEvent[] = [];
  let isRequestSent = false;
  let isHeadReceived = false;
  let output = createDecoder({ masked: false });
  let input = createDecoder({ masked: true });
  const toServer = (chunk: Uint8Array): Uint8Array => {
    const taken = takes(chunk);
    if (reads === undefined) return taken;
    const decoding = decodeFrames(input, taken);
    input = decoding.decoder;
    // What is not a frame is for the server to judge.
    if (input.failed) return taken;
    return concatBytes(reads(decoding.frames.map(({ frame }) => frame)).map(asClient));
  };
  return {
    ...line,
    send: (bytes) => {
      if (isRequestSent) line.send(toServer(bytes));
      else line.send(bytes);
      isRequestSent = true;
    },
    next: async (timeout) => {
      for (;;) {
        const ready = queue.shift();
        if (ready !== undefined) return ready;
        const event = await line.next(timeout);
        if (event.type === 'silence') return event;
        if (event.type !== 'bytes') return ends(event);
        if (!isHeadReceived) {
          isHeadReceived = true;
          return event;
        }
        const decoding = decodeFrames(output, event.bytes);
        output = decoding.decoder;
        for (const made of decoding.frames.flatMap(({ frame }) => sends(frame))) {
          queue.push(made instanceof Uint8Array ? { type: 'bytes', bytes: made } : made);
        }
      }
    },
  };
}

/** An alteration of the frames of one kind that a server sends. */
export const onSend =
  (name: Parameters<typeof frameOf>[0], change: (frame: Frame) => readonly (Frame | LineEvent)[]) =>
  (frame: Frame): readonly (Uint8Array | LineEvent)[] => {
    if (frame.opcode !== frameOf(name).opcode) return [laidOut(frame)];
    return change(frame).map((made) => ('opcode' in made ? laidOut(made) : made));
  };

/** A frame with another payload. */
export const withBody = (frame: Frame, applicationData: Uint8Array): Frame => ({ ...frame, applicationData });

/** What is wrong, a server that does it, the case that says so, and what it says. */
export type Fault = readonly [what: string, peer: () => Peer, id: string, clause: ClauseId, verdict?: Verdict];

/** For each use a new server with an alteration. */
export const altered =
  (alteration: Alteration): (() => Peer) =>
  () =>
    alteredServer(alteration);
