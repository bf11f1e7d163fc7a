import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { latin1FromBytes } from '../../model/bytes.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { memoryServer } from '../drivers/memory-server.js';
import { socketServer } from '../drivers/socket-server.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { LineEvent, Peer } from '../verifier/line.js';
import { type CaseResult, runCase, runCases, serverBench } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import { faultyHandshakes } from './faulty-handshake.js';
import { handshakeExtensionsCases } from './handshake-extensions.js';
import { handshakeHostUpgradeCases } from './handshake-host-upgrade.js';
import { handshakeKeyCases } from './handshake-key.js';
import { handshakeRequestCases } from './handshake-request.js';
import { handshakeResponseCases } from './handshake-response.js';
import { handshakeSubprotocolCases } from './handshake-subprotocol.js';
import { handshakeTimingCases } from './handshake-timing.js';
import { handshakeVersionCases } from './handshake-version.js';
import { changing, closingAt } from './rewritten-server.js';

const cases: readonly ConformanceCase[] = [
  ...handshakeRequestCases,
  ...handshakeKeyCases,
  ...handshakeVersionCases,
  ...handshakeHostUpgradeCases,
  ...handshakeSubprotocolCases,
  ...handshakeExtensionsCases,
  ...handshakeResponseCases,
  ...handshakeTimingCases,
];

const seed = 6;
const target: Target = {
  uri: { host: 'localhost', port: 8006, resourceName: '/', secure: false },
  subprotocols: [],
  fields: [],
  timeout: 300,
};

test('ids are unique, and lie under handshake/', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^handshake\/[a-z0-9]+(-[a-z0-9]+)*$/);
});

describe('the model in memory keeps every clause', () => {
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (_, testCase) => {
    const result = await runCase(testCase, memoryServer(), target, seed);
    expect([result.reason, ...result.findings.map(({ observed }) => observed), result.verdict]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:pass|informational)$/)]),
    );
  });
});

describe('the reference server on a socket', () => {
  let server: ReferenceServer;
  beforeAll(async () => {
    server = await startServer({ port: 0, subprotocols: ['chat.hybi-spec.example'] });
  });
  afterAll(() => server.stop());

  test.each([[[]], [['chat.hybi-spec.example']]])(
    'keeps every clause, with the subprotocols %j',
    async (subprotocols) => {
      const results = await runCases({
        cases,
        bench: serverBench(socketServer('127.0.0.1', server.port, 1000), {
          ...target,
          subprotocols,
          uri: { ...target.uri, host: '127.0.0.1', port: server.port },
        }),
        seed,
        jobs: 4,
        abilities: new Set(),
      });
      const wrong = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'informational');
      expect(wrong.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }))).toEqual([]);
    },
  );
});

/** The result of a case, by the name behind `handshake/`. */
function run(name: string, peer: Peer): Promise<CaseResult> {
  const testCase = cases.find(({ id }) => id === `handshake/${name}`);
  if (testCase === undefined) throw new Error(`there is no case handshake/${name}`);
  return runCase(testCase, peer, target, seed);
}

describe('a faulty server is told what is wrong', () => {
  const rows = faultyHandshakes.flatMap(([what, peer, expected]) =>
    Object.entries(expected).map(([id, outcome]) => [what, id, outcome, peer] as const),
  );
  test.each(rows)('%s: %s, %s', async (_, id, outcome, peer) => {
    const result = await run(id, peer);
    const [verdict, clause] = outcome.split(' ');
    expect(result.verdict).toBe(verdict);
    expect(result.findings.filter((finding) => finding.verdict === verdict).map((finding) => finding.clause)).toContain(
      clause,
    );
  });
});

test('a server that accepts nobody is not judged by its refusals', async () => {
  for (const id of [
    'host-missing',
    'version-255',
    'unknown-field',
    'byte-by-byte',
    'extension-unknown',
    'right-request',
  ]) {
    expect((await run(id, closingAt(/GET/))).verdict).toBe('inconclusive');
  }
});

test('the body of a refusal is not taken for frames, however late it comes', async () => {
  const late = changing(memoryServer(), (line) => {
    const held: LineEvent[] = [];
    return {
      ...line,
      next: async (timeout) => {
        const event = held.shift() ?? (await line.next(timeout));
        if (event.type !== 'bytes') return event;
        const end = latin1FromBytes(event.bytes).indexOf('\r\n\r\n') + 4;
        if (end < 4 || end === event.bytes.length) return event;
        held.push({ type: 'bytes', bytes: event.bytes.subarray(end) });
        return { type: 'bytes', bytes: event.bytes.subarray(0, end) };
      },
    };
  });
  expect(await run('key-missing', late)).toMatchObject({ verdict: 'pass', findings: [] });
});
