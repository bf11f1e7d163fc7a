import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../impl/server.js';
import { parseUri } from '../../model/uri.js';
import { createTraceJudge, type JudgedConnection } from '../judge/trace-judge.js';
import { emWebSocket } from '../peers/em-websocket/peer.js';
import { startPeer } from '../peers/peer-program.js';
import type { Report } from '../report/report.js';
import { verify } from '../verify.js';
import { createTraceReader } from './read-trace.js';
import { startRelay } from './relay.js';

/*
 * `npm run captures`: the same conversations told three times. The verifier talks to a server through the relay of
 * `hybi proxy`, which judges live, while tcpdump captures the loopback interface behind it. The capture has to give what
 * the relay gave; and what the judge finds, the verifier has found too, who knows what it asked.
 *
 * With HYBI_REQUIRE_PEERS=1 a missing tcpdump, or a missing peer, is an error.
 */

/** Findings of the server with their number of connections: `fail draft-06/… code`. */
type Found = ReadonlyMap<string, number>;

interface Told {
  readonly live: Report;
  readonly relayed: Found;
  readonly captured: Found;
  readonly connections: { readonly relayed: number; readonly captured: number };
  readonly notes: readonly string[];
}

async function startTcpdump(file: string, port: number): Promise<ChildProcess> {
  // Otherwise the system keeps packets back for up to a second, and what it keeps at the end is lost.
  const args = ['-i', 'lo', '--immediate-mode', '-B', '65536', '-U', '-s', '0', '-w', file, `tcp port ${port}`];
  const child = spawn('tcpdump', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const listening = new Promise<boolean>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('listening on')) resolve(true);
    });
    child.once('close', () => {
      resolve(false);
    });
    child.once('error', () => {
      resolve(false);
    });
  });
  if (!(await listening)) throw new Error(`tcpdump cannot capture: ${said.trim()}`);
  return child;
}

/** Waits until nothing has been written to a file for half a second: what tcpdump still had to write is there then. */
async function untilQuiet(file: string): Promise<void> {
  for (let size = -1, now = 0; size !== now;) {
    size = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
    now = statSync(file).size;
  }
}

async function judgeFile(
  file: string,
): Promise<{ readonly judged: JudgedConnection[]; readonly notes: readonly string[] }> {
  const judged: JudgedConnection[] = [];
  const judge = createTraceJudge({ onConnection: (connection) => judged.push(connection) });
  const reader = createTraceReader();
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) reader.push(chunk, judge.take);
  const { notes } = reader.finish(judge.take);
  judge.finish();
  return { judged, notes };
}

function foundOf(judged: readonly JudgedConnection[]): Found {
  const found = new Map<string, number>();
  for (const { judgement } of judged) {
    for (const { blamed, verdict, clause, code } of judgement.findings) {
      if (blamed !== 'server' || verdict === 'informational') continue;
      const key = `${verdict} ${clause} ${code}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
  }
  return found;
}

/** Lets the verifier talk to the server on a port, with a relay and a capture between. */
async function tell(port: number, only: readonly string[], folder: string): Promise<Told> {
  const file = join(folder, `${port}.pcap`);
  const tcpdump = await startTcpdump(file, port);
  const relayed: JudgedConnection[] = [];
  const judge = createTraceJudge({ onConnection: (connection) => relayed.push(connection) });
  const relay = await startRelay({
    host: '127.0.0.1',
    port: 0,
    target: { host: '127.0.0.1', port },
    tell: judge.take,
    onUnreachable: (_, why) => {
      throw new Error(`the server cannot be reached: ${why}`);
    },
  });
  try {
    const url = `ws://127.0.0.1:${relay.port}/`;
    const parsed = parseUri(url);
    if (!parsed.ok) throw new Error(parsed.refusal.says);
    const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 1000 };
    const verification = await verify({ target, shownTarget: url, version: 'captures', seed: 1, only });
    if (verification.kind === 'unreachable') throw new Error(`nothing was judged: ${verification.why}`);
    relay.stop();
    await relay.over;
    judge.finish();
    await untilQuiet(file);
    tcpdump.kill('SIGINT');
    await once(tcpdump, 'close');
    const { judged, notes } = await judgeFile(file);
    return {
      live: verification.report,
      relayed: foundOf(relayed),
      captured: foundOf(judged),
      connections: { relayed: relayed.length, captured: judged.length },
      notes,
    };
  } finally {
    relay.stop();
    tcpdump.kill('SIGKILL');
  }
}

