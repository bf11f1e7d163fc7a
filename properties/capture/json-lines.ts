import type { Role } from '../../model/role.js';
import type { TakeRecord, TraceRecord } from '../judge/trace.js';
import { CaptureError } from './packet.js';

/*
 * Our own format: a line of JSON for each thing that happened, under `trace.schema.json`. The first line says what it
 * is; the others may come from several connections, in the order in which things happened.
 */

/** The version of the format. */
const formatVersion = 1;

/** The longest line that is read: a chunk of 8 MiB in hexadecimal. */
const maxLine = 16 * 1024 * 1024 + 1024;

/** Bytes that are written in one line. */
const maxBytesOfLine = 32 * 1024;

/** Connections of one file that are known at the same time. */
const maxConnections = 65_536;

/** The first line of a trace. */
export function traceHeader(facts: { readonly tool: string; readonly startedAt: Date }): string {
  return `${JSON.stringify({ 'hybi-trace': formatVersion, tool: facts.tool, startedAt: facts.startedAt.toISOString() })}\n`;
}

/** The lines for a record. */
export function traceLines(record: TraceRecord): string {
  const { connection, type } = record;
  const atMs = Math.round(record.atMs * 1000) / 1000;
  if (type === 'opened') {
    const { client, server, isWhole } = record;
    return `${JSON.stringify({ connection, atMs, event: type, client, server, whole: isWhole })}\n`;
  }
  if (type === 'over') return `${JSON.stringify({ connection, atMs, event: type })}\n`;
  const { from } = record;
  if (type === 'missing') return `${JSON.stringify({ connection, atMs, from, event: type, count: record.count })}\n`;
  if (type !== 'bytes') return `${JSON.stringify({ connection, atMs, from, event: type })}\n`;
  let lines = '';
  for (let at = 0; at < record.bytes.length; at += maxBytesOfLine) {
    const piece = record.bytes.subarray(at, at + maxBytesOfLine);
    const hex = Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('hex');
    lines += `${JSON.stringify({ connection, atMs, from, hex })}\n`;
  }
  return lines;
}

/** Reads a trace of our own format from chunks cut anywhere. */
export interface TraceLineReader {
  /** @throws CaptureError on a line that is none of the format */
  readonly push: (chunk: Uint8Array, tell: TakeRecord) => void;
  /** What is wrong with an end here, in words. */
  readonly finish: (tell: TakeRecord) => string | undefined;
}

/** A reader of traces. */
export function createTraceLineReader(): TraceLineReader {
  const decoder = new TextDecoder();
  const open = new Set<number>();
  let held = '';
  let line = 0;

  const takeLine = (text: string, tell: TakeRecord): void => {
    line++;
    if (text.trim() === '') return;
    const value = parseLine(text, line);
    if (line === 1) {
      checkHeader(value);
      return;
    }
    const record = recordOf(value, line);
    const { connection } = record;
    if (record.type === 'opened') open.add(connection);
    else if (record.type === 'over') open.delete(connection);
    else if (!open.has(connection)) {
      if (open.size >= maxConnections) throw new CaptureError(`line ${line}: more than ${maxConnections} connections`);
      open.add(connection);
      tell({ connection, type: 'opened', atMs: record.atMs, isWhole: true });
    }
    tell(record);
  };

  return {
    push: (chunk, tell) => {
      held += decoder.decode(chunk, { stream: true });
      let from = 0;
      for (let end = held.indexOf('\n'); end !== -1; end = held.indexOf('\n', from)) {
        takeLine(held.slice(from, end), tell);
        from = end + 1;
      }
      held = held.slice(from);
      if (held.length > maxLine) throw new CaptureError(`line ${line + 1} has more than ${maxLine} characters`);
    },
    finish: (tell) => {
      if (held.trim() === '') return line === 0 ? 'the trace is empty' : undefined;
      try {
        takeLine(held, tell);
        return undefined;
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
        return 'the trace ends inside a line';
      }
    },
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseLine(text: string, line: number): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below.
  }
  throw new CaptureError(`line ${line} is no JSON object`);
}

function checkHeader(value: JsonObject): void {
  const version = value['hybi-trace'];
  if (version === formatVersion) return;
  if (version === undefined) throw new CaptureError('line 1 is not the header {"hybi-trace":1}');
  throw new CaptureError(`line 1 announces version ${JSON.stringify(version)} of the format: this program reads 1`);
}

function recordOf(value: JsonObject, line: number): TraceRecord {
  const wrong = (what: string): CaptureError => new CaptureError(`line ${line}: ${what}`);
  const { connection = 1, atMs, from, hex, event, count } = value;
  if (!isCount(connection)) throw wrong('"connection" is no whole number');
  if (typeof atMs !== 'number' || !Number.isFinite(atMs) || atMs < 0) throw wrong('"atMs" is no time in milliseconds');
  if (event === 'opened') {
    const { client, server, whole = true } = value;
    return {
      connection,
      atMs,
      type: event,
      ...(typeof client === 'string' ? { client } : {}),
      ...(typeof server === 'string' ? { server } : {}),
      isWhole: whole === true,
    };
  }
  if (event === 'over') return { connection, atMs, type: event };
  if (!isRole(from)) throw wrong('"from" is neither "client" nor "server"');
  if (event === 'ended' || event === 'lost') return { connection, atMs, type: event, from };
  if (event === 'missing') {
    if (!isCount(count)) throw wrong('"count" is no whole number');
    return { connection, atMs, type: event, from, count };
  }
  if (event !== undefined) throw wrong(`there is no event ${JSON.stringify(event)}`);
  if (typeof hex !== 'string' || !/^(?:[0-9a-fA-F]{2})*$/.test(hex)) {
    throw wrong('"hex" is not two hexadecimal digits for each byte');
  }
  return { connection, atMs, type: 'bytes', from, bytes: new Uint8Array(Buffer.from(hex, 'hex')) };
}

const isRole = (value: unknown): value is Role => value === 'client' || value === 'server';

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
