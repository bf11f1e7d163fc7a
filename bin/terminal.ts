import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import pc from 'picocolors';

/** What commands write to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colours for standard output; functions that change nothing where it is not a terminal. */
  readonly paint: ReturnType<typeof pc.createColors>;
  /** A line at the bottom that is replaced by the next one; nothing unless standard error is a terminal. */
  readonly status: (text: string) => void;
}

/** The terminal of this process. */
export function createTerminal(options: { readonly color: boolean; readonly quiet?: boolean }): Terminal {
  // isTTY is undefined for a pipe, and createColors(undefined) would ask the environment (CI=true paints).
  const colours = options.color && isatty(1) && process.env['NO_COLOR'] === undefined;
  let hasStatus = false;
  const clear = (): void => {
    if (hasStatus) process.stderr.write('\r\u001b[2K');
    hasStatus = false;
  };
  return {
    paint: pc.createColors(colours),
    out: (text) => {
      clear();
      writeAll(1, text);
    },
    err: (text) => {
      clear();
      writeAll(2, text);
    },
    status: (text) => {
      if (!process.stderr.isTTY || options.quiet === true) return;
      clear();
      if (text === '') return;
      process.stderr.write(text.slice(0, Math.max(20, process.stderr.columns - 1)));
      hasStatus = true;
    },
  };
}

/** Writes all of it before the process may end, to a pipe as well. A reader that went away is no error of ours. */
function writeAll(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}
