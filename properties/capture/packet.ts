/** One packet as a capture holds it. */
export interface Packet {
  /** Milliseconds since 1970, with a fraction. */
  readonly atMs: number;
  /** What the bytes begin with: a number of the registry of link-layer types. */
  readonly linkType: number;
  /** What was captured; a view of the chunk that was read. */
  readonly bytes: Uint8Array;
}

/** Takes a capture in chunks cut anywhere, and gives the packets that are complete. */
export interface PacketReader {
  /**
   * The packets that the chunk completes; they are views, so the caller leaves the chunk alone afterwards.
   * @throws CaptureError when the bytes are no capture, or one that is damaged
   */
  readonly push: (chunk: Uint8Array, take: (packet: Packet) => void) => void;
  /** What is wrong with an end here, in words; `undefined` when the capture is whole. */
  readonly finish: () => string | undefined;
}

/** The bytes are not what their beginning says they are. The message is one line that says where. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
}

/** The most that one packet may have. Capture tools stop at 256 KiB; more is a damaged length. */
export const maxPacket = 1024 * 1024;
