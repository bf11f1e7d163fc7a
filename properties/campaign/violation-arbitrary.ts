import fc from 'fast-check';
import { frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import type { Role } from '../../model/role.js';
import { firstReservedOpcode, headerBits, maxControlPayload } from '../../spec/wire.js';
import { hostileFrames } from '../arbitraries/hostile-frames.js';
import { letters, type Piece } from './script.js';

const frame = (made: ReturnType<typeof frameOf>): Piece => ({ type: 'frame', frame: made });

const small = (): fc.Arbitrary<Uint8Array> => fc.nat(8).map(letters);

/** What breaks the framing rules of a sender, or is likely to: one or two pieces, or bytes. */
export function violations(peer: Role): fc.Arbitrary<readonly Piece[]> {
  const dataName = fc.constantFrom('text', 'binary');
  const controlName = fc.constantFrom('ping', 'pong', 'close');
  const bit = fc.constantFrom('rsv1', 'rsv2', 'rsv3', 'rsv4');
  const reservedBit = fc
    .tuple(fc.oneof(dataName, controlName), bit, small())
    .map(([name, set, body]) => [frame({ ...frameOf(name, body), [set]: true })]);
  const reservedOpcode = fc
    .tuple(fc.integer({ min: firstReservedOpcode, max: headerBits.opcode }), small())
    .map(([opcode, body]) => [frame({ ...frameOf('text', body), opcode })]);
  const fragmentedControl = fc.tuple(controlName, small()).map(([name, body]) => [frame(frameOf(name, body, false))]);
  const longControl = fc
    .tuple(controlName, fc.integer({ min: maxControlPayload + 1, max: 300 }))
    .map(([name, length]) => [frame(frameOf(name, letters(length)))]);
  const orphan = fc.tuple(small(), fc.boolean()).map(([body, fin]) => [frame(frameOf('continuation', body, fin))]);
  const interleaved = fc
    .tuple(dataName, dataName, small())
    .map(([one, other, body]) => [frame(frameOf(one, body, false)), frame(frameOf(other, body))]);
  const badText = fc.uint8Array({ minLength: 1, maxLength: 4 }).map((bytes) => [
    frame(
      frameOf(
        'text',
        bytes.map((byte) => byte | 0x80),
      ),
    ),
  ]);
  const closeBody = fc
    .oneof(
      fc.uint8Array({ minLength: 1, maxLength: 4 }),
      fc.constantFrom(0, 999, 1005, 1006, 1100, 5000).map(statusBytes),
    )
    .map((body) => [frame(frameOf('close', body))]);
  const otherMasking = fc
    .tuple(dataName, small())
    .map(([name, body]): readonly Piece[] => [
      { type: 'raw', bytes: layOutFrame(frameOf(name, body), peer === 'server' ? {} : { maskingKey: letters(4) }) },
    ]);
  const bytes = hostileFrames().map((raw): readonly Piece[] => [{ type: 'raw', bytes: raw }]);
  return fc.oneof(
    reservedBit,
    reservedOpcode,
    fragmentedControl,
    longControl,
    orphan,
    interleaved,
    badText,
    closeBody,
    otherMasking,
    bytes,
  );
}

const statusBytes = (status: number): Uint8Array => Uint8Array.of(status >> 8, status & 0xff);
