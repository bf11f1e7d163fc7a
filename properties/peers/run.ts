import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noPaint, describeCase, summarize } from '../report/summary.js';
import type { Report } from '../report/report.js';
import { verdicts } from '../verifier/finding.js';
import { emWebSocket } from './em-websocket/peer.js';
import { grizzly } from './grizzly/peer.js';
import { cacheFolder } from './java.js';
import { jetty } from './jetty/peer.js';
import { judgePeer, type RoleResult, wholeReport } from './judge-peer.js';
import { baselineId, type Difference, differences, type Known, knownFrom, readKnown, writeKnown } from './known.js';
import { pageOf } from './page.js';
import type { Peer, ReadyPeer } from './peer-program.js';
import { allResults, type PeerResults, peerResults } from './results.js';

/*
 * `npm run peers`: gets and judges the real peers, in every role that they have. A peer that cannot be had is left out,
 * unless HYBI_REQUIRE_PEERS=1 demands all. The verdicts are compared with those that a person has confirmed by their
 * bytes: `expected.json` (server) and `expected-client.json` beside each program. It prints a line for each peer, writes
 * the reports into files, and shows at the end in full what differs. A name (`npm run peers -- jetty`) is for one.
 *
 * `npm run peers -- --write-expected` judges each peer `--rounds N` times (default 3), to tell chance from the rest, and
 * writes what is known anew, to be confirmed again; and results.json and docs/peers.md when it was for all of them.
 */

const peers: readonly Peer[] = [emWebSocket, jetty, grizzly];
const roles = ['server', 'client'] as const;

const root = fileURLToPath(new URL('../../../', import.meta.url));

const expectedFile = ({ name }: Peer, role: RoleResult['role']): string =>
  join(root, 'properties/peers', name, role === 'server' ? 'expected.json' : 'expected-client.json');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** A peer that is ready; otherwise why it is not. */
function prepared(peer: Peer): ReadyPeer | string {
  try {
    return peer.prepare() ?? `it is not installed: ${peer.howToGet}`;
  } catch (error) {
    return `it cannot be had now: ${messageOf(error)}`;
  }
}

/** The figures of a report, in one line. */
function figures({ summary, cases, durationMs }: Report): string {
  const counts = verdicts.filter((verdict) => summary[verdict] > 0).map((verdict) => `${summary[verdict]} ${verdict}`);
  return `${counts.join(', ')} (${cases.length} cases, ${(durationMs / 1000).toFixed(1)} s)`;
}

/** Keeps the whole report for those who want to look. */
function keep(name: string, report: Report): void {
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(join(cacheFolder, `${name}-${report.role}.json`), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(cacheFolder, `${name}-${report.role}.txt`), summarize(report, noPaint));
}

/** What differs from what is known after all tries, and how many tries there were. */
interface Comparison {
  readonly left: readonly Difference[];
  readonly tries: number;
  /** The cases that differed at the first try. */
  readonly late: readonly string[];
}

/** Waits are longer at each further try, and no other case is beside: what is only late is not a difference. */
const furtherTries = [
  { factor: 2, jobs: 1 },
  { factor: 4, jobs: 1 },
] as const;

/** On a busy machine a peer may be late: what differs is tried twice more, and counts when it differs always. */
async function compare(peer: Peer, ready: ReadyPeer, first: Report, known: Known): Promise<Comparison> {
  let left = differences(first, known);
  const late = left.map(({ id }) => id);
  let tries = 1;
  for (const patience of furtherTries) {
    if (left.length === 0) break;
    tries++;
    const ids = new Set(left.map(({ id }) => id));
    const only = ids.has(baselineId) ? [] : [...ids];
    const again = await judgePeer(peer, ready, first.role, { ...patience, only });
    if (again === undefined) break;
    const all = differences(wholeReport(peer.name, again), known);
    left = only.length === 0 ? all : all.filter(({ id }) => ids.has(id));
  }
  return { left, tries, late };
}

