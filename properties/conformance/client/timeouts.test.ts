import { describe, expect, test } from 'vitest';
import { echoingClient, memoryClient, type MemoryClientOptions } from '../../drivers/memory-client.js';
import { runClientCase } from '../../verifier/run.js';
import { clientTimeoutCases } from './timeouts.js';

/** The findings of a case with a client in memory, as `verdict code clause`. */
async function findingsOf(name: string, options: MemoryClientOptions): Promise<readonly string[]> {
  const testCase = clientTimeoutCases.find(({ id }) => id === `client-timeouts/${name}`);
  if (testCase === undefined) throw new Error(`there is no case client-timeouts/${name}`);
  const client = memoryClient(echoingClient, options);
  const run = { client, target: { timeout: 1000 }, requests: [] };
  const { findings, reason } = await runClientCase(testCase, run, 6);
  if (reason !== undefined) return [`inconclusive ${reason}`];
  return findings.map(({ verdict, code, clause }) => `${verdict} ${code} ${clause}`);
}

const offering = (offer: MemoryClientOptions['offer'] & object): MemoryClientOptions => ({ offer });
const field = (name: string, value: string) => ({ name, value });
const note = 'informational';

describe('a client that does nothing wrong is not blamed', () => {
  test.each(clientTimeoutCases.map(({ id }) => id.slice('client-timeouts/'.length)))('%s', async (name) => {
    for (const timeouts of [{}, { request: 2 }, { connection: 3 }, { request: 3, connection: 3 }, { request: 600 }]) {
      const findings = await findingsOf(name, offering({ timeouts }));
      expect(findings.filter((finding) => !finding.startsWith(note))).toEqual([]);
    }
  });
});

test('a client that does one thing wrong is told so', async () => {
  const told = (...fields: readonly ReturnType<typeof field>[]) => findingsOf('told', offering({ fields }));
  const both = { timeouts: { connection: 5 }, fields: [field('Request-Timeout', '6')] };
  expect(await told(field('Connection-Timeout', '60'))).toContain(
    'fail connection-token-missing http-timeout-00/4/connection-token',
  );
  expect(await told(field('Request-Timeout', 'soon'))).toContain(
    'fail bad-request-timeout http-timeout-00/3/timeout-value',
  );
  expect(await told(field('Request-Timeout', '5'), field('Request-Timeout', '6'))).toContain(
    'fail bad-request-timeout http-timeout-00/3/integer-seconds',
  );
  expect(await told(field('Connection-Timeout', '-1'))).toContain(
    'fail bad-connection-timeout http-timeout-00/4/grammar',
  );
  expect(await findingsOf('told', offering(both))).toEqual([
    'fail above-connection-timeout http-timeout-00/3/not-above-connection-timeout',
  ]);
});

test('what is observed says what the client does', async () => {
  expect(await findingsOf('told', {})).toEqual([
    `${note} not-told http-timeout-00/3/client-adds`,
    `${note} not-told http-timeout-00/4/either-host`,
  ]);
  expect(await findingsOf('waits', offering({ timeouts: { request: 5 } }))).toEqual([
    `${note} in-time http-timeout-00/3/client-allows-for-delays`,
  ]);
  expect(await findingsOf('waits', offering({ timeouts: { request: 600 } }))).toEqual([
    `${note} long-promise http-timeout-00/3/client-adds`,
  ]);
  expect(await findingsOf('kept', offering({ timeouts: { connection: 5 } }))).toEqual([
    `${note} kept http-timeout-00/4.2/can-apply`,
  ]);
  expect(await findingsOf('on-101', {})).toEqual([`${note} ended http-timeout-00/4.2/can-apply`]);
  const token = { readings: { connectionOfResponse: 'token' } } as const;
  expect(await findingsOf('on-101', token)).toEqual([`${note} accepted http-timeout-00/4.2/can-apply`]);
});
