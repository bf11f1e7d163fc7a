import fc from 'fast-check';
import { expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { encodeFrame, layOutFrame } from '../../model/frame-encoder.js';
import { mask, maskInPlace } from '../../model/masking.js';
import { maskingKeyLength } from '../../spec/wire.js';
import { frames, layoutsOf } from '../arbitraries/frame.js';
import { maskingKeys } from '../arbitraries/masking-key.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { law } from './law.js';

const wholeFrame = ['draft-06/4.2/mask-whole-frame'] as const;
const anyBytes = () => fc.uint8Array({ maxLength: 40 });
const maskedFrames = () =>
  frames({ maxLength: 127 }).chain((frame) => layoutsOf(frame, false).map((clear) => ({ frame, clear })));

law('masking twice with one key gives the bytes back and leaves the input alone', wholeFrame, () => {
  fc.assert(
    fc.property(maskingKeys(), anyBytes(), (key, bytes) => {
      const before = bytes.slice();
      expect(mask(key, mask(key, bytes))).toEqual(bytes);
      expect(bytes).toEqual(before);
    }),
  );
});

law('a masked frame is the key and behind it the masked clear frame', ['draft-06/4.2/key-first', ...wholeFrame], () => {
  fc.assert(
    fc.property(maskedFrames(), maskingKeys(), ({ frame, clear }, key) => {
      const masked = encodeFrame(frame, { ...clear, maskingKey: key });
      expect(masked).toEqual(concatBytes([key, mask(key, encodeFrame(frame, clear))]));
    }),
  );
});

law(
  'a changed bit of the key changes that bit in every fourth octet of the frame and nothing else',
  ['draft-06/4.2/mask-whole-frame', 'draft-06/4.2/key-inside-frame', 'draft-06/4.2/key-32-bits'],
  () => {
    fc.assert(
      fc.property(maskedFrames(), maskingKeys(), fc.nat(31), ({ frame, clear }, key, place) => {
        const flip = 1 << (place & 7);
        const keyOctet = place >> 3;
        const otherKey = key.map((octet, at) => (at === keyOctet ? octet ^ flip : octet));
        const one = encodeFrame(frame, { ...clear, maskingKey: key });
        const other = encodeFrame(frame, { ...clear, maskingKey: otherKey });
        // The octets of the masked data are counted from the first header byte, four octets behind the start.
        expect(other).toEqual(one.map((octet, at) => (at % maskingKeyLength === keyOctet ? octet ^ flip : octet)));
      }),
    );
  },
);

law('a key of zeros leaves the frame as it is', wholeFrame, () => {
  fc.assert(
    fc.property(maskedFrames(), ({ frame, clear }) => {
      const maskingKey = new Uint8Array(maskingKeyLength);
      expect(encodeFrame(frame, { ...clear, maskingKey }).subarray(maskingKeyLength)).toEqual(
        encodeFrame(frame, clear),
      );
    }),
  );
});

law('bytes may be masked piece by piece when each piece knows its place', wholeFrame, () => {
  fc.assert(
    fc.property(
      maskingKeys(),
      anyBytes().chain((bytes) => segmentationsOf(bytes).map((pieces) => ({ bytes, pieces }))),
      fc.nat(3),
      (key, { bytes, pieces }, untouched) => {
        let index = 0;
        const masked = pieces.map((piece) => {
          const own = concatBytes([new Uint8Array(untouched), piece]);
          maskInPlace(own, untouched, key, index);
          index += piece.length;
          expect(own.subarray(0, untouched)).toEqual(new Uint8Array(untouched));
          return own.subarray(untouched);
        });
        expect(concatBytes(masked)).toEqual(mask(key, bytes));
      },
    ),
  );
});

law('a frame masked by hand', wholeFrame, () => {
  const masked = encodeFrame(frameOf('text', Uint8Array.of(0x48, 0x65, 0x6c, 0x6c, 0x6f)), {
    maskingKey: Uint8Array.of(0x37, 0xfa, 0x21, 0x3d),
  });
  expect(Buffer.from(masked).toString('hex')).toBe('37fa213d' + 'b3ff69585b964e');
});

law('a key that does not have four octets masks nothing', ['draft-06/4.2/key-32-bits'], () => {
  const lengths = fc.nat(8).filter((length) => length !== maskingKeyLength);
  fc.assert(
    fc.property(lengths, anyBytes(), (length, bytes) => {
      const maskingKey = new Uint8Array(length);
      expect(() => mask(maskingKey, bytes)).toThrow(RangeError);
      expect(() => layOutFrame(frameOf('binary', bytes), { maskingKey })).toThrow(RangeError);
    }),
  );
});
