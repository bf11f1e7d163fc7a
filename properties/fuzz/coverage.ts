import { Session } from 'node:inspector';

/** Tells whether code runs that had not run before, by the counters of V8. */
export interface Coverage {
  /** Begins to count anew. */
  readonly forget: () => void;
  /** Whether anything ran that is not known; counts anew from then on. */
  readonly hasNew: () => boolean;
  /** Makes known what ran; counts anew from then on. */
  readonly learn: () => void;
  /** Characters of code that are known to have run. */
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
  const known = new Map<string, Uint8Array>();

  const take = (): readonly Script[] => {
    let scripts: readonly Script[] = [];
    // Calls back before it returns.
    session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
      scripts = result;
    });
    return scripts;
  };

  /** What ran in one script, character by character; inner ranges and functions come behind those around them. */
  const ranIn = ({ functions }: Script): Uint8Array => {
    const ranges = functions.flatMap((one) => one.ranges);
    const now = new Uint8Array(Math.max(...ranges.map((range) => range.endOffset)));
    for (const range of ranges) now.fill(range.count > 0 ? 1 : 0, range.startOffset, range.endOffset);
    return now;
  };

  const counted = (): readonly Script[] =>
    take().filter(({ url, functions }) => functions.length > 0 && isCounted(url));

  const isNew = (script: Script): boolean => {
    const before = known.get(script.url);
    return ranIn(script).some((ran, at) => ran === 1 && before?.[at] !== 1);
  };

  const learn = (script: Script): void => {
    const now = ranIn(script);
    const before = known.get(script.url) ?? new Uint8Array(0);
    for (let at = 0; at < before.length; at++) now[at] = (now[at] ?? 0) | (before[at] ?? 0);
    known.set(script.url, now);
  };

  return {
    forget: () => {
      take();
    },
    hasNew: () => counted().some(isNew),
    learn: () => {
      for (const script of counted()) learn(script);
    },
    size: () => [...known.values()].reduce((sum, ran) => sum + ran.reduce((all, one) => all + one, 0), 0),
    stop: () => {
      session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
