import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { latin1FromBytes } from '../../model/bytes.js';
import type { ClauseId } from '../../spec/clauses.js';
import { memoryTarget } from '../drivers/memory-server.js';
import { socketServer } from '../drivers/socket-server.js';
import { changing, closingAt } from '../faults/fault.js';
import { faultOf } from '../faults/index.js';
import type { LineEvent, Peer } from '../verifier/line.js';
import { type CaseResult, runCase, runCases, serverBench } from '../verifier/run.js';
import { serverCases } from './index.js';

const cases = serverCases.filter(({ id }) => id.startsWith('handshake/'));

const seed = 6;

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
          ...memoryTarget,
          timeout: 300,
          subprotocols,
          uri: { ...memoryTarget.uri, host: '127.0.0.1', port: server.port },
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
  return runCase(testCase, peer, memoryTarget, seed);
}

/** What goes on record of a peer of the zoo: a note on this clause, by the case behind `handshake/`. */
const noted: Readonly<Record<string, Readonly<Record<string, ClauseId>>>> = {
  'oddity/connection-list': { 'response-connection': 'draft-06/5.2.2/valid-http-response' },
  'oddity/http-1.0': { 'response-http-version': 'draft-06/5.2.2/valid-http-response' },
  'oddity/no-body-told': { 'response-without-body': 'draft-06/5.2.2/valid-http-response' },
  'oddity/unknown-extension': { 'extension-unknown': 'draft-06/8/server-may-accept' },
  'request/accepts-everything': {
    'key-of-15-bytes': 'draft-06/5.2.2/key-need-not-be-decoded',
    'key-twice': 'draft-06/5.2.1/key',
    'host-of-another': 'draft-06/5.2.1/host',
    'upgrade-missing': 'draft-06/5.1/upgrade',
    'connection-close': 'draft-06/5.1/connection',
    'uri-asterisk': 'draft-06/5.2.1/request-uri-is-resource-name',
  },
};

describe('what the text leaves open goes on record', () => {
  const rows = Object.entries(noted).flatMap(([name, told]) =>
    Object.entries(told).map(([id, clause]) => [name, id, clause] as const),
  );
  test.each(rows)('%s: %s, %s', async (name, id, clause) => {
    const found = faultOf(name);
    if (found === undefined || !('peer' in found)) throw new Error(`there is no server ${name}`);
    const { verdict, findings } = await run(id, found.peer());
    expect(verdict).toBe('informational');
    expect(findings.map((finding) => finding.clause)).toContain(clause);
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
    expect((await run(id, closingAt(/GET/)())).verdict).toBe('inconclusive');
  }
});

test('the body of a refusal is not taken for frames, however late it comes', async () => {
  const late = changing((line) => {
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
  expect(await run('key-missing', late())).toMatchObject({ verdict: 'pass', findings: [] });
});
