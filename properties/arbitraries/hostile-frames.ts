import fc from 'fast-check';
import { layOutFrame } from '../../model/frame-encoder.js';
import { concatBytes } from '../../model/bytes.js';
import { headerBits, lengthForms, opcodes } from '../../spec/wire.js';
import { doubtfulFrames, frameStreams } from './frame.js';
import { maskingKeys } from './masking-key.js';

/**
 * Bytes that pretend to be frames: noise, right frames with some bits or bytes changed or with their end missing,
 * frames that may not be sent, and headers that announce far more than comes. A few hundred bytes at
 * most (draft-06 section 4.3).
 */
export function hostileFrames(): fc.Arbitrary<Uint8Array> {
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

/**
 * A clear header that announces a length from 2^31 to 2^64 - 1, the highest bit included, with up to 20 bytes behind it
 * (draft-06 section 4.3): what comes is far less.
 */
export function absurdLengths(): fc.Arbitrary<Uint8Array> {
  const edges = [2n ** 31n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];
  const length = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 2n ** 31n, max: 2n ** 64n - 1n }));
  return fc.tuple(fc.boolean(), length, fc.uint8Array({ maxLength: 20 })).map(([fin, announced, rest]) => {
    const bytes = new Uint8Array(10 + rest.length);
    bytes[0] = (fin ? headerBits.fin : 0) | opcodes.binary;
    bytes[1] = lengthForms.marker63;
    new DataView(bytes.buffer).setBigUint64(2, announced);
    bytes.set(rest, 10);
    return bytes;
  });
}
