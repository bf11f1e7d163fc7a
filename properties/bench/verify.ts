import { createServer, type Server, type Socket } from 'node:net';
import { startServer } from '../../impl/server.js';
import { acceptOfKey } from '../../model/accept.js';
import { parseUri } from '../../model/uri.js';
import { verify, type Verification } from '../verify.js';

/*
 * How long all cases for servers take with the settings of `hybi verify`: against the reference server, and against
 * peers that accept and then never answer, where every wait lasts to its end.
 */

/** What `hybi verify` does where the command line says nothing. */
const usual = { timeout: 2000, runs: 25 } as const;

/** Lines with the figures, and what is wanted. */
export async function benchVerify(): Promise<readonly string[]> {
  const lines: string[] = [];
  const reference = await startServer({ port: 0 });
  lines.push(await timed('the reference server', reference.url, 10));
  await reference.stop();
  const silent: Peer[] = [
    { name: 'a server that accepts TCP and then never answers', onData: () => undefined },
    { name: 'a server that accepts the opening handshake and then never answers', onData: acceptOpening },
  ];
  for (const { name, onData } of silent) {
    const { url, stop } = await listen(onData);
    lines.push(await timed(name, url, 60));
    stop();
  }
  return lines;
}

interface Peer {
  readonly name: string;
  readonly onData: (socket: Socket, text: string) => void;
}

async function timed(name: string, url: string, wanted: number): Promise<string> {
  const parsed = parseUri(url);
  if (!parsed.ok) throw new Error(parsed.refusal.says);
  const start = performance.now();
  const verification = await verify({
    target: { uri: parsed.uri, subprotocols: [], fields: [], ...usual },
    shownTarget: name,
    version: 'bench',
    seed: 1,
  });
  const seconds = (performance.now() - start) / 1000;
  return `${seconds.toFixed(1).padStart(8)} s  all cases against ${name} (below ${wanted} s wanted): ${wordsOf(verification)}`;
}

function wordsOf(verification: Verification): string {
  if (verification.kind === 'unreachable') return verification.why;
  const { cases, summary } = verification.report;
  return `${cases.length} cases, ${summary.pass} pass, ${summary.fail} fail, ${summary.skipped} skipped`;
}

async function listen(
  onData: (socket: Socket, text: string) => void,
): Promise<{ readonly url: string; readonly stop: () => void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      onData(socket, text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `ws://127.0.0.1:${port}/`, stop };
}

/** Answers a whole opening handshake, once. */
function acceptOpening(socket: Socket, text: string): void {
  if (!text.includes('\r\n\r\n') || socket.bytesWritten > 0) return;
  const key = /^sec-websocket-key:[ \t]*(.*)\r$/im.exec(text)?.[1] ?? '';
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  socket.write(`${[...head, `Sec-WebSocket-Accept: ${acceptOfKey(key)}`].join('\r\n')}\r\n\r\n`);
}
