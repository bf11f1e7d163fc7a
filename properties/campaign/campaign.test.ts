import { describe, expect, test } from 'vitest';
import { parseUri } from '../../model/uri.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { Peer } from '../verifier/line.js';
import { randomnessOf } from '../verifier/randomness.js';
import { createRecorder } from '../verifier/recorder.js';
import { createTester } from '../verifier/tester.js';
import { type CampaignResult, runCampaign } from './campaign.js';
import { rareFaults } from './rare-faults.js';
import { sizeOf } from './script.js';
import { brokenScripts, legalScripts } from './script-arbitrary.js';
import { writeScript } from './script-text.js';

const parsed = parseUri('ws://server.example:8006/');
if (!parsed.ok) throw new Error(parsed.refusal.says);
const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 1000 };

async function campaign(peer: Peer, runs: number, kind: 'legal' | 'broken', seed = 1): Promise<CampaignResult> {
  const { tester } = createTester(peer, target, createRecorder(), randomnessOf(seed, 'campaign'));
  const scripts = kind === 'legal' ? legalScripts('server') : brokenScripts('server');
  return runCampaign(tester, { scripts, peer: 'server', runs, seed, echoes: kind === 'legal', budget: 20_000 });
}

describe('the model', () => {
  test.each(['legal', 'broken'] as const)('passes a campaign of %s conversations', async (kind) => {
    const start = performance.now();
    const result = await campaign(memoryServer(), 400, kind);
    console.log(kind, performance.now() - start);
    if (result.kind !== 'nothing') console.log(result.finding, writeScript(result.script));
    expect(result).toEqual({ kind: 'nothing', runs: 400 });
  });
});

describe('a rare fault is found and shrunk', () => {
  test.each(rareFaults.map((fault) => [fault.name, fault] as const))('%s', async (_, { peer, least }) => {
    const start = performance.now();
    const result = await campaign(peer(), 2000, 'legal');
    if (result.kind === 'nothing') throw new Error('nothing was found');
    console.log(
      performance.now() - start,
      result.runs,
      sizeOf(result.script),
      least,
      writeScript(result.script),
      result.finding.code,
    );
  });
});
