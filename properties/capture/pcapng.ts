import { concatBytes, noBytes } from '../../model/bytes.js';
import { CaptureError, maxPacket, type Packet, type PacketReader } from './packet.js';

/*
 * The pcapng file format (draft-ietf-opsawg-pcapng): blocks of a type, a length, a body and the length again. A section
 * header tells the order of the bytes; interface blocks give numbers, link types and units of time to the packets.
 */

export const sectionHeaderType = 0x0a0d0d0a;
const interfaceType = 1;
const obsoletePacketType = 2;
const simplePacketType = 3;
const enhancedPacketType = 6;

const byteOrderMagic = 0x1a2b3c4d;
const optionTimeResolution = 9;
const optionTimeOffset = 14;

/** Interfaces that one section may have, so that a hostile file costs no memory. */
const maxInterfaces = 4096;

/** Blocks up to this length are read; longer ones are an error where they hold packets, and skipped otherwise. */
const maxBlock = maxPacket + 65_536;

interface CaptureInterface {
  readonly linkType: number;
  readonly snapLength: number;
  readonly unitsPerMs: number;
  readonly offsetMs: number;
}

/** Where a block stands in the bytes at hand. */
interface Block {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly little: boolean;
  /** First byte of the body, and the first one behind it. */
  readonly from: number;
  readonly to: number;
  /** Offset of the block in the file, for errors. */
  readonly at: number;
}

/** A reader of pcapng files. */
export function createPcapngReader(): PacketReader {
  let kept = noBytes;
  let position = 0;
  /** Bytes of a block that nobody needs and that are not here yet. */
  let skipping = 0;
  let little = false;
  let lastAtMs = 0;
  let interfaces: CaptureInterface[] = [];

  const takeBlock = (type: number, block: Block, take: (packet: Packet) => void): void => {
    if (type === sectionHeaderType) interfaces = [];
    else if (type === interfaceType) {
      if (interfaces.length >= maxInterfaces) {
        throw new CaptureError(`damaged at byte ${block.at}: more than ${maxInterfaces} interfaces`);
      }
      interfaces.push(readInterface(block));
    } else if (type === enhancedPacketType || type === obsoletePacketType || type === simplePacketType) {
      const packet = readPacket(type, block, interfaces, lastAtMs);
      lastAtMs = packet.atMs;
      take(packet);
    }
  };

  const push = (chunk: Uint8Array, take: (packet: Packet) => void): void => {
    let fresh = chunk;
    if (skipping > 0) {
      const skipped = Math.min(skipping, fresh.length);
      skipping -= skipped;
      position += skipped;
      fresh = fresh.subarray(skipped);
    }
    const bytes = kept.length === 0 ? fresh : concatBytes([kept, fresh]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (bytes.length - at >= 12) {
      const isSection = view.getUint32(at) === sectionHeaderType;
      if (isSection) little = orderOf(view, at, position + at);
      const type = view.getUint32(at, little);
      const length = view.getUint32(at + 4, little);
      if (length < 12 || length % 4 !== 0) {
        throw new CaptureError(`damaged at byte ${position + at}: a block of ${length} bytes is announced`);
      }
      if (length > maxBlock) {
        if (holdsPackets(type)) {
          throw new CaptureError(`damaged at byte ${position + at}: a packet block of ${length} bytes is announced`);
        }
        const here = Math.min(length, bytes.length - at);
        skipping = length - here;
        at += here;
        continue;
      }
      if (length > bytes.length - at) break;
      if (view.getUint32(at + length - 4, little) !== length) {
        throw new CaptureError(`damaged at byte ${position + at}: the two lengths of a block differ`);
      }
      takeBlock(type, { view, bytes, little, from: at + 8, to: at + length - 4, at: position + at }, take);
      at += length;
    }
    position += at;
    kept = bytes.slice(at);
  };

  return {
    push,
    finish: () =>
      kept.length === 0 && skipping === 0 ? undefined : `the capture ends inside a block, at byte ${position}`,
  };
}

const holdsPackets = (type: number): boolean =>
  type === enhancedPacketType || type === obsoletePacketType || type === simplePacketType;

function orderOf(view: DataView, at: number, shown: number): boolean {
  if (view.getUint32(at + 8) === byteOrderMagic) return false;
  if (view.getUint32(at + 8, true) === byteOrderMagic) return true;
  throw new CaptureError(`damaged at byte ${shown}: a section without its byte order`);
}

function readInterface({ view, little, from, to, at }: Block): CaptureInterface {
  if (to - from < 8) throw new CaptureError(`damaged at byte ${at}: an interface block without its fields`);
  let unitsPerMs = 1e3;
  let offsetMs = 0;
  for (let option = from + 8; option + 4 <= to;) {
    const code = view.getUint16(option, little);
    const length = view.getUint16(option + 2, little);
    if (code === 0 || option + 4 + length > to) break;
    if (code === optionTimeResolution && length >= 1) unitsPerMs = unitsOf(view.getUint8(option + 4));
    if (code === optionTimeOffset && length >= 8) offsetMs = Number(view.getBigInt64(option + 4, little)) * 1000;
    option += 4 + length + ((4 - (length % 4)) % 4);
  }
  return { linkType: view.getUint16(from, little), snapLength: view.getUint32(from + 4, little), unitsPerMs, offsetMs };
}

/** The units of a time stamp in a millisecond: a power of 2 with the highest bit, otherwise one of 10. */
function unitsOf(resolution: number): number {
  const exponent = resolution & 0x7f;
  return (resolution & 0x80) === 0 ? 10 ** (exponent - 3) : 2 ** exponent / 1000;
}

/** The packet of one of the three kinds of packet blocks. */
function readPacket(type: number, block: Block, interfaces: readonly CaptureInterface[], lastAtMs: number): Packet {
  const { view, bytes, little, from, to, at } = block;
  const damaged = (what: string): CaptureError => new CaptureError(`damaged at byte ${at}: ${what}`);
  const fieldsLength = type === simplePacketType ? 4 : 20;
  if (to - from < fieldsLength) throw damaged('a packet block without its fields');
  const number =
    type === simplePacketType
      ? 0
      : type === obsoletePacketType
        ? view.getUint16(from, little)
        : view.getUint32(from, little);
  const described = interfaces[number];
  if (described === undefined) throw damaged(`a packet of interface ${number}, which the file does not describe`);
  const start = from + fieldsLength;
  if (type === simplePacketType) {
    const original = view.getUint32(from, little);
    const limit = described.snapLength === 0 ? original : Math.min(original, described.snapLength);
    const end = Math.min(start + limit, to);
    return { atMs: lastAtMs, linkType: described.linkType, bytes: bytes.subarray(start, end) };
  }
  const captured = view.getUint32(from + 12, little);
  if (captured > to - start) throw damaged(`a packet of ${captured} bytes is announced`);
  const units = view.getUint32(from + 4, little) * 2 ** 32 + view.getUint32(from + 8, little);
  const atMs = units / described.unitsPerMs + described.offsetMs;
  return { atMs, linkType: described.linkType, bytes: bytes.subarray(start, start + captured) };
}
