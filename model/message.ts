import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { opcodes } from '../spec/wire.js';
import { addChunk, type ChunkList, joinChunks, noChunks } from './chunk-list.js';
import { defaultMaxPayload } from './frame-decoder.js';
import type { Frame } from './frame.js';
import type { Role } from './role.js';
import { decodeUtf8, type Utf8Decoder, utf8Start } from './utf8.js';
import { type FrameViolationCode, type Violation, violation } from './violation.js';

/** The unit of the application (draft-06 sections 4.4 and 4.6). */
export type Message =
  | {
      readonly kind: 'text';
      /** The text, with U+FFFD where the bytes were not valid. */
      readonly text: string;
      /** The payload as it came. */
      readonly bytes: Uint8Array;
      readonly wellFormed: boolean;
    }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array }
  | {
      /** A message of a reserved opcode, which a negotiated extension gave a meaning. */
      readonly kind: 'extension';
      readonly opcode: number;
      readonly bytes: Uint8Array;
    };

export interface AssemblerOptions {
  /** The role of the endpoint that receives: a client replaces invalid UTF-8, a server follows reading R-602. */
  readonly role: Role;
  /** Bytes of application data that one message may have. Default 16 MiB. */
  readonly maxMessage?: number;
  readonly readings?: ReadingChoices;
}

/** A message of which the first fragment has come. */
interface OpenMessage {
  readonly opcode: number;
  readonly content: ChunkList;
  /** Follows the text where a bad byte is to be refused at once. */
  readonly utf8: Utf8Decoder;
}

/** Puts fragments together; plain data, never changed in place. */
export interface Assembler {
  readonly options: Required<AssemblerOptions>;
  readonly open: OpenMessage | undefined;
}

/** What a data frame gave: a message when it was the last fragment, or what is wrong with it. */
export interface Assembly {
  readonly assembler: Assembler;
  readonly message?: Message;
  readonly violation?: Violation<FrameViolationCode>;
}

/** An assembler with no open message. */
export function createAssembler(options: AssemblerOptions): Assembler {
  return { options: { maxMessage: defaultMaxPayload, readings: defaultReadings, ...options }, open: undefined };
}

/**
 * Takes the next data frame. Control frames do not come here: they never disturb a message
 * (draft-06/4.4/control-between-fragments).
 * @param frame a frame that is not a control frame
 * @param offset where it stands in the stream, for the violation
 */
export function assemble(assembler: Assembler, frame: Frame, offset: number): Assembly {
  const { options } = assembler;
  const { readings } = options;
  const refuse = (code: FrameViolationCode): Assembly => ({ assembler, violation: violation(code, offset) });

  let open = assembler.open;
  if (frame.opcode === opcodes.continuation) {
    // draft-06/4.4/fragmented, reading R-402: a continuation belongs to an open message.
    if (open === undefined)
      return readings.orphanContinuation === 'ignore' ? { assembler } : refuse('orphan-continuation');
  } else {
    // draft-06/4.4/one-type, reading R-403: no message begins inside another.
    if (open !== undefined && readings.interleavedMessage === 'refuse') return refuse('interleaved-message');
    open = { opcode: frame.opcode, content: noChunks, utf8: utf8Start };
  }
  const data = frame.applicationData;
  if (open.content.length + data.length > options.maxMessage) return refuse('message-too-large');

  let { utf8 } = open;
  if (open.opcode === opcodes.text && options.role === 'server' && readings.serverUtf8 === 'close') {
    // draft-06/6.2/server-undefined, reading R-602: refused as soon as it shows.
    const read = decodeUtf8(utf8, data, frame.fin);
    if (!read.wellFormed) return refuse('bad-utf-8');
    utf8 = read.decoder;
  }
  if (frame.fin) {
    const bytes = open.content.length === 0 ? data : joinChunks(addChunk(open.content, data));
    // An unfragmented message leaves nothing behind, and nothing was there before.
    const next = assembler.open === undefined ? assembler : { options, open: undefined };
    return { assembler: next, message: messageOf(open.opcode, bytes, readings) };
  }
  return { assembler: { options, open: { opcode: open.opcode, content: addChunk(open.content, data), utf8 } } };
}

/** The message that a complete content is. */
function messageOf(opcode: number, bytes: Uint8Array, readings: ReadingChoices): Message {
  if (opcode === opcodes.binary) return { kind: 'binary', bytes };
  if (opcode !== opcodes.text) return { kind: 'extension', opcode, bytes };
  // draft-06/6.1/client-replaces, reading R-601.
  const { text, wellFormed } = decodeUtf8(utf8Start, bytes, true, readings.replacement);
  return { kind: 'text', text, bytes, wellFormed };
}
