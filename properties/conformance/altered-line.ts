import { concatBytes, latin1FromBytes, noBytes } from '../../model/bytes.js';
import type { Frame } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import type { MaskingKey } from '../../model/masking.js';
import type { Role } from '../../model/role.js';
import { keepingTime } from '../drivers/keeping-time.js';
import type { Line, LineEvent } from '../verifier/line.js';

/** How a peer differs from the one that it is made of. */
export interface Alteration {
  /**
   * What becomes of each frame that it sends: bytes, or events of TCP. Default: the frame.
   * @param key the masking key of a client
   */
  readonly sends?: (frame: Frame, key: MaskingKey) => readonly (Uint8Array | LineEvent)[];
  /** What becomes of the frames in each chunk of the tester, before they are read. Default: the same. */
  readonly reads?: (frames: readonly Frame[]) => readonly Frame[];
  /** What becomes of each chunk of the tester, before frames are looked for. Default: the same. */
  readonly takes?: (chunk: Uint8Array) => Uint8Array;
  /** What becomes of the end of TCP. Default: the same. */
  readonly ends?: (event: LineEvent) => LineEvent;
}

/** The key of frames that are made here. */
const ownKey: MaskingKey = Uint8Array.of(1, 2, 3, 4);

const same = <Value>(value: Value): Value => value;

/** Frames as a role lays them out. */
const layOut = (role: Role, frame: Frame, maskingKey: MaskingKey): Uint8Array =>
  role === 'client' ? layOutFrame(frame, { maskingKey }) : layOutFrame(frame);

/** Tells the head of HTTP, which passes as it is, from what stands behind it. */
function headCutter(): (chunk: Uint8Array) => readonly [head: Uint8Array, behind: Uint8Array] {
  const end = '\r\n\r\n';
  let isOver = false;
  let tail = '';
  return (chunk) => {
    if (isOver) return [noBytes, chunk];
    const known = tail.length;
    const place = (tail + latin1FromBytes(chunk)).indexOf(end);
    tail = (tail + latin1FromBytes(chunk)).slice(1 - end.length);
    if (place === -1) return [chunk, noBytes];
    isOver = true;
    const length = place + end.length - known;
    return [chunk.subarray(0, length), chunk.subarray(length)];
  };
}

/**
 * The line of a peer with an alteration: somebody sits on it who changes what passes behind the heads of the opening
 * handshake.
 * @param peer the role of the peer
 */
export function alteredLine(line: Line, alteration: Alteration, peer: Role): Line {
  const asItIs = (frame: Frame, key: MaskingKey): readonly Uint8Array[] => [layOut(peer, frame, key)];
  const { sends = asItIs, reads, takes = same, ends = same } = alteration;
  const tester = peer === 'server' ? 'client' : 'server';
  const queue: LineEvent[] = [];
  const cutSent = headCutter();
  const cutReceived = headCutter();
  let output = createDecoder({ masked: peer === 'client' });
  let input = createDecoder({ masked: peer === 'server' });

  const toPeer = (chunk: Uint8Array): Uint8Array => {
    const taken = takes(chunk);
    if (reads === undefined) return taken;
    const decoding = decodeFrames(input, taken);
    input = decoding.decoder;
    // What is not a frame is for the peer to judge.
    if (input.failed) return taken;
    const frames = reads(decoding.frames.map(({ frame }) => frame));
    return concatBytes(frames.map((frame) => layOut(tester, frame, ownKey)));
  };
  const fromPeer = (chunk: Uint8Array): void => {
    const decoding = decodeFrames(output, chunk);
    output = decoding.decoder;
    for (const { frame, maskingKey = ownKey } of decoding.frames) {
      for (const made of sends(frame, maskingKey)) {
        queue.push(made instanceof Uint8Array ? { type: 'bytes', bytes: made } : made);
      }
    }
  };
  return keepingTime({
    ...line,
    send: (bytes) => {
      const [head, behind] = cutSent(bytes);
      if (head.length > 0 && behind.length === 0) line.send(head);
      else line.send(concatBytes([head, toPeer(behind)]));
    },
    next: async (timeout) => {
      for (;;) {
        const ready = queue.shift();
        if (ready !== undefined) return ready;
        const event = await line.next(timeout);
        if (event.type === 'silence') return event;
        if (event.type !== 'bytes') return ends(event);
        const [head, behind] = cutReceived(event.bytes);
        if (behind.length > 0) fromPeer(behind);
        if (head.length > 0) return { type: 'bytes', bytes: head };
      }
    },
  });
}
