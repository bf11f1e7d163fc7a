/**
 * What the first message of a TLS client says of the server that it wants (RFC 2246 section 7.4.1.2, RFC 4366 section
 * 3.1). Nothing else of it is read.
 */
export type ClientHello =
  | { readonly kind: 'hello'; readonly serverName: string | undefined }
  | { readonly kind: 'need-more' }
  /** The bytes are no beginning of a TLS handshake. */
  | { readonly kind: 'other' };

const handshakeRecord = 22;
const clientHello = 1;
const serverNameExtension = 0;
const hostName = 0;

/** Reads the first message of a TLS client, in however many records it comes. */
export function readClientHello(bytes: Uint8Array): ClientHello {
  const body: number[] = [];
  for (let at = 0; at < bytes.length; at += 5 + numberAt(bytes, at + 3, 2)) {
    if (bytes[at] !== handshakeRecord || (at + 1 < bytes.length && bytes[at + 1] !== 3)) {
      return body.length === 0 ? { kind: 'other' } : { kind: 'need-more' };
    }
    body.push(...bytes.subarray(at + 5, at + 5 + numberAt(bytes, at + 3, 2)));
  }
  if (body.length > 0 && body[0] !== clientHello) return { kind: 'other' };
  const message = Uint8Array.from(body);
  if (message.length < 4 || message.length < 4 + numberAt(message, 1, 3)) return { kind: 'need-more' };
  return { kind: 'hello', serverName: serverNameOf(message) };
}

function serverNameOf(message: Uint8Array): string | undefined {
  // Behind type and length: version, random; then session id, cipher suites and compression methods by their lengths.
  let at = 4 + 2 + 32;
  at += 1 + numberAt(message, at, 1);
  at += 2 + numberAt(message, at, 2);
  at += 1 + numberAt(message, at, 1);
  at += 2;
  while (at + 4 <= message.length) {
    const length = numberAt(message, at + 2, 2);
    if (numberAt(message, at, 2) === serverNameExtension && message[at + 6] === hostName) {
      const nameLength = numberAt(message, at + 7, 2);
      return String.fromCharCode(...message.subarray(at + 9, at + 9 + nameLength));
    }
    at += 4 + length;
  }
  return undefined;
}

/** An unsigned number, the highest byte first; bytes that are not there are 0. */
function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = at; index < at + length; index++) value = value * 256 + (bytes[index] ?? 0);
  return value;
}
