import { describe, expect, test } from 'vitest';
import { brokenWith } from '../faults/entailed.js';
import { effects } from '../faults/consequences.js';
import { clientFaults, faultOf, faults, oddities, serverFaults } from '../faults/index.js';
import { clientOverTcp, servePeer } from '../faults/on-socket.js';
import { serverCases } from '../conformance/index.js';
import { clientCases } from '../conformance/client/index.js';
import { socketServer } from '../drivers/socket-server.js';
import { runCase, runClientCase } from '../verifier/run.js';
import { coverage } from './coverage.js';
import { complaintsAbout, killMatrix, writeMatrix } from './matrix.js';
import { blamable, oddityRow } from './rows.js';
import { allCasesOf, casesOf, runPeer } from './run-peer.js';
import { withoutFault } from './without-fault.js';

const matrix = killMatrix();

describe('the committed kill matrix', () => {
  test('has a row for each fault and each oddity, and knows every case', () => {
    expect(matrix.faults.map(({ name }) => name)).toEqual(faults.map(({ name }) => name));
    expect(matrix.oddities.map(({ name }) => name)).toEqual(oddities.map(({ name }) => name));
    expect(matrix.cases.server).toEqual(allCasesOf('server').map(({ id }) => id));
    expect(matrix.cases.client).toEqual(allCasesOf('client').map(({ id }) => id));
  });

  test('has no miss, no wrong blame, and no oddity that is failed', () => {
    expect(complaintsAbout(matrix)).toEqual([]);
  });

  test('is large enough to mean something', () => {
    expect(serverFaults.length).toBeGreaterThanOrEqual(80);
    expect(clientFaults.length).toBeGreaterThanOrEqual(50);
    expect(oddities.length).toBeGreaterThanOrEqual(30);
    expect(oddities.filter(({ role }) => role === 'server').length).toBeGreaterThanOrEqual(15);
  });

  test('is written as it is read', () => {
    const again = JSON.parse(writeMatrix(matrix)) as { readonly faults: readonly unknown[] };
    expect(again.faults.length).toBe(matrix.faults.length);
  });

  test.each(['server', 'client'] as const)(
    'every clause on the wire that binds a %s has a fault, an oddity or a reason, and only one of them',
    (role) => {
      const { bare, needless } = coverage(matrix, role);
      expect({ bare, needless }).toEqual({ bare: [], needless: [] });
    },
  );

  test('a reason stands once for a role', () => {
    const ids = withoutFault.flatMap(({ clause, roles }) => roles.map((role) => `${role} ${clause}`));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a fault', () => {
  test('has a name of its own and says what it does in a sentence', () => {
    const all = [...faults, ...oddities];
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { name, says } of all) {
      expect(name).toMatch(/^(?:client-|oddity\/)?[a-z]+(?:-[a-z]+)*[/a-z0-9.-]*$/);
      expect(says).toMatch(/^[A-Z][^\n]*\.$/);
    }
    expect(faultOf('no/such-fault')).toBeUndefined();
  });

  test('of an effect exists, and each clause of an effect is blamed for one of its faults', () => {
    const rows = new Map(matrix.faults.map((row) => [row.name, row] as const));
    for (const { faults: names, clauses } of effects) {
      expect(names.filter((name) => !rows.has(name))).toEqual([]);
      const blamed = new Set(names.flatMap((name) => Object.keys(rows.get(name)?.blamed ?? {})));
      const unused = clauses.filter((clause) => !blamed.has(clause));
      expect(unused).toEqual([]);
    }
  });
});

describe('each fault is noticed by the case that is quickest to notice it', () => {
  const quickest = new Map(matrix.faults.map((row) => [row.name, row.quickest[0]] as const));
  test.each(['server', 'client'] as const)('of a %s', async (role) => {
    const missed: string[] = [];
    for (const fault of faults.filter((each) => each.role === role)) {
      const [outcome] = await runPeer(fault, (id) => id === quickest.get(fault.name));
      const may = blamable(fault);
      if (outcome?.blames.some(({ clause }) => may.has(clause)) !== true) missed.push(fault.name);
    }
    expect(missed).toEqual([]);
  });
});

describe('an oddity', () => {
  // All cases for all of them take a minute; `npm run kill-matrix -- --check` does that.
  const sampleSize = 12;
  test('is failed by no case of a sample', async () => {
    const failed: string[] = [];
    for (const [at, oddity] of oddities.entries()) {
      const ids = casesOf(oddity).map(({ id }) => id);
      const sample = new Set(Array.from({ length: sampleSize }, (_, part) => ids[(at * 7 + part * 41) % ids.length]));
      const outcomes = await runPeer(
        oddity,
        (id) => sample.has(id) && !/limits|1048576|expansion|deflate\/echo/.test(id),
      );
      failed.push(...oddityRow(oddity, outcomes).failed.map((id) => `${oddity.name}: ${id}`));
    }
    expect(failed).toEqual([]);
  });
});

describe('the same definition runs over a socket', () => {
  test('as a server', async () => {
    const fault = faultOf('closing/pong-twice');
    const testCase = serverCases.find(({ id }) => id === 'control/one-pong-for-a-ping');
    if (fault === undefined || !('peer' in fault) || testCase === undefined)
      throw new Error('there is no such fault or case');
    const served = await servePeer(fault.peer(), '127.0.0.1', 0);
    const uri = { host: '127.0.0.1', port: served.port, resourceName: '/', secure: false };
    const target = { uri, subprotocols: [], fields: [], timeout: 300 };
    const { findings } = await runCase(testCase, socketServer('127.0.0.1', served.port, 1000), target, 6);
    await served.stop();
    expect(findings.map(({ clause }) => clause)).toContain('draft-06/4.5.3/pong-only-for-latest-ping');
  });

  test('as a client', async () => {
    const fault = faultOf('client-control/empty-pongs');
    const testCase = clientCases.find(({ id }) => id === 'client-control/ping-of-1');
    if (fault === undefined || !('client' in fault) || testCase === undefined)
      throw new Error('there is no such fault or case');
    const run = { client: clientOverTcp(fault.client()), target: { timeout: 300 }, requests: [] };
    const { findings } = await runClientCase(testCase, run, 6);
    expect(findings.map(({ clause }) => clause)).toContain('draft-06/4.5.2/pong-echoes-body');
  });
});

test('who breaks a rule of the grammar breaks the format', () => {
  expect([...brokenWith('draft-06/4.3/frame-rsv1')]).toContain('draft-06/4.1/sequence-of-frames');
});
