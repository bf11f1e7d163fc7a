import { expect, test } from 'vitest';
import { bundle } from './bundle.js';

const explorer = 'docs/explorer/browser/main.tsx';
const forbidden = /\bfetch\(|XMLHttpRequest|new WebSocket|sendBeacon|\beval\(|new Function\b/;

test('the same sources give the same script, which asks nothing of the network and evaluates no text', async () => {
  const [one, other] = await Promise.all([bundle(explorer), bundle(explorer)]);
  expect(one.text === other.text).toBe(true);
  expect(forbidden.exec(one.text)).toBeNull();
  expect(one.packages).toEqual(other.packages);
  expect(one.packages).toContain('preact');
});
