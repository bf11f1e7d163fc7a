import { describe, expect, test } from 'vitest';
import { startServer } from '../../impl/server.js';
import { memoryServer, memoryTarget } from '../drivers/memory-server.js';
import { socketServer } from '../drivers/socket-server.js';
import { closingAt } from '../faults/fault.js';
import { timeoutFaultyServers } from '../faults/timeouts.js';
import type { Peer } from '../verifier/line.js';
import { runCase, runCases, serverBench } from '../verifier/run.js';
import { tellingServer, toldFor } from './telling-server.js';
import { timeoutCases } from './timeouts.js';

/** The findings of a case, as `verdict code clause`. */
async function findingsOf(name: string, peer: Peer): Promise<readonly string[]> {
  const testCase = timeoutCases.find(({ id }) => id === `timeouts/${name}`);
  if (testCase === undefined) throw new Error(`there is no case timeouts/${name}`);
  const { findings, reason } = await runCase(testCase, peer, memoryTarget, 6);
  if (reason !== undefined) return [`inconclusive ${reason}`];
  return findings.map(({ verdict, code, clause }) => `${verdict} ${code} ${clause}`);
}

test('ids are unique, and lie under timeouts/', () => {
  const ids = timeoutCases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^timeouts\/[a-z0-9]+(-[a-z0-9]+)*$/);
});

/** Servers that keep every clause. */
const allowed: Readonly<Record<string, () => Peer>> = {
  'tells nothing': () => memoryServer(),
  'keeps connections as it told': () => tellingServer({ lines: toldFor(2), keeps: 2 }),
  'keeps connections for ever': () => tellingServer({ lines: toldFor('0002') }),
  'tells nothing, and ends soon': () => tellingServer({ lines: [], keeps: 1 }),
  'tells 0, and ends at once': () => tellingServer({ lines: toldFor(0), keeps: 0 }),
  'tells more than anybody waits for': () => tellingServer({ lines: toldFor('9'.repeat(20)), keeps: 3 }),
  'tells, and closes behind the answer': () =>
    tellingServer({ lines: ['Connection: Connection-Timeout, close', 'Connection-Timeout: 4'], keeps: 0 }),
  'tells in two lines, without case': () =>
    tellingServer({ lines: ['connection: x', 'CONNECTION: connection-TIMEOUT', 'connection-timeout: 1'], keeps: 1 }),
  'tells on a 101 too': () =>
    tellingServer({
      lines: toldFor(1),
      accepting: ['Connection: Upgrade, Connection-Timeout', 'Connection-Timeout: 1'],
      keeps: 1,
    }),
  'is late': () => tellingServer({ lines: [], takes: 1.9 }),
};

describe('what the text allows is never failed', () => {
  test.each(Object.entries(allowed))('a server that %s', async (_, peer) => {
    for (const testCase of timeoutCases) {
      const { id, verdict, reason, findings } = await runCase(testCase, peer(), memoryTarget, 6);
      const isTimely = id !== 'timeouts/answer-time' || reason === undefined;
      expect([id, verdict, isTimely, findings]).toEqual([
        id,
        expect.stringMatching(/^(pass|informational|inconclusive)$/),
        true,
        findings,
      ]);
    }
  });
});

test('what is observed says what the server does', async () => {
  const note = 'informational';
  expect(await findingsOf('kept', tellingServer({ lines: toldFor(2), keeps: 2 }))).toEqual([]);
  expect(await findingsOf('kept', tellingServer({ lines: toldFor(600) }))).toEqual([
    `${note} long-promise http-timeout-00/4/minimum-idle-time`,
  ]);
  expect(await findingsOf('kept', tellingServer({ lines: toldFor(5), keeps: 0 }))).toEqual([
    `${note} closed-busy http-timeout-00/5/may-close-sooner`,
  ]);
  expect(
    await findingsOf(
      'kept',
      tellingServer({ lines: ['Connection: Connection-Timeout, close', 'Connection-Timeout: 4'] }),
    ),
  ).toEqual([`${note} no-idle-time http-timeout-00/4/minimum-idle-time`]);
  expect(await findingsOf('kept-upgraded', tellingServer({ lines: toldFor(4), keeps: 2 }))).toEqual([
    `${note} ended http-timeout-00/4.2/can-apply`,
  ]);
  expect(await findingsOf('kept-upgraded', tellingServer({ lines: toldFor(4), keeps: 5 }))).toEqual([
    `${note} kept http-timeout-00/4.2/can-apply`,
  ]);
  expect(await findingsOf('kept-upgraded', tellingServer({ lines: toldFor(600) }))).toEqual([
    `${note} long-promise http-timeout-00/4/minimum-idle-time`,
  ]);
  expect(await findingsOf('answer-time', tellingServer({ lines: [], takes: 1.9 }))).toEqual([
    `${note} late http-timeout-00/3/server-may-be-late`,
  ]);
  expect(await findingsOf('answer-time', tellingServer({ lines: [], takes: 0.5 }))).toEqual([]);
});

describe('a faulty server is told what is wrong', () => {
  test.each(timeoutFaultyServers.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const blamed = await Promise.all(
      timeoutCases.map(async ({ id }) => findingsOf(id.slice('timeouts/'.length), fault.peer())),
    );
    const weights = blamed.flat().filter((finding) => !finding.startsWith('informational'));
    expect([...new Set(weights.map((finding) => finding.split(' ')[2]))]).toEqual([fault.clause]);
    const isAdvice = fault.clause === 'http-timeout-00/4/kept-as-long-as-said';
    for (const finding of weights) expect(finding).toMatch(isAdvice ? /^advisory/ : /^fail/);
  });
});

test('a server that refuses what it does not know is told so', async () => {
  const refusing = closingAt(/\r\nRequest-Timeout:/i)();
  const wanted = 'fail not-accepted draft-06/5.2.1/unknown-headers-ignored';
  for (const name of ['asked-request-timeout', 'asked-both', 'asked-large']) {
    expect(await findingsOf(name, refusing)).toEqual([wanted]);
  }
  expect(await findingsOf('asked-connection-timeout', refusing)).toEqual([]);
});

test('the reference server passes with what it tells, on a socket', async () => {
  const server = await startServer({ port: 0, idleTimeout: 1 });
  const here = { ...memoryTarget, uri: { ...memoryTarget.uri, host: '127.0.0.1', port: server.port } };
  const results = await runCases({
    cases: timeoutCases,
    bench: serverBench(socketServer('127.0.0.1', server.port, 1000), here),
    seed: 6,
    jobs: 12,
    abilities: new Set(),
  });
  await server.stop();
  const verdicts = Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
  expect(verdicts).toMatchObject({
    'timeouts/http-answer': 'pass',
    'timeouts/acceptance': 'informational',
    'timeouts/kept': 'pass',
    'timeouts/kept-upgraded': 'informational',
    'timeouts/answer-time': 'pass',
  });
  expect(Object.values(verdicts).filter((verdict) => verdict !== 'pass' && verdict !== 'informational')).toEqual([]);
});
