/**
 * Bytes as they stand in the vectors: lower-case hexadecimal digits, or, where a pattern is repeated many times, a list
 * of such strings and of `{ "repeat": digits, "times": n }`.
 */
export type ByteParts = readonly (string | { readonly repeat: string; readonly times: number })[];

export type Bytes = string | ByteParts;

/** Patterns of these lengths are looked for: one byte, and four as a masking key makes them. */
const periods = [1, 4] as const;
/** Bytes that a run needs to be worth its notation. */
const shortestRun = 48;

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The bytes that a notation stands for. */
export function bytesFrom(notation: Bytes): Uint8Array {
  if (typeof notation === 'string') return Uint8Array.from(Buffer.from(notation, 'hex'));
  const digits = notation.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times)));
  return Uint8Array.from(Buffer.from(digits.join(''), 'hex'));
}

/** The notation of bytes: always the same one for the same bytes, and short where they repeat. */
export function notationOf(bytes: Uint8Array): Bytes {
  const parts: (string | { readonly repeat: string; readonly times: number })[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < bytes.length) {
    const run = longestRun(bytes, at);
    if (run === undefined) {
      at++;
      continue;
    }
    if (at > plainFrom) parts.push(hexOf(bytes.subarray(plainFrom, at)));
    parts.push({ repeat: hexOf(bytes.subarray(at, at + run.period)), times: run.times });
    at += run.period * run.times;
    plainFrom = at;
  }
  if (parts.length === 0) return hexOf(bytes);
  if (plainFrom < bytes.length) parts.push(hexOf(bytes.subarray(plainFrom)));
  return parts;
}

function longestRun(bytes: Uint8Array, from: number): { readonly period: number; readonly times: number } | undefined {
  for (const period of periods) {
    let end = from + period;
    while (end < bytes.length && bytes[end] === bytes[end - period]) end++;
    if (end - from >= shortestRun) return { period, times: Math.floor((end - from) / period) };
  }
  return undefined;
}
