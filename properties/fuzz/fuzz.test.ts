import { expect, test } from 'vitest';
import { runCampaign } from './campaign.js';
import { bytesOfKept, readCorpus } from './corpus.js';
import { faultOf } from './minimise.js';
import { demand, type FuzzTarget } from './target.js';
import { fuzzTargets } from './targets/index.js';

test('every input that was kept has no fault any more', async () => {
  for (const kept of readCorpus()) {
    const target = fuzzTargets.find(({ name }) => name === kept.target);
    expect(target, kept.target).toBeDefined();
    if (target === undefined) continue;
    expect([kept.target, kept.hex, await faultOf(target, bytesOfKept(kept))]).toEqual([
      kept.target,
      kept.hex,
      undefined,
    ]);
  }
});

test.each(fuzzTargets.map((target) => [target.name, target] as const))(
  'a short campaign finds nothing: %s',
  async (_, target) => {
    const { findings } = await runCampaign(target, { inputs: target.weight < 4 ? 100 : 300, seed: 20110329 });
    expect(findings).toEqual([]);
  },
);

/** Throws at two bytes next to each other, the second of which only matters behind the first. */
const planted: FuzzTarget = {
  name: 'planted',
  says: 'a fault that was put there',
  weight: 1,
  maxLength: 64,
  seeds: () => [Uint8Array.from({ length: 40 }, (_, at) => at)],
  words: [Uint8Array.of(0x22)],
  check: (input) => {
    const at = input.indexOf(0x11);
    demand(at < 0 || input[at + 1] !== 0x22, 'there it is');
  },
};

test('a fault that was put there is found and made short', async () => {
  const { findings } = await runCampaign(planted, { inputs: 20_000, seed: 1 });
  expect(findings).toEqual([{ fault: 'FuzzFault: there it is', input: Uint8Array.of(0x11, 0x22) }]);
});
