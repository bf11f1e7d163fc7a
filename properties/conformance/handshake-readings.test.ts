import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReadingChoices, type ReadingName, readings } from '../../spec/readings.js';
import { readingChoices } from '../arbitraries/reading-choices.js';
import { echoApplication, memoryServer, memoryTarget } from '../drivers/memory-server.js';
import { runCase } from '../verifier/run.js';
import { serverCases } from './index.js';

const cases = serverCases.filter(({ id }) => /^(?:handshake|headers|extensions)\//.test(id));

/** The readings of sections 3, 5, 8, 9 and 10. */
const openingNames = (Object.keys(readings) as ReadingName[]).filter((name) =>
  /^R-(?:[3589]|10)\d\d$/.test(readings[name].number),
);

/** The options in one place of each list of options; the last where a list is shorter. */
function optionsAt(place: number): Partial<ReadingChoices> {
  return Object.fromEntries(
    openingNames.map((name) => {
      const options = Object.keys(readings[name].options);
      return [name, options[Math.min(place, options.length - 1)]];
    }),
  );
}

/** What a server under some readings is told that is neither right nor only put on record; and what is put on record. */
async function verdicts(choices: Partial<ReadingChoices>, chosen: Partial<ReadingChoices> = {}) {
  const wrong: unknown[] = [];
  const recorded: string[] = [];
  for (const testCase of cases) {
    const peer = memoryServer(echoApplication, { readings: choices, authorities: ['server.example:8006'] });
    const { id, verdict, reason, findings } = await runCase(testCase, peer, { ...memoryTarget, chosen }, 6);
    if (verdict !== 'pass' && verdict !== 'informational') wrong.push([id, verdict, reason, findings]);
    recorded.push(...findings.map(({ code }) => code));
  }
  return { wrong, recorded };
}

test.each([0, 1, 2])(
  'a server that follows option %i of each reading is never failed, nor when it was asked for',
  async (place) => {
    const choices = optionsAt(place);
    expect((await verdicts(choices)).wrong).toEqual([]);
    expect((await verdicts(choices, choices)).wrong).toEqual([]);
  },
);

test('nor is one that follows any options', async () => {
  for (const choices of fc.sample(readingChoices(openingNames), { numRuns: 3, seed: 6 })) {
    const { wrong } = await verdicts(choices, choices);
    expect([choices, wrong]).toEqual([choices, []]);
  }
});

/** Options that are not the usual ones, and the code under which a server that follows them is known. */
const unusual = [
  ['foldedField', 'refuse'],
  ['keyOfRequest', 'presence'],
  ['versionForm', 'number'],
  ['abortResponse', 'silent'],
  ['absoluteRequestUri', 'refuse'],
  ['extensionBlanks', 'rfc-5234'],
  ['bytesAboveAscii', 'refuse'],
  ['emptyLinesFirst', 'neither'],
  ['upgradeListOfRequest', 'alone'],
  ['hostOfRequest', 'match'],
] as const;

test('which unusual option a server follows goes on record, and fails it when another was asked for', async () => {
  const { recorded: usual } = await verdicts({});
  const options = Object.fromEntries(unusual) as Partial<ReadingChoices>;
  const { recorded } = await verdicts(options);
  const asked = Object.fromEntries(unusual.map(([name]) => [name, readings[name].chosen]));
  const { wrong } = await verdicts(options, asked);
  const { wrong: other } = await verdicts({}, options);
  for (const [name, option] of unusual) {
    const { number, chosen } = readings[name];
    if (name !== 'hostOfRequest') expect(recorded).toContain(`${number}-${option}`);
    expect(usual).not.toContain(`${number}-${option}`);
    if (name !== 'hostOfRequest') expect(JSON.stringify(wrong)).toContain(`"allowed":"${number}: ${chosen}"`);
    expect(JSON.stringify(other)).toContain(`"allowed":"${number}: ${option}"`);
  }
});
