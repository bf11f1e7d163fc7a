import { closeSync, openSync, writeSync } from 'node:fs';
import type { TakeRecord } from '../judge/trace.js';
import { traceHeader, traceLines } from './json-lines.js';

/** A file that a trace is written to. */
export interface TraceFile {
  readonly take: TakeRecord;
  readonly close: () => void;
}

/**
 * Opens a file for a trace, and writes its first line. What is told is in the file when `take` returns, so that nothing
 * is missing however the program ends.
 * @throws the error of the operating system when the file cannot be written
 */
export function createTraceFile(path: string, tool: string): TraceFile {
  const descriptor = openSync(path, 'w');
  let isClosed = false;
  writeSync(descriptor, traceHeader({ tool, startedAt: new Date() }));
  return {
    take: (record) => {
      if (!isClosed) writeSync(descriptor, traceLines(record));
    },
    close: () => {
      if (!isClosed) closeSync(descriptor);
      isClosed = true;
    },
  };
}
