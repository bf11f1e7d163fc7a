import { resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { expect, test } from 'vitest';

test('each floor of the tower imports only from the floors below it, and the model only its two libraries besides', async () => {
  const options = await extractConfig(resolve('.dependency-cruiser.cjs'));
  const { output } = await cruise(['spec', 'model', 'impl', 'properties', 'docs', 'bin'], options);
  const { summary, modules } = output as ICruiseResult;
  // A cruiser that cannot read TypeScript sees no modules and no violations.
  expect(modules.filter((found) => /^(spec|model)\/.*\.ts$/.test(found.source)).length).toBeGreaterThan(30);
  expect(summary.violations.map(({ from, to, rule }) => `${from} -> ${to}: ${rule.name}`)).toEqual([]);
});
