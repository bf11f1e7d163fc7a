import { readFileSync, writeFileSync } from 'node:fs';
import { createColors } from 'picocolors';
import { parseUri } from '../../model/uri.js';
import type { Report } from '../report/report.js';
import { summarize } from '../report/summary.js';
import type { Verdict } from '../verifier/finding.js';
import { verify } from '../verify.js';
import { emWebSocket } from './em-websocket/peer.js';
import { installedVersion, type PeerProgram, startPeer } from './peer-program.js';

/*
 * `npm run peers`: judges the real peers that are installed. With HYBI_REQUIRE_PEERS=1 a missing one is an error. The
 * verdicts are compared with those that a person has confirmed by their bytes: `expected.json` beside each program.
 * `npm run peers -- --write-expected` writes that file anew, to be confirmed again.
 */

const peers: readonly PeerProgram[] = [emWebSocket];

/** What was confirmed: the case, its verdict and the findings behind it. */
interface Expected {
  readonly version: string;
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

const weighty: readonly Verdict[] = ['fail', 'advisory', 'inconclusive'];

const expectedFile = (program: PeerProgram): URL =>
  new URL(`../../../properties/peers/${program.name}/expected.json`, import.meta.url);

function findingsOf(report: Report): Record<string, readonly string[]> {
  const cases = report.cases.filter((result) => weighty.includes(result.verdict));
  return Object.fromEntries(
    cases.map((result) => [
      result.id,
      result.reason === undefined
        ? result.findings
            .filter((finding) => finding.verdict !== 'informational')
            .map((finding) => `${finding.verdict} ${finding.clause} ${finding.code}`)
        : [`inconclusive ${result.reason}`],
    ]),
  );
}

/** Judges one peer; returns whether all is as expected. */
async function judge(program: PeerProgram, version: string, isWriting: boolean): Promise<boolean> {
  const running = await startPeer(program);
  try {
    const url = `ws://127.0.0.1:${running.port}/`;
    const parsed = parseUri(url);
    if (!parsed.ok) throw new Error(parsed.refusal.says);
    const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 1000 };
    const verification = await verify({ target, shownTarget: url, version: 'peers', seed: 1 });
    if (verification.kind === 'unreachable') throw new Error(`${program.name} cannot be judged: ${verification.why}`);
    process.stdout.write(
      `${program.name} ${version}\n${summarize(verification.report, createColors(process.stdout.isTTY))}`,
    );
    const found: Expected = { version, findings: findingsOf(verification.report) };
    if (isWriting) {
      writeFileSync(expectedFile(program), `${JSON.stringify(found, null, 2)}\n`);
      return true;
    }
    const expected = JSON.parse(readFileSync(expectedFile(program), 'utf8')) as Expected;
    return compare(program, expected, found);
  } finally {
    await running.stop();
  }
}

function compare(program: PeerProgram, expected: Expected, found: Expected): boolean {
  let isSame = true;
  for (const id of new Set([...Object.keys(expected.findings), ...Object.keys(found.findings)])) {
    const was = expected.findings[id]?.join('; ') ?? 'nothing';
    const is = found.findings[id]?.join('; ') ?? 'nothing';
    if (was === is) continue;
    isSame = false;
    process.stderr.write(`${program.name}: ${id}: expected ${was}, found ${is}\n`);
  }
  if (isSame) process.stdout.write(`${program.name}: as expected\n`);
  return isSame;
}

const isRequired = process.env['HYBI_REQUIRE_PEERS'] === '1';
const isWriting = process.argv.includes('--write-expected');
let isFine = true;
for (const program of peers) {
  const version = installedVersion(program);
  if (version === undefined) {
    process.stderr.write(`${program.name} is skipped, because it is not installed: ${program.howToGet}\n`);
    if (isRequired) isFine = false;
  } else if (!(await judge(program, version, isWriting))) {
    isFine = false;
  }
}
process.exitCode = isFine ? 0 : 1;
