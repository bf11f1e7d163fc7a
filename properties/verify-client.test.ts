import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { ReadingChoices, ReadingName } from '../spec/readings.js';
import { clientCases } from './conformance/client/index.js';
import { serverCases } from './conformance/index.js';
import { memoryClient, type MemoryClientOptions } from './drivers/memory-client.js';
import { exitStatusOf, type Report } from './report/report.js';
import type { Need } from './verifier/case.js';
import { type ClientPeer, PeerUnreachable } from './verifier/line.js';
import { type CaseResult, clientBench, runCases } from './verifier/run.js';
import { verifyClient, type VerifyClientOptions } from './verify-client.js';

const all: ReadonlySet<Need> = new Set([
  'echo of text',
  'echo of binary',
  'choice of URL',
  'second connection',
  'offer of subprotocols',
  'offer of extensions',
]);

/** Cases that a client in memory cannot take part in: it speaks no TLS. */
const needsTls = /^client-(?:uri\/secure|tls\/.*)$/;

/** A client that offers everything, so that every case has something to ask. */
const offering = (options: MemoryClientOptions = {}): ClientPeer =>
  memoryClient(undefined, {
    ...options,
    offer: {
      subprotocols: ['chat.hybi-spec.example', 'other'],
      extensions: [
        { name: 'deflate-stream', parameters: [] },
        { name: 'x-hybi-spec', parameters: [] },
      ],
      origin: 'http://app.example',
    },
  });

const judge = (client: ClientPeer, jobs = 4, only: readonly string[] = []): Promise<readonly CaseResult[]> =>
  runCases({
    cases: clientCases,
    bench: clientBench({ client, target: { timeout: 1000 }, requests: [] }),
    seed: 6,
    jobs,
    only,
    abilities: all,
  });

const grave = ({ verdict }: CaseResult): boolean => verdict !== 'pass' && verdict !== 'informational';

const shown = (results: readonly CaseResult[]): unknown =>
  results.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }));

describe('the cases for clients against the model in memory', () => {
  test('the model breaks nothing and neglects nothing', async () => {
    const results = await judge(offering());
    expect(shown(results.filter((result) => grave(result) && !needsTls.test(result.id)))).toEqual([]);
    expect(results).toHaveLength(clientCases.length);
  });

  test('the same seed gives the same results, but for times, whatever the number of jobs', async () => {
    const timeless = (results: readonly CaseResult[]): unknown =>
      results.map((result) => ({ ...result, durationMs: 0 }));
    const some = ['client-request', 'client-response', 'client-masking'];
    expect(timeless(await judge(offering(), 16, some))).toEqual(timeless(await judge(offering(), 1, some)));
  });

  test('every case has an id of its own that no case for servers has, a requirement in a sentence, and clauses', () => {
    const ids = [...serverCases, ...clientCases].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(serverCases.filter(({ id }) => id.startsWith('client-'))).toEqual([]);
    for (const { id, requirement, clauses } of clientCases) {
      expect(id).toMatch(/^client-[a-z0-9-]+\/[a-z0-9-]+$/);
      expect(requirement).toMatch(/^[A-Z].*\.$/);
      expect(clauses.length).toBeGreaterThan(0);
    }
  });
});

describe('a client that follows another reading of the response or of the end is not failed', () => {
  const others: readonly (readonly [name: ReadingName, option: string])[] = [
    ['connectionOfResponse', 'token'],
    ['upgradeOfResponse', 'token'],
    ['continueResponse', 'skip'],
    ['noSubprotocolSelected', 'fail'],
    ['extensionOfResponse', 'accept'],
    ['framesWithResponse', 'too-early'],
    ['foldedField', 'refuse'],
    ['repeatedField', 'first'],
    ['originOfResponse', 'fail-if-absent'],
    ['firstToEnd', 'server-first'],
  ];
  test.each(others)('%s: %s', async (name, option) => {
    const choice = { [name]: option } as Partial<ReadingChoices>;
    const only = ['client-response', 'client-negotiation', 'client-control/close'];
    const results = await judge(offering({ readings: choice }), 4, only);
    expect(shown(results.filter(grave))).toEqual([]);
  });
});

describe('the report on a client', () => {
  const options: VerifyClientOptions = {
    client: offering(),
    shownTarget: 'client {url}',
    command: "hybi verify-client --spawn 'client {url}'",
    version: '0',
    timeout: 1000,
    seed: 5,
    only: ['client-request', 'client-control'],
  };

  async function reportOf(changes: Partial<VerifyClientOptions> = {}): Promise<Report> {
    const verification = await verifyClient({ ...options, ...changes });
    if (verification.kind !== 'report') throw new Error(verification.why);
    return verification.report;
  }

  test('validates against the schema, names the role, and says how to run each case again', async () => {
    const report = await reportOf();
    const schema = JSON.parse(readFileSync('properties/report/report.schema.json', 'utf8')) as object;
    const validate = new Ajv({ strict: true }).compile(schema);
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
    expect(report).toMatchObject({ role: 'client', target: 'client {url}' });
    expect(report.cases[0]?.again).toBe(`${options.command} --only ${report.cases[0]?.id ?? ''} --seed 5`);
    expect(exitStatusOf(report)).toBe(0);
  });

  test('of a client that does not echo skips what needs an echo, with that reason', async () => {
    const report = await reportOf({ client: memoryClient(() => []), only: ['client-masking', 'client-control'] });
    expect(report.summary.fail).toBe(0);
    const skipped = report.cases.filter(({ verdict }) => verdict === 'skipped');
    expect(skipped.length).toBeGreaterThan(0);
    for (const { reason } of skipped) expect(reason).toMatch(/^needs an echo of (text|binary), which this client/);
  });

  test('of a run that was interrupted keeps what was done and says that the rest was not', async () => {
    const controller = new AbortController();
    const report = await reportOf({
      jobs: 1,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 3) controller.abort();
      },
    });
    expect(report.summary.skipped).toBe(report.cases.length - 3);
  });

  test('is not made when no client comes', async () => {
    const absent: ClientPeer = { accept: () => Promise.reject(new PeerUnreachable('nobody came')) };
    expect(await verifyClient({ ...options, client: absent })).toEqual({ kind: 'unreachable', why: 'nobody came' });
  });
});
