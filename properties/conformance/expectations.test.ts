import { expect, test } from 'vitest';
import { frameOf } from '../../model/frame.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import { until } from './expectations.js';

const timeout = 1000;

/** A peer that sends a Pong every so many milliseconds, for ever, on a clock of its own. */
function drip(every: number): { readonly conversation: Conversation; readonly now: () => number } {
  let now = 0;
  const frame = frameOf('pong');
  const decoded = { frame, offset: 0, length: 2, lengthForm: 7 as const };
  const next = (limit = timeout): Promise<PeerEvent> => {
    now += Math.min(limit, every);
    return Promise.resolve(limit < every ? { type: 'silence' } : { type: 'frame', decoded });
  };
  return { conversation: { timeout, now: () => now, next } as unknown as Conversation, now: () => now };
}

test('a peer that sends other things does not prolong the wait', async () => {
  const { conversation, now } = drip(300);
  expect(await until(conversation, () => false)).toEqual({ type: 'silence' });
  expect(now()).toBe(timeout);
});

test('what prolongs the wait begins it anew, as often as it does', async () => {
  const { conversation, now } = drip(300);
  let left = 20;
  expect(
    await until(
      conversation,
      () => false,
      () => left-- > 0,
    ),
  ).toEqual({ type: 'silence' });
  // Twenty times 300 ms, and silence from the last of them on.
  expect(now()).toBe(20 * 300 + timeout);
});
