import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { echoApplication, memoryServer, memoryTarget } from '../drivers/memory-server.js';
import { socketServer } from '../drivers/socket-server.js';
import { serverOddities } from '../faults/oddities-server.js';
import { runPeer } from '../kill-matrix/run-peer.js';
import type { Peer } from '../verifier/line.js';
import { runCase, runCases, serverBench } from '../verifier/run.js';
import { serverCases } from './index.js';

const sections = /^(?:framing|masking|fragmentation|control|closing|status-codes|utf-8|segmentation)\//;
const cases = serverCases.filter(({ id }) => sections.test(id));

const seed = 6;

/** Runs a case by its id. */
function run(id: string, peer: Peer) {
  const found = cases.find((testCase) => testCase.id === id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  return runCase(found, peer, memoryTarget, seed);
}

describe('a case notes what the text leaves open, and nothing that it settles', () => {
  const noted = /R-\d+|unasked|huge|ping-after-close|no-echo-before-close|received-after-close|tcp-kept-open/;
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (_, testCase) => {
    const { verdict, findings } = await runCase(testCase, memoryServer(), memoryTarget, seed);
    expect(verdict).toMatch(/^(pass|informational)$/);
    for (const { code } of findings) expect(code).toMatch(noted);
  });
});

describe('the reference server on a socket', () => {
  let server: ReferenceServer;
  beforeAll(async () => {
    server = await startServer({ port: 0 });
  });
  afterAll(() => server.stop());

  test('keeps every clause', async () => {
    const results = await runCases({
      cases,
      bench: serverBench(socketServer('127.0.0.1', server.port, 1000), {
        ...memoryTarget,
        uri: { ...memoryTarget.uri, host: '127.0.0.1', port: server.port },
      }),
      seed,
      jobs: 8,
      abilities: new Set(['echo of text', 'echo of binary'] as const),
    });
    const wrong = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'informational');
    expect(wrong.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }))).toEqual([]);
  });
});

/** Servers that keep every clause, each in a way of its own that the frames show. */
const unusual =
  /^oddity\/(?:long-lengths|fragments|greets|latest-ping|small-messages|close-without-body|byte-by-byte)$/;

describe('what the text allows is never failed', () => {
  const rows = serverOddities.filter(({ name }) => unusual.test(name)).map((each) => [each.says, each] as const);
  test.each(rows)('%s', async (_, oddity) => {
    const ids = new Set(cases.map(({ id }) => id));
    const outcomes = await runPeer(oddity, (id) => ids.has(id));
    expect(outcomes.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'informational')).toEqual([]);
  });
});

test('a server that closes with 1004 has a limit, and that is its right', async () => {
  const { verdict, findings } = await run(
    'framing/length-65536-text',
    memoryServer(echoApplication, { maxMessage: 0xffff }),
  );
  expect([verdict, findings[0]?.clause]).toEqual(['informational', 'draft-06/7.4.1/1004-too-large']);
});

test('a Pong of ours does not fall into a frame that is being sent in pieces', async () => {
  const pinging: Peer = memoryServer((effect) =>
    effect.type === 'opened' ? [{ type: 'local.ping' }] : echoApplication(effect),
  );
  expect(await run('segmentation/byte-by-byte-7-bits', pinging)).toMatchObject({ verdict: 'pass' });
});

test('there are cases enough', () => {
  expect(cases.length).toBeGreaterThanOrEqual(110);
});
