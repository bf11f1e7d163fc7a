import { concatBytes, noBytes } from '../../model/bytes.js';
import { otherRole, type Role } from '../../model/role.js';
import type { TraceEvent } from '../judge/trace.js';

/*
 * Writes captures, for those who test the reading of them. A conversation becomes segments, segments become packets of
 * a link type, and packets become a file in one of the formats.
 */

/** A segment between two fixed addresses. */
export interface WrittenSegment {
  readonly from: Role;
  readonly atMs: number;
  readonly sequence: number;
  readonly acknowledged: number | undefined;
  readonly flags: readonly ('syn' | 'fin' | 'rst')[];
  readonly payload: Uint8Array;
}

export interface SegmentOptions {
  /** The most that a segment carries. Default 1448. */
  readonly segmentSize?: number;
  /** The first sequence number of each side. Default: near the end of the numbers, so that they count around. */
  readonly firstNumbers?: Readonly<Record<Role, number>>;
}

const defaultFirstNumbers = { client: 0xffffff00, server: 0x7fffff00 };

/** The segments of a connection: the handshake of TCP, then what the events tell. */
export function segmentsOf(events: readonly TraceEvent[], options: SegmentOptions = {}): readonly WrittenSegment[] {
  const { segmentSize = 1448, firstNumbers = defaultFirstNumbers } = options;
  const next = { client: firstNumbers.client + 1, server: firstNumbers.server + 1 };
  const start = events[0]?.atMs ?? 0;
  const segment = (from: Role, atMs: number, changes: Partial<WrittenSegment> = {}): WrittenSegment => ({
    from,
    atMs,
    sequence: next[from] >>> 0,
    acknowledged: next[otherRole(from)] >>> 0,
    flags: [],
    payload: noBytes,
    ...changes,
  });
  const segments = [
    segment('client', start, { sequence: firstNumbers.client >>> 0, acknowledged: undefined, flags: ['syn'] }),
    segment('server', start, { sequence: firstNumbers.server >>> 0, flags: ['syn'] }),
    segment('client', start),
  ];
  for (const event of events) {
    const { from, atMs } = event;
    if (event.type === 'missing') {
      next[from] += event.count;
    } else if (event.type === 'bytes') {
      for (let at = 0; at < event.bytes.length; at += segmentSize) {
        const payload = event.bytes.subarray(at, at + segmentSize);
        segments.push(segment(from, atMs, { payload }));
        next[from] += payload.length;
      }
    } else {
      segments.push(segment(from, atMs, { flags: [event.type === 'ended' ? 'fin' : 'rst'] }));
      if (event.type === 'ended') next[from]++;
    }
  }
  return segments;
}

/** What stands in front of IP. */
export type WrittenLink = 'ethernet' | 'vlan' | 'double-vlan' | 'loopback' | 'raw' | 'linux-cooked' | 'linux-cooked-2';

export const writtenLinks: Readonly<Record<WrittenLink, number>> = {
  ethernet: 1,
  vlan: 1,
  'double-vlan': 1,
  loopback: 0,
  raw: 101,
  'linux-cooked': 113,
  'linux-cooked-2': 276,
};

export interface PacketOptions {
  readonly link?: WrittenLink;
  readonly ip?: 4 | 6;
  readonly ports?: Readonly<Record<Role, number>>;
}

/** The bytes of the packet that carries a segment. Checksums are 0, as they often are where a card computes them. */
export function packetOf(segment: WrittenSegment, options: PacketOptions = {}): Uint8Array {
  const { link = 'ethernet', ip = 4, ports = { client: 51_234, server: 8006 } } = options;
  const { from, sequence, acknowledged, flags, payload } = segment;
  const tcp = new Uint8Array(20 + 12 + payload.length);
  const view = new DataView(tcp.buffer);
  view.setUint16(0, ports[from]);
  view.setUint16(2, ports[otherRole(from)]);
  view.setUint32(4, sequence);
  if (acknowledged !== undefined) view.setUint32(8, acknowledged);
  // Twelve bytes of options, as most segments have them for time stamps.
  tcp[12] = (32 / 4) << 4;
  const bits = { fin: 0x01, syn: 0x02, rst: 0x04 };
  tcp[13] = flags.reduce((all, flag) => all | bits[flag], acknowledged === undefined ? 0 : 0x10);
  tcp.fill(1, 20, 32);
  tcp.set(payload, 32);
  const packet = ip === 4 ? ipv4Of(tcp, from) : ipv6Of(tcp, from);
  return concatBytes([linkHeader(link, ip), packet]);
}

function ipv4Of(tcp: Uint8Array, from: Role): Uint8Array {
  const header = new Uint8Array(20);
  header[0] = 0x45;
  new DataView(header.buffer).setUint16(2, 20 + tcp.length);
  header[9] = 6;
  header.set([127, 0, 0, from === 'client' ? 1 : 2], 12);
  header.set([127, 0, 0, from === 'client' ? 2 : 1], 16);
  return concatBytes([header, tcp]);
}

