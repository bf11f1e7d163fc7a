import { randomFillSync } from 'node:crypto';
import { maskingKeyLength, nonceLength } from '../spec/wire.js';

/**
 * Where masking keys and nonces come from. The operating system's generator is the strong source that the text asks
 * for (draft-06/4.2/key-strong-entropy, draft-06/5.1/key-random-per-connection); tests give a seeded one instead.
 */
export interface Entropy {
  /** Four fresh octets, never given out before (draft-06/4.2/fresh-key). */
  readonly maskingKey: () => Uint8Array;
  /** Sixteen fresh bytes for a connection. */
  readonly nonce: () => Uint8Array;
}

const poolSize = 8192;

/** The operating system's generator, asked for many keys at a time because each question costs a system call. */
export function systemEntropy(): Entropy {
  const pool = new Uint8Array(poolSize);
  let used = poolSize;
  const take = (length: number): Uint8Array => {
    if (used + length > poolSize) {
      randomFillSync(pool);
      used = 0;
    }
    used += length;
    return pool.slice(used - length, used);
  };
  return { maskingKey: () => take(maskingKeyLength), nonce: () => take(nonceLength) };
}
