import { concatBytes, noBytes } from '../../model/bytes.js';
import type { TakeRecord, TraceRecord } from '../judge/trace.js';
import { type CaptureCounts, createConnections, type ConnectionsOptions } from './connections.js';
import { createTraceLineReader } from './json-lines.js';
import { CaptureError, type PacketReader } from './packet.js';
import { createPcapReader, isPcapMagic } from './pcap.js';
import { createPcapngReader, sectionHeaderType } from './pcapng.js';
import { segmentOf, type NoSegment } from './tcp-segment.js';

/** The formats that are read. */
export type TraceFormat = 'trace' | 'pcap' | 'pcapng';

/** Reads recorded traffic from chunks cut anywhere, whatever its format. */
export interface TraceReader {
  /**
   * Tells what the chunk completes. What is told has views of the chunk: the caller leaves that alone afterwards.
   * @throws CaptureError when the bytes are in no format that is read, or damaged
   */
  readonly push: (chunk: Uint8Array, tell: TakeRecord) => void;
  /** The file is over. */
  readonly finish: (tell: TakeRecord) => TraceFacts;
}

/** What is to be said about a trace as a whole. */
export interface TraceFacts {
  readonly format: TraceFormat;
  /** In words: where it ends in the middle, packets that could not be read. */
  readonly notes: readonly string[];
  readonly counts?: CaptureCounts;
}

/** A reader that finds the format out by itself. */
export function createTraceReader(options: ConnectionsOptions = {}): TraceReader {
  let kept = noBytes;
  let reader: TraceReader | undefined;
  return {
    push: (chunk, tell) => {
      if (reader !== undefined) {
        reader.push(chunk, tell);
        return;
      }
      kept = concatBytes([kept, chunk]);
      if (kept.length < 4) return;
      reader = readerOf(formatOf(kept), options);
      reader.push(kept, tell);
      kept = noBytes;
    },
    finish: (tell) => {
      if (reader !== undefined) return reader.finish(tell);
      throw new CaptureError(kept.length === 0 ? 'the file is empty' : 'the file is too short for a trace');
    },
  };
}

/** Reads recorded traffic from a source of chunks, such as a file stream; the records come as they are found. */
export async function* readTrace(
  source: AsyncIterable<Uint8Array>,
  options: ConnectionsOptions = {},
): AsyncGenerator<TraceRecord, TraceFacts> {
  const reader = createTraceReader(options);
  let found: TraceRecord[] = [];
  const tell: TakeRecord = (record) => {
    found.push(record);
  };
  for await (const chunk of source) {
    reader.push(chunk, tell);
    yield* found;
    found = [];
  }
  const facts = reader.finish(tell);
  yield* found;
  return facts;
}

/** The format that a file begins like. */
function formatOf(bytes: Uint8Array): TraceFormat {
  const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (isPcapMagic(magic)) return 'pcap';
  if (magic === sectionHeaderType) return 'pcapng';
  if (/^\s*\{/.test(String.fromCharCode(...bytes.subarray(0, 64)).replace(/^\u00ef\u00bb\u00bf/, ''))) return 'trace';
  if (magic >>> 16 === 0x1f8b) throw new CaptureError('the file is compressed: unpack it with gunzip first');
  throw new CaptureError('this is neither a pcap or pcapng capture nor a trace of hybi (JSON lines)');
}

function readerOf(format: TraceFormat, options: ConnectionsOptions): TraceReader {
  if (format === 'trace') {
    const lines = createTraceLineReader();
    return {
      push: lines.push,
      finish: (tell) => {
        const note = lines.finish(tell);
        return { format, notes: note === undefined ? [] : [note] };
      },
    };
  }
  return captureReader(format, format === 'pcap' ? createPcapReader() : createPcapngReader(), options);
}

/** From packets to what the connections in them carry. */
function captureReader(format: TraceFormat, packets: PacketReader, options: ConnectionsOptions): TraceReader {
  const left: Record<NoSegment, number> = { other: 0, fragment: 0, 'unknown-link-type': 0, 'cut-off': 0 };
  let unknownLinkType = 0;
  let listener: TakeRecord = () => undefined;
  const connections = createConnections((record) => {
    listener(record);
  }, options);
  return {
    push: (chunk, tell) => {
      listener = tell;
      packets.push(chunk, ({ linkType, bytes, atMs }) => {
        const segment = segmentOf(linkType, bytes, atMs);
        if (typeof segment === 'object') {
          connections.take(segment);
          return;
        }
        left[segment]++;
        if (segment === 'unknown-link-type') unknownLinkType = linkType;
      });
    },
    finish: (tell) => {
      listener = tell;
      const cut = packets.finish();
      connections.finish();
      const counts = connections.counts();
      const notes = [
        ...(cut === undefined ? [] : [cut]),
        ...(left['unknown-link-type'] === 0
          ? []
          : [
              `${left['unknown-link-type']} packets of the link type ${unknownLinkType}, which is not read, were passed over`,
            ]),
        ...(left.fragment === 0 ? [] : [`${left.fragment} IP fragments were passed over: they are not put together`]),
        ...(left['cut-off'] === 0
          ? []
          : [`${left['cut-off']} packets are cut off inside their headers: capture with a larger snapshot length`]),
        ...(counts.givenUp === 0
          ? []
          : [`${counts.givenUp} connections were given up, because too many were open at the same time`]),
      ];
      return { format, notes, counts };
    },
  };
}
