import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { clauses } from '../spec/clauses.js';
import { serverCases } from './conformance/index.js';
import { memoryServer } from './drivers/memory-server.js';
import { exitStatusOf, type Report } from './report/report.js';
import { summarize, totals } from './report/summary.js';
import type { Peer } from './verifier/line.js';
import { PeerUnreachable } from './verifier/line.js';
import { type Verification, verify, type VerifyOptions } from './verify.js';

const uri = { host: '127.0.0.1', port: 8006, resourceName: '/', secure: false };
const target = { uri, subprotocols: [], fields: [], timeout: 1000 };

const judge = (peer: Peer, options: Partial<VerifyOptions> = {}): Promise<Verification> =>
  verify({ target, shownTarget: 'ws://127.0.0.1:8006/', version: '0', peer, seed: 5, ...options });

async function reportOf(peer: Peer, options: Partial<VerifyOptions> = {}): Promise<Report> {
  const verification = await judge(peer, options);
  if (verification.kind !== 'report') throw new Error(verification.why);
  return verification.report;
}

/** A report without what depends on the clock. */
const timeless = (report: Report): unknown => ({
  ...report,
  startedAt: '',
  durationMs: 0,
  cases: report.cases.map((result) => ({ ...result, durationMs: 0 })),
});

const schema = JSON.parse(readFileSync('properties/report/report.schema.json', 'utf8')) as object;
const validate = new Ajv({ strict: true }).compile(schema);

/** A server that takes the opening handshake and then says nothing. */
const silent = memoryServer((effect) => (effect.type === 'requested' ? [{ type: 'local.accept' }] : []));

/** What all cases make of a peer, found out once. */
function allOf(peer: Peer, options: Partial<VerifyOptions> = {}): () => Promise<Report> {
  let report: Promise<Report> | undefined;
  return () => (report ??= reportOf(peer, options));
}

const ofModel = allOf(memoryServer(), { jobs: 1 });
const ofSilent = allOf(silent);

describe('the cases against the model in memory', () => {
  test('the model breaks nothing and neglects nothing', async () => {
    const report = await ofModel();
    expect(
      report.cases.filter((result) => ['fail', 'advisory', 'inconclusive', 'skipped'].includes(result.verdict)),
    ).toEqual([]);
    expect(report.cases).toHaveLength(serverCases.length);
    expect(exitStatusOf(report)).toBe(0);
  });

  test('the same seed gives the same report, but for times, whatever the number of jobs', async () => {
    const one = await ofModel();
    const other = await reportOf(memoryServer(), { jobs: 16 });
    expect(timeless(other)).toEqual(timeless(one));
  });

  test('every case has an id of its own, a requirement in a sentence, and clauses', () => {
    expect(new Set(serverCases.map((testCase) => testCase.id)).size).toBe(serverCases.length);
    for (const testCase of serverCases) {
      expect(testCase.id).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
      expect(testCase.requirement).toMatch(/^[A-Z].*\.$/);
      expect(testCase.clauses.length).toBeGreaterThan(0);
    }
  });
});

