import { describe, expect, test } from 'vitest';
import { parseUri } from '../../model/uri.js';
import { memoryClient } from '../drivers/memory-client.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { ClientPeer, Line, Peer } from '../verifier/line.js';
import type { CaseReport } from '../report/report.js';
import { randomnessOf } from '../verifier/randomness.js';
import { verify } from '../verify.js';
import { verifyClient } from '../verify-client.js';
import { segmentationNames, segmentedLine } from './segmented.js';

const parsed = parseUri('ws://server.example:8006/');
if (!parsed.ok) throw new Error(parsed.refusal.says);
const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 1000 };

/** The results for the other segmentations of some cases. */
async function segmentationsOf(peer: Peer, only: readonly string[]): Promise<readonly CaseReport[]> {
  const run = await verify({
    ...{ target, peer, only, shownTarget: 'memory', version: 'test', seed: 1, jobs: 1, segmentations: true },
  });
  if (run.kind === 'unreachable') throw new Error(run.why);
  return run.report.cases.filter(({ id }) => id.startsWith('segmented/'));
}

/** The model, but it loses what a chunk holds beyond a number of bytes. */
const shortSighted: Peer = {
  connect: async () => {
    const line = await memoryServer().connect();
    let isOpen = false;
    return {
      ...line,
      send: (bytes) => {
        line.send(isOpen ? bytes.subarray(0, 40) : bytes);
        isOpen = true;
      },
    };
  },
};

describe('Segmentation', () => {
  test('The verdicts on the reference server do not depend on where TCP cuts', async () => {
    const results = await segmentationsOf(memoryServer(), ['fragmentation', 'control', 'closing']);
    expect(results.map(({ id, findings }) => [id, findings])).toEqual(
      segmentationNames.map((name) => [`segmented/${name}`, []]),
    );
  });

  test('A server that reads chunks instead of a stream is found out', async () => {
    const results = await segmentationsOf(shortSighted, ['control']);
    const joined = results.find(({ id }) => id === 'segmented/joined');
    const single = results.find(({ id }) => id === 'segmented/single-bytes');
    expect([joined, single].flatMap((result) => result?.findings ?? []).map(({ code }) => code)).toContain(
      'verdict-depends-on-segments',
    );
  });

  test('A client that reads chunks instead of a stream is found out, and nothing about the model', async () => {
    const resultsOf = async (client: ClientPeer): Promise<readonly CaseReport[]> => {
      const facts = { shownTarget: 'memory', command: '', version: 'test', timeout: 1000, seed: 1, jobs: 1 };
      const only = ['client-control', 'client-fragmentation'];
      const run = await verifyClient({ ...facts, client, only, segmentations: true, segmentGap: 0 });
      if (run.kind === 'unreachable') throw new Error(run.why);
      return run.report.cases.filter(({ id }) => id.startsWith('client-segmented/'));
    };
    expect((await resultsOf(memoryClient())).map(({ id, findings }) => [id, findings])).toEqual(
      segmentationNames.map((name) => [`client-segmented/${name}`, []]),
    );
    const shortSightedClient: ClientPeer = {
      accept: async (visit) => {
        const arrival = await memoryClient().accept(visit);
        let isOpen = false;
        const send = (bytes: Uint8Array): void => {
          arrival.line.send(isOpen ? bytes.subarray(0, 30) : bytes);
          isOpen = true;
        };
        return { ...arrival, line: { ...arrival.line, send } };
      },
    };
    const found = (await resultsOf(shortSightedClient)).filter(({ findings }) => findings.length > 0);
    expect(found.map(({ again }) => again).join()).toMatch(/--segmentations --only client-/);
  });

  test('A segmented line hands over the same bytes, before it ends', async () => {
    for (const how of segmentationNames) {
      for (const gap of [0, 1]) {
        const events: string[] = [];
        const inner: Line = {
          send: (bytes) => events.push(...Array.from(bytes, String)),
          end: () => events.push('end'),
          destroy: () => undefined,
          next: () => Promise.resolve({ type: 'silence' }),
          now: () => 0,
        };
        const line = segmentedLine(inner, { how, seed: 1, gap }, randomnessOf(1, how));
        line.send(Uint8Array.of(1, 2, 3));
        line.send(Uint8Array.of(4, 5));
        line.end();
        await expect.poll(() => events, { interval: 2 }).toEqual(['1', '2', '3', '4', '5', 'end']);
      }
    }
  });
});
