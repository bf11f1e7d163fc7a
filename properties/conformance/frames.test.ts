import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { frameOf } from '../../model/frame.js';
import { opcodes } from '../../spec/wire.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import { socketServer } from '../drivers/socket-server.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Peer } from '../verifier/line.js';
import { runCase, runCases, serverBench } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import { alteredServer, laidOut, onSend } from './altered-server.js';
import { closingCasesFor } from './closing.js';
import { closingDisorderCases } from './closing-disorder.js';
import { controlFrameCases } from './control-frames.js';
import { controlFrameRefusals } from './control-frame-limits.js';
import { controlFaults } from './faulty-control.js';
import { framingFaults } from './faulty-framing.js';
import { fragmentationCases } from './fragmentation.js';
import { fragmentOrderCases } from './fragment-order.js';
import { framingLengthCases } from './framing-lengths.js';
import { reservedCasesFor } from './framing-reserved.js';
import { maskingCases } from './masking.js';
import { segmentationCasesFor } from './segmentation.js';
import { refusals } from './shared-cases.js';
import { statusCodeCases } from './status-codes.js';
import { utf8Cases } from './utf8.js';
import { oddities } from '../faults/index.js';

const cases: readonly ConformanceCase[] = [
  ...framingLengthCases,
  ...reservedCasesFor('server'),
  ...maskingCases,
  ...fragmentationCases,
  ...fragmentOrderCases,
  ...controlFrameCases,
  ...refusals('server', controlFrameRefusals),
  ...closingCasesFor('server'),
  ...closingDisorderCases,
  ...statusCodeCases,
  ...utf8Cases,
  ...segmentationCasesFor('server'),
];

const target: Target = {
  uri: { host: 'server.example', port: 8006, resourceName: '/', secure: false },
  subprotocols: [],
  fields: [],
  timeout: 1000,
};
const seed = 6;

test('ids are unique, kebab-case and under a section', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const sections = 'framing|masking|fragmentation|control|closing|status-codes|utf-8|segmentation';
  for (const id of ids) expect(id).toMatch(new RegExp(`^(${sections})/[a-z0-9]+(-[a-z0-9]+)*$`));
});

/** Runs a case by its id. */
function run(id: string, peer: Peer) {
  const found = cases.find((testCase) => testCase.id === id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  return runCase(found, peer, target, seed);
}

describe('the model in memory keeps every clause', () => {
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (_, testCase) => {
    const { verdict, reason, findings } = await runCase(testCase, memoryServer(), target, seed);
    expect([verdict, reason, findings]).toEqual([expect.stringMatching(/^(pass|informational)$/), undefined, findings]);
  });
});

describe('a case notes what the text leaves open, and nothing that it settles', () => {
  const noted = /R-\d+|unasked|huge|ping-after-close|no-echo-before-close|received-after-close|tcp-kept-open/;
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (_, testCase) => {
    const { findings } = await runCase(testCase, memoryServer(), target, seed);
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
        ...target,
        timeout: 1000,
        uri: { ...target.uri, host: '127.0.0.1', port: server.port },
      }),
      seed,
      jobs: 8,
      abilities: new Set(['echo of text', 'echo of binary'] as const),
    });
    const wrong = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'informational');
    expect(wrong.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }))).toEqual([]);
  });
});

/** Servers that keep every clause, each in a way of its own. */
const unusual: Readonly<Record<string, () => Peer>> = {
  ...Object.fromEntries(
    oddities
      .filter(({ name }) => /^oddity\/(?:long-lengths|fragments|greets)$/.test(name))
      .flatMap((each) => (each.role === 'server' ? [[each.says, each.peer] as const] : [])),
  ),
  'answers only the latest Ping of a chunk': () =>
    alteredServer({
      reads: (frames) =>
        frames.filter(({ opcode }, at) => opcode !== opcodes.ping || frames[at + 1]?.opcode !== opcodes.ping),
    }),
  'takes no message above 1000 bytes': () => memoryServer(echoApplication, { maxMessage: 1000 }),
  'sends a Close without a body': () => alteredServer({ sends: onSend('close', () => [frameOf('close')]) }),
  'sends the first bytes of a frame one by one': () =>
    alteredServer({
      sends: (frame) => {
        const bytes = laidOut(frame);
        return [...Array.from(bytes.subarray(0, 20), (byte) => Uint8Array.of(byte)), bytes.subarray(20)];
      },
    }),
};

describe('what the text allows is never failed', () => {
  test.each(Object.entries(unusual))('%s', async (_, peer) => {
    const wrong: unknown[] = [];
    for (const testCase of cases) {
      const { id, verdict, findings } = await runCase(testCase, peer(), target, seed);
      if (verdict !== 'pass' && verdict !== 'informational') wrong.push([id, findings]);
    }
    expect(wrong).toEqual([]);
  });
});

describe('a server that breaks a clause is told which', () => {
  test.each([...framingFaults, ...controlFaults].map((fault) => ({ name: `${fault[0]}: ${fault[2]}`, fault })))(
    '$name',
    async ({ fault }) => {
      const [, peer, id, clause, verdict = 'fail'] = fault;
      const result = await run(id, peer());
      expect(result.findings.map((finding) => [finding.clause, finding.verdict])).toContainEqual([clause, verdict]);
      expect(result.verdict).toBe(verdict);
      // Blamed is that clause alone, apart from what is only a consequence.
      expect(result.findings.filter((finding) => finding.verdict === 'fail').length).toBeLessThanOrEqual(2);
    },
  );
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
