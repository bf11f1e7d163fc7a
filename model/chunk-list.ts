import { concatBytes } from './bytes.js';

/**
 * Bytes that arrived in pieces, kept without knowing how many there will be. The list is persistent: adding leaves the
 * older list as it was. Small neighbours are joined as they come, so that a stream that arrives byte by byte needs
 * about twice its own size and not one array a byte.
 */
export interface ChunkList {
  readonly chunks: readonly Uint8Array[];
  /** Bytes in all chunks. */
  readonly length: number;
}

export const noChunks: ChunkList = { chunks: [], length: 0 };

/** Above this size a chunk is no longer copied to join it with its neighbour. */
const joinBelow = 65_536;

/** The list with one more chunk at its end; an empty chunk changes nothing. */
export function addChunk(list: ChunkList, chunk: Uint8Array): ChunkList {
  if (chunk.length === 0) return list;
  const chunks = [...list.chunks];
  let last = chunk;
  // Joining only a neighbour of less than twice the size makes the sizes fall towards the end: each byte is copied
  // about log n times in all.
  for (;;) {
    const neighbour = chunks.at(-1);
    if (neighbour === undefined || neighbour.length >= joinBelow || neighbour.length >= 2 * last.length) break;
    last = concatBytes([neighbour, last]);
    chunks.pop();
  }
  chunks.push(last);
  return { chunks, length: list.length + chunk.length };
}

/** All bytes of the list in one array: the chunk itself, not a copy, when there is only one. */
export function joinChunks(list: ChunkList): Uint8Array {
  const [only, ...others] = list.chunks;
  return only !== undefined && others.length === 0 ? only : concatBytes(list.chunks);
}