/** What is not as it has to be, in lines. */
function compare(
  { live, relayed, captured, connections, notes }: Told,
  expected: readonly string[],
): readonly string[] {
  const wrong = [...notes];
  if (connections.relayed !== connections.captured) {
    wrong.push(`${connections.relayed} connections passed the relay, ${connections.captured} are in the capture`);
  }
  for (const key of new Set([...relayed.keys(), ...captured.keys()])) {
    const [passed = 0, seen = 0] = [relayed.get(key), captured.get(key)];
    if (passed !== seen) wrong.push(`${key}: on ${passed} connections of the relay, on ${seen} of the capture`);
  }
  const known = new Set(live.cases.flatMap(({ findings }) => findings.map(({ clause, code }) => `${clause} ${code}`)));
  for (const key of captured.keys()) {
    if (!known.has(key.slice(key.indexOf(' ') + 1))) wrong.push(`${key}: the verifier has not found it`);
  }
  for (const key of expected) if (!captured.has(key)) wrong.push(`${key}: not seen in the capture`);
  return wrong;
}

function report(name: string, told: Told, wrong: readonly string[]): boolean {
  process.stdout.write(`${name}: ${told.connections.captured} connections captured and judged\n`);
  for (const [key, count] of told.captured) process.stdout.write(`  ${key}: ${count}\n`);
  for (const line of wrong) process.stderr.write(`${name}: ${line}\n`);
  if (wrong.length === 0) process.stdout.write(`${name}: the capture gives what the live run gave\n`);
  return wrong.length === 0;
}

/** What em-websocket is known to break, where somebody who only watches can see it. */
const expectedOfEmWebSocket: readonly string[] = [
  'fail draft-06/4.5/control-at-most-125 long-control',
  'fail draft-06/4.5.1/body-starts-with-status bad-status-code',
  'fail draft-06/5.2.1/get-request accepted',
  'fail draft-06/5.2.1/host accepted',
  'fail draft-06/5.2.2/accept wrong-accept',
  'advisory draft-06/9/disconnect-on-bad-data went-on',
];

const isRequired = process.env['HYBI_REQUIRE_PEERS'] === '1';
const folder = mkdtempSync(join(tmpdir(), 'hybi-captures-'));
let isFine = true;
const skip = (why: string): void => {
  process.stderr.write(`${why}\n`);
  if (isRequired) isFine = false;
};
try {
  if (spawnSync('tcpdump', ['--version']).status !== 0) {
    skip(
      'captures are skipped, because tcpdump is not installed: install it, for example with `apt-get install tcpdump`',
    );
  } else {
    const server = await startServer({ port: 0 });
    const own = await tell(server.port, ['framing', 'closing', 'control'], folder);
    await server.stop();
    isFine = report('reference server', own, compare(own, [])) && isFine;
    const ready = emWebSocket.prepare();
    if (ready?.server === undefined) {
      skip(`em-websocket is skipped, because it is not installed: ${emWebSocket.howToGet}`);
    } else {
      const peer = await startPeer(emWebSocket.name, ready.server);
      const told = await tell(peer.port, ['framing', 'control', 'status-codes', 'handshake'], folder);
      await peer.stop();
      isFine = report('em-websocket', told, compare(told, expectedOfEmWebSocket)) && isFine;
    }
  }
} catch (error) {
  if (isRequired || !(error instanceof Error) || !error.message.startsWith('tcpdump')) throw error;
  skip(`captures are skipped: ${error.message}`);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = isFine ? 0 : 1;
