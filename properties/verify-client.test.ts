import { describe, expect, test } from 'vitest';
import { clientCases } from './conformance/client/index.js';
import { serverCases } from './conformance/index.js';
import { memoryClient } from './drivers/memory-client.js';
import type { Need } from './verifier/case.js';
import type { ClientPeer } from './verifier/line.js';
import { type CaseResult, clientBench, runCases } from './verifier/run.js';

const all: ReadonlySet<Need> = new Set([
  'echo of text',
  'echo of binary',
  'choice of URL',
  'second connection',
  'offer of subprotocols',
  'offer of extensions',
]);

/** Cases that a client in memory cannot take part in: it speaks no TLS. */
const beyondMemory = ['client-uri/secure'];

/** A client that offers everything, so that every case has something to ask. */
const offering = (): ClientPeer =>
  memoryClient(undefined, {
    offer: {
      subprotocols: ['chat.hybi-spec.example', 'other'],
      extensions: [
        { name: 'deflate-stream', parameters: [] },
        { name: 'x-hybi-spec', parameters: [] },
      ],
      origin: 'http://app.example',
    },
  });

const judge = (client: ClientPeer, jobs = 4): Promise<readonly CaseResult[]> =>
  runCases({
    cases: clientCases,
    bench: clientBench({ client, target: { timeout: 1000 }, requests: [] }),
    seed: 6,
    jobs,
    abilities: all,
  });

describe('the cases for clients against the model in memory', () => {
  test('the model breaks nothing and neglects nothing', async () => {
    const results = await judge(offering());
    const wrong = results.filter(
      ({ id, verdict }) => verdict !== 'pass' && verdict !== 'informational' && !beyondMemory.includes(id),
    );
    expect(wrong.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }))).toEqual([]);
    expect(results).toHaveLength(clientCases.length);
  });

  test('the same seed gives the same results, but for times, whatever the number of jobs', async () => {
    const timeless = (results: readonly CaseResult[]): unknown =>
      results.map((result) => ({ ...result, durationMs: 0 }));
    expect(timeless(await judge(offering(), 16))).toEqual(timeless(await judge(offering(), 1)));
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
