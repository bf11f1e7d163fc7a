import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../model/utf8.js';
import { defaultReadings, type ReadingChoices, type ReadingName, readings } from '../../spec/readings.js';
import { echoApplication, memoryServer, memoryTarget } from '../drivers/memory-server.js';
import type { Application } from '../drivers/memory-line.js';
import type { Peer } from '../verifier/line.js';
import { runCase } from '../verifier/run.js';
import { serverCases } from './index.js';

/*
 * What it means to ask for an option of a reading: a server that follows it has nothing to fear, and one that follows
 * another is told.
 */

/** Cases that show which option of a reading a server follows. */
interface Row {
  readonly name: ReadingName;
  readonly ids: readonly string[];
  /** Options of other readings without which it does not show. */
  readonly with?: Partial<ReadingChoices>;
  /** Options that cannot be told from each other. */
  readonly alike?: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'nonMinimalLength', ids: ['framing/length-1-in-16-bits', 'framing/ping-length-in-16-bits'] },
  { name: 'reservedBits', ids: ['framing/rsv1-on-text', 'framing/all-reserved-bits-on-close'] },
  { name: 'reservedOpcode', ids: ['framing/reserved-opcode-6', 'framing/reserved-opcode-between-fragments'] },
  { name: 'emptyFragment', ids: ['fragmentation/text-middle-empty', 'fragmentation/binary-all-empty'] },
  { name: 'maskedPart', ids: ['framing/length-126-text', 'masking/key-ones'] },
  { name: 'firstMaskedOctet', ids: ['framing/length-126-text', 'masking/random-key'] },
  { name: 'zeroKey', ids: ['masking/key-zero'] },
  { name: 'orphanContinuation', ids: ['fragmentation/orphan-continuation'] },
  { name: 'interleavedMessage', ids: ['fragmentation/text-inside-text'] },
  {
    name: 'characterAcrossFragments',
    ids: ['utf-8/fragments-cut-2-bytes-at-1'],
    with: { serverUtf8: 'close' },
  },
  { name: 'closeReasonUtf8', ids: ['closing/reason-not-utf-8'] },
  { name: 'controlLimit', ids: ['control/ping-of-124', 'control/ping-of-125'] },
  { name: 'answeringStatus', ids: ['status-codes/1001', 'status-codes/4000'] },
  { name: 'replacement', ids: ['utf-8/invalid-truncated'] },
  { name: 'serverUtf8', ids: ['utf-8/invalid-ff', 'utf-8/invalid-surrogate'] },
  { name: 'badTextStatus', ids: ['utf-8/invalid-ff'], with: { serverUtf8: 'close' } },
  { name: 'onViolation', ids: ['framing/rsv1-on-text', 'control/ping-without-fin'] },
  { name: 'closeAfterViolation', ids: ['closing/how-the-server-starts'] },
  { name: 'cutMessage', ids: ['closing/inside-message'], alike: ['discard', 'deliver'] },
  { name: 'halfClose', ids: ['closing/tcp-ended'] },
  { name: 'statusCode', ids: ['status-codes/999', 'status-codes/1005', 'status-codes/5000'] },
];

/** A server that follows the options: an application that sends back the text that it was given. */
function serverUnder(choices: Partial<ReadingChoices>): Peer {
  const isVerbatim = (choices.serverUtf8 ?? defaultReadings.serverUtf8) === 'verbatim';
  const application: Application = (effect) =>
    effect.type === 'message' && effect.message.kind === 'text' && !isVerbatim
      ? [{ type: 'local.send', kind: 'text', data: encodeUtf8(effect.message.text) }]
      : echoApplication(effect);
  return memoryServer(application, { readings: choices });
}

/** What cases find in a server that follows some options, when others were asked for. */
async function judged(ids: readonly string[], choices: Partial<ReadingChoices>, chosen: Partial<ReadingChoices>) {
  const results = await Promise.all(
    ids.map((id) => {
      const testCase = serverCases.find((candidate) => candidate.id === id);
      if (testCase === undefined) throw new Error(`there is no case ${id}`);
      return runCase(testCase, serverUnder(choices), { ...memoryTarget, chosen }, 6);
    }),
  );
  return results.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }));
}

