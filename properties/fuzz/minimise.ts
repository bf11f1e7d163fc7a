import type { FuzzTarget } from './target.js';

/** What is wrong with an input: the message of what `check` throws, or nothing. */
export async function faultOf(target: FuzzTarget, input: Uint8Array): Promise<string | undefined> {
  try {
    await target.check(input);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** What stays the same when an input that shows a fault gets shorter: the message without its numbers and quotations. */
export function kindOfFault(fault: string): string {
  return fault.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\d+/g, '0');
}

/** Attempts at making an input shorter. */
const mostAttempts = 4000;

/**
 * A shorter and plainer input that shows the same kind of fault: ranges are left out, long ones first, then bytes become
 * zero.
 */
export async function minimise(target: FuzzTarget, input: Uint8Array, fault: string): Promise<Uint8Array> {
  const kind = kindOfFault(fault);
  let best = input;
  let attempts = 0;
  const shows = async (candidate: Uint8Array): Promise<boolean> => {
    attempts++;
    const found = await faultOf(target, candidate);
    return found !== undefined && kindOfFault(found) === kind;
  };
  for (let size = best.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.length && attempts < mostAttempts;) {
      const candidate = Uint8Array.from([...best.subarray(0, at), ...best.subarray(at + size)]);
      if (await shows(candidate)) best = candidate;
      else at += size;
    }
  }
  for (let at = 0; at < best.length && attempts < mostAttempts; at++) {
    if (best[at] === 0) continue;
    const candidate = best.slice();
    candidate[at] = 0;
    if (await shows(candidate)) best = candidate;
  }
  return best;
}
