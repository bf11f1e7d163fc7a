import { expect, test } from 'vitest';
import { noBytes } from '../../model/bytes.js';
import { bytesInFront, isEchoOf, readRawFrames } from './raw-frames.js';

test('the second reader reads what the grammar says, and stops where the bytes do', () => {
  const bytes = Uint8Array.of(0x84, 2, 0x68, 0x69, 0x03, 0x7e, 0, 1, 0xaa, 0x55, 0xff, 0, 0, 0, 0, 0, 0, 0, 9, 1);
  expect(readRawFrames(bytes)).toMatchObject([
    { at: 0, fin: true, opcode: 4, rsv4: false, length: 2, isComplete: true },
    { at: 4, fin: false, opcode: 3, lengthBits: 0x7e, length: 1, payload: Uint8Array.of(0xaa) },
    {
      at: 9,
      rsv1: true,
      rsv2: false,
      rsv3: true,
      opcode: 5,
      rsv4: true,
      lengthBits: 0x7f,
      length: 9,
      isComplete: false,
    },
  ]);
  expect(readRawFrames(Uint8Array.of(0x84))).toEqual([]);
  expect(isEchoOf(noBytes)({ type: 'silence' })).toBe(false);
});

test('what stands in front of a message is told from what never came', () => {
  const payload = Uint8Array.of(1, 2);
  const framesOf = (...bytes: readonly number[]) => readRawFrames(Uint8Array.from(bytes));
  expect(bytesInFront(framesOf(0x85, 4, 9, 9, 1, 2), payload)).toBe(2);
  expect(bytesInFront(framesOf(0x85, 4, 9, 9, 1), payload)).toBe(2);
  expect(bytesInFront(framesOf(0x85, 2, 9, 9), noBytes)).toBe(2);
  // A length that is wrong, and data of which nothing, or not enough, is there.
  expect(bytesInFront(framesOf(0x85, 2), noBytes)).toBe(0);
  expect(bytesInFront(framesOf(0x85, 4, 1, 2), payload)).toBe(0);
  expect(bytesInFront(framesOf(0x85, 4, 9, 9, 2, 1), payload)).toBe(0);
  expect(bytesInFront(framesOf(0x85, 2, 1, 2), payload)).toBe(0);
});
