import { concatBytes, noBytes } from '../../model/bytes.js';
import { CaptureError, maxPacket, type PacketReader } from './packet.js';

/*
 * The pcap file format (draft-ietf-opsawg-pcap): a header of 24 bytes, then records of 16 bytes and the packet. The
 * magic number tells the order of the bytes and the unit of the time stamps.
 */

const headerLength = 24;
const recordHeaderLength = 16;

/** The magic numbers as they read in network byte order. */
const magics: ReadonlyMap<number, { readonly little: boolean; readonly unitsPerMs: number }> = new Map([
  [0xa1b2c3d4, { little: false, unitsPerMs: 1e3 }],
  [0xd4c3b2a1, { little: true, unitsPerMs: 1e3 }],
  [0xa1b23c4d, { little: false, unitsPerMs: 1e6 }],
  [0x4d3cb2a1, { little: true, unitsPerMs: 1e6 }],
]);

/** Whether four bytes, read in network byte order, begin a pcap file. */
export function isPcapMagic(magic: number): boolean {
  return magics.has(magic);
}

/** A reader of pcap files. */
export function createPcapReader(): PacketReader {
  let kept = noBytes;
  /** Bytes of the file in front of `kept`. */
  let position = 0;
  let form: { readonly little: boolean; readonly unitsPerMs: number; readonly linkType: number } | undefined;

  return {
    push: (chunk, take) => {
      const bytes = kept.length === 0 ? chunk : concatBytes([kept, chunk]);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let at = 0;
      if (form === undefined) {
        if (bytes.length < headerLength) {
          kept = bytes.slice();
          return;
        }
        form = readHeader(view);
        at = headerLength;
      }
      const { little, unitsPerMs, linkType } = form;
      while (bytes.length - at >= recordHeaderLength) {
        const captured = view.getUint32(at + 8, little);
        if (captured > maxPacket) {
          throw new CaptureError(`damaged at byte ${position + at}: a packet of ${captured} bytes is announced`);
        }
        const end = at + recordHeaderLength + captured;
        if (end > bytes.length) break;
        const atMs = view.getUint32(at, little) * 1000 + view.getUint32(at + 4, little) / unitsPerMs;
        take({ atMs, linkType, bytes: bytes.subarray(at + recordHeaderLength, end) });
        at = end;
      }
      position += at;
      kept = bytes.slice(at);
    },
    finish: () => {
      if (form === undefined) return 'the capture ends inside its header';
      return kept.length === 0 ? undefined : `the capture ends inside a packet, at byte ${position}`;
    },
  };
}

function readHeader(view: DataView): {
  readonly little: boolean;
  readonly unitsPerMs: number;
  readonly linkType: number;
} {
  const found = magics.get(view.getUint32(0));
  if (found === undefined) throw new CaptureError('no magic number of pcap at byte 0');
  const { little } = found;
  const major = view.getUint16(4, little);
  if (major !== 2) throw new CaptureError(`pcap of version ${major}, which nobody writes: the file is damaged`);
  // The upper bits tell about frame check sequences behind the packets, which nothing here looks at.
  return { ...found, linkType: view.getUint32(20, little) & 0xffff };
}
