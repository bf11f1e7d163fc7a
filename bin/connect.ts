import { createInterface, type Interface } from 'node:readline';
import { Command } from '@commander-js/extra-typings';
import { connect } from '../impl/client.js';
import type { Endpoint } from '../impl/endpoint.js';
import { hexOf } from '../model/explain.js';
import { serializeExtensions } from '../model/extension-header.js';
import { encodeUtf8, isUtf8, utf8Text } from '../model/utf8.js';
import {
  extension,
  headerField,
  integer,
  listOf,
  longestSeconds,
  milliseconds,
  origin,
  proxyUrl,
  readingChoice,
  webSocketUrl,
  words,
} from './options.js';
import { recordEndpoint } from '../properties/capture/record-endpoint.js';
import { connectPeer } from '../properties/faults/on-socket.js';
import { PeerUnreachable } from '../properties/verifier/line.js';
import { chosenFault } from './faults.js';
import { openRecord } from './record.js';
import { createTerminal, type Terminal } from './terminal.js';
import { certificateHint, trustOf } from './tls-options.js';
import { exitStatus, type ExitStatus, UsageError } from './usage.js';

const commands = `Lines are sent as text messages. Commands:
  /ping [TEXT]            send a Ping
  /binary HEX             send a binary message
  /close [STATUS [TEXT]]  start the closing handshake
  /drop                   end TCP without a Close
  /help                   show this
A line that begins with // sends a text that begins with /.`;

const examples = `
${commands}

Examples:
  hybi connect ws://127.0.0.1:8006/
  hybi connect ws://127.0.0.1:8006/ --subprotocol chat --origin http://app.example
  hybi connect ws://127.0.0.1:8006/ --request-timeout 5 --connection-timeout 60
  hybi connect wss://localhost:8006/ --insecure
  hybi connect ws://server.example/ --proxy http://user:password@127.0.0.1:3128
  printf 'hello\\n/close 1000\\n' | hybi connect ws://127.0.0.1:8006/
  hybi connect ws://127.0.0.1:8006/texts --echo
  hybi connect ws://127.0.0.1:9001/ --fault client-masking/one-key

Exit status: 0 the connection was closed cleanly; 1 it was not; 2 wrong usage; 3 it was never established.`;

/** `hybi connect URL`: an interactive client. */
export function connectCommand(finish: (status: ExitStatus) => void): Command {
  const command = new Command('connect')
    .summary('talk to a server')
    .description('An interactive client: sends what is typed, shows what happens.')
    .argument('<url>', 'the server, a ws: or wss: URL', webSocketUrl)
    .option('--origin <origin>', 'Sec-WebSocket-Origin to send, such as http://app.example, or null', origin)
    .option('--subprotocol <name>', 'a subprotocol to offer (repeatable)', listOf(words))
    .option('--extension <offer>', 'an extension to offer, such as deflate-stream (repeatable)', listOf(extension))
    .option('--ca <file>', 'trust these certificates, in PEM, instead of those of the system')
    .option('--insecure', 'go on when the certificate of the server cannot be verified')
    .option('--proxy <url>', 'connect through http://, socks5:// or socks5h://, as [USER:PASSWORD@]HOST:PORT', proxyUrl)
    .option('--header <field>', "a further header field, as 'Name: value' (repeatable)", listOf(headerField))
    .option('--reading <choice>', 'follow another reading, such as R-503=token (repeatable)', readingChoice)
    .option('--record <file>', 'write all that passes to a file, for hybi check')
    .option('--timeout <ms>', 'how long to wait for the connection and the response', milliseconds, 10_000)
    .option(
      '--request-timeout <s>',
      'tell the server how long it may take for the response, and wait a little longer',
      integer(0, longestSeconds),
    )
    .option(
      '--connection-timeout <s>',
      'tell the server how long an idle connection is kept, then close it',
      integer(1, longestSeconds),
    )
    .option(
      '--fault <name>',
      'be a client that is wrong on purpose, or unusual: one that hybi faults lists; implies --echo',
      words,
    )
    .option('--echo', 'send every message back, and read nothing from standard input')
    .option('--no-color', 'print without colours')
    .addHelpText('after', examples);
  command.action(async (url, options) => {
    const terminal = createTerminal({ color: options.color });
    if (options.fault !== undefined) {
      finish(await connectFault(options.fault, url.text, terminal));
      return;
    }
    const timeout = Math.min(options.timeout, 2 ** 31 - 1);
    const record = options.record === undefined ? undefined : openRecord(options.record);
    finish(
      await talk(url.text, terminal, options.echo === true, {
        ...patienceOf(timeout, options),
        subprotocols: options.subprotocol ?? [],
        extensions: options.extension ?? [],
        fields: options.header ?? [],
        tls: trustOf(options),
        ...(record === undefined ? {} : { watcher: recordEndpoint('client', 1, record.take, performance.now()) }),
        ...(options.proxy === undefined ? {} : { proxy: options.proxy }),
        readings: options.reading ?? {},
        ...(options.origin === undefined ? {} : { origin: options.origin }),
      }),
    );
  });
  return command as unknown as Command;
}

