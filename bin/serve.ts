import { Command } from '@commander-js/extra-typings';
import { behaviours } from '../impl/behaviours.js';
import { knownExtensions } from '../impl/extensions.js';
import { type ReferenceServer, type ReferenceServerOptions, startServer } from '../impl/server.js';
import { watchTrace } from '../impl/trace.js';
import type { Watcher } from '../impl/watcher.js';
import { recordEndpoint, watchBoth } from '../properties/capture/record-endpoint.js';
import type { TraceFile } from '../properties/capture/record.js';
import { servePeer } from '../properties/faults/on-socket.js';
import { chosenFault } from './faults.js';
import { extension, integer, listOf, longestSeconds, oneOf, origin, readingChoice, words } from './options.js';
import { openRecord } from './record.js';
import { createTerminal, type Terminal } from './terminal.js';
import { serverLayer } from './tls-options.js';
import { RunError, UsageError } from './usage.js';

const paths = behaviours
  .map(({ path, parameters, says }) => {
    const query = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
    return `  ${(query.length === 0 ? path : `${path}?${query.join('&')}`).padEnd(42)}${says}`;
  })
  .join('\n');

const help = `
Paths (the values shown are the defaults):
${paths}

Ordinary HTTP:
  GET /poll?after=SECONDS                   is answered when its Request-Timeout is over, or after so many seconds

hybi readings --parameters lists what --reading can choose, where the text leaves it open.

Examples:
  hybi serve
  hybi serve --port 9000 --trace
  hybi serve --idle-timeout 60 --poll-timeout 120
  hybi serve --tls
  hybi serve --tls-cert chain.pem --tls-key key.pem --tls-name chat.example
  hybi serve --fault closing/pong-twice
  hybi serve --subprotocol chat --origin http://app.example --max-message 65536

With --fault a peer that is wrong on purpose listens in place of the reference server. It echoes at every path, and of
the options only --host, --port and --quiet mean anything to it.

SIGINT and SIGTERM close every connection with 1001 and end the server.`;

