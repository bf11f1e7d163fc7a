import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../model/role.js';
import { parseUri } from '../../model/uri.js';
import { memoryClient } from '../drivers/memory-client.js';
import { memoryServer } from '../drivers/memory-server.js';
import { oddities } from '../faults/index.js';
import { law } from '../laws/law.js';
import type { SharedTester } from '../verifier/case.js';
import { createClientTester } from '../verifier/client-tester.js';
import type { Peer } from '../verifier/line.js';
import { randomnessOf } from '../verifier/randomness.js';
import { createRecorder } from '../verifier/recorder.js';
import { createTester } from '../verifier/tester.js';
import { type CampaignResult, runCampaign, tryScript } from './campaign.js';
import { rareFaults } from './rare-faults.js';
import { type Script, sizeOf } from './script.js';
import { brokenScripts, legalScripts } from './script-arbitrary.js';
import { parseScript, writeScript } from './script-text.js';
import { walksOf } from './walks.js';

const parsed = parseUri('ws://server.example:8006/');
if (!parsed.ok) throw new Error(parsed.refusal.says);
const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 1000 };

const testerOf = (peer: Peer): SharedTester =>
  createTester(peer, target, createRecorder(), randomnessOf(1, 'campaign')).tester;

const clientTester = (): SharedTester =>
  createClientTester(
    { client: memoryClient(), target: { timeout: 1000 }, requests: [] },
    createRecorder(),
    randomnessOf(1, 'campaign'),
    { id: 'campaign' },
  ).tester;

const campaign = (
  tester: SharedTester,
  peer: Role,
  kind: 'legal' | 'broken',
  { runs, seed = 1 }: { readonly runs: number; readonly seed?: number },
): Promise<CampaignResult> => {
  const scripts = kind === 'legal' ? legalScripts(peer) : brokenScripts(peer);
  return runCampaign(tester, { scripts, peer, runs, seed, echoes: kind === 'legal', budget: Infinity });
};

/** What a campaign came to, so that a failure shows the conversation. */
const outcomeOf = (result: CampaignResult): string =>
  result.kind === 'nothing' ? 'nothing' : `${result.finding.observed}: ${writeScript(result.script)}`;

const scriptOf = (text: string): Script => {
  const read = parseScript(text);
  if (!read.ok) throw new Error(read.why);
  return read.script;
};

/** Servers whose frames are unusual throughout a conversation. */
const unusualServers = ['long-lengths', 'fragments', 'single-bytes', 'greets', 'pings-inside'].map((name) => {
  const oddity = oddities.find((one) => one.role === 'server' && one.name === `oddity/${name}`);
  if (oddity?.role !== 'server') throw new Error(`there is no oddity ${name}`);
  return [oddity.name, oddity.peer] as const;
});

describe('right peers', () => {
  law(
    'The model does what it owes in any conversation, as a server',
    [
      'draft-06/4.4/receive-both',
      'draft-06/4.5.2/pong-echoes-body',
      'draft-06/4.5.1/close-answered',
      'draft-06/9/disconnect-on-bad-data',
    ],
    async () => {
      const tester = testerOf(memoryServer());
      expect(outcomeOf(await campaign(tester, 'server', 'legal', { runs: 120 }))).toBe('nothing');
      expect(outcomeOf(await campaign(tester, 'server', 'broken', { runs: 120 }))).toBe('nothing');
    },
  );

  law(
    'The model does what it owes in any conversation, as a client',
    ['draft-06/4.4/receive-both', 'draft-06/4.5.2/pong-echoes-body', 'draft-06/4.5.1/close-answered'],
    async () => {
      const tester = clientTester();
      expect(outcomeOf(await campaign(tester, 'client', 'legal', { runs: 80 }))).toBe('nothing');
      expect(outcomeOf(await campaign(tester, 'client', 'broken', { runs: 80 }))).toBe('nothing');
    },
  );

  test.each(unusualServers)('The server of %s passes campaigns', async (_, peer) => {
    expect(outcomeOf(await campaign(testerOf(peer()), 'server', 'legal', { runs: 40 }))).toBe('nothing');
    expect(outcomeOf(await campaign(testerOf(peer()), 'server', 'broken', { runs: 20 }))).toBe('nothing');
  });
});

