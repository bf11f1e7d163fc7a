/** Opcodes of the base framing protocol (draft-06 section 4.3); 6 to 15 are reserved. */
export const opcodes = {
  continuation: 0,
  close: 1,
  ping: 2,
  pong: 3,
  text: 4,
  binary: 5,
} as const;

export type OpcodeName = keyof typeof opcodes;

/** The lowest opcode that is reserved. */
export const firstReservedOpcode = 6;

/** The bits of the first two header bytes (draft-06 section 4.3). RSV4 stands where RFC 6455 has MASK. */
export const headerBits = {
  fin: 0x80,
  rsv1: 0x40,
  rsv2: 0x20,
  rsv3: 0x10,
  opcode: 0x0f,
  rsv4: 0x80,
  length: 0x7f,
} as const;

/** The three forms of the payload length (draft-06 section 4.3). */
export const lengthForms = {
  /** Highest payload length that fits the 7 bits of the second header byte. */
  max7: 125,
  /** Value of the 7 bits that announces a 16-bit extended payload length. */
  marker16: 126,
  /** Value of the 7 bits that announces a 64-bit extended payload length with a highest bit of 0. */
  marker63: 127,
  max16: 0xffff,
} as const;

/** Octets of the masking key in front of a masked frame (draft-06 section 4.2). */
export const maskingKeyLength = 4;

/** Highest payload length of a control frame (draft-06 section 4.5). */
export const maxControlPayload = 125;

/** Concatenated to Sec-WebSocket-Key before hashing (draft-06 section 5.2.2). */
export const acceptGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The value of Sec-WebSocket-Version (draft-06 section 5.1). */
export const protocolVersion = '6';

/** Bytes of the nonce that Sec-WebSocket-Key carries in base64 (draft-06 section 5.1). */
export const nonceLength = 16;

/** Header fields of the opening handshake (draft-06 section 5). Origin travels in Sec-WebSocket-Origin here. */
export const headerNames = {
  host: 'Host',
  upgrade: 'Upgrade',
  connection: 'Connection',
  key: 'Sec-WebSocket-Key',
  accept: 'Sec-WebSocket-Accept',
  version: 'Sec-WebSocket-Version',
  origin: 'Sec-WebSocket-Origin',
  subprotocol: 'Sec-WebSocket-Protocol',
  extensions: 'Sec-WebSocket-Extensions',
} as const;

/** Default ports of the two schemes (draft-06 section 3.1). */
export const defaultPorts = { ws: 80, wss: 443 } as const;
