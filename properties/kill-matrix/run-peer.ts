import type { ClauseId } from '../../spec/clauses.js';
import { plainServer } from '../conformance/altered-server.js';
import type { Role } from '../../model/role.js';
import { clientCases, secureClientCases } from '../conformance/client/index.js';
import { secureServerCases, serverCases } from '../conformance/index.js';
import { memoryClient } from '../drivers/memory-client.js';
import { memoryServer, memoryTarget } from '../drivers/memory-server.js';
import { socketServer } from '../drivers/socket-server.js';
import { offeringClient } from '../faults/altered-client.js';
import type { SecureFault } from '../faults/fault.js';
import { comingOverTcp } from '../faults/on-socket.js';
import type { CaseFacts } from '../verifier/case.js';
import type { Verdict } from '../verifier/finding.js';
import type { ClientPeer, Line, Peer } from '../verifier/line.js';
import { type CaseResult, runCase, runClientCase } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';

/** Peers in memory need no chance, and the same seed gives the same bytes. */
export const seed = 6;

/** Where peers on sockets are met, and milliseconds of silence that mean "no answer" there. */
export const onSockets = { host: '127.0.0.1', timeout: 400 } as const;

/** What a case blamed, or put on record. */
export interface Blame {
  readonly clause: ClauseId;
  readonly code: string;
  readonly weight: 'fail' | 'advisory' | 'note';
}

/** What came of one case with one peer. */
export interface Outcome {
  readonly id: string;
  readonly verdict: Verdict;
  readonly blames: readonly Blame[];
  /** What it takes on a real clock, about: milliseconds of waiting, and one for each kilobyte. */
  readonly cost: number;
}

/** A peer to be judged: a fault, an oddity, or the model itself. */
export type Judged = MemoryPeer | SecureFault;

/** What can be judged in memory. */
type MemoryPeer =
  | { readonly role: 'server'; readonly peer: () => Peer }
  | { readonly role: 'client'; readonly client: () => ClientPeer };

/** The cases of a role that memory can answer, in the order of the chapters; those about TLS are not among them. */
export const casesOf = ({ role }: Pick<Judged, 'role'>): readonly CaseFacts[] =>
  role === 'server' ? serverCases : clientCases;

/** The cases of a role, those about TLS last. */
export const allCasesOf = (role: Role): readonly CaseFacts[] =>
  role === 'server' ? [...serverCases, ...secureServerCases] : [...clientCases, ...secureClientCases];

/** Runs cases against a peer, each against a fresh one: in memory, or over sockets where the peer exists there alone. */
export async function runPeer(
  judged: Judged,
  isChosen: (id: string) => boolean = () => true,
): Promise<readonly Outcome[]> {
  if ('serve' in judged || 'connects' in judged) return runSecure(judged, isChosen);
  const outcomes: Outcome[] = [];
  if (judged.role === 'server') {
    for (const each of serverCases) {
      if (!isChosen(each.id)) continue;
      const meter = createMeter();
      outcomes.push(outcomeOf(await runCase(each, meteredServer(judged.peer(), meter), memoryTarget, seed), meter));
    }
  } else {
    for (const each of clientCases) {
      if (!isChosen(each.id)) continue;
      const meter = createMeter();
      const run = {
        client: meteredClient(judged.client(), meter),
        target: { timeout: memoryTarget.timeout },
        requests: [],
      };
      outcomes.push(outcomeOf(await runClientCase(each, run, seed), meter));
    }
  }
  return outcomes;
}

/** What can be asked of a client about wss before TLS is complete. */
const casesAboutWss = clientCases.filter(({ id }) => id === 'client-uri/secure');

/** Runs the cases for wss over sockets on loopback. All cost the same: no clock of the machine is to be seen in the matrix. */
async function runSecure(fault: SecureFault, isChosen: (id: string) => boolean): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  if ('connects' in fault) {
    for (const each of [...casesAboutWss, ...secureClientCases]) {
      if (!isChosen(each.id)) continue;
      const run = { client: comingOverTcp(fault.connects), target: { timeout: onSockets.timeout }, requests: [] };
      outcomes.push(outcomeOf(await runClientCase(each, run, seed)));
    }
    return outcomes;
  }
  for (const each of secureServerCases) {
    if (!isChosen(each.id)) continue;
    const served = await fault.serve(onSockets.host, 0);
    const uri = { host: 'localhost', port: served.port, resourceName: '/', secure: true };
    const peer = socketServer(onSockets.host, served.port, 2000, { insecure: true });
    const secureTarget: Target = { uri, subprotocols: [], fields: [], timeout: onSockets.timeout };
    try {
      outcomes.push(outcomeOf(await runCase(each, peer, secureTarget, seed)));
    } finally {
      await served.stop();
    }
  }
  return outcomes;
}

function outcomeOf({ id, verdict, findings }: CaseResult, meter?: Meter): Outcome {
  const blames = findings.flatMap(({ clause, code, verdict: weight }): readonly Blame[] =>
    weight === 'inconclusive' ? [] : [{ clause, code, weight: weight === 'informational' ? 'note' : weight }],
  );
  return { id, verdict, blames, cost: Math.round(meter?.total() ?? 0) };
}

/** What passes on the lines of a case. */
interface Meter {
  readonly line: (line: Line) => Line;
  readonly total: () => number;
}

function createMeter(): Meter {
  let bytes = 0;
  const lines: Line[] = [];
  return {
    line: (line) => {
      lines.push(line);
      return {
        ...line,
        send: (chunk) => {
          bytes += chunk.length;
          line.send(chunk);
        },
      };
    },
    total: () => bytes / 1024 + lines.reduce((sum, line) => sum + line.now(), 0),
  };
}

const meteredServer = (peer: Peer, meter: Meter): Peer => ({
  connect: async () => meter.line(await peer.connect()),
});

const meteredClient = (client: ClientPeer, meter: Meter): ClientPeer => ({
  accept: async (visit) => {
    const arrival = await client.accept(visit);
    return { ...arrival, line: meter.line(arrival.line) };
  },
});

/** The model in the forms that faults are made of. */
const rightPeers: readonly Judged[] = [
  { role: 'server', peer: () => memoryServer() },
  { role: 'server', peer: plainServer },
  { role: 'client', client: offeringClient },
  { role: 'client', client: () => memoryClient() },
];

const keyOf = (id: string, { clause, code, weight }: Blame): string => `${id} ${clause} ${code} ${weight}`;

/** What cases say about right peers of a role: notes, which are no sign of a fault. */
export async function usualRemarks(role: Judged['role']): Promise<(id: string, blame: Blame) => boolean> {
  const usual = new Set<string>();
  for (const right of rightPeers.filter((each) => each.role === role)) {
    for (const { id, blames } of await runPeer(right)) for (const blame of blames) usual.add(keyOf(id, blame));
  }
  return (id, blame) => usual.has(keyOf(id, blame));
}