describe('A rare fault is found, and shrunk to the smallest conversation that shows it', () => {
  test.each(rareFaults.map((fault) => [fault.name, fault] as const))('%s', async (_, { peer, least, seed = 1 }) => {
    const tester = testerOf(peer());
    const result = await campaign(tester, 'server', 'legal', { runs: 600, seed });
    if (result.kind !== 'found') throw new Error(`the campaign came to ${outcomeOf(result)}`);
    expect(result.finding.verdict).toBe('fail');
    expect(`${sizeOf(result.script)} pieces: ${writeScript(result.script)}`).toMatch(new RegExp(`^${least} pieces`));
    // The text alone shows the same again.
    const again = await tryScript(tester, scriptOf(writeScript(result.script)), { peer: 'server', echoes: true });
    expect(again.map(({ clause }) => clause)).toContain(result.finding.clause);
  });
});

test('A campaign whose time is over holds all of its runs only where they are wanted', async () => {
  const options = {
    scripts: legalScripts('server'),
    peer: 'server',
    runs: 30,
    seed: 1,
    echoes: true,
    budget: 0,
  } as const;
  expect(await runCampaign(testerOf(memoryServer()), { ...options, allRuns: true })).toEqual({
    kind: 'nothing',
    runs: 30,
  });
  const hurried = await runCampaign(testerOf(memoryServer()), options);
  expect(hurried.kind === 'nothing' && hurried.runs).toBeLessThan(30);
});

test('A finding that does not come again is that of a flaky peer', async () => {
  let messages = 0;
  const peer: Peer = {
    connect: () =>
      memoryServer((effect) => {
        if (effect.type === 'requested') return [{ type: 'local.accept' }];
        if (effect.type !== 'message' || effect.message.kind === 'extension' || ++messages === 20) return [];
        return [{ type: 'local.send', kind: effect.message.kind, data: effect.message.bytes }];
      }).connect(),
  };
  const result = await campaign(testerOf(peer), 'server', 'legal', { runs: 100 });
  expect(result.kind).toBe('flaky');
});

describe('scripts', () => {
  test('A script is the same when it is read back from its text', () => {
    for (const role of ['server', 'client'] as const) {
      fc.assert(
        fc.property(fc.oneof(legalScripts(role), brokenScripts(role)), (script) => {
          const text = writeScript(script);
          if (script.length > 0) expect(writeScript(scriptOf(text))).toBe(text);
          if (script.length > 0) expect(scriptOf(text)).toEqual(script);
        }),
        { numRuns: 40 },
      );
    }
  });

  test('Any text is a script or is refused in words', () => {
    const word = fc.constantFrom(
      'text',
      '-',
      '"',
      '+',
      '#',
      '1',
      ' ',
      '*9',
      '/16',
      '@',
      'raw=',
      'close:1000',
      '=0',
      'op9',
      'wait',
    );
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join('')),
        (text) => {
          const read = parseScript(text);
          if (read.ok) expect(parseScript(writeScript(read.script))).toEqual(read);
          else expect(read.why).toMatch(/conversation/);
        },
      ),
    );
  });

  test('The walks of a campaign go over every transition that a tester can bring about', () => {
    for (const role of ['server', 'client'] as const) {
      const walks = walksOf(role).map((walk) => walk.join(' '));
      expect(new Set(walks).size).toBe(walks.length);
      expect(walks).toEqual(
        expect.arrayContaining(['remote.message', 'remote.violation', 'remote.close remote.message']),
      );
    }
  });
});
