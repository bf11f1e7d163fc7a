import { findIp } from './link-layer.js';

/** A TCP segment as it was captured. */
export interface Segment {
  readonly atMs: number;
  /** Both ends in one string, in the direction of the segment; not for the eyes. */
  readonly flow: string;
  /** The same for the other direction. */
  readonly reverse: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  /** The number up to which the other direction was received; `undefined` when the segment does not say. */
  readonly acknowledged: number | undefined;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
  readonly payload: Uint8Array;
  /** Bytes of the payload that were not captured, behind those that were. */
  readonly cutOff: number;
}

/** Why a packet gives no segment. */
export type NoSegment = 'other' | 'fragment' | 'unknown-link-type' | 'cut-off';

const protocolTcp = 6;
/** Hop-by-hop options, routing, destination options, authentication: they stand between IPv6 and TCP. */
const ipv6Extensions: readonly number[] = [0, 43, 60, 51];
const ipv6Fragment = 44;

/** Where the transport begins and ends inside a packet. */
interface Transport {
  readonly from: number;
  /** By the length that IP announces; at least as much as was captured has to be cut to it. */
  readonly to: number;
  readonly ip: number;
  readonly isIpv6: boolean;
}

/** The TCP segment in a packet, or why there is none. */
export function segmentOf(linkType: number, bytes: Uint8Array, atMs: number): Segment | NoSegment {
  const ip = findIp(linkType, bytes);
  if (ip === undefined) return 'unknown-link-type';
  if (ip === -1) return 'other';
  const transport = (bytes[ip] as number) >> 4 === 4 ? transportOfIpv4(bytes, ip) : transportOfIpv6(bytes, ip);
  return typeof transport === 'string' ? transport : readSegment(bytes, transport, atMs);
}

function transportOfIpv4(bytes: Uint8Array, ip: number): Transport | NoSegment {
  if (bytes.length - ip < 20) return 'cut-off';
  if (bytes[ip + 9] !== protocolTcp) return 'other';
  const headerLength = ((bytes[ip] as number) & 0x0f) * 4;
  if (headerLength < 20) return 'other';
  if ((short(bytes, ip + 6) & 0x3fff) !== 0) return 'fragment';
  // A length of 0 is what a system writes that leaves the cutting to its network card.
  const announced = short(bytes, ip + 2);
  const to = announced === 0 ? bytes.length : ip + announced;
  return { from: ip + headerLength, to, ip, isIpv6: false };
}

function transportOfIpv6(bytes: Uint8Array, ip: number): Transport | NoSegment {
  if (bytes.length - ip < 40) return 'cut-off';
  const announced = short(bytes, ip + 4);
  const to = announced === 0 ? bytes.length : ip + 40 + announced;
  let next = bytes[ip + 6] as number;
  let from = ip + 40;
  while (ipv6Extensions.includes(next)) {
    if (bytes.length - from < 2) return 'cut-off';
    const length = bytes[from + 1] as number;
    // The authentication header counts in another unit.
    const size = next === 51 ? (length + 2) * 4 : (length + 1) * 8;
    next = bytes[from] as number;
    from += size;
  }
  if (next === ipv6Fragment) return 'fragment';
  return next === protocolTcp ? { from, to, ip, isIpv6: true } : 'other';
}

function readSegment(bytes: Uint8Array, { from, to, ip, isIpv6 }: Transport, atMs: number): Segment | NoSegment {
  if (bytes.length - from < 20) return 'cut-off';
  const dataOffset = ((bytes[from + 12] as number) >> 4) * 4;
  const start = from + dataOffset;
  if (dataOffset < 20 || start > to) return 'other';
  const flags = bytes[from + 13] as number;
  const payload = bytes.subarray(
    Math.min(start, bytes.length),
    Math.max(Math.min(start, bytes.length), Math.min(to, bytes.length)),
  );
  const [addressFrom, addressLength] = isIpv6 ? [ip + 8, 16] : [ip + 12, 4];
  const source = words(bytes, addressFrom, addressLength);
  const destination = words(bytes, addressFrom + addressLength, addressLength);
  const sourcePort = short(bytes, from);
  const destinationPort = short(bytes, from + 2);
  const here = source + String.fromCharCode(sourcePort);
  const there = destination + String.fromCharCode(destinationPort);
  return {
    atMs,
    flow: here + there,
    reverse: there + here,
    sourcePort,
    destinationPort,
    sequence: long(bytes, from + 4),
    acknowledged: (flags & 0x10) === 0 ? undefined : long(bytes, from + 8),
    syn: (flags & 0x02) !== 0,
    fin: (flags & 0x01) !== 0,
    rst: (flags & 0x04) !== 0,
    payload,
    cutOff: to - start - payload.length,
  };
}

/** The callers have made sure that the bytes are there. */
const short = (bytes: Uint8Array, at: number): number => (bytes[at] as number) * 256 + (bytes[at + 1] as number);

const long = (bytes: Uint8Array, at: number): number => short(bytes, at) * 65_536 + short(bytes, at + 2);

/** An address as a short string, one character for two bytes. */
function words(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 2) text += String.fromCharCode(short(bytes, at + index));
  return text;
}

/** The addresses of a segment as text. */
export function addressesOf({ flow }: Segment): readonly [source: string, destination: string] {
  const half = flow.length / 2;
  return [addressText(flow.slice(0, half - 1)), addressText(flow.slice(half, -1))];
}

function addressText(address: string): string {
  const codes = Array.from({ length: address.length }, (_, at) => address.charCodeAt(at));
  if (codes.length === 2) return codes.flatMap((code) => [code >> 8, code & 0xff]).join('.');
  // Two colons stand for the longest run of zeros.
  const groups = codes.map((code) => code.toString(16)).join(':');
  const longest = [...groups.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (longest === undefined) return groups;
  return `${groups.slice(0, longest.index)}::${groups.slice(longest.index + longest[0].length)}`.replace(/:{3,}/, '::');
}
