import { expect, test } from 'vitest';
import { bundle } from './bundle.js';

const explorer = 'docs/explorer/browser/main.tsx';

test('the same sources give the same script, which asks nothing of the network and evaluates no text', async () => {
  const [one, other] = await Promise.all([bundle(explorer), bundle(explorer)]);
  expect(one).toEqual(other);
  expect(one.text).not.toMatch(/\bfetch\(|XMLHttpRequest|WebSocket\(|sendBeacon|\beval\(|new Function\(|innerHTML\s*=[^=]/);
  expect(one.packages).toContain('preact');
});
