import fc from 'fast-check';
import { concatBytes } from '../../model/bytes.js';
import type { Frame } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import type { Role } from '../../model/role.js';
import { headTo } from '../simulation/reach.js';
import { doubtfulHeads } from './http-head.js';

/**
 * Frames that may break any rule that a single frame can break: every opcode from 0 to 15, every bit, control frames too
 * long; up to 150 bytes of payload. All have a layout, which `layOutFrame` of the model makes.
 */
export function lawlessFrames(): fc.Arbitrary<Frame> {
  const rarely = fc.nat(15).map((one) => one === 0);
  return fc.record({
    fin: fc.nat(3).map((one) => one !== 0),
    rsv1: rarely,
    rsv2: rarely,
    rsv3: rarely,
    rsv4: rarely,
    opcode: fc.oneof(fc.nat(5), fc.nat(5), fc.nat(5), fc.nat(15)),
    extensionData: fc.constant(new Uint8Array(0)),
    applicationData: fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.uint8Array({ maxLength: 150, size: 'max' }),
      // What a Close may say, and a number that it may not.
      fc.constantFrom(Uint8Array.of(0x03, 0xe8), Uint8Array.of(0x03, 0xe8, 0x6f, 0x6b), Uint8Array.of(0, 1)),
    ),
  });
}

/**
 * The bytes of a lawless frame as the other side of `role` would write them, in any form of the payload length; seldom
 * masked where it should be clear, or the reverse.
 * @param role who is to read them
 */
export function lawlessFrameBytes(role: Role): fc.Arbitrary<Uint8Array> {
  const key = fc.uint8Array({ minLength: 4, maxLength: 4 });
  return fc
    .tuple(lawlessFrames(), key, fc.nat(9), fc.constantFrom(undefined, undefined, 63 as const))
    .map(([frame, maskingKey, one, lengthForm]) => {
      const masked = (role === 'server') !== (one === 0);
      return layOutFrame(frame, {
        ...(masked ? { maskingKey } : {}),
        ...(lengthForm === undefined ? {} : { lengthForm }),
      });
    });
}

/**
 * What anybody might write to an endpoint: right and wrong heads, frames of all kinds, noise, one after the other, and
 * cut off anywhere. No bound on what it announces: up to a few kilobytes come.
 * @param role who is to read them
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { createConnection, step } from 'hybi-spec';
 * import { hostileBytes } from 'hybi-spec/arbitraries';
 *
 * fc.assert(
 *   fc.property(hostileBytes('server'), (bytes) => {
 *     // Put the server under test here: whatever comes, it does not throw.
 *     const [server] = createConnection({ role: 'server' });
 *     const [, effects] = step(server, { type: 'bytes', bytes });
 *     return Array.isArray(effects);
 *   }),
 * );
 * ```
 */
export function hostileBytes(role: Role): fc.Arbitrary<Uint8Array> {
  const piece = fc.oneof(
    fc.constant(headTo(role)),
    doubtfulHeads(),
    fc.uint8Array({ maxLength: 30 }),
    lawlessFrameBytes(role),
    lawlessFrameBytes(role),
  );
  const whole = fc.array(piece, { maxLength: 8 }).map(concatBytes);
  return fc.oneof(
    whole,
    fc.tuple(whole, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % (bytes.length + 1))),
  );
}

/** Frames one after the other, mostly right, as the other side of `role` writes them. */
export function lawlessFrameStreams(role: Role): fc.Arbitrary<Uint8Array> {
  return fc.array(lawlessFrameBytes(role), { maxLength: 12 }).map(concatBytes);
}
