import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { summarize } from '../report/summary.js';
import { emWebSocket } from './em-websocket/peer.js';
import { grizzly } from './grizzly/peer.js';
import { cacheFolder } from './java.js';
import { jetty } from './jetty/peer.js';
import { type Difference, differences, type Found, foundIn, judgePeer, type RoleResult } from './judge-peer.js';
import { type JudgedPeer, writePage } from './page.js';
import type { Peer, ReadyPeer } from './peer-program.js';

/*
 * `npm run peers`: gets and judges the real peers, in every role that they have. A peer that cannot be had is left out,
 * unless HYBI_REQUIRE_PEERS=1 demands all. The verdicts are compared with those that a person has confirmed by their
 * bytes: `expected.json` (server) and `expected-client.json` beside each program. `npm run peers -- --write-expected`
 * writes these anew, to be confirmed again, and docs/peers.md with them. A name (`npm run peers -- jetty`) is for one.
 */

const peers: readonly Peer[] = [emWebSocket, jetty, grizzly];

const root = fileURLToPath(new URL('../../../', import.meta.url));

const expectedFile = ({ name }: Peer, role: RoleResult['role']): string =>
  join(root, 'properties/peers', name, role === 'server' ? 'expected.json' : 'expected-client.json');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A peer that is ready; otherwise says why it is not. */
function prepared(peer: Peer): ReadyPeer | undefined {
  try {
    const ready = peer.prepare();
    if (ready === undefined) process.stderr.write(`${peer.name} is skipped, it is not installed: ${peer.howToGet}\n`);
    return ready;
  } catch (error) {
    process.stderr.write(`${peer.name} is skipped, it cannot be had now: ${messageOf(error)}\n`);
    return undefined;
  }
}

/** Shows a result, and compares it with what is expected; returns whether all is. */
async function conclude(peer: Peer, ready: ReadyPeer, result: RoleResult): Promise<boolean> {
  const { role, report, outcomes } = result;
  const { version } = ready;
  process.stdout.write(`${peer.name} ${version}, ${role}\n`);
  if (report !== undefined) process.stdout.write(summarize(report, createColors(isatty(1))));
  for (const [topic, says] of Object.entries(outcomes)) process.stdout.write(`  interop ${topic}: ${says}\n`);
  const found = foundIn(peer, result, version);
  const file = expectedFile(peer, role);
  if (isWriting) {
    writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
    return true;
  }
  const expected = JSON.parse(readFileSync(file, 'utf8')) as Found;
  const changes = await lasting(peer, ready, role, expected, differences(expected, found));
  for (const { says } of changes) process.stderr.write(`${peer.name}, ${role}: ${says}\n`);
  if (changes.length === 0) process.stdout.write(`${peer.name}, ${role}: as expected\n`);
  return changes.length === 0;
}

/** On a busy machine a peer may be late once: what differs is tried twice more, and counts when it differs always. */
async function lasting(
  peer: Peer,
  ready: ReadyPeer,
  role: RoleResult['role'],
  expected: Found,
  changes: readonly Difference[],
): Promise<readonly Difference[]> {
  let left = changes;
  for (let tries = 0; tries < 2 && left.length > 0; tries++) {
    const only = left.map(({ id }) => id);
    process.stderr.write(`${peer.name}, ${role}: once more, for ${only.join(', ')}\n`);
    const again = await judgePeer(peer, ready, role, { only });
    if (again === undefined) return left;
    const ids = new Set(only);
    left = differences(expected, foundIn(peer, again, ready.version)).filter(({ id }) => ids.has(id));
  }
  return left;
}

const isRequired = process.env['HYBI_REQUIRE_PEERS'] === '1';
const isWriting = process.argv.includes('--write-expected');
const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const wanted = peers.filter(({ name }) => names.length === 0 || names.includes(name));
const judged: JudgedPeer[] = [];
let isFine = wanted.length > 0;
if (!isFine) process.stderr.write(`there is no such peer: give ${peers.map(({ name }) => name).join(', ')}\n`);
for (const peer of wanted) {
  const ready = prepared(peer);
  if (ready === undefined) {
    if (isRequired) isFine = false;
    continue;
  }
  const results: RoleResult[] = [];
  judged.push({ peer, version: ready.version, results });
  for (const role of ['server', 'client'] as const) {
    try {
      const result = await judgePeer(peer, ready, role);
      if (result === undefined) continue;
      results.push(result);
      if (!(await conclude(peer, ready, result))) isFine = false;
    } catch (error) {
      process.stderr.write(`${messageOf(error)}\n`);
      isFine = false;
    }
  }
}
mkdirSync(cacheFolder, { recursive: true });
const resultsFile = join(cacheFolder, 'results.json');
const shown = judged.map(({ peer: { name }, version, results }) => ({ name, version, results }));
writeFileSync(resultsFile, `${JSON.stringify({ date: new Date().toISOString(), peers: shown }, null, 2)}\n`);
process.stdout.write(`the reports are in ${resultsFile}\n`);
if (isWriting && judged.length === peers.length) writePage(join(root, 'docs/peers.md'), judged, new Date());
process.exitCode = isFine ? 0 : 1;
