/*
 * What stands in front of an IP packet, by the registry of link-layer types of tcpdump and Wireshark.
 */

const etherTypeIpv4 = 0x0800;
const etherTypeIpv6 = 0x86dd;
/** Tags of virtual networks; several may follow each other. */
const tagTypes: readonly number[] = [0x8100, 0x88a8, 0x9100];

const linkTypes = {
  loopback: 0,
  ethernet: 1,
  /** 12 and 14 are what systems call raw IP in files, 101 is its name in the registry. */
  raw: [12, 14, 101, 228, 229],
  openBsdLoopback: 108,
  linuxCooked: 113,
  linuxCooked2: 276,
} as const;

/**
 * Where the IP packet begins.
 * @returns its offset; -1 when the packet carries something else, or is cut off before it; `undefined` when the link
 *   type is not known
 */
export function findIp(linkType: number, bytes: Uint8Array): number | undefined {
  switch (linkType) {
    case linkTypes.ethernet:
      return behindEtherType(bytes, 12);
    case linkTypes.loopback:
    case linkTypes.openBsdLoopback:
      // A family of addresses, in the byte order of the machine that captured; its number differs between systems.
      return ipVersionAt(bytes, 4);
    case linkTypes.linuxCooked:
      return behindEtherType(bytes, 14);
    case linkTypes.linuxCooked2: {
      const type = shortAt(bytes, 0);
      return type === etherTypeIpv4 || type === etherTypeIpv6 ? ipVersionAt(bytes, 20) : -1;
    }
    default:
      return (linkTypes.raw as readonly number[]).includes(linkType) ? ipVersionAt(bytes, 0) : undefined;
  }
}

function behindEtherType(bytes: Uint8Array, at: number): number {
  let type = shortAt(bytes, at);
  let next = at + 2;
  while (type !== undefined && tagTypes.includes(type)) {
    type = shortAt(bytes, next + 2);
    next += 4;
  }
  return type === etherTypeIpv4 || type === etherTypeIpv6 ? ipVersionAt(bytes, next) : -1;
}

function ipVersionAt(bytes: Uint8Array, at: number): number {
  const version = (bytes[at] ?? 0) >> 4;
  return version === 4 || version === 6 ? at : -1;
}

function shortAt(bytes: Uint8Array, at: number): number | undefined {
  const high = bytes[at];
  const low = bytes[at + 1];
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}