/** Lets a faulty client talk to a server: it sends every message back, and reads nothing from standard input. */
async function connectFault(name: string, url: string, terminal: Terminal): Promise<ExitStatus> {
  const fault = chosenFault(name, 'client');
  try {
    await ('connects' in fault ? fault.connects(url) : connectPeer(fault.client(), url));
    return exitStatus.fine;
  } catch (error) {
    if (!(error instanceof PeerUnreachable)) throw error;
    terminal.err(`hybi: ${error.message}\n`);
    return exitStatus.unfinished;
  }
}

type Offer = Pick<
  Parameters<typeof connect>[1] & object,
  | 'durations'
  | 'requestTimeout'
  | 'connectionTimeout'
  | 'subprotocols'
  | 'extensions'
  | 'fields'
  | 'proxy'
  | 'tls'
  | 'watcher'
  | 'origin'
  | 'readings'
>;

/** How long is waited; a Request-Timeout says itself how long the response is waited for. */
function patienceOf(
  timeout: number,
  {
    requestTimeout,
    connectionTimeout,
  }: { requestTimeout?: number | undefined; connectionTimeout?: number | undefined },
): Pick<Offer, 'durations' | 'requestTimeout' | 'connectionTimeout'> {
  return {
    durations: requestTimeout === undefined ? { connect: timeout, handshake: timeout } : { connect: timeout },
    ...(requestTimeout === undefined ? {} : { requestTimeout }),
    ...(connectionTimeout === undefined ? {} : { connectionTimeout }),
  };
}

/**
 * Runs a conversation until the connection is over.
 * @param echoes whether messages are sent back, and nothing is typed
 */
function talk(url: string, terminal: Terminal, echoes: boolean, offer: Offer): Promise<ExitStatus> {
  const { paint } = terminal;
  return new Promise((resolve, reject) => {
    let lines: Interface | undefined;
    let wasOpen = false;
    let hasFailed = false;
    const show = (text: string): void => {
      // The prompt is cleared and drawn again, so that what arrives does not mix with what is being typed.
      if (wasOpen && process.stdin.isTTY && process.stdout.isTTY) terminal.out('\r\u001b[2K');
      terminal.out(`${text}\n`);
      lines?.prompt(true);
    };
    try {
      connect(url, {
        ...offer,
        onOpen: (agreement, client) => {
          wasOpen = true;
          const chosen = agreement.subprotocol === undefined ? '' : `, subprotocol ${agreement.subprotocol}`;
          const used = agreement.extensions.length === 0 ? '' : `, ${serializeExtensions(agreement.extensions)}`;
          show(paint.green(`open${chosen}${used}; /help lists the commands`));
          if (!echoes) lines = readLines(client, terminal, show);
        },
        onMessage: (message, client) => {
          if (echoes && client.canSend()) client.send(message.kind === 'text' ? message.text : message.bytes);
          show(
            message.kind === 'text'
              ? `${paint.dim('←')} ${message.text}`
              : `${paint.dim('← binary')} ${hexOf(message.bytes)}`,
          );
        },
        onPing: (body) => {
          show(paint.dim(`← ping ${shownBody(body)}; answered`));
        },
        onPong: (body) => {
          show(paint.dim(`← pong ${shownBody(body)}`));
        },
        onClose: ({ status, reason = '' }) => {
          show(paint.yellow(`← close ${status ?? 'without a status code'} ${shown(reason)}`.trimEnd()));
        },
        onViolation: () => {
          hasFailed = true;
        },
        onEnd: (outcome, why) => {
          // A prompt drawn after the end would wake standard input again, and the process would wait for it.
          const typed = lines;
          lines = undefined;
          typed?.close();
          process.stdin.pause();
          if (wasOpen) {
            show(outcome.clean ? paint.green('closed cleanly') : paint.red(`closed uncleanly: ${shown(why)}`));
            resolve(outcome.clean && !hasFailed ? exitStatus.fine : exitStatus.failed);
          } else {
            terminal.err(
              `hybi: ${url} cannot be connected to: ${shown(why)}${certificateHint(why) ?? '; check that the server runs and speaks draft-06'}\n`,
            );
            resolve(exitStatus.unfinished);
          }
        },
      });
    } catch (error) {
      reject(error instanceof RangeError ? new UsageError(error.message) : (error as Error));
    }
  });
}