/** With one extension header in front of TCP. */
function ipv6Of(tcp: Uint8Array, from: Role): Uint8Array {
  const header = new Uint8Array(48);
  header[0] = 0x60;
  new DataView(header.buffer).setUint16(4, 8 + tcp.length);
  header[6] = 60;
  header[23] = from === 'client' ? 1 : 2;
  header[39] = from === 'client' ? 2 : 1;
  header[40] = 6;
  return concatBytes([header, tcp]);
}

function linkHeader(link: WrittenLink, ip: 4 | 6): Uint8Array {
  const type = ip === 4 ? [0x08, 0x00] : [0x86, 0xdd];
  const addresses = new Array<number>(12).fill(2);
  switch (link) {
    case 'ethernet':
      return Uint8Array.from([...addresses, ...type]);
    case 'vlan':
      return Uint8Array.from([...addresses, 0x81, 0x00, 0x00, 0x07, ...type]);
    case 'double-vlan':
      return Uint8Array.from([...addresses, 0x88, 0xa8, 0x00, 0x01, 0x81, 0x00, 0x00, 0x07, ...type]);
    case 'loopback':
      return Uint8Array.of(ip === 4 ? 2 : 30, 0, 0, 0);
    case 'raw':
      return noBytes;
    case 'linux-cooked':
      return Uint8Array.from([0, 0, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, ...type]);
    case 'linux-cooked-2':
      return Uint8Array.from([...type, 0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]);
  }
}

/** How a capture file is written. */
export interface FileOptions {
  readonly format?: 'pcap' | 'pcapng';
  readonly little?: boolean;
  /** Whether times have nanoseconds; otherwise microseconds. */
  readonly nanoseconds?: boolean;
  readonly link?: WrittenLink;
  /** The most that is kept of a packet. Default: all. */
  readonly snapLength?: number;
}

interface TimedPacket {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/** A capture file with packets. */
export function captureFile(packets: readonly TimedPacket[], options: FileOptions = {}): Uint8Array {
  const parts = packets.map((packet) => recordOf(packet, options));
  return concatBytes([fileHeader(options), ...parts]);
}

/** What stands in front of the packets of a file. */
export function fileHeader(options: FileOptions = {}): Uint8Array {
  const { format = 'pcap', little = true, nanoseconds = false, link = 'ethernet' } = options;
  const linkType = writtenLinks[link];
  if (format === 'pcap') {
    const header = new Uint8Array(24);
    const view = new DataView(header.buffer);
    view.setUint32(0, nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, little);
    view.setUint16(4, 2, little);
    view.setUint16(6, 4, little);
    view.setUint32(16, 262_144, little);
    view.setUint32(20, linkType, little);
    return header;
  }
  const section = new Uint8Array(16);
  const sectionView = new DataView(section.buffer);
  sectionView.setUint32(0, 0x1a2b3c4d, little);
  sectionView.setUint16(4, 1, little);
  sectionView.setBigInt64(8, -1n, little);
  const description = new Uint8Array(20);
  const view = new DataView(description.buffer);
  view.setUint16(0, linkType, little);
  // The option that gives the unit of time, and the end of the options.
  view.setUint16(8, 9, little);
  view.setUint16(10, 1, little);
  description[12] = nanoseconds ? 9 : 6;
  return concatBytes([blockOf(0x0a0d0d0a, section, little), blockOf(1, description, little)]);
}

/** A packet as it stands in a file. */
export function recordOf({ atMs, bytes }: TimedPacket, options: FileOptions = {}): Uint8Array {
  const { format = 'pcap', little = true, nanoseconds = false, snapLength = Infinity } = options;
  const captured = bytes.subarray(0, Math.min(bytes.length, snapLength));
  const unitsPerSecond = nanoseconds ? 1e9 : 1e6;
  const units = BigInt(Math.round(atMs * (unitsPerSecond / 1000)));
  if (format === 'pcap') {
    const header = new Uint8Array(16);
    const view = new DataView(header.buffer);
    view.setUint32(0, Number(units / BigInt(unitsPerSecond)), little);
    view.setUint32(4, Number(units % BigInt(unitsPerSecond)), little);
    view.setUint32(8, captured.length, little);
    view.setUint32(12, bytes.length, little);
    return concatBytes([header, captured]);
  }
  const body = new Uint8Array(20 + Math.ceil(captured.length / 4) * 4);
  const view = new DataView(body.buffer);
  view.setUint32(4, Number(units >> 32n), little);
  view.setUint32(8, Number(units & 0xffffffffn), little);
  view.setUint32(12, captured.length, little);
  view.setUint32(16, bytes.length, little);
  body.set(captured, 20);
  return blockOf(6, body, little);
}

/** A block of pcapng, of which the body is a multiple of four bytes. */
export function blockOf(type: number, body: Uint8Array, little: boolean): Uint8Array {
  const block = new Uint8Array(12 + body.length);
  const view = new DataView(block.buffer);
  view.setUint32(0, type, little);
  view.setUint32(4, block.length, little);
  block.set(body, 8);
  view.setUint32(8 + body.length, block.length, little);
  return block;
}
