import { clientCases } from '../conformance/client/index.js';
import { serverCases } from '../conformance/index.js';
import { socketServer } from '../drivers/socket-server.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { ClientFault, Fault, ServerFault } from '../faults/fault.js';
import { faults } from '../faults/index.js';
import { clientOverTcp, servePeer } from '../faults/on-socket.js';
import { type CaseResult, runCase, runClientCase } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import type { KillMatrix } from './matrix.js';
import { blamable } from './rows.js';
import { onSockets, runPeer, seed } from './run-peer.js';

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

/** Faults at the same time; most of their time is waiting. */
const atOnce = 8;

const { host, timeout } = onSockets;

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
        const { blamed, verdict } = await runOverSocket(fault, id);
        isCaught = blamed.some((clause) => blamable(fault).has(clause));
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

/** What a case blames a fault for over a socket. */
interface OverSocket {
  readonly blamed: readonly ClauseId[];
  readonly verdict: string;
}

async function runOverSocket(fault: Fault, id: string): Promise<OverSocket> {
  if ('serve' in fault || 'connects' in fault) {
    const [outcome] = await runPeer(fault, (each) => each === id);
    return { blamed: outcome?.blames.map(({ clause }) => clause) ?? [], verdict: outcome?.verdict ?? 'not run' };
  }
  const { findings, verdict } = await runInClear(fault, id);
  return { blamed: findings.filter((each) => each.verdict !== 'inconclusive').map(({ clause }) => clause), verdict };
}

async function runInClear(fault: ServerFault | ClientFault, id: string): Promise<CaseResult> {
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
