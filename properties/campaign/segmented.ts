import type { ClientPeer, Line, Peer } from '../verifier/line.js';
import { type Randomness, randomnessOf } from '../verifier/randomness.js';

/*
 * TCP knows no frames: a peer may get the same bytes cut and joined in any way. These stand between a case and a line,
 * and hand over what the case sends in other segments.
 */

/** The ways to hand the bytes over. */
export const segmentationNames = ['single-bytes', 'joined', 'random-cuts'] as const;

export type SegmentationName = (typeof segmentationNames)[number];

export interface SegmentedOptions {
  readonly how: SegmentationName;
  /** Where random cuts come from. */
  readonly seed: number;
  /** Milliseconds between two segments, so that TCP does not join them. Default 0: at once, as in memory. */
  readonly gap?: number;
}

/** Segments into which one chunk is cut at most; the rest goes out in one piece. */
const maxSegments = 64;

/** A server whose connections get what is sent in other segments. */
export function segmented(peer: Peer, options: SegmentedOptions): Peer {
  const { connectWith } = peer;
  let connections = 0;
  const change = async (opening: Promise<Line>): Promise<Line> => {
    connections++;
    return segmentedLine(await opening, options, randomnessOf(options.seed, `segments of ${connections}`));
  };
  return {
    connect: () => change(peer.connect()),
    ...(connectWith === undefined ? {} : { connectWith: (tls) => change(connectWith(tls)) }),
  };
}

/** A client that gets what is sent in other segments, whatever it is behind. */
export const segmentedClient = (client: ClientPeer, options: SegmentedOptions): ClientPeer => ({
  accept: async (visit) => {
    const arrival = await client.accept(visit);
    const randomness = randomnessOf(options.seed, `segments of ${visit.name}`);
    return { ...arrival, line: segmentedLine(arrival.line, options, randomness) };
  },
});

/** A line that hands over what is sent in other segments; what comes is as it was. */
export function segmentedLine(line: Line, { how, gap = 0 }: SegmentedOptions, randomness: Randomness): Line {
  let waiting: Uint8Array[] = [];
  let isRunning = false;
  let isEnding = false;
  let isDestroyed = false;

  const run = async (): Promise<void> => {
    isRunning = true;
    for (let segment = waiting.shift(); segment !== undefined && !isDestroyed; segment = waiting.shift()) {
      line.send(segment);
      if (gap > 0 && waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, gap));
    }
    isRunning = false;
    if (!isEnding || isDestroyed) return;
    isEnding = false;
    line.end();
  };
  const flush = (): void => {
    if (how === 'joined' && waiting.length > 1) waiting = [joined(waiting)];
    if (!isRunning) void run();
  };
  return {
    ...line,
    send: (bytes) => {
      // What is joined goes out once the tester waits for an answer.
      if (how === 'joined') waiting.push(bytes.slice());
      else waiting.push(...cut(bytes, how, randomness));
      if (how !== 'joined') flush();
    },
    end: () => {
      isEnding = true;
      flush();
    },
    destroy: () => {
      isDestroyed = true;
      line.destroy();
    },
    next: (timeout) => {
      flush();
      return line.next(timeout);
    },
  };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function cut(bytes: Uint8Array, how: 'single-bytes' | 'random-cuts', randomness: Randomness): readonly Uint8Array[] {
  const segments: Uint8Array[] = [];
  let rest = bytes;
  while (rest.length > 1 && segments.length < maxSegments - 1) {
    const length =
      how === 'single-bytes' ? 1 : randomness.integer(1, Math.min(rest.length, 2 * Math.ceil(bytes.length / 4)));
    segments.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return rest.length > 0 || segments.length === 0 ? [...segments, rest] : segments;
}
