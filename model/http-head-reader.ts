/**
 * Reads an HTTP head as its bytes arrive (RFC 2616 sections 4 to 6). The reading is a fold of one step over the bytes,
 * so that how the bytes were cut cannot matter.
 */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { isBlankCode } from './header-scanner.js';
import type { HeaderField, RequestHead, ResponseHead } from './http-head.js';
import {
  type HeadRefusal,
  parseField,
  parseRequestLine,
  parseStatusLine,
  refuseHead,
  type StartLine,
} from './http-head-lines.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const defaultMaxBytes = 16384;

/** The fields that are complete, last first, so that a reader can be extended without copying. */
interface FieldChain {
  readonly field: HeaderField;
  readonly before: FieldChain | undefined;
}

/** Where reading stands. A value: reading from it yields another one and leaves it as it is. */
export interface HeadReader {
  readonly kind: 'reader';
  readonly expects: 'request' | 'response';
  /** Bytes that the head may have, including its last CRLF and empty lines before it. */
  readonly maxBytes: number;
  readonly readings: ReadingChoices;
  /** Bytes read. */
  readonly offset: number;
  readonly place: 'line-start' | 'in-line' | 'after-carriage-return';
  /** The start line, or the field with its folds, as received so far without its last CRLF; one character a byte. */
  readonly held: string;
  /** What ended the line before: LF alone only by reading R-588 `accept`. */
  readonly lineEnd: '\r\n' | '\n';
  readonly startLine: StartLine | undefined;
  readonly fields: FieldChain | undefined;
}

interface HeadEnd {
  readonly kind: 'head';
  readonly head: RequestHead | ResponseHead;
  /** Bytes from the first one read to the end of the head: empty lines before it and its last CRLF included. */
  readonly length: number;
}

/** What became of the bytes so far; `rest` is the part of the last chunk behind the head, a view of the chunk. */
export type HeadReading =
  { readonly kind: 'need-more'; readonly reader: HeadReader } | (HeadEnd & { readonly rest: Uint8Array }) | HeadRefusal;

/**
 * A reader before its first byte.
 * @param options `maxBytes`: how long a head may be, 16384 unless told; `readings`: apply
 * @throws RangeError when `maxBytes` is not a positive safe integer.
 */
export function createHeadReader(
  expects: 'request' | 'response',
  options: { readonly maxBytes?: number; readonly readings?: ReadingChoices } = {},
): HeadReader {
  const { maxBytes = defaultMaxBytes, readings = defaultReadings } = options;
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) throw new RangeError(`a head of ${maxBytes} bytes is no limit`);
  return {
    kind: 'reader',
    expects,
    maxBytes,
    readings,
    offset: 0,
    place: 'line-start',
    held: '',
    lineEnd: '\r\n',
    startLine: undefined,
    fields: undefined,
  };
}

/**
 * Reads on. A start line is judged once it is complete, a header field at the first byte behind it (until then it can
 * be folded), an end of line that is not CRLF at once. The violation that shows first is the result; offsets count from
 * the first byte read. A lone CR is reported at its own offset, a missing colon at the end of the field, and a head
 * without end at `maxBytes`.
 * @param chunk the bytes behind those that the reader has seen, in any number
 */
export function readHead(reader: HeadReader, chunk: Uint8Array): HeadReading {
  let state = reader;
  for (const [at, byte] of chunk.entries()) {
    const next = step(state, byte);
    if (next.kind === 'violation') return next;
    if (next.kind === 'head') return { ...next, rest: chunk.subarray(at + 1) };
    state = next;
  }
  return { kind: 'need-more', reader: state };
}

type Step = HeadReader | HeadEnd | HeadRefusal;

function step(reader: HeadReader, byte: number): Step {
  if (reader.offset === reader.maxBytes) return refuseHead('head-too-large', reader.offset);
  if (reader.place === 'in-line') return takeByte(reader, byte);
  if (reader.place === 'line-start') return beginLine(reader, byte);
  if (byte !== lineFeed) return refuseHead('bare-carriage-return', reader.offset - 1);
  return endLine({ ...reader, offset: reader.offset + 1, place: 'line-start', lineEnd: '\r\n' });
}

function takeByte(reader: HeadReader, byte: number): Step {
  const offset = reader.offset + 1;
  if (byte === lineFeed) {
    // reading R-588
    if (reader.readings.lineFeedAlone === 'refuse') return refuseHead('bare-line-feed', reader.offset);
    return endLine({ ...reader, offset, place: 'line-start', lineEnd: '\n' });
  }
  if (byte === carriageReturn) return { ...reader, offset, place: 'after-carriage-return' };
  return { ...reader, offset, place: 'in-line', held: reader.held + String.fromCharCode(byte) };
}

/** LWS = [CRLF] 1*( SP | HT ): a line that begins with a blank continues the field before it (RFC 2616 section 2.2). */
function beginLine(reader: HeadReader, byte: number): Step {
  const { held, lineEnd, startLine, fields, offset, readings } = reader;
  if (startLine === undefined) return takeByte(reader, byte);
  if (isBlankCode(byte)) {
    if (held === '') return refuseHead('fold-without-field', offset);
    // reading R-589
    if (readings.foldedField === 'refuse') return refuseHead('folded-field', offset, held);
    return takeByte({ ...reader, held: held + lineEnd }, byte);
  }
  if (held === '') return takeByte(reader, byte);
  const field = parseField(held, offset - held.length - lineEnd.length, readings);
  if ('kind' in field) return field;
  return takeByte({ ...reader, held: '', fields: { field, before: fields } }, byte);
}

/** Meets the line that the last two bytes ended. */
function endLine(reader: HeadReader): Step {
  const { expects, held, lineEnd, startLine, offset, readings } = reader;
  if (startLine === undefined) {
    // RFC 2616 section 4.1: empty lines in front of a request are ignored; reading R-593
    const { emptyLinesFirst } = readings;
    const isIgnored = expects === 'request' ? emptyLinesFirst !== 'neither' : emptyLinesFirst === 'both';
    if (held === '' && isIgnored) return reader;
    const parsed = expects === 'request' ? parseRequestLine(held, readings) : parseStatusLine(held, readings);
    if (typeof parsed !== 'number') return { ...reader, held: '', startLine: parsed };
    const code = expects === 'request' ? 'malformed-request-line' : 'malformed-status-line';
    return refuseHead(code, offset - held.length - lineEnd.length + parsed, held);
  }
  if (held !== '') return reader;
  // reading R-552: a 100 in front of the response is passed over, and counts towards its length
  if (readings.continueResponse === 'skip' && startLine.kind === 'response' && startLine.status === 100) {
    return { ...reader, startLine: undefined, fields: undefined };
  }
  return { kind: 'head', head: { ...startLine, fields: inOrder(reader.fields) }, length: offset };
}

function inOrder(chain: FieldChain | undefined): readonly HeaderField[] {
  const fields: HeaderField[] = [];
  for (let link = chain; link !== undefined; link = link.before) fields.push(link.field);
  return fields.reverse();
}
