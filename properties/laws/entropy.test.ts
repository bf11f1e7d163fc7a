import fc from 'fast-check';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../impl/client.js';
import { systemEntropy } from '../../impl/entropy.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { examineKeys } from '../verifier/key-statistics.js';
import { law } from './law.js';

/** Connections and frames on each: some thousands of keys in all. */
const connections = 16;
const framesEach = 160;

let server: ReferenceServer;
beforeAll(async () => {
  server = await startServer({ port: 0 });
});
afterAll(() => server.stop());

/** The bytes that a client sends on one connection, in the pieces in which it writes them. */
function written(): Promise<readonly Uint8Array[]> {
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    const client = connect(server.url, {
      watcher: { onBytes: (from, bytes) => from === 'local' && pieces.push(bytes.slice()) },
      onOpen: () => {
        for (let frame = 0; frame < framesEach; frame++) client.send('');
        client.drop();
      },
      onEnd: () => {
        resolve(pieces);
      },
    });
  });
}

describe('the keys of the client', () => {
  law(
    'do not repeat and do not follow from each other, over many connections and frames',
    ['draft-06/4.2/key-unpredictable', 'draft-06/4.2/key-uniform', 'draft-06/4.2/fresh-key'],
    async () => {
      const keys: Uint8Array[] = [];
      for (let at = 0; at < connections; at++) {
        const [, ...frames] = await written();
        expect(frames).toHaveLength(framesEach);
        // Without a piece for each frame the keys would stand elsewhere.
        expect(frames.every((frame) => frame.length === 4 + 2)).toBe(true);
        keys.push(...frames.map((frame) => frame.subarray(0, 4)));
      }
      // A fair source fails here once in 1e9 runs.
      expect(examineKeys(keys)).toEqual([]);
    },
  );

  law(
    'of connections do not repeat and do not follow from each other either',
    ['draft-06/5.1/key-random-per-connection'],
    () => {
      const nonces = Array.from({ length: 4096 }, () => systemEntropy().nonce());
      expect(examineKeys(nonces)).toEqual([]);
      const { nonce, maskingKey } = systemEntropy();
      const mixed = Array.from({ length: 4096 }, () => (maskingKey(), nonce()));
      expect(examineKeys(mixed)).toEqual([]);
    },
  );
});

/** Keys made from numbers of 32 bits, the highest byte first. */
const keysOf = (count: number, next: (at: number) => number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, at) => {
    const key = new Uint8Array(4);
    new DataView(key.buffer).setUint32(0, next(at) >>> 0);
    return key;
  });

/** A generator that is fair, so that what goes wrong goes wrong again. */
function fair(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => generator.next();
}

/** The 32-bit generator of old C libraries. */
function linear(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0);
}

/** Sources that a client must not use. */
const badSources: Readonly<Record<string, (seed: number) => readonly Uint8Array[]>> = {
  'always the same': (seed) => keysOf(4096, () => seed),
  'a counter': (seed) => keysOf(4096, (at) => seed + at),
  'a counter with large steps': (seed) => keysOf(4096, (at) => seed + Math.imul(at, 0x9e3779b9)),
  'a counter in the low two bytes, the rest fair': (seed) => {
    const next = fair(seed);
    return keysOf(4096, (at) => (next() << 16) | (at & 0xffff));
  },
  'the low bytes of a linear generator': (seed) => {
    const next = linear(seed);
    return keysOf(4096, () => ((next() & 255) << 24) | ((next() & 255) << 16) | ((next() & 255) << 8) | (next() & 255));
  },
  'all bits of a linear generator': (seed) => keysOf(4096, linear(seed)),
  'one key for each connection': (seed) => {
    const next = fair(seed);
    const perConnection = Array.from({ length: 64 }, next);
    return keysOf(4096, (at) => perConnection[at >> 6] ?? 0);
  },
  'each key the one before with the same bits flipped': (seed) => keysOf(4096, (at) => (at % 2 === 0 ? seed : ~seed)),
  'printable letters': (seed) => {
    const next = fair(seed);
    return keysOf(4096, () => (next() & 0x1f1f1f1f) | 0x40404040);
  },
  'one bit that is never set': (seed) => {
    const next = fair(seed);
    return keysOf(4096, () => next() & ~0x00001000);
  },
  'fifteen bits, as of rand()': (seed) => {
    const next = fair(seed);
    return keysOf(4096, () => next() & 0x7fff);
  },
  milliseconds: (seed) => {
    const next = fair(seed);
    let now = seed;
    return keysOf(4096, () => (now += next() & 7));
  },
};

describe('the statistic', () => {
  test.each(Object.entries(badSources))('suspects %s', (_, source) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(examineKeys(source(seed))).not.toEqual([]);
      }),
      { numRuns: 3 },
    );
  });

  test('does not suspect a fair source, of few keys or of many, short ones or long ones', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0, 1, 2, 100, 2000), fc.constantFrom(4, 16), (seed, count, length) => {
        const next = fair(seed);
        const keys = Array.from({ length: count }, () => Uint8Array.from({ length }, () => next() & 255));
        expect(examineKeys(keys)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('takes keys of one length, of 4 bytes or more', () => {
    expect(() => examineKeys([new Uint8Array(3)])).toThrow(RangeError);
    expect(() => examineKeys([new Uint8Array(4), new Uint8Array(5)])).toThrow(RangeError);
  });
});
