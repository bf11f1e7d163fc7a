import { parseUri } from '../../model/uri.js';
import { runCampaign } from '../campaign/campaign.js';
import { brokenScripts, legalScripts } from '../campaign/script-arbitrary.js';
import { memoryServer } from '../drivers/memory-server.js';
import { randomnessOf } from '../verifier/randomness.js';
import { createRecorder } from '../verifier/recorder.js';
import { createTester } from '../verifier/tester.js';

const runs = 2000;

/** Random conversations that one core holds with the model in memory, judged, in a minute of its time. */
export async function benchCampaign(): Promise<readonly string[]> {
  const parsed = parseUri('ws://server.example/');
  if (!parsed.ok) throw new Error(parsed.refusal.says);
  const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 1000 };
  const { tester } = createTester(memoryServer(), target, createRecorder(), randomnessOf(1, 'bench'));
  const lines: string[] = [];
  for (const [name, scripts] of [
    ['legal', legalScripts('server')],
    ['rule-breaking', brokenScripts('server')],
  ] as const) {
    const before = process.cpuUsage();
    const result = await runCampaign(tester, {
      scripts,
      peer: 'server',
      runs,
      seed: 1,
      echoes: true,
      budget: Infinity,
    });
    const { user, system } = process.cpuUsage(before);
    const minutes = (user + system) / 60_000_000;
    lines.push(`${Math.round(result.runs / minutes)} random ${name} conversations a minute on one core (20000 wanted)`);
  }
  return lines;
}
