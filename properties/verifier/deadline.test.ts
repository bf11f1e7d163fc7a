import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryClient } from '../drivers/memory-client.js';
import { memoryServer } from '../drivers/memory-server.js';
import { verifyClient } from '../verify-client.js';
import { verify } from '../verify.js';
import type { ConformanceCase } from './case.js';
import { longestCase, runCaseOn, serverBench } from './run.js';
import type { Target } from './tester.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const endless: ConformanceCase = {
  id: 'framing/endless',
  title: 'A case that does not end by itself',
  clauses: ['draft-06/4.1/sequence-of-frames'],
  requirement: 'None.',
  run: () => new Promise(() => undefined),
};

const target: Target = {
  uri: { host: 'h', port: 1, resourceName: '/', secure: false },
  subprotocols: [],
  fields: [],
  timeout: 500,
};

/** What a case came to after some milliseconds, if it has come to anything. */
async function after(ms: number, testCase: ConformanceCase, changes: Partial<Target>): Promise<string | undefined> {
  let came: string | undefined;
  void runCaseOn(testCase, serverBench(memoryServer(), { ...target, ...changes }), 1).then(
    ({ verdict, reason = '' }) => {
      came = `${verdict}: ${reason}`;
    },
  );
  await vi.advanceTimersByTimeAsync(ms);
  return came;
}

test('a case that does not end is ended, and the reason says how to have it wait longer', async () => {
  expect(await after(39_000, endless, {})).toBeUndefined();
  expect(await after(41_000, endless, {})).toMatch(/^inconclusive: .*40000 ms.* 500 ms for each answer.*--timeout/);
});

test('who waits without end, or longer than a timer can run, has no deadline', async () => {
  for (const timeout of [Infinity, 2 ** 31 - 1, 120_000_000]) {
    expect(longestCase(timeout)).toBe(Infinity);
    expect(await after(10_000_000, endless, { timeout })).toBeUndefined();
  }
});

test('a campaign has no deadline where all of its runs are wanted', async () => {
  const campaign = { ...endless, id: 'random/endless', isCampaign: true };
  expect(await after(1_000_000, campaign, { allRuns: true })).toBeUndefined();
  expect(await after(1_000_000, endless, { allRuns: true })).toMatch(/^inconclusive/);
  expect(await after(1_000_000, campaign, {})).toMatch(/^inconclusive/);
});

test('who waits without end is asked the same as others', async () => {
  vi.useRealTimers();
  const timeout = Infinity;
  const facts = {
    version: '0',
    seed: 1,
    shownTarget: 'm',
    only: ['handshake/nothing-but-frames', 'client-response/late'],
  };
  const server = await verify({
    ...facts,
    target: { ...target, timeout },
    peer: memoryServer(),
  });
  const client = await verifyClient({
    ...facts,
    client: memoryClient(),
    timeout,
    command: 'hybi verify-client',
  });
  for (const run of [server, client]) {
    expect(run.kind === 'report' && run.report.cases.map(({ verdict }) => verdict)).toEqual(['pass']);
  }
});
