import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import type { Effect, Input } from '../../model/connection.js';
import { explainFrame } from '../../model/explain.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { encodeFrame, layOutFrame } from '../../model/frame-encoder.js';
import { serializeHead } from '../../model/http-head.js';
import { writeOpeningRequest } from '../../model/opening-request.js';
import { createConnection, isPossible, step } from '../../model/step.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { law } from './law.js';

const uri = { host: 'h', port: 80, resourceName: '/', secure: false };
const request = serializeHead(writeOpeningRequest({ uri, nonce: new Uint8Array(16) }));
const maskingKey = Uint8Array.from([1, 2, 3, 4]);

/** What an echo on the model writes, frame by frame, when these chunks arrive. */
function echoes(chunks: readonly Uint8Array[], pausesAtMessages: boolean): readonly string[] {
  const written: string[] = [];
  let [connection] = createConnection({ role: 'server', pausesAtMessages });
  const feed = (input: Input): void => {
    const [moved, effects] = step(connection, input);
    connection = moved;
    effects.forEach(react);
  };
  const react = (effect: Effect): void => {
    if (effect.type === 'requested') feed({ type: 'local.accept' });
    if (effect.type === 'write-frame') written.push(explainFrame(effect.frame).says);
    if (effect.type === 'paused') feed({ type: 'continue' });
    if (effect.type === 'message' && effect.message.kind !== 'extension' && isPossible(connection, 'local.send')) {
      feed({ type: 'local.send', kind: effect.message.kind, data: effect.message.bytes });
    }
  };
  feed({ type: 'bytes', bytes: request });
  for (const bytes of chunks) feed({ type: 'bytes', bytes });
  return written;
}

const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.string({ maxLength: 8 }).map((text) => frameOf('text', encodeUtf8(text))),
  fc.uint8Array({ maxLength: 8 }).map((body) => frameOf('binary', body)),
  fc.uint8Array({ maxLength: 8 }).map((body) => frameOf('ping', body)),
  fc.constant(frameOf('pong')),
  fc.constant(frameOf('close')),
  fc.constant({ ...frameOf('text'), rsv3: true }),
  fc.constant(frameOf('continuation')),
);

describe('pausing behind each message', () => {
  law(
    'an application answers the same, in the same order, however the bytes are cut',
    ['draft-06/4.4/receive-both', 'draft-06/4.5.1/close-answered', 'draft-06/4.5.1/no-data-after-close'],
    () => {
      const streams = fc
        .array(frames, { maxLength: 8 })
        .map((list) => concatBytes(list.map((frame) => layOutFrame(frame, { maskingKey }))));
      fc.assert(
        fc.property(
          streams.chain((stream) => fc.tuple(fc.constant(stream), segmentationsOf(stream))),
          ([stream, chunks]) => {
            const byteByByte = Array.from(stream, (byte) => Uint8Array.of(byte));
            expect(echoes(chunks, true)).toEqual(echoes(byteByByte, true));
          },
        ),
      );
    },
  );

  law(
    'without pausing, a message in front of a Close is delivered too late to be answered',
    ['draft-06/4.5.1/no-data-after-close'],
    () => {
      const both = concatBytes([
        encodeFrame(frameOf('text', encodeUtf8('last words')), { maskingKey }),
        encodeFrame(frameOf('close'), { maskingKey }),
      ]);
      expect(echoes([both], true)).toEqual(['text, FIN, 10 bytes, "last words"', 'close, FIN, 0 bytes, no body']);
      expect(echoes([both], false)).toEqual(['close, FIN, 0 bytes, no body']);
    },
  );

  law(
    'bytes that arrive while reading pauses wait behind those that are there',
    ['draft-06/4.4/content-is-concatenation'],
    () => {
      const texts = ['a', 'b', 'c'].map((text) => encodeFrame(frameOf('text', encodeUtf8(text)), { maskingKey }));
      let [connection] = createConnection({ role: 'server', pausesAtMessages: true });
      const seen: string[] = [];
      const feed = (input: Input): readonly Effect[] => {
        const [moved, effects] = step(connection, input);
        connection = moved;
        for (const effect of effects)
          if (effect.type === 'message' && effect.message.kind === 'text') seen.push(effect.message.text);
        return effects;
      };
      feed({ type: 'bytes', bytes: request });
      feed({ type: 'local.accept' });
      expect(feed({ type: 'bytes', bytes: concatBytes(texts.slice(0, 2)) }).at(-1)?.type).toBe('paused');
      expect(feed({ type: 'bytes', bytes: concatBytes(texts.slice(2)) }).at(-1)?.type).toBe('paused');
      feed({ type: 'continue' });
      expect(seen).toEqual(['a', 'b', 'c']);
      expect(isPossible(connection, 'continue')).toBe(true);
      feed({ type: 'local.drop' });
      expect(isPossible(connection, 'bytes')).toBe(false);
    },
  );
});