const optionsOf = (name: ReadingName): readonly string[] => Object.keys(readings[name].options);

/**
 * Whether no option of a reading is failed by itself. By another mask neither side understands the other, and section 9
 * recommends to disconnect from whoever sends bad frames.
 */
const isOpen = (name: ReadingName): boolean =>
  !['maskedPart', 'firstMaskedOctet', 'reservedBits', 'reservedOpcode'].includes(name);

describe.each(rows)('$name', ({ name, ids, with: others = {}, alike = [] }) => {
  test.each(optionsOf(name))('a server that follows "%s" is right where that was asked for', async (option) => {
    const choices = { ...others, [name]: option };
    for (const result of await judged(ids, choices, choices)) {
      expect(result).toMatchObject({ verdict: expect.stringMatching(/^(?:pass|informational)$/) as unknown });
      expect(result.findings.filter(({ code }) => code.startsWith(readings[name].number))).toEqual([]);
    }
  });

  test.each(isOpen(name) ? optionsOf(name) : [])('a server that follows "%s" is never failed', async (option) => {
    for (const result of await judged(ids, { ...others, [name]: option }, {})) {
      expect(result).toMatchObject({ verdict: expect.stringMatching(/^(?:pass|informational)$/) as unknown });
    }
  });

  const areAlike = (one: string, other: string) => one === other || (alike.includes(one) && alike.includes(other));
  const pairs = optionsOf(name).flatMap((followed) =>
    optionsOf(name).flatMap((asked) => (areAlike(followed, asked) ? [] : [[followed, asked] as const])),
  );
  test.each(pairs)('a server that follows "%s" is told where "%s" was asked for', async (followed, asked) => {
    const results = await judged(ids, { ...others, [name]: followed }, { ...others, [name]: asked });
    if (name === 'maskedPart' || name === 'firstMaskedOctet') {
      // Neither side understands the other.
      expect(results.map(({ verdict }) => verdict)).toContain('fail');
    } else {
      const { number } = readings[name];
      expect(results.flatMap(({ findings }) => findings)).toContainEqual(
        expect.objectContaining({ allowed: expect.stringContaining(`${number}: ${asked}`) as unknown }),
      );
    }
  });
});

/** The readings of sections 4, 6 and 7; those of the opening handshake have their own test. */
const names = (Object.keys(readings) as ReadingName[]).filter((name) => /^R-[467]\d\d$/.test(readings[name].number));

/** The options in one place of each list of options; the last where a list is shorter. */
function optionsAt(place: number, wanted: readonly ReadingName[]): Partial<ReadingChoices> {
  return Object.fromEntries(
    wanted.map((name) => {
      const options = optionsOf(name);
      return [name, options[Math.min(place, options.length - 1)]];
    }),
  );
}

/** What is told to a server that follows some options although nothing is wrong. */
async function wronged(choices: Partial<ReadingChoices>, chosen: Partial<ReadingChoices>) {
  const sections = /^(?:framing|masking|fragmentation|control|closing|status-codes|utf-8|segmentation)\//;
  const ids = serverCases.map(({ id }) => id).filter((id) => sections.test(id));
  const results = await judged(ids, choices, chosen);
  return results.filter(({ verdict }) => verdict === 'fail' || verdict === 'advisory' || verdict === 'inconclusive');
}

describe('a server that follows option number', () => {
  test.each([0, 1, 2])('%i of every reading is right where just these were asked for', async (place) => {
    const choices = optionsAt(place, names);
    expect(await wronged(choices, choices)).toEqual([]);
  });

  test.each([0, 1, 2])('%i of every reading that is open is never failed', async (place) => {
    expect(await wronged(optionsAt(place, names.filter(isOpen)), {})).toEqual([]);
  });
});
