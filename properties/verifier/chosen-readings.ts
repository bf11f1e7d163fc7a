import type { FrameViolationCode, ViolationCode } from '../../model/violation.js';
import { defaultReadings, type ReadingChoices, type ReadingName, readings } from '../../spec/readings.js';

/*
 * What the text leaves open is put on record and never failed, unless the user has said which option of a reading is to
 * hold: then another one is a finding.
 */

/** The options that the user asked for; for the other readings none is. */
export type ChosenReadings = Partial<ReadingChoices>;

/** The readings on what a peer may send, which its frames are held against. The others are on what it does. */
const readingsOfSending = [
  'nonMinimalLength',
  'emptyFragment',
  'maskedPart',
  'firstMaskedOctet',
  'zeroKey',
  'textContent',
  'closeReasonUtf8',
  'controlLimit',
  'characterAcrossFragments',
  'utf8Definition',
  'statusCode',
  'reasonAlone',
] as const satisfies readonly ReadingName[];

/** The readings to read the frames of a peer with. */
export function readingsToWatchWith(chosen: ChosenReadings = {}): ReadingChoices {
  const asked = readingsOfSending.filter((name) => chosen[name] !== undefined);
  return { ...defaultReadings, ...Object.fromEntries(asked.map((name) => [name, chosen[name]])) };
}

/** The reading that makes a violation of something that the text may allow. */
const readingOfViolation: Partial<Readonly<Record<FrameViolationCode, ReadingName>>> = {
  'non-minimal-length': 'nonMinimalLength',
  'empty-fragment': 'emptyFragment',
  'zero-key': 'zeroKey',
  'bad-close-reason': 'closeReasonUtf8',
  'long-control': 'controlLimit',
  'bad-status-code': 'statusCode',
  'bad-utf-8': 'characterAcrossFragments',
};

/** The option that a violation breaks, such as ` (R-401: refuse)`; nothing where the user asked for none. */
export function optionBehind(code: ViolationCode, chosen: ChosenReadings = {}): string {
  const name = readingOfViolation[code as FrameViolationCode];
  const option = name === undefined ? undefined : chosen[name];
  return name === undefined || option === undefined ? '' : ` (${readings[name].number}: ${option})`;
}

/** The options by the numbers of their readings, in the order of the readings, for a report. */
export function byNumber(chosen: ChosenReadings): Readonly<Record<string, string>> {
  const names = (Object.keys(readings) as ReadingName[]).filter((name) => chosen[name] !== undefined);
  return Object.fromEntries(names.map((name) => [readings[name].number, chosen[name] as string]));
}
