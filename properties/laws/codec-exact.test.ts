import { describe, expect, test } from 'vitest';
import { fragmentMessage } from '../../model/fragmentation.js';
import { nonceOfKey } from '../../model/accept.js';
import { isStatusCodeAllowed, readCloseBody, writeCloseBody } from '../../model/close-body.js';
import { type FrameExtension, frameOf, noExtension } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { encodeFrame, layOutFrame } from '../../model/frame-encoder.js';
import { decodeUtf8, utf8Start } from '../../model/utf8.js';
import { opcodes } from '../../spec/wire.js';
import { law } from './law.js';
import { under } from './under.js';

const bytes = (...octets: readonly number[]): Uint8Array => Uint8Array.from(octets);

describe('a key', () => {
  law('is the base64 form of 16 bytes and nothing before or after it', ['draft-06/5.2.1/key'], () => {
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    expect(nonceOfKey(key)).toHaveLength(16);
    for (const wrong of [`${key}=`, `${key}A`, `A${key}`, ` ${key}`, key.slice(0, -1)]) {
      expect(nonceOfKey(wrong), wrong).toBeUndefined();
    }
  });
});

describe('a decoder', () => {
  const greedy: FrameExtension = {
    ...noExtension,
    reservedBits: { ...noExtension.reservedBits, rsv1: true },
    extensionDataLength: () => 9,
  };

  law('that has found a violation reads nothing more', ['draft-06/4.3/extension-specifies-length'], () => {
    const decoder = createDecoder({ masked: false, extension: greedy });
    const failed = decodeFrames(decoder, bytes(0xc4, 1, 0x61));
    expect(failed.violation).toMatchObject({ code: 'extension-data-too-long', offset: 2 });
    expect(decodeFrames(failed.decoder, bytes(0x84, 0))).toEqual({ decoder: failed.decoder, frames: [] });
  });

  law('puts a payload together from all its pieces', ['draft-06/4.3/grammar-is-the-format'], () => {
    let decoder = createDecoder({ masked: false });
    const read = [bytes(0x84, 3), bytes(0x61), bytes(0x62), bytes(0x63, 0x89)].flatMap((chunk) => {
      const decoding = decodeFrames(decoder, chunk);
      decoder = decoding.decoder;
      return decoding.frames;
    });
    expect(read).toStrictEqual([
      { frame: frameOf('text', bytes(0x61, 0x62, 0x63)), offset: 0, length: 5, lengthForm: 7 },
    ]);
  });

  law('stops behind as many frames as it is asked for', ['draft-06/4.3/grammar-is-the-format'], () => {
    const three = bytes(0x84, 0, 0x84, 0, 0x84, 0);
    const { frames, rest, decoder } = decodeFrames(createDecoder({ masked: false }), three, 2);
    expect(frames).toHaveLength(2);
    expect(rest).toEqual(bytes(0x84, 0));
    expect(decodeFrames(decoder, rest ?? three).frames).toMatchObject([{ offset: 4 }]);
  });
});

describe('masking under other readings', () => {
  const key = bytes(1, 2, 3, 4);
  const frame = frameOf('text', bytes(0x61, 0x62));
  const wireUnder = (readings: ReturnType<typeof under>): readonly number[] => [
    ...layOutFrame(frame, { maskingKey: key, readings }),
  ];

  law(
    'begins at the header or the payload, with the first octet of the key or the second',
    ['draft-06/4.2/mask-whole-frame'],
    () => {
      const whole = wireUnder(under({}));
      expect(whole).toEqual([...encodeFrame(frame, { maskingKey: key })]);
      expect(whole).toEqual([1, 2, 3, 4, 0x84 ^ 1, 2 ^ 2, 0x61 ^ 3, 0x62 ^ 4]);
      expect(wireUnder(under({ maskedPart: 'payload' }))).toEqual([1, 2, 3, 4, 0x84, 2, 0x61 ^ 1, 0x62 ^ 2]);
      expect(wireUnder(under({ firstMaskedOctet: 'one' }))).toEqual([1, 2, 3, 4, 0x84 ^ 2, 2 ^ 3, 0x61 ^ 4, 0x62 ^ 1]);
    },
  );

  law('is undone as it was done', ['draft-06/4.2/mask-whole-frame'], () => {
    for (const choices of [{}, { maskedPart: 'payload' }, { firstMaskedOctet: 'one' }] as const) {
      const readings = under(choices);
      const decoded = decodeFrames(createDecoder({ masked: true, readings }), Uint8Array.from(wireUnder(readings)));
      expect(decoded.frames).toMatchObject([{ frame, maskingKey: key }]);
    }
  });

  law(
    'by a key of zeros is refused by one reading, as soon as the key is there',
    ['draft-06/4.2/mask-whole-frame'],
    () => {
      const wire = layOutFrame(frame, { maskingKey: bytes(0, 0, 0, 0) });
      const readings = under({ zeroKey: 'not-zero' });
      expect(decodeFrames(createDecoder({ masked: true, readings }), wire).violation).toMatchObject({
        code: 'zero-key',
      });
      expect(decodeFrames(createDecoder({ masked: true, readings }), wire.subarray(0, 3)).violation).toBeUndefined();
      expect(decodeFrames(createDecoder({ masked: true }), wire).frames).toHaveLength(1);
      const plain = bytes(0x84, 0, 0x84, 0);
      expect(decodeFrames(createDecoder({ masked: false, readings }), plain).frames).toHaveLength(2);
      expect(decodeFrames(createDecoder({ masked: false, readings }), bytes(0, 0, 0, 0)).violation).toBeUndefined();
    },
  );
});

