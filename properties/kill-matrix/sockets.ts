import { clientCases } from '../conformance/client/index.js';
import { serverCases } from '../conformance/index.js';
import { socketServer } from '../drivers/socket-server.js';
import type { Fault } from '../faults/fault.js';
import { faults } from '../faults/index.js';
import { clientOverTcp, servePeer } from '../faults/on-socket.js';
import type { Finding } from '../verifier/finding.js';
import { runCase, runClientCase } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import type { KillMatrix } from './matrix.js';
import { blamable } from './rows.js';
import { seed } from './run-peer.js';

/*
 * The same faults over TCP: each is served on loopback, or comes from there, and the cases that are quickest to notice it
 * in memory have to notice it there as well.
 */

/** Faults that a socket on loopback cannot show, each with the reason. */
const notOverSockets: ReadonlyMap<string, string> = new Map([
  ['client-opening/host-in-capitals', 'the host of the URL is a number there, which has no capitals'],
  ['opening/falls-over', 'a connection that is dropped ends there like any other'],
  ['client-closing/late-close', 'the delay is one of the virtual clock'],
]);

/** Milliseconds of silence that mean "no answer", on a real clock. */
const timeout = 400;

/** Faults at the same time; most of their time is waiting. */
const atOnce = 8;

const host = '127.0.0.1';

/**
 * Runs every fault over sockets.
 * @returns the names of those that no case noticed there, with what the cases said
 */
export async function missedOverSockets(
  { faults: rows }: KillMatrix,
  onProgress: (done: number, of: number) => void,
): Promise<readonly string[]> {
  const quickest = new Map(rows.map((row) => [row.name, row.quickest] as const));
  const chosen = faults.filter(({ name }) => !notOverSockets.has(name));
  const queue = [...chosen];
  const missed: string[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
      const said: string[] = [];
      let isCaught = false;
      for (const id of quickest.get(fault.name) ?? []) {
        const { findings, verdict } = await runOverSocket(fault, id);
        isCaught = findings.some((finding) => isBlamed(fault, finding));
        if (isCaught) break;
        said.push(`${id}: ${verdict}`);
      }
      if (!isCaught) missed.push(`${fault.name} over a socket is noticed by none (${said.join('; ')})`);
      onProgress(++done, chosen.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return missed.sort();
}

const isBlamed = (fault: Fault, { clause, verdict }: Finding): boolean =>
  verdict !== 'inconclusive' && blamable(fault).has(clause);

async function runOverSocket(
  fault: Fault,
  id: string,
): Promise<{ readonly findings: readonly Finding[]; readonly verdict: string }> {
  if (fault.role === 'client') {
    const testCase = clientCases.find((each) => each.id === id);
    if (testCase === undefined) throw new RangeError(`there is no case ${id}`);
    const run = { client: clientOverTcp(fault.client()), target: { timeout }, requests: [] };
    return runClientCase(testCase, run, seed);
  }
  const testCase = serverCases.find((each) => each.id === id);
  if (testCase === undefined) throw new RangeError(`there is no case ${id}`);
  const served = await servePeer(fault.peer(), host, 0);
  try {
    const uri = { host, port: served.port, resourceName: '/', secure: false };
    const target: Target = { uri, subprotocols: [], fields: [], timeout };
    return await runCase(testCase, socketServer(host, served.port, 2000), target, seed);
  } finally {
    await served.stop();
  }
}
