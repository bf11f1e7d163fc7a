import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { latin1FromBytes } from '../../model/bytes.js';
import { parseUri } from '../../model/uri.js';
import { lineOf } from '../drivers/socket-line.js';
import { type Arrival, type ClientPeer, type Line, PeerUnreachable, type Visit } from '../verifier/line.js';
import { type Command, stopProgram } from './peer-program.js';

/** Clients of one program that runs: for virtual machines that take too long to be started for each connection. */
export interface PipedClient extends ClientPeer {
  readonly stop: () => Promise<void>;
}

const host = '127.0.0.1';

/**
 * Starts a program that reads URLs on its standard input, and connects to each.
 * @param patience milliseconds within which it has to connect
 */
export function pipedClient([program, ...args]: Command, patience: number): PipedClient {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => undefined);
  return { accept: (visit) => arrivalOf(visit, child, patience), stop: () => stopProgram(child) };
}

async function arrivalOf(
  visit: Visit,
  child: ChildProcess & { readonly stdin: NodeJS.WritableStream },
  patience: number,
): Promise<Arrival> {
  const listener = createServer({ allowHalfOpen: true, noDelay: true }).listen(0, host);
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const url = visit.url?.({ host, port }) ?? `ws://${host}:${port}/`;
  child.stdin.write(`${url}\n`);
  const socket = await firstOf(listener, patience);
  const parsed = parseUri(url);
  const release = (): void => {
    listener.close();
    socket.destroy();
  };
  return { line: letResponseArrive(lineOf(socket)), release, ...(parsed.ok ? { uri: parsed.uri } : {}) };
}

/** How long the response has for itself, in milliseconds. */
const lead = 150;

/**
 * A line that holds back what follows the response, for a moment. A client may be wrong about bytes that come together
 * with the response: cases of their own show that, and chance must not decide whether all others do.
 */
function letResponseArrive(line: Line): Line {
  let held: (() => void)[] | undefined;
  let sent = '';
  let isHead = true;
  const inTurn = (act: () => void): void => {
    if (held === undefined) act();
    else held.push(act);
  };
  return {
    ...line,
    send: (bytes) => {
      inTurn(() => {
        line.send(bytes);
      });
      if (!isHead) return;
      sent = (sent + latin1FromBytes(bytes)).slice(-65536);
      if (!sent.includes('\r\n\r\n')) return;
      isHead = false;
      held = [];
      setTimeout(() => {
        const acts = held ?? [];
        held = undefined;
        for (const act of acts) act();
      }, lead);
    },
    end: () => {
      inTurn(line.end);
    },
  };
}

/** The first connection; further ones wait in vain. */
function firstOf(listener: ReturnType<typeof createServer>, patience: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.close();
      reject(new PeerUnreachable(`the client did not connect within ${patience} ms`));
    }, patience);
    listener.once('connection', (socket: Socket) => {
      clearTimeout(timer);
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
