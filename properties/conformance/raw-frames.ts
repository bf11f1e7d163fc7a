import { concatBytes } from '../../model/bytes.js';
import type { Frame } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { maskingKeyLength } from '../../spec/wire.js';
import type { SharedTester } from '../verifier/case.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import { isFrameOf, sameBytes, until } from './expectations.js';

/*
 * A second reader of frames, for cases that hold the bytes of a peer against the grammar of section 4.3 bit by bit. It
 * shares nothing with the decoder of the model, refuses nothing, and stops where the bytes do. First byte: FIN, RSV1,
 * RSV2, RSV3, four bits of opcode; second byte: RSV4, seven bits of length; then 0, 2 or 8 octets of a longer length.
 * Those of a client have a masking key of four octets in front, and are masked from their first byte on.
 */
export interface RawFrame {
  /** Offset of the first byte, the masking key's included, behind the opening handshake. */
  readonly at: number;
  /** Of a client: the masking key, as it stands in front of the frame. */
  readonly key?: Uint8Array;
  /** The first two bytes, in the clear. */
  readonly head: Uint8Array;
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly rsv4: boolean;
  readonly opcode: number;
  /** The seven bits of the second byte. */
  readonly lengthBits: number;
  readonly length: number;
  /** As much of the payload as came. */
  readonly payload: Uint8Array;
  readonly isComplete: boolean;
}

/** The frames in the bytes of a peer, the last one perhaps cut off. */
export function readRawFrames(sent: Uint8Array, peer: Role = 'server'): readonly RawFrame[] {
  const frames: RawFrame[] = [];
  const keyLength = peer === 'client' ? maskingKeyLength : 0;
  let bytes = sent;
  for (let at = keyLength; at + 2 <= bytes.length; at += keyLength) {
    const key = sent.subarray(at - keyLength, at);
    if (peer === 'client') bytes = sent.map((byte, index) => byte ^ (key[(index - at) & 3] ?? 0));
    const head = bytes.slice(at, at + 2);
    const [first = 0, second = 0] = head;
    const lengthBits = second % 128;
    const more = lengthBits === 0x7f ? 8 : lengthBits === 0x7e ? 2 : 0;
    const start = at + 2 + more;
    if (start > bytes.length) break;
    const length = more === 0 ? lengthBits : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    const payload = bytes.subarray(start, start + length);
    frames.push({
      at: at - keyLength,
      ...(peer === 'client' ? { key } : {}),
      head,
      fin: isBit(first, 7),
      rsv1: isBit(first, 6),
      rsv2: isBit(first, 5),
      rsv3: isBit(first, 4),
      opcode: first % 16,
      rsv4: isBit(second, 7),
      lengthBits,
      length,
      payload,
      isComplete: payload.length === length,
    });
    at = start + length;
  }
  return frames;
}

const isBit = (byte: number, bit: number): boolean => Math.floor(byte / 2 ** bit) % 2 === 1;

/** The opcodes, as the grammar of section 4.3 numbers them. */
export const grammarOpcodes = { continuation: 0, close: 1, ping: 2, pong: 3, text: 4, binary: 5 } as const;

/** Whether a frame has a reserved bit or a reserved opcode, as only an extension may give it. */
export const isMarked = ({ rsv1, rsv2, rsv3, rsv4, opcode }: RawFrame): boolean =>
  rsv1 || rsv2 || rsv3 || rsv4 || opcode > grammarOpcodes.binary;

/** Text, binary and continuation frames. */
export const isDataFrame = ({ opcode }: RawFrame): boolean =>
  opcode === grammarOpcodes.continuation || opcode === grammarOpcodes.text || opcode === grammarOpcodes.binary;

/** The payloads of data frames, one behind the other. */
export const dataOf = (frames: readonly RawFrame[]): Uint8Array =>
  concatBytes(frames.filter(isDataFrame).map(({ payload }) => payload));

/** The messages in frames: data frames up to the one with FIN, and last what has no end. */
export function rawMessagesIn(frames: readonly RawFrame[]): readonly (readonly RawFrame[])[] {
  const messages: RawFrame[][] = [[]];
  for (const frame of frames.filter(isDataFrame)) {
    messages.at(-1)?.push(frame);
    if (frame.fin) messages.push([]);
  }
  return messages.filter((message) => message.length > 0);
}

/**
 * How many bytes stand in front of a message as it was sent, such as extension data: 0 for another message. What is not
 * kept of a long one is not compared.
 */
export function bytesInFront(echo: readonly RawFrame[], payload: Uint8Array): number {
  const further = echo.reduce((sum, { length }) => sum + length, 0) - payload.length;
  const came = dataOf(echo);
  const rest = came.subarray(Math.max(0, further));
  // What was announced and did not come stands in front of nothing.
  const isShown = came.length >= further && (rest.length > 0 || payload.length === 0);
  return further > 0 && isShown && sameBytes(rest, payload.subarray(0, rest.length)) ? further : 0;
}

/** What a peer sent in a conversation, read bit by bit, and the conversation for what is to follow. */
export interface Heard {
  readonly conversation: Conversation;
  /** The bytes that the frames are read from: the first 4096. */
  readonly bytes: Uint8Array;
  readonly frames: readonly RawFrame[];
}

/** Opens a connection, sends frames, and listens until what is awaited comes, or nothing does. */
export async function hear(
  tester: SharedTester,
  sent: readonly Frame[],
  awaited: (event: PeerEvent) => boolean,
): Promise<Heard> {
  const conversation = await tester.establish();
  for (const frame of sent) conversation.sendFrame(frame);
  return listen(conversation, awaited);
}

/** Listens on, until what is awaited comes, or nothing does. */
export async function listen(conversation: Conversation, awaited: (event: PeerEvent) => boolean): Promise<Heard> {
  await until(conversation, (event) => awaited(event) || isFrameOf(event, grammarOpcodes.close));
  const bytes = conversation.firstBytes();
  return { conversation, bytes, frames: readRawFrames(bytes, conversation.peer) };
}

/** The event that brings a message with this payload, whatever its kind. */
export const isEchoOf =
  (payload: Uint8Array) =>
  (event: PeerEvent): boolean =>
    event.type === 'frame' && event.message !== undefined && sameBytes(event.message.bytes, payload);

/** An echo as it stood on the wire: the message with this payload, or else the last that came. */
export interface Echo extends Heard {
  readonly echo: readonly RawFrame[];
}

/** Sends a message and listens for its echo. */
export async function hearEcho(tester: SharedTester, sent: readonly Frame[]): Promise<Echo> {
  const payload = concatBytes(sent.map(({ applicationData }) => applicationData));
  const heard = await hear(tester, sent, isEchoOf(payload));
  const messages = rawMessagesIn(heard.frames);
  const echo = messages.find((message) => sameBytes(dataOf(message), payload)) ?? messages.at(-1) ?? [];
  return { ...heard, echo };
}
