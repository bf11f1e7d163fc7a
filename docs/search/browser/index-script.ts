import { type PackedEntries, type SearchIndex, unpack } from '../entry.js';
import { createFind, type Find } from '../find.js';

declare global {
  /** What the index script leaves behind. */
  var hybiSearchIndex: SearchIndex | undefined;
}

/**
 * Loads the index, once, and makes the search of it.
 * @param base the address of the script of the search box, beside which the index lies
 */
export function createLoader(base: string): () => Promise<Find> {
  let loading: Promise<Find> | undefined;
  return () =>
    (loading ??= load(new URL('search-index.js', base).href).catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}

function load(address: string): Promise<Find> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => {
      resolve(wholeIndex(globalThis.hybiSearchIndex ?? {}).then((packed) => createFind(unpack(packed))));
    });
    script.addEventListener('error', () => {
      reject(new Error(`${address} cannot be loaded`));
    });
    document.head.append(script);
  });
}

async function wholeIndex({ deflated, ...plain }: SearchIndex): Promise<PackedEntries> {
  if (deflated === undefined) return plain;
  const bytes = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return { ...((await new Response(inflated).json()) as PackedEntries), ...plain };
}