describe('what is refused', () => {
  const codeOf = (octets: readonly number[], readings = under({})): string | undefined =>
    decodeFrames(createDecoder({ masked: false, readings }), Uint8Array.from(octets)).violation?.code;

  law('of reserved bits is refused unless they are passed over', ['draft-06/4.1/reserved-bits-zero'], () => {
    const ignored = under({ reservedBits: 'ignore' });
    const rows = [
      [[0xc4, 0], 'rsv1-set'],
      [[0xa4, 0], 'rsv2-set'],
      [[0x94, 0], 'rsv3-set'],
      [[0x84, 0x80], 'rsv4-set'],
    ] as const;
    for (const [octets, code] of rows) {
      expect(codeOf(octets)).toBe(code);
      expect(codeOf(octets, ignored)).toBeUndefined();
    }
  });

  law(
    'of control frames is refused',
    ['draft-06/4.5/control-not-fragmented', 'draft-06/4.5/control-at-most-125'],
    () => {
      expect(codeOf([0x02, 0])).toBe('fragmented-control');
      expect(codeOf([0x82, 126, 0, 126])).toBe('long-control');
      expect(codeOf([0x82, 125])).toBeUndefined();
      const bounded = under({ controlLimit: 'frame' });
      expect(codeOf([0x82, 123], bounded)).toBeUndefined();
      expect(codeOf([0x82, 124], bounded)).toBe('long-control');
      expect(codeOf([0x82, 126, 0, 121], bounded)).toBeUndefined();
      expect(codeOf([0x82, 126, 0, 122], bounded)).toBe('long-control');
    },
  );

  law('of reserved opcodes is refused, or passed over by one reading', ['draft-06/4.1/reserved-opcodes-unused'], () => {
    expect(codeOf([0x86, 0])).toBe('reserved-opcode');
    expect(codeOf([0x86, 0], under({ reservedOpcode: 'skip' }))).toBeUndefined();
  });
});

describe('the body of a Close', () => {
  law('has a status code of the ranges, a defined one, or any, by the reading', ['draft-06/7.4.2/0-999-unused'], () => {
    expect(isStatusCodeAllowed(5, 'any')).toBe(true);
    expect(isStatusCodeAllowed(5, 'ranges')).toBe(false);
    expect(isStatusCodeAllowed(1999, 'ranges')).toBe(true);
    expect(isStatusCodeAllowed(1999)).toBe(true);
    expect(isStatusCodeAllowed(1999, 'defined')).toBe(false);
    expect(isStatusCodeAllowed(1000, 'defined')).toBe(true);
    expect(isStatusCodeAllowed(65_535, 'ranges')).toBe(false);
    expect(readCloseBody(bytes(0, 5), 0)).toMatchObject({ code: 'bad-status-code' });
  });

  test('is written for whole status codes that may be sent only', () => {
    expect(() => writeCloseBody({ status: 1000.5 })).toThrow(RangeError);
    expect(() => writeCloseBody({ status: 999 })).toThrow(RangeError);
    expect(() => writeCloseBody({ status: 1999 })).toThrow(RangeError);
    expect(writeCloseBody({ status: 1000 })).toEqual(bytes(0x03, 0xe8));
  });

  test('ends with a whole character where its reason is cut', () => {
    const cut = under({ longReason: 'cut' });
    expect(writeCloseBody({ status: 1000, reason: 'é'.repeat(62) }, cut)).toHaveLength(2 + 122);
    expect(writeCloseBody({ status: 1000, reason: 'e'.repeat(124) }, cut)).toHaveLength(2 + 123);
  });
});

test('the definition of UTF-8 with up to six bytes reads what the narrow one refuses', () => {
  const read = (octets: readonly number[], definition: 'lenient' | 'rfc-3629') =>
    decodeUtf8(utf8Start, Uint8Array.from(octets), true, 'subpart', definition);
  const rows = [
    [[0xc0, 0x80], '\0'],
    [[0xe0, 0x80, 0x80], '\0'],
    [[0xf0, 0x9f, 0x98, 0x80], '\u{1f600}'],
    [[0xf7, 0xbf, 0xbf, 0xbf], '\ufffd'],
    [[0xf8, 0x88, 0x80, 0x80, 0x80], '\ufffd'],
    [[0xfb, 0xbf, 0xbf, 0xbf, 0xbf], '\ufffd'],
    [[0xf8, 0x80, 0x80, 0x81, 0x81], 'A'],
    [[0xfc, 0x84, 0x80, 0x80, 0x80, 0x80], '\ufffd'],
    [[0xfd, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf], '\ufffd'],
    [[0xfc, 0x80, 0x80, 0x80, 0x81, 0x81], 'A'],
  ] as const;
  for (const [octets, text] of rows) {
    expect(read(octets, 'lenient')).toMatchObject({ text, wellFormed: true });
    if (octets.length !== 4 || octets[0] !== 0xf0) expect(read(octets, 'rfc-3629').wellFormed).toBe(false);
  }
  expect(read([0xfe], 'lenient').wellFormed).toBe(false);
});

test('a message of one byte a fragment has as many fragments as bytes', () => {
  const fragments = fragmentMessage('binary', bytes(1, 2, 3), 1);
  expect(fragments.map(({ opcode, fin }) => [opcode, fin])).toEqual([
    [opcodes.binary, false],
    [opcodes.continuation, false],
    [opcodes.continuation, true],
  ]);
});
