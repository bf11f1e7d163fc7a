/**
 * Bytes that a value keeps alive: its arrays of bytes with all of the memory behind them, its texts, and sixteen for
 * every other thing in it. For plain data such as connections; functions are not looked into.
 */
export function retainedBytes(value: unknown, shared: ReadonlySet<unknown> = new Set()): number {
  const seen = new Set<unknown>(shared);
  const waiting: unknown[] = [value];
  let total = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') total += next.length;
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    total += 16;
    if (next instanceof Uint8Array) {
      if (!seen.has(next.buffer)) total += next.buffer.byteLength;
      seen.add(next.buffer);
    } else if (Array.isArray(next)) {
      for (const inner of next as readonly unknown[]) waiting.push(inner);
    } else {
      for (const inner of Object.values(next as Readonly<Record<string, unknown>>)) waiting.push(inner);
    }
  }
  return total;
}
