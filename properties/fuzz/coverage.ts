import { Session } from 'node:inspector';

/** Tells whether code ran that had not run before, by the counters of V8. */
export interface Coverage {
  /** Whether anything new ran since the last call. */
  readonly hasNew: () => boolean;
  /** Characters of code that have run. */
  readonly size: () => number;
  /** Ends the counting, which makes everything slower while it lasts. */
  readonly stop: () => void;
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface Script {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly Range[] }[];
}

/**
 * Counts what runs in the scripts that are asked for; the counters are those of the thread.
 * @param isCounted by the URL of a script
 */
export function startCoverage(isCounted: (url: string) => boolean): Coverage {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const ran = new Map<string, Uint8Array>();
  let size = 0;

  const take = (): readonly Script[] => {
    let scripts: readonly Script[] = [];
    // Calls back before it returns.
    session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
      scripts = result;
    });
    return scripts;
  };

  /** Marks what ran in one script; inner ranges and functions come behind those around them. */
  const mark = ({ url, functions }: Script): boolean => {
    const ranges = functions.flatMap((one) => one.ranges);
    const end = Math.max(...ranges.map((range) => range.endOffset));
    const now = new Uint8Array(end);
    for (const range of ranges) now.fill(range.count > 0 ? 1 : 0, range.startOffset, range.endOffset);
    let before = ran.get(url);
    if (before === undefined || before.length < end) {
      const longer = new Uint8Array(end);
      if (before !== undefined) longer.set(before);
      ran.set(url, (before = longer));
    }
    let added = 0;
    for (let at = 0; at < end; at++) {
      if (now[at] === 1 && before[at] === 0) {
        before[at] = 1;
        added++;
      }
    }
    size += added;
    return added > 0;
  };

  return {
    hasNew: () => {
      let isNew = false;
      for (const script of take()) {
        if (script.functions.length > 0 && isCounted(script.url)) isNew = mark(script) || isNew;
      }
      return isNew;
    },
    size: () => size,
    stop: () => {
      session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