/** Reads what is typed; the arrow keys bring earlier lines back. */
function readLines(client: Endpoint, terminal: Terminal, show: (text: string) => void): Interface {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const lines = createInterface({
    input: process.stdin,
    ...(isTerminal ? { output: process.stdout } : {}),
    terminal: isTerminal,
    historySize: 500,
    removeHistoryDuplicates: true,
    prompt: isTerminal ? '> ' : '',
  });
  lines.on('line', (line) => {
    try {
      obey(line, client, show);
    } catch (error) {
      if (!(error instanceof RangeError) && !(error instanceof UsageError)) throw error;
      terminal.err(`${error.message}\n`);
    }
    if (client.phase() !== 'closed') lines.prompt();
  });
  const closeOnce = (): void => {
    if (client.phase() === 'open') client.close({ status: 1000 });
    else client.drop();
  };
  // End of input is the end of the conversation; a second interrupt does not wait for the other side.
  lines.on('close', () => {
    if (client.phase() === 'open') client.close({ status: 1000 });
  });
  lines.on('SIGINT', closeOnce);
  process.on('SIGINT', closeOnce);
  lines.prompt();
  return lines;
}

/** Does what a line says. */
function obey(line: string, client: Endpoint, show: (text: string) => void): void {
  if (!line.startsWith('/')) {
    if (line !== '') client.send(line);
    return;
  }
  if (line.startsWith('//')) {
    client.send(line.slice(1));
    return;
  }
  const [name = '', ...rest] = line.slice(1).split(' ');
  const argument = rest.join(' ');
  switch (name) {
    case 'ping':
      client.ping(encodeUtf8(argument));
      break;
    case 'binary':
      client.send(bytesOf(argument));
      break;
    case 'close': {
      const [status, ...reason] = rest.filter((word) => word !== '');
      client.close(status === undefined ? {} : { status: statusOf(status), reason: reason.join(' ') });
      break;
    }
    case 'drop':
      client.drop();
      break;
    case 'help':
      show(commands);
      break;
    default:
      throw new UsageError(`there is no /${name}: /help lists the commands`);
  }
}

function statusOf(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new UsageError(`${JSON.stringify(text)} is no status code: /close 1000 bye`);
  return Number(text);
}

function bytesOf(text: string): Uint8Array {
  const digits = text.replace(/\s/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(digits))
    throw new UsageError('/binary wants two hexadecimal digits for each byte: /binary 00ff');
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/** What a server sends must not steer the terminal: control characters but line ends are shown as escapes. */
function shown(text: string): string {
  const isControl = (code: number): boolean => (code < 0x20 && code !== 0x0a) || (code >= 0x7f && code < 0xa0);
  return Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return isControl(code) ? `\\x${code.toString(16).padStart(2, '0')}` : character;
  }).join('');
}

const shownBody = (body: Uint8Array): string => (isUtf8(body) ? JSON.stringify(utf8Text(body)) : hexOf(body));
