import fc from 'fast-check';
import { layOutFrame } from '../../model/frame-encoder.js';
import { concatBytes } from '../../model/bytes.js';
import { headerBits, lengthForms, opcodes } from '../../spec/wire.js';
import { doubtfulFrames, frameStreams } from './frame.js';
import { maskingKeys } from './masking-key.js';

/**
 * Bytes that pretend to be frames: noise, right frames with some bits or bytes changed or with their end missing,
 * frames that may not be sent, and headers that announce far more than comes. Short, so that they can be cut in every
 * way.
 */
export function hostileBytes(): fc.Arbitrary<Uint8Array> {
  return fc.oneof(fc.uint8Array({ maxLength: 40 }), nearMisses(), forbiddenFrames(), absurdLengths());
}

/** A right stream of frames, all clear or all masked, with up to three changes and perhaps cut off. */
function nearMisses(): fc.Arbitrary<Uint8Array> {
  const right = frameStreams({ maxLength: lengthForms.marker63 }).map(({ frames }) =>
    concatBytes(frames.map(({ frame, layout }) => layOutFrame(frame, layout))),
  );
  const flip = fc.nat(7).map((bit) => 1 << bit);
  const change = fc.tuple(fc.nat(400), fc.oneof(flip, fc.nat(0xff)));
  return fc.tuple(right, fc.array(change, { maxLength: 3 }), fc.option(fc.nat(400))).map(([bytes, changes, end]) => {
    const changed = bytes.slice();
    for (const [at, bits] of changes) {
      const place = at % Math.max(1, changed.length);
      changed[place] = (changed[place] ?? 0) ^ bits;
    }
    return end === null ? changed : changed.subarray(0, end % (changed.length + 1));
  });
}

/** Frames with any four bits for the opcode, reserved bits and the rest, clear or masked. */
function forbiddenFrames(): fc.Arbitrary<Uint8Array> {
  const layouts = fc.option(maskingKeys(), { nil: undefined });
  return fc
    .tuple(
      doubtfulFrames().filter(({ opcode }) => Number.isInteger(opcode) && (opcode & headerBits.opcode) === opcode),
      layouts,
    )
    .map(([frame, maskingKey]) => layOutFrame(frame, maskingKey === undefined ? {} : { maskingKey }));
}

/** A clear header that announces any 64-bit length, the highest bit included, with a few bytes behind it. */
export function absurdLengths(): fc.Arbitrary<Uint8Array> {
  const edges = [2n ** 31n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];
  const length = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
  return fc.tuple(fc.boolean(), length, fc.uint8Array({ maxLength: 20 })).map(([fin, announced, rest]) => {
    const bytes = new Uint8Array(10 + rest.length);
    bytes[0] = (fin ? headerBits.fin : 0) | opcodes.binary;
    bytes[1] = lengthForms.marker63;
    new DataView(bytes.buffer).setBigUint64(2, announced);
    bytes.set(rest, 10);
    return bytes;
  });
}

/**
 * Bytes that are nearly UTF-8: bytes at the borders of what may follow what, overlong forms, surrogates, code points
 * above U+10FFFF, sequences that are cut off, and right characters between them.
 */
export function doubtfulUtf8(): fc.Arbitrary<Uint8Array> {
  const border = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed];
  const late = [0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfc, 0xfe, 0xff];
  const right = ['c3a9', 'e282ac', 'ed9fbf', 'ee8080', 'efbbbf', 'efbfbd', 'f0908080', 'f09f9880', 'f48fbfbf'];
  const wrong = ['c0af', 'c1bf', 'e08080', 'e09fbf', 'eda080', 'edb080', 'edbfbf', 'f0808080', 'f08fbfbf', 'f4908080'];
  const cut = ['c3', 'e2', 'e282', 'f0', 'f09f', 'f09f98', 'ed', 'ed9f', 'f4', 'f48f', 'f5808080', 'f880808080'];
  const piece = fc.oneof(
    fc.constantFrom(...border, ...late).map((byte) => [byte]),
    fc.constantFrom(...right, ...wrong, ...cut).map((hex) => [...Buffer.from(hex, 'hex')]),
    fc.nat(0xff).map((byte) => [byte]),
  );
  return fc.array(piece, { maxLength: 12 }).map((pieces) => Uint8Array.from(pieces.flat()));
}
