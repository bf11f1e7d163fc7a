import { describe, expect, test } from 'vitest';
import { noBytes } from '../../model/bytes.js';
import { memoryServer } from '../drivers/memory-server.js';
import { isEchoOf, readRawFrames } from './raw-frames.js';
import type { Peer } from '../verifier/line.js';
import { runCase } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import { furtherControlCasesFor } from './further-control.js';
import { furtherExtensionCases } from './further-extensions.js';
import { furtherFreedomCases } from './further-freedoms.js';
import { furtherHeaderCases } from './further-headers.js';
import { furtherLayoutCases } from './further-layout.js';
import { furtherLengthCases } from './further-lengths.js';

const cases = [
  ...furtherHeaderCases,
  ...furtherExtensionCases,
  ...furtherLayoutCases,
  ...furtherLengthCases,
  ...furtherControlCasesFor('server'),
  ...furtherFreedomCases,
];

const target: Target = {
  uri: { host: 'server.example', port: 8006, resourceName: '/', secure: false },
  subprotocols: [],
  fields: [],
  timeout: 1000,
};

/** The right server; those that are unusual and right are in the kill matrix. */
const unusual: Readonly<Record<string, () => Peer>> = {
  'the model': () => memoryServer(),
};

test('ids are unique, kebab-case and under a section', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
});

describe('what the text allows is never failed', () => {
  test.each(Object.entries(unusual))('%s', async (_, peer) => {
    const wrong: unknown[] = [];
    for (const testCase of cases) {
      const { id, verdict, reason, findings } = await runCase(testCase, peer(), target, 6);
      if (verdict !== 'pass' && verdict !== 'informational') wrong.push([id, verdict, reason, findings]);
    }
    expect(wrong).toEqual([]);
  });
});

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
