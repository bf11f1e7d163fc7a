import fc from 'fast-check';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect } from 'vitest';
import { connect } from '../../impl/client.js';
import { systemEntropy } from '../../impl/entropy.js';
import { acceptOfKey } from '../../model/accept.js';
import { frameOf } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { maskingKeys } from '../arbitraries/masking-key.js';
import { payloads } from '../arbitraries/frame.js';
import { law } from './law.js';

describe('the grammar of masked frames, octet by octet', () => {
  law(
    'a masked frame is four octets of key and then octet i of the clear frame, exclusive or, octet i mod 4 of the key',
    [
      'draft-06/4.2/masked-frame',
      'draft-06/4.2/masking-key',
      'draft-06/4.2/masked-data',
      'draft-06/4.2/octet-by-octet',
      'draft-06/4.2/key-octet-index',
      'draft-06/4.2/masked-octet',
    ],
    () => {
      fc.assert(
        fc.property(maskingKeys(), payloads({ maxLength: 300 }), (maskingKey, payload) => {
          const clear = encodeFrame(frameOf('binary', payload));
          const masked = encodeFrame(frameOf('binary', payload), { maskingKey });
          expect(masked.length).toBe(4 + clear.length);
          expect(masked.subarray(0, 4)).toEqual(maskingKey);
          for (let i = 0; i < clear.length; i++) {
            const j = i % 4;
            // The sum of two bits without carry, bit by bit, so that the operator under test is not used.
            let octet = 0;
            for (let bit = 0; bit < 8; bit++) {
              const one = Math.floor((clear[i] ?? 0) / 2 ** bit) % 2;
              const other = Math.floor((maskingKey[j] ?? 0) / 2 ** bit) % 2;
              octet += one === other ? 0 : 2 ** bit;
            }
            expect(masked[4 + i]).toBe(octet);
          }
        }),
        { numRuns: 50 },
      );
    },
  );

  law('every octet from 00 to FF can stand in the key and in masked data', ['draft-06/4.2/full-octet'], () => {
    for (let octet = 0; octet <= 0xff; octet++) {
      const maskingKey = new Uint8Array(4).fill(octet);
      const masked = encodeFrame(frameOf('binary', Uint8Array.of(octet, 0)), { maskingKey });
      const { frames, violation } = decodeFrames(createDecoder({ masked: true }), masked);
      expect([violation, frames[0]?.frame.applicationData]).toEqual([undefined, Uint8Array.of(octet, 0)]);
    }
  });

  law('whoever knows the message does not choose the bytes on the wire', ['draft-06/9/client-messages-masked'], () => {
    // Every octet of the wire takes every value as the key goes through all of its own.
    const payload = new TextEncoder().encode('GET / HTTP/1.1');
    const seen = Array.from({ length: payload.length + 2 }, () => new Set<number>());
    for (let octet = 0; octet <= 0xff; octet++) {
      const wire = encodeFrame(frameOf('text', payload), { maskingKey: new Uint8Array(4).fill(octet) });
      seen.forEach((values, at) => values.add(wire[4 + at] ?? -1));
    }
    expect(seen.every(({ size }) => size === 256)).toBe(true);
  });
});

describe('the masking keys of the reference client', () => {
  law('are picked anew for each frame', ['draft-06/4.2/fresh-key', 'draft-06/4.2/key-chosen-by-client'], async () => {
    const count = 200;
    const given: string[] = [];
    const source = systemEntropy();
    const maskingKey = (): Uint8Array => {
      const key = source.maskingKey();
      given.push(key.join('.'));
      return key;
    };
    const seen: string[] = [];
    const server = createServer((socket) => {
      let decoder = createDecoder({ masked: true });
      socket.once('data', (head: Buffer) => {
        const key = /Sec-WebSocket-Key: (\S+)/.exec(head.toString('latin1'))?.[1] ?? '';
        const fields = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptOfKey(key)}`];
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields.join('\r\n')}\r\n\r\n`);
        socket.on('data', (chunk: Buffer) => {
          const decoding = decodeFrames(decoder, new Uint8Array(chunk));
          decoder = decoding.decoder;
          for (const decoded of decoding.frames) seen.push(decoded.maskingKey?.join('.') ?? 'clear');
          if (seen.length >= count) socket.destroy();
        });
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await new Promise<void>((resolve) => {
      const client = connect(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
        entropy: { ...source, maskingKey },
        onOpen: () => {
          for (let sent = 0; sent < count; sent++) client.send('the same again');
        },
        onEnd: () => {
          resolve();
        },
      });
    });
    await new Promise((resolve) => server.close(resolve));
    expect(seen).toEqual(given.slice(0, seen.length));
    expect(seen.length).toBe(count);
    // Two of 200 keys are equal once in 200,000 runs; two pairs never.
    expect(new Set(seen).size).toBeGreaterThanOrEqual(count - 1);
  });

  law(
    'are uniform over all values, and none follows from the one before',
    ['draft-06/4.2/key-uniform', 'draft-06/4.2/key-unpredictable'],
    () => {
      const { maskingKey } = systemEntropy();
      const count = 1 << 15;
      const ones = new Array<number>(32).fill(0);
      const differing = new Array<number>(32).fill(0);
      let before = 0;
      for (let drawn = 0; drawn < count; drawn++) {
        const key = new DataView(maskingKey().buffer).getUint32(0);
        for (let bit = 0; bit < 32; bit++) {
          if ((key >>> bit) & 1) ones[bit] = (ones[bit] ?? 0) + 1;
          if (((key ^ before) >>> bit) & 1) differing[bit] = (differing[bit] ?? 0) + 1;
        }
        before = key;
      }
      // Seven standard deviations: wrong once in some thousand million runs.
      const deviation = 7 * Math.sqrt(count / 4);
      for (const sum of [...ones, ...differing]) expect(Math.abs(sum - count / 2)).toBeLessThan(deviation);
    },
  );

  law('nonces are random for each connection', ['draft-06/5.1/key-random-per-connection'], () => {
    const { nonce } = systemEntropy();
    const nonces = Array.from({ length: 1000 }, () => nonce().join('.'));
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(new Set([systemEntropy().nonce().join('.'), systemEntropy().nonce().join('.')]).size).toBe(2);
  });
});
