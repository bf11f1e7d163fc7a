import { expect, test } from 'vitest';
import { frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import type { Role } from '../../model/role.js';
import type { ReadingName } from '../../spec/readings.js';
import { memoryServer } from '../drivers/memory-server.js';
import { verify } from '../verify.js';
import { byNumber, type ChosenReadings, optionBehind, readingsToWatchWith } from './chosen-readings.js';
import { watchFrames } from './frame-watch.js';
import { createRecorder } from './recorder.js';

/** Frames that one option of a reading forbids their sender and another allows. */
const rows: readonly {
  readonly name: ReadingName;
  readonly allows: string;
  readonly forbids: string;
  readonly wire: Uint8Array;
  readonly peer?: Role;
}[] = [
  {
    name: 'nonMinimalLength',
    allows: 'allow',
    forbids: 'refuse',
    wire: layOutFrame(frameOf('text', Uint8Array.of(0x61)), { lengthForm: 16 }),
  },
  {
    name: 'emptyFragment',
    allows: 'allow',
    forbids: 'refuse',
    wire: Uint8Array.of(0x04, 0, 0x80, 0),
  },
  {
    name: 'closeReasonUtf8',
    allows: 'replace',
    forbids: 'refuse',
    wire: layOutFrame(frameOf('close', Uint8Array.of(0x03, 0xe8, 0xff))),
  },
  {
    name: 'controlLimit',
    allows: 'payload',
    forbids: 'frame',
    wire: layOutFrame(frameOf('pong', new Uint8Array(125))),
  },
  { name: 'statusCode', allows: 'ranges', forbids: 'defined', wire: Uint8Array.of(0x81, 2, 0x05, 0xdc) },
  {
    name: 'zeroKey',
    allows: 'all',
    forbids: 'not-zero',
    wire: layOutFrame(frameOf('text', Uint8Array.of(0x61)), { maskingKey: new Uint8Array(4) }),
    peer: 'client',
  },
  {
    name: 'characterAcrossFragments',
    allows: 'allow',
    forbids: 'refuse',
    wire: Uint8Array.of(0x04, 1, 0xc3, 0x80, 1, 0xa9),
  },
];

/** What is found in the bytes of a peer when some options were asked for. */
function found(wire: Uint8Array, chosen: ChosenReadings, peer: Role = 'server') {
  const recorder = createRecorder();
  const watch = watchFrames(recorder, false, peer, { readings: readingsToWatchWith(chosen), chosen });
  watch.take(wire, 0);
  return recorder.findings();
}

test.each(rows)('$name: what a peer sends is held against the option that was asked for', (row) => {
  const { name, allows, forbids, wire, peer } = row;
  expect(found(wire, {}, peer)).toEqual([]);
  expect(found(wire, { [name]: allows }, peer)).toEqual([]);
  const number = Object.keys(byNumber({ [name]: forbids }))[0] ?? '';
  const [finding] = found(wire, { [name]: forbids }, peer);
  // The clause on reasons is a MAY, so that nothing is failed by it.
  expect(finding?.verdict).toBe(name === 'closeReasonUtf8' ? 'informational' : 'fail');
  expect(finding?.allowed).toContain(`(${number}: ${forbids})`);
});

test('readings on what a receiver does change nothing in what a peer may send', () => {
  const marked = layOutFrame({ ...frameOf('text'), rsv1: true });
  expect(found(marked, { reservedBits: 'ignore' })).toMatchObject([{ code: 'rsv1-set', verdict: 'fail' }]);
  expect(readingsToWatchWith({ reservedBits: 'ignore', onViolation: 'drop' })).toEqual(readingsToWatchWith());
});

test('a finding names an option only where one was asked for', () => {
  expect(optionBehind('non-minimal-length')).toBe('');
  expect(optionBehind('rsv1-set', { nonMinimalLength: 'refuse' })).toBe('');
  expect(optionBehind('non-minimal-length', { nonMinimalLength: 'refuse' })).toBe(' (R-401: refuse)');
});

test('the report says which options were enforced, and nothing where none was', async () => {
  const target = {
    uri: { host: 'server.example', port: 8006, resourceName: '/', secure: false },
    subprotocols: [],
    fields: [],
    timeout: 1000,
  };
  const reportOf = async (chosen?: ChosenReadings) => {
    const verification = await verify({
      target: chosen === undefined ? target : { ...target, chosen },
      peer: memoryServer(),
      shownTarget: 'ws://server.example/',
      sameOptions: ' --reading R-401=refuse',
      version: '0',
      only: ['framing/length-1-in-16-bits'],
      seed: 6,
    });
    if (verification.kind !== 'report') throw new Error(verification.why);
    return verification.report;
  };
  const usual = await reportOf();
  expect(usual).not.toHaveProperty('readings');
  expect(usual.cases[0]).toMatchObject({ verdict: 'pass' });
  const strict = await reportOf({ nonMinimalLength: 'refuse' });
  expect(strict.readings).toEqual({ 'R-401': 'refuse' });
  expect(strict.cases[0]).toMatchObject({ verdict: 'fail', findings: [{ allowed: 'R-401: refuse' }] });
  expect(strict.cases[0]?.again).toContain('--reading R-401=refuse');
});
