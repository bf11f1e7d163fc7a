import { createTraceFile, type TraceFile } from '../properties/capture/record.js';
import { UsageError } from './usage.js';
import { packageVersion } from './version.js';

/**
 * Opens the file that `--record` names.
 * @throws UsageError when it cannot be written
 */
export function openRecord(file: string): TraceFile {
  try {
    return createTraceFile(file, `hybi-spec ${packageVersion()}`);
  } catch (error) {
    throw new UsageError(
      `--record: ${JSON.stringify(file)} cannot be written: ${(error as Error).message}; give another place`,
    );
  }
}
