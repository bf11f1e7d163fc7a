import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { opcodes } from '../spec/wire.js';
import { concatBytes } from './bytes.js';
import { addChunk, type ChunkList, joinChunks, noChunks } from './chunk-list.js';
import { defaultMaxPayload } from './frame-decoder.js';
import { type Frame, payloadLengthOf } from './frame.js';
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
  /** The role of the endpoint that receives: readings say what each makes of invalid UTF-8. */
  readonly role: Role;
  /** Bytes of application data that one message may have. Default 16 MiB. */
  readonly maxMessage?: number;
  /** Those not named have their defaults. */
  readonly readings?: Partial<ReadingChoices>;
}

/** The options with their defaults filled in. */
type AssemblerSettings = Required<AssemblerOptions> & { readonly readings: ReadingChoices };

/** What has been read of a text, where it is not read as a whole at its end. */
interface OpenText {
  readonly decoder: Utf8Decoder;
  readonly text: string;
  readonly wellFormed: boolean;
}

/** A message of which the first fragment has come. */
interface OpenMessage {
  readonly opcode: number;
  readonly content: ChunkList;
  readonly text: OpenText;
}

/** Puts fragments together; plain data, never changed in place. */
export interface Assembler {
  readonly options: AssemblerSettings;
  readonly open: OpenMessage | undefined;
}

/** What a data frame gave: a message when it was the last fragment, or what is wrong with it. */
export interface Assembly {
  readonly assembler: Assembler;
  readonly message?: Message;
  readonly violation?: Violation<FrameViolationCode>;
}

const noText: OpenText = { decoder: utf8Start, text: '', wellFormed: true };

/** An assembler with no open message. */
export function createAssembler(options: AssemblerOptions): Assembler {
  const readings = { ...defaultReadings, ...options.readings };
  return { options: { maxMessage: defaultMaxPayload, ...options, readings }, open: undefined };
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
    open = { opcode: frame.opcode, content: noChunks, text: noText };
  }
  const isFragment = !frame.fin || frame.opcode === opcodes.continuation;
  const isEmpty = payloadLengthOf(frame) === 0;
  if (readings.emptyFragment === 'refuse' && isFragment && isEmpty) return refuse('empty-fragment');
  const data = contentOf(frame, open.opcode, readings);
  if (open.content.length + data.length > options.maxMessage) return refuse('message-too-large');

  const { opcode } = open;
  let { text } = open;
  if (opcode === opcodes.text && isReadByFragment(options)) {
    text = readOn(text, data, frame.fin, readings);
    // draft-06/6.2/server-undefined: refused as soon as it shows.
    if (!text.wellFormed && refusesBadText(options)) return refuse('bad-utf-8');
  }
  if (frame.fin) {
    const content = open.content.length === 0 ? data : joinChunks(addChunk(open.content, data));
    // An unfragmented message leaves nothing behind, and nothing was there before.
    const next = assembler.open === undefined ? assembler : { options, open: undefined };
    return { assembler: next, message: messageOf(opcode, content, text, options) };
  }
  return { assembler: { options, open: { opcode, content: addChunk(open.content, data), text } } };
}

/**
 * The message that a Close cuts short, as far as it came, for reading R-445 `deliver`; `undefined` when none is open.
 */
export function cutShort({ options, open }: Assembler): Message | undefined {
  if (open === undefined) return undefined;
  const { opcode, content, text } = open;
  return messageOf(opcode, joinChunks(content), text, options);
}

/** What a frame adds to its message (reading R-421). */
function contentOf(frame: Frame, opcode: number, { textContent }: ReadingChoices): Uint8Array {
  const { applicationData, extensionData } = frame;
  const counts = textContent === 'payload-data' && opcode === opcodes.text && extensionData.length > 0;
  return counts ? concatBytes([extensionData, applicationData]) : applicationData;
}

/** Whether text that is not valid is refused: readings. */
function refusesBadText({ role, readings }: AssemblerSettings): boolean {
  return role === 'server' ? readings.serverUtf8 === 'close' : readings.clientUtf8 === 'yes';
}

/** Whether each fragment of a text is UTF-8 for itself (reading R-606). */
function isReadAlone({ characterAcrossFragments }: ReadingChoices): boolean {
  return characterAcrossFragments === 'refuse';
}

/** Whether a text is read fragment by fragment, and not as a whole at its end. */
function isReadByFragment(options: AssemblerSettings): boolean {
  return isReadAlone(options.readings) || refusesBadText(options);
}

/** Reads the next piece of a text. */
function readOn(before: OpenText, data: Uint8Array, fin: boolean, readings: ReadingChoices): OpenText {
  const { replacement, utf8Definition } = readings;
  const read = decodeUtf8(before.decoder, data, fin || isReadAlone(readings), replacement, utf8Definition);
  const wellFormed = before.wellFormed && read.wellFormed;
  return { decoder: read.decoder, text: before.text + read.text, wellFormed };
}

/** The message that a complete content is. */
function messageOf(opcode: number, bytes: Uint8Array, open: OpenText, options: AssemblerSettings): Message {
  if (opcode === opcodes.binary) return { kind: 'binary', bytes };
  if (opcode !== opcodes.text) return { kind: 'extension', opcode, bytes };
  const { readings } = options;
  // draft-06/6.1/client-replaces, readings.
  const { text, wellFormed } = isReadByFragment(options) ? open : readOn(noText, bytes, true, readings);
  // No byte order mark is removed, unless reading R-608 has it so.
  const isStripped = readings.byteOrderMark === 'strip' && text.startsWith('\ufeff');
  return { kind: 'text', text: isStripped ? text.slice(1) : text, bytes, wellFormed };
}
