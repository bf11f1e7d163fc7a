import type { Command as AnyCommand } from '@commander-js/extra-typings';
import { Command } from 'commander';
import { timeoutRewriter } from '../properties/capture/head-rewriter.js';
import { type Relay, startRelay } from '../properties/capture/relay.js';
import type { Intermediary } from '../model/timeout-intermediary.js';
import type { WebSocketUri } from '../model/uri.js';
import { quoted } from './again.js';
import { interruptible } from './interrupt.js';
import { addJudgeOptions, type JudgeOptions } from './judge-options.js';
import { startJudgeRun } from './judge-run.js';
import { integer, longestSeconds, webSocketUrl } from './options.js';
import { openRecord } from './record.js';
import { exitStatus, type ExitStatus, RunError, UsageError } from './usage.js';

const help = `
Bytes pass as they are: the client has to be told the address of the proxy, and its Host header field names that. With
--request-timeout-limit or --idle-timeout the proxy is an intermediary that knows the HTTP timeouts, and changes their
header fields; the judge sees what came.

hybi readings --parameters lists what --reading can choose, where the text leaves it open.

Examples:
  hybi proxy --listen 9000 --target ws://127.0.0.1:8006/         then connect the client to ws://127.0.0.1:9000/
  hybi proxy --listen 9000 --target ws://127.0.0.1:8006/ --once --record talk.jsonl
  hybi proxy --listen 9000 --target ws://127.0.0.1:8006/ --only draft-06/4 --json report.json
  hybi proxy --listen 9000 --target ws://127.0.0.1:8006/ --connections 5 --role client --junit report.xml --html report

Of two sides, --json report.json writes report.client.json and report.server.json, and --junit and --html likewise; with
--role there is one. Known findings stand by the number of the connection: they help where clients come in one order.

SIGINT breaks the connections that are left, prints the totals and ends the proxy.
Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage, such as a place that no report can be written to; 3 the
target could not be reached.`;

/** What the command line says. */
interface Options extends JudgeOptions {
  readonly listen: number;
  readonly target: { readonly text: string; readonly uri: WebSocketUri };
  readonly host: string;
  readonly record?: string | undefined;
  readonly connections?: number | undefined;
  readonly once?: true | undefined;
  readonly requestTimeoutLimit?: number | undefined;
  readonly idleTimeout?: number | undefined;
}

/** `hybi proxy`: stands between a real client and a real server, and judges both. */
export function proxyCommand(finish: (status: ExitStatus) => void): AnyCommand {
  const command = new Command('proxy')
    .summary('judge a client and a server live')
    .description('Stands between a client and a server that know nothing of it, and judges both while they talk.')
    .requiredOption('--listen <port>', 'the port to listen on; 0 takes a free one', integer(0, 65535))
    .requiredOption('--target <url>', 'the server, a ws: URL of which host and port count', webSocketUrl)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--record <file>', 'write all that passes to a file, for hybi check')
    .option('--connections <n>', 'end after so many connections', integer(1, 2 ** 31 - 1))
    .option('--once', 'end after one connection')
    .option(
      '--request-timeout-limit <s>',
      'pass on no Request-Timeout above so many seconds, as an HTTP intermediary may',
      integer(0, longestSeconds),
    )
    .option('--idle-timeout <s>', 'give Connection-Timeout to both sides', integer(1, longestSeconds));
  addJudgeOptions(command);
  command.addHelpText('after', help);
  command.action(async (options: Options) => {
    finish(await interruptible((signal) => stand(options, signal)));
  });
  return command as unknown as AnyCommand;
}

/** Stands between the two, until so many connections are over or somebody ends it. */
async function stand(options: Options, signal: AbortSignal): Promise<ExitStatus> {
  const { uri, text } = options.target;
  if (uri.secure) throw new UsageError('the proxy reads no TLS: give a ws: URL as --target');
  const { terminal, judge, finish } = startJudgeRun(options, true);
  let unreachable: string | undefined;
  const file = options.record === undefined ? undefined : openRecord(options.record);
  const intermediary = intermediaryOf(options);
  const relay = await listen({
    host: options.host,
    port: options.listen,
    target: { host: uri.host, port: uri.port },
    tell: (record) => {
      file?.take(record);
      judge.take(record);
    },
    onUnreachable: (connection, why) => {
      unreachable ??= why;
      terminal.err(`hybi: #${connection}: ${text} cannot be reached: ${why}\n`);
    },
    ...(options.once === true ? { connections: 1 } : {}),
    ...(options.connections === undefined ? {} : { connections: options.connections }),
    ...(intermediary === undefined ? {} : { rewrite: (from) => timeoutRewriter(from, intermediary) }),
  });
  const shownHost = options.host.includes(':') ? `[${options.host}]` : options.host;
  const shown = `ws://${shownHost}:${relay.port}/`;
  if (options.quiet !== true) terminal.err(`listening ${shown} for ${text}\n`);
  signal.addEventListener('abort', relay.stop);
  if (signal.aborted) relay.stop();
  await relay.over;
  judge.finish();
  file?.close();
  const status = finish(text, `hybi proxy --listen ${relay.port} --target ${quoted(text)}`);
  if (status === exitStatus.fine && unreachable !== undefined) {
    throw new RunError(`${text} could not be reached: ${unreachable}`);
  }
  return status;
}

/** What the options make of the proxy; `undefined` when bytes pass as they are. */
function intermediaryOf(options: {
  readonly requestTimeoutLimit?: number | undefined;
  readonly idleTimeout?: number | undefined;
}): Intermediary | undefined {
  const { requestTimeoutLimit, idleTimeout } = options;
  if (requestTimeoutLimit === undefined && idleTimeout === undefined) return undefined;
  return {
    kind: 'knowing',
    ...(requestTimeoutLimit === undefined ? {} : { lowersTo: requestTimeoutLimit }),
    ...(idleTimeout === undefined ? {} : { towardsServer: idleTimeout, towardsClient: idleTimeout }),
  };
}

async function listen(options: Parameters<typeof startRelay>[0]): Promise<Relay> {
  try {
    return await startRelay(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new RunError(`port ${options.port} is in use: give another with --listen, or 0`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new UsageError(`${JSON.stringify(options.host)} is no address of this machine: give one with --host`);
    }
    throw new RunError(`${options.host}:${options.port} cannot be listened on: ${message}`);
  }
}
