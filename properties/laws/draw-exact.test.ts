import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { drawStream } from '../../model/draw.js';
import { explainDecoded, explainFrame, previewOf } from '../../model/explain.js';
import { frameOf } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { encodeFrame, type Layout, layOutFrame } from '../../model/frame-encoder.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { OpcodeName } from '../../spec/wire.js';
import { law } from './law.js';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const maskingKey = bytes('37fa213d');
const linesOf = (stream: Uint8Array, from: 'client' | 'server'): readonly string[] =>
  drawStream(stream, from).text.split('\n');

describe('a drawing', () => {
  law(
    'of a masked frame shows the key, both forms of what it masks, and each bit under its name',
    ['draft-06/4.2/key-first', 'draft-06/4.2/mask-whole-frame', 'draft-06/4.3/fin', 'draft-06/4.3/length-7'],
    () => {
      const frame = encodeFrame(frameOf('text', encodeUtf8('Hello,!')), { maskingKey });
      expect(linesOf(frame, 'client')).toEqual([
        'frame at byte 0, 13 bytes: text, FIN, 7 bytes, "Hello,!", key 37fa213d',
        '  37fa213d            masking key               masks every byte behind it                draft-06/4.2/key-first',
        '  b3fd69585b964e11…   masked data               clear: 840748656c6c6f2c…                  draft-06/4.2/mask-whole-frame',
        '  84',
        '  1.......            FIN                       the last fragment of its message          draft-06/4.3/fin',
        '  .0......            RSV1                      0, as no extension is in use              draft-06/4.3/rsv-zero',
        '  ..0.....            RSV2                      0, as no extension is in use              draft-06/4.3/rsv-zero',
        '  ...0....            RSV3                      0, as no extension is in use              draft-06/4.3/rsv-zero',
        '  ....0100            opcode                    4: text                                   draft-06/4.3/opcode',
        '  07',
        '  0.......            RSV4                      0, as no extension is in use              draft-06/4.3/rsv-zero',
        '  .0000111            payload length            7: the payload length                     draft-06/4.3/length-7',
        '  48656c6c6f2c21      application data          "Hello,!"                                 draft-06/4.3/application-data-rest',
        '',
      ]);
    },
  );

  law(
    'of a longer form of the length shows its bytes in a line of their own',
    ['draft-06/4.3/length-16', 'draft-06/4.3/length-63', 'draft-06/4.3/network-byte-order'],
    () => {
      const under = (lengthForm: 16 | 63): readonly string[] =>
        linesOf(layOutFrame(frameOf('binary', bytes('6162'), false), { lengthForm }), 'server').slice(7);
      expect(under(16)).toEqual([
        '  7e',
        '  0.......            RSV4                      0, as no extension is in use              draft-06/4.3/rsv-zero',
        '  .1111110            payload length            126: 16 bits of length follow             draft-06/4.3/length-16',
        '  0002                extended payload length   2                                         draft-06/4.3/network-byte-order',
        '  6162                application data          6162                                      draft-06/4.3/application-data-rest',
        '',
      ]);
      expect(under(63).slice(2)).toEqual([
        '  .1111111            payload length            127: 64 bits of length follow             draft-06/4.3/length-63',
        '  0000000000000002    extended payload length   2                                         draft-06/4.3/network-byte-order',
        '  6162                application data          6162                                      draft-06/4.3/application-data-rest',
        '',
      ]);
    },
  );

  test('shows eight bytes, and says when there are more', () => {
    const shown = (length: number, layout: Layout = {}): string =>
      drawStream(
        layOutFrame(frameOf('binary', new Uint8Array(length)), layout),
        layout.maskingKey ? 'client' : 'server',
      ).text;
    expect(shown(8)).toContain('  0000000000000000    application data');
    expect(shown(9)).toContain('  0000000000000000…   application data');
    expect(shown(6, { maskingKey })).toMatch(/ b2fc213d37fa213d {4}masked data {15}clear: 8506000000000000 {19}draft/);
    expect(shown(7, { maskingKey })).toMatch(
      / b2fd213d37fa213d… {3}masked data {15}clear: 8507000000000000… {18}draft/,
    );
  });

  law(
    'of a violation ends with the bytes of its frame, clear where they were masked',
    ['draft-06/4.3/rsv-zero'],
    () => {
      const says = 'breaks draft-06/4.1/reserved-bits-zero: RSV1 is set, and no negotiated extension uses it\n';
      expect(drawStream(bytes('c48102030405060708090a0b0c0d0e0f1011'), 'server').text).toBe(
        `byte 0 ${says}  the frame begins c48102030405060708090a0b0c0d0e0f\n`,
      );
      expect(drawStream(bytes('01020304c5'), 'client').text).toBe(
        `byte 4 ${says}  the frame begins 01020304c5 (clear: c4)\n`,
      );
    },
  );

  law('of a frame that is not complete counts from its own first byte', ['draft-06/4.3/payload-length-is-sum'], () => {
    const stream = concatBytes([encodeFrame(frameOf('pong')), bytes('840561')]);
    expect(linesOf(stream, 'server').slice(-3)).toEqual([
      '',
      'the frame at byte 2 is not complete: 3 bytes are here, 7 bytes were announced',
      '',
    ]);
  });
});

describe('an explanation', () => {
  law(
    'tells a whole message from a fragment',
    ['draft-06/4.6/binary-is-opaque', 'draft-06/4.4/unfragmented', 'draft-06/4.4/fragmented'],
    () => {
      for (const [name, own] of [
        ['text', 'draft-06/4.6/text-is-utf-8'],
        ['binary', 'draft-06/4.6/binary-is-opaque'],
      ] as const) {
        expect(explainFrame(frameOf(name)).clauses).toEqual([own, 'draft-06/4.4/unfragmented']);
        expect(explainFrame(frameOf(name, bytes(''), false)).clauses).toEqual([own, 'draft-06/4.4/fragmented']);
      }
    },
  );

  test('quotes text, also in a control frame, and gives anything else in hexadecimal digits', () => {
    const says = (name: OpcodeName, hex: string): string => explainFrame(frameOf(name, bytes(hex))).says;
    expect(says('ping', '')).toBe('ping, FIN, 0 bytes, empty');
    expect(says('ping', '6162')).toBe('ping, FIN, 2 bytes, "ab"');
    expect(says('pong', 'ff')).toBe('pong, FIN, 1 byte, ff');
    expect(says('binary', '6162')).toBe('binary, FIN, 2 bytes, 6162');
  });

  test('says that there is more only when there is', () => {
    expect(previewOf(encodeUtf8('a'.repeat(32)), true)).toBe(`"${'a'.repeat(32)}"`);
    expect(previewOf(new Uint8Array(32), false)).toBe('00'.repeat(32));
  });

  law('names no key and no form of the length where both are the usual', ['draft-06/4.1/server-frames-clear'], () => {
    const [decoded] = decodeFrames(createDecoder({ masked: false }), encodeFrame(frameOf('pong', bytes('ff')))).frames;
    expect(decoded && explainDecoded(decoded, 'server').says).toBe('pong, FIN, 1 byte, ff');
  });
});
