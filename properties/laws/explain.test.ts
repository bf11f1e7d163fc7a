import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { drawStream } from '../../model/draw.js';
import { explainDecoded, explainFrame, hexOf, previewOf } from '../../model/explain.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { encodeFrame, layOutFrame } from '../../model/frame-encoder.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { OpcodeName } from '../../spec/wire.js';
import { law } from './law.js';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const key = bytes('37fa213d');

describe('explaining a frame', () => {
  const kinds: readonly (readonly [OpcodeName, string])[] = [
    ['continuation', 'draft-06/4.4/fragmented'],
    ['close', 'draft-06/4.5.1/close-opcode'],
    ['ping', 'draft-06/4.5.2/ping-opcode'],
    ['pong', 'draft-06/4.5.3/pong-opcode'],
    ['text', 'draft-06/4.6/text-is-utf-8'],
    ['binary', 'draft-06/4.6/binary-is-opaque'],
  ];
  test.each(kinds)('a %s frame is named and cites %s', (name, clause) => {
    const explanation = explainFrame(frameOf(name));
    expect(explanation.says).toContain(name);
    expect(explanation.clauses).toContain(clause);
  });

  law('a fragment cites the clause of fragmented messages', ['draft-06/4.4/fragmented'], () => {
    for (const name of ['text', 'binary'] as const) {
      const { says, clauses } = explainFrame(frameOf(name, encodeUtf8('x'), false));
      expect(says).toContain('more follows, 1 byte,');
      expect(clauses).toContain('draft-06/4.4/fragmented');
    }
  });

  law('reserved bits and opcodes are named', ['draft-06/4.8/room-for-extensions'], () => {
    const frame: Frame = { ...frameOf('text', encodeUtf8('x')), rsv2: true, rsv4: true, opcode: 9 };
    expect(explainFrame(frame)).toEqual({
      says: 'reserved opcode 9, FIN, RSV2, RSV4, 1 byte, 78',
      clauses: ['draft-06/4.8/room-for-extensions'],
    });
  });

  law(
    'a Close tells its status code and reason, or what is wrong with them',
    ['draft-06/4.5.1/body-starts-with-status'],
    () => {
      const says = (hex: string): string => explainFrame(frameOf('close', bytes(hex))).says;
      expect(says('')).toBe('close, FIN, 0 bytes, no body');
      expect(says('03e8')).toBe('close, FIN, 2 bytes, status 1000');
      expect(says('03e9627965')).toBe('close, FIN, 5 bytes, status 1001 "bye"');
      expect(says('03')).toContain('too few for a status code');
    },
  );

  test('a long payload is cut where a person stops reading', () => {
    expect(previewOf(encodeUtf8('a'.repeat(33)), true)).toBe(`"${'a'.repeat(32)}"…`);
    expect(previewOf(new Uint8Array(33), false)).toBe(`${'00'.repeat(32)}…`);
    expect(previewOf(bytes('00ff'), false)).toBe('00ff');
    expect(explainFrame(frameOf('ping', bytes('ff'))).says).toBe('ping, FIN, 1 byte, ff');
  });

  law(
    'what stood on the wire is told: key, masking and an unusual length form',
    ['draft-06/4.2/mask-whole-frame'],
    () => {
      const wire = layOutFrame(frameOf('text', encodeUtf8('hi')), { maskingKey: key, lengthForm: 16 });
      const [decoded] = decodeFrames(createDecoder({ masked: true }), wire).frames;
      expect(decoded && explainDecoded(decoded, 'client')).toEqual({
        says: 'text, FIN, 2 bytes, "hi", key 37fa213d, length in 16 bits',
        clauses: ['draft-06/4.6/text-is-utf-8', 'draft-06/4.4/unfragmented', 'draft-06/4.2/mask-whole-frame'],
      });
      const [clear] = decodeFrames(createDecoder({ masked: false }), encodeFrame(frameOf('pong'))).frames;
      expect(clear && explainDecoded(clear, 'server').clauses).toContain('draft-06/4.1/server-frames-clear');
    },
  );

  test('hexadecimal digits give the bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (some) => {
        expect(Buffer.from(hexOf(some), 'hex')).toEqual(Buffer.from(some));
      }),
    );
  });
});

describe('drawing a stream', () => {
  law('any bytes are drawn, and complete exactly when they are right frames', ['draft-06/4.3/opcode'], () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ maxLength: 200 }).map((payload) => encodeFrame(frameOf('binary', payload))),
      fc
        .uint8Array({ maxLength: 200 })
        .map((payload) => encodeFrame(frameOf('text', payload, false), { maskingKey: key })),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 4 }), fc.constantFrom('client', 'server'), (parts, from) => {
        const stream = concatBytes(parts);
        const drawing = drawStream(stream, from);
        const decoding = decodeFrames(createDecoder({ masked: from === 'client' }), stream);
        const used = decoding.frames.reduce((sum, frame) => sum + frame.length, 0);
        expect(drawing.isComplete).toBe(decoding.violation === undefined && used === stream.length);
        expect(drawing.text.match(/^frame at byte/gm) ?? []).toHaveLength(decoding.frames.length);
      }),
    );
  });

  law('every field of the header is drawn with its clause', ['draft-06/4.3/fin', 'draft-06/4.3/length-16'], () => {
    const stream = concatBytes([
      encodeFrame(frameOf('ping', bytes('6162')), { maskingKey: key }),
      encodeFrame(frameOf('text', new Uint8Array(300), false), { maskingKey: key }),
      encodeFrame(frameOf('continuation', new Uint8Array(66_000)), { maskingKey: key }),
    ]);
    const { text, isComplete } = drawStream(stream, 'client');
    expect(isComplete).toBe(true);
    for (const words of [
      'masking key',
      '2: ping, a control frame',
      'more fragments follow',
      'the last fragment of its message',
      '126: 16 bits of length follow',
      '127: 64 bits of length follow',
      'draft-06/4.3/length-63',
      '00000000000101d0',
      '66000',
    ]) {
      expect(text).toContain(words);
    }
  });

  law(
    'a reserved bit or opcode that breaks the rules is shown with its offset',
    ['draft-06/4.1/reserved-bits-zero'],
    () => {
      expect(drawStream(bytes('840161c400'), 'server').text).toMatch(
        /byte 3 breaks draft-06\/4\.1\/reserved-bits-zero: RSV1/,
      );
      expect(drawStream(bytes('01020304c5'), 'client').text).toMatch(/breaks[^]*clear: c4/);
      expect(drawStream(bytes('c4'), 'server').text).toContain('the frame begins c4');
      expect(drawStream(bytes('8480'), 'server').text).toMatch(/byte 1 breaks .*RSV4/);
    },
  );

  law('a frame that is not complete says how much is missing', ['draft-06/4.3/payload-length-is-sum'], () => {
    expect(drawStream(bytes('8405'), 'server')).toEqual({
      text: 'the frame at byte 0 is not complete: 2 bytes are here, 7 bytes were announced\n',
      isComplete: false,
    });
    expect(drawStream(bytes('84'), 'server').text).toContain('its header is not complete');
  });
});