/** Judges a peer in a role and compares; what differs is returned to be shown. `undefined` without that role. */
async function check(
  peer: Peer,
  ready: ReadyPeer,
  role: RoleResult['role'],
): Promise<readonly Difference[] | undefined> {
  const result = await judgePeer(peer, ready, role);
  if (result === undefined) return undefined;
  const report = wholeReport(peer.name, result);
  keep(peer.name, report);
  const { left, tries, late } = await compare(peer, ready, report, readKnown(expectedFile(peer, role)));
  const when = tries > 1 ? ` at try ${tries} of ${late.slice(0, 3).join(', ')}${late.length > 3 ? ' …' : ''}` : '';
  const verdict = left.length === 0 ? `as expected${when}` : `NOT AS EXPECTED in ${left.length} after ${tries} tries`;
  say(`${peer.name} ${ready.version}, ${role}: ${figures(report)}: ${verdict}`);
  return left;
}

/** A difference in full: what is new, what is gone, and the bytes that were seen. */
function describeDifference({ id, fresh, gone, result }: Difference): readonly string[] {
  return [
    ...fresh.map((line) => `  ${id}: not expected: ${line}`),
    ...gone.map((line) => `  ${id}: expected, and not found: ${line}`),
    ...(result === undefined ? [] : describeCase(result, noPaint).map((line) => `    ${line}`)),
  ];
}

/** Judges a peer in a role several times, and writes what is known of it from now on. */
async function write(
  peer: Peer,
  ready: ReadyPeer,
  role: RoleResult['role'],
  rounds: number,
): Promise<RoleResult | undefined> {
  const first = await judgePeer(peer, ready, role);
  if (first === undefined) return undefined;
  const reports: [Report, ...Report[]] = [wholeReport(peer.name, first)];
  keep(peer.name, reports[0]);
  for (let round = 1; round < rounds; round++) {
    const again = await judgePeer(peer, ready, role);
    if (again !== undefined) reports.push(wholeReport(peer.name, again));
  }
  const file = expectedFile(peer, role);
  const before = existsSync(file) ? readKnown(file) : undefined;
  const known = knownFrom(reports, ready.version, role === 'client' ? peer.racesAtClose : [], before);
  writeKnown(file, known);
  const chance = Object.keys(known.byChance ?? {}).length;
  say(
    `${peer.name} ${ready.version}, ${role}: ${figures(reports[0])}: written, with ${chance} cases that chance decides`,
  );
  return first;
}

const isRequired = process.env['HYBI_REQUIRE_PEERS'] === '1';
const words = process.argv.slice(2);
const isWriting = words.includes('--write-expected');
const rounds = words.includes('--rounds') ? Number(words[words.indexOf('--rounds') + 1]) : 3;
const names = words.filter((word) => /^[a-z]/.test(word));
const wanted = peers.filter(({ name }) => names.length === 0 || names.includes(name));
const told: PeerResults[] = [];
const troubles: string[] = [];
if (wanted.length === 0) troubles.push(`there is no such peer: give ${peers.map(({ name }) => name).join(', ')}`);
for (const peer of wanted) {
  const ready = prepared(peer);
  if (typeof ready === 'string') {
    say(`${peer.name} is skipped, ${ready}`);
    if (isRequired) troubles.push(`${peer.name} is required, and ${ready}`);
    continue;
  }
  const results: RoleResult[] = [];
  for (const role of roles) {
    try {
      if (isWriting) {
        const result = await write(peer, ready, role, rounds);
        if (result !== undefined) results.push(result);
      } else {
        const left = (await check(peer, ready, role)) ?? [];
        if (left.length > 0) troubles.push(`${peer.name}, ${role}, differs:`, ...left.flatMap(describeDifference));
      }
    } catch (error) {
      troubles.push(`${peer.name}, ${role}: ${messageOf(error)}`);
    }
  }
  told.push(peerResults(peer, ready.version, results));
}
say(`the reports are in ${cacheFolder}`);
if (isWriting && troubles.length === 0 && told.length === peers.length) {
  const results = allResults(told);
  writeFileSync(join(root, 'properties/peers/results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(root, 'docs/peers.md'), pageOf(results));
}
// All on standard output, in its order: what went wrong stands last.
for (const line of troubles) say(line);
process.exitCode = troubles.length === 0 ? 0 : 1;