/** `hybi serve`: the reference server. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .summary('run the reference server')
    .description('Runs the reference server: an echo at /, scripted behaviours at other paths, a page for browsers.')
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <n>', 'the port to listen on; 0 takes a free one', integer(0, 65535), 8006)
    .option('--subprotocol <name>', 'a subprotocol to speak (repeatable)', listOf(words))
    .option('--extension <name>', 'an extension to accept; default deflate-stream (repeatable)', listOf(extension))
    .option('--no-extensions', 'accept no extension')
    .option('--tls', 'speak TLS, with a certificate made on the spot for localhost and the names given')
    .option('--tls-cert <file>', 'speak TLS with this certificate chain, in PEM')
    .option('--tls-key <file>', 'the private key of the certificate, in PEM')
    .option('--tls-name <name>', 'a host name to serve; default: those of the certificate (repeatable)', listOf(words))
    .option('--origin <origin>', 'an origin to accept; without it all are (repeatable)', listOf(origin))
    .option('--trace', 'explain every frame on standard error, with its clauses')
    .option('--record <file>', 'write all that passes to a file, for hybi check')
    .option(
      '--utf-8 <policy>',
      'text that is not UTF-8: replace, close or verbatim',
      oneOf('replace', 'close', 'verbatim'),
      'replace',
    )
    .option('--reading <choice>', 'follow another reading, such as R-701=drop (repeatable)', readingChoice)
    .option(
      '--max-message <bytes>',
      'largest message; a larger one is refused with 1004',
      integer(1, 2 ** 31 - 1),
      16 * 1024 * 1024,
    )
    .option('--max-head <bytes>', 'largest opening handshake', integer(256, 2 ** 20), 16 * 1024)
    .option('--handshake-timeout <ms>', 'time for the opening handshake', integer(1, 2 ** 31 - 1), 10_000)
    .option(
      '--write-timeout <ms>',
      'drop clients that take nothing of what waits for them for so long',
      integer(1, 2 ** 31 - 1),
      60_000,
    )
    .option('--frame-timeout <ms>', 'close when a frame takes longer; without it any time', integer(1, 2 ** 31 - 1))
    .option(
      '--idle-timeout <s>',
      'keep idle connections for so many seconds, say so with Connection-Timeout, then close them',
      integer(1, longestSeconds),
    )
    .option('--poll-timeout <s>', 'longest time that GET /poll holds a request', integer(0, longestSeconds), 30)
    .option('--max-connections <n>', 'connections at the same time', integer(1, 1_000_000), 1000)
    .option('--fault <name>', 'be a server that is wrong on purpose, or unusual: one that hybi faults lists', words)
    .option('--quiet', 'print nothing')
    .option('--no-color', 'print without colours')
    .addHelpText('after', help);
  command.action(async (options) => {
    const terminal = createTerminal({ color: options.color });
    if (options.fault !== undefined) {
      await serveFault(options.fault, options, options.quiet === true ? undefined : terminal);
      return;
    }
    const record = options.record === undefined ? undefined : openRecord(options.record);
    const layer = await serverLayer(options);
    const serverOptions: ReferenceServerOptions = {
      ...(layer === undefined ? {} : { layer }),
      host: options.host,
      port: options.port,
      subprotocols: options.subprotocol ?? [],
      extensions: options.extensions ? (options.extension ?? knownExtensions) : [],
      origins: options.origin ?? [],
      maxMessage: options.maxMessage,
      maxHead: options.maxHead,
      maxConnections: options.maxConnections,
      writeTimeout: options.writeTimeout,
      ...(options.frameTimeout === undefined ? {} : { frameTimeout: options.frameTimeout }),
      poll: { longest: options.pollTimeout },
      ...(options.idleTimeout === undefined ? {} : { idleTimeout: options.idleTimeout }),
      readings: { serverUtf8: options.utf8, ...options.reading },
      durations: { handshake: options.handshakeTimeout },
      ...watchOf(options.trace === true, terminal, record),
    };
    const server = await start(serverOptions);
    if (options.quiet !== true) terminal.out(`listening ${server.url}\n`);
    await untilSignal();
    await server.stop();
    record?.close();
  });
  return command;
}

/** Who sees what passes on each connection: a person, a file, or both. */
function watchOf(
  isTraced: boolean,
  terminal: Terminal,
  record: TraceFile | undefined,
): Pick<ReferenceServerOptions, 'watch'> {
  const since = performance.now();
  const trace = watchTrace((line) => {
    terminal.err(`${line}\n`);
  });
  if (record === undefined) return isTraced ? { watch: trace } : {};
  const recorded = (connection: number): Watcher => recordEndpoint('server', connection, record.take, since);
  return { watch: isTraced ? (connection) => watchBoth(trace(connection), recorded(connection)) : recorded };
}

/** Serves a faulty peer in place of the reference server: an echo at every path, in the clear, until a signal comes. */
async function serveFault(
  name: string,
  options: {
    readonly host: string;
    readonly port: number;
    readonly tls?: true | undefined;
    readonly tlsCert?: string | undefined;
  },
  terminal: Terminal | undefined,
): Promise<void> {
  const fault = chosenFault(name, 'server');
  if (options.tls === true || options.tlsCert !== undefined)
    throw new UsageError('a faulty server speaks TLS where that is its fault, and by itself: leave --tls out');
  const { host } = options;
  const isOverTls = 'serve' in fault;
  const served = await listening(options, () =>
    isOverTls ? fault.serve(host, options.port) : servePeer(fault.peer(), host, options.port),
  );
  terminal?.out(`listening ${isOverTls ? 'wss' : 'ws'}://${host.includes(':') ? `[${host}]` : host}:${served.port}/\n`);
  await untilSignal();
  await served.stop();
}

const start = (options: ReferenceServerOptions): Promise<ReferenceServer> =>
  listening(options, () => startServer(options));

/** Starts what listens, and says in one line why it cannot. */
async function listening<Served>(
  options: Pick<ReferenceServerOptions, 'host' | 'port'>,
  begin: () => Promise<Served>,
): Promise<Served> {
  try {
    return await begin();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const where = `${options.host ?? ''}:${options.port ?? 0}`;
    if (code === 'EADDRINUSE')
      throw new RunError(`port ${options.port ?? 0} is in use: give another with --port, or 0 for a free one`);
    if (code === 'EACCES') throw new RunError(`${where} may not be listened on: give a port above 1023 with --port`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new UsageError(`${JSON.stringify(options.host)} is no address of this machine: give one with --host`);
    }
    throw new RunError(`${where} cannot be listened on: ${message}`);
  }
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => {
      resolve();
    });
    process.once('SIGTERM', () => {
      resolve();
    });
  });
}