describe('the report', () => {
  test.each([
    ['a right server', ofModel],
    ['a silent server', ofSilent],
    [
      'a server without a word on violations',
      allOf(memoryServer(undefined, { readings: { onViolation: 'drop', abortResponse: 'silent' } })),
    ],
  ])('of %s validates against its schema, and its figures add up', async (_, made) => {
    const report = await made();
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    const counted = Object.values(report.summary).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(report.cases.length);
    expect(report.clauses).toHaveLength(clauses.filter((clause) => clause.id.startsWith('draft-06/')).length);
  });

  test('a clause is held only where a case of it ran to its end', async () => {
    const report = await ofSilent();
    for (const clause of report.clauses.filter(({ status }) => status === 'held')) {
      const cases = report.cases.filter((result) => clause.cases.includes(result.id));
      expect(cases.some((result) => result.verdict !== 'skipped' && result.reason === undefined)).toBe(true);
    }
  });

  test('a server without an echo has the cases that need one skipped, with that reason', async () => {
    const report = await ofSilent();
    const skipped = report.cases.filter((result) => result.verdict === 'skipped');
    expect(skipped.length).toBeGreaterThan(20);
    for (const result of skipped)
      expect(result.reason).toMatch(/^needs an (echo of (text|binary)|extension that was not negotiated)/);
    expect(report.summary.fail).toBe(0);
  });

  test('a selector runs the cases under it and no others', async () => {
    const report = await reportOf(memoryServer(), { only: ['draft-06/4.5.2'], skip: ['control/ping-0-bytes'] });
    expect(report.cases.length).toBeGreaterThan(0);
    for (const { clauses: claimed } of report.cases) {
      expect(claimed.some((clause) => clause.startsWith('draft-06/4.5.2/'))).toBe(true);
    }
  });

  test('an interrupted run keeps what was done and says that the rest was not', async () => {
    const controller = new AbortController();
    const report = await reportOf(memoryServer(), {
      jobs: 1,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 3) controller.abort();
      },
    });
    expect(report.summary.skipped).toBe(report.cases.length - 3);
  });
});

describe('a server that cannot be judged', () => {
  test('a server that answers nothing behind the opening handshake is said to be silent', async () => {
    const silent = memoryServer((effect) => (effect.type === 'requested' ? [{ type: 'local.accept' }] : []));
    const peer: Peer = {
      connect: async () => {
        const line = await silent.connect();
        let heads = 0;
        // Of what it is sent only the opening handshake reaches it.
        const send = (bytes: Uint8Array): void => {
          if (heads++ === 0) line.send(bytes);
        };
        return { ...line, send };
      },
    };
    const run = await judge(peer, { only: ['closing'] });
    expect(run).toMatchObject({ kind: 'report', report: { baseline: 'answers neither messages nor a Ping' } });
  });

  test('nobody there, and nobody who answers, are told apart from a refusal', async () => {
    const absent: Peer = { connect: () => Promise.reject(new PeerUnreachable('nobody is there')) };
    expect(await judge(absent)).toEqual({ kind: 'unreachable', why: 'nobody is there' });
    const mute = memoryServer(() => []);
    expect(await judge(mute)).toMatchObject({
      kind: 'unreachable',
      why: expect.stringContaining('did not answer') as string,
    });
    const rejecting = memoryServer((effect) =>
      effect.type === 'requested' ? [{ type: 'local.reject', rejection: { status: 403, reason: 'Forbidden' } }] : [],
    );
    expect(await judge(rejecting, { only: ['closing'] })).toMatchObject({
      kind: 'report',
      refused: { why: 'HTTP 403 Forbidden', status: 403 },
    });
  });
});

describe('the summary', () => {
  test('says what failed, the clause, the bytes and how to run it again', async () => {
    const noPong: Peer = {
      connect: async () => {
        const line = await memoryServer().connect();
        return {
          ...line,
          next: async (timeout) => {
            const event = await line.next(timeout);
            // A clear Pong begins with 83; it is left out, so that no Ping is answered.
            return event.type === 'bytes' && event.bytes[0] === 0x83 ? line.next(timeout) : event;
          },
        };
      },
    };
    const report = await reportOf(noPong, { only: ['draft-06/4.5.2/ping-answered'] });
    const text = summarize(report, pc.createColors(false));
    expect(exitStatusOf(report)).toBe(1);
    expect(text).toContain('FAIL');
    expect(text).toContain('draft-06/4.5.2/ping-answered');
    expect(text).toMatch(/→ +0 ms {2}[0-9a-f]+/);
    expect(text).toMatch(/again: hybi verify ws:\/\/127\.0\.0\.1:8006\/ --only [a-z-]+\/\S+ --seed 5/);
    expect(totals(report, pc.createColors(false))).toMatch(/ [1-9]\d* fail.*seed 5\)$/);
  });
});
