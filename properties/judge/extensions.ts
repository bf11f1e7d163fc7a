import type { Extension } from '../../model/extension-header.js';
import { createInflater } from '../drivers/deflate.js';

/*
 * What extensions in use do to the bytes behind the opening handshake (draft-06 section 8). An extension may change every
 * byte, so that only one that is known can be judged.
 */

/** What the bytes behind the opening handshake are. */
export type StreamKind =
  { readonly kind: 'frames' } | { readonly kind: 'deflated' } | { readonly kind: 'unread'; readonly why: string };

/** What follows an agreement on extensions. */
export function streamOf(extensions: readonly Extension[]): StreamKind {
  const [first, second] = extensions;
  if (first === undefined) return { kind: 'frames' };
  if (first.name === 'deflate-stream' && second === undefined) return { kind: 'deflated' };
  return { kind: 'unread', why: `frames are not judged: ${extensions.map(({ name }) => name).join(', ')} is in use` };
}

/** Undoes what an extension did to one direction. */
export interface StreamReader {
  /** @param take gets the frames in pieces; @returns why it cannot go on */
  readonly read: (coded: Uint8Array, take: (clear: Uint8Array) => void) => string | undefined;
}

/** How much one byte may become on average before nobody looks at it any more, and what is free. */
const maxGrowth = 256;
const freeGrowth = 64 * 1024 * 1024;

/** A reader of "deflate-stream" (draft-06 section 8.2.1). */
export function createInflatingReader(): StreamReader & { readonly isExhausted: () => boolean } {
  const inflate = createInflater();
  let coded = 0;
  let clear = 0;
  const isExhausted = (): boolean => clear > freeGrowth + maxGrowth * coded;
  return {
    isExhausted,
    read: (bytes, take) => {
      coded += bytes.length;
      let decoded = inflate(bytes);
      for (;;) {
        if (decoded.kind === 'wrong') return decoded.says;
        clear += decoded.bytes.length;
        // A copy: the decoder keeps views, and the inflater owns its output.
        if (decoded.bytes.length > 0) take(decoded.bytes.slice());
        if (!decoded.more || isExhausted()) return undefined;
        decoded = inflate(new Uint8Array(0));
      }
    },
  };
}
