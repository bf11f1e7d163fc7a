import { Command } from '@commander-js/extra-typings';
import { timeoutRewriter } from '../properties/capture/head-rewriter.js';
import { type Relay, startRelay } from '../properties/capture/relay.js';
import { isClauseSelected, selectClauses } from '../properties/judge/selection.js';
import {
  addTotals,
  describeConnection,
  describeFinding,
  describeTotals,
  type JudgeTotals,
  noTotals,
} from '../properties/judge/summary.js';
import { createTraceJudge, type JudgedConnection } from '../properties/judge/trace-judge.js';
import type { Intermediary } from '../model/timeout-intermediary.js';
import { checkClausePrefixes, checkReportFile, ofRole, writeJudgeReports } from './judge-output.js';
import { integer, listOf, longestSeconds, oneOf, readingChoice, webSocketUrl, words } from './options.js';
import { openRecord } from './record.js';
import { createTerminal } from './terminal.js';
import { exitStatus, type ExitStatus, RunError, UsageError } from './usage.js';
import { packageVersion } from './version.js';

const help = `
Bytes pass as they are: the client has to be told the address of the proxy, and its Host header field names that. With
--request-timeout-limit or --idle-timeout the proxy is an intermediary that knows the HTTP timeouts, and changes their
header fields; the judge sees what came.

hybi readings --parameters lists what --reading can choose, where the text leaves it open.

Examples:
  hybi proxy --listen 9000 --target ws://127.0.0.1:8006/         then connect the client to ws://127.0.0.1:9000/
  hybi proxy --listen 9000 --target ws://127.0.0.1:8006/ --once --record talk.jsonl
  hybi proxy --listen 9000 --target ws://127.0.0.1:8006/ --only draft-06/4 --json report.json

SIGINT breaks the connections that are left, prints the totals and ends the proxy.
Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage; 3 the target could not be reached.`;

/** `hybi proxy`: stands between a real client and a real server, and judges both. */
export function proxyCommand(finish: (status: ExitStatus) => void): Command {
  const command = new Command('proxy')
    .summary('judge a client and a server live')
    .description('Stands between a client and a server that know nothing of it, and judges both while they talk.')
    .requiredOption('--listen <port>', 'the port to listen on; 0 takes a free one', integer(0, 65535))
    .requiredOption('--target <url>', 'the server, a ws: URL of which host and port count', webSocketUrl)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--role <role>', 'judge one side: client or server', oneOf('client', 'server'))
    .option('--only <prefix>', 'only clauses whose id begins so (repeatable)', listOf(words))
    .option('--skip <prefix>', 'no clauses whose id begins so (repeatable)', listOf(words))
    .option('--reading <choice>', 'judge by another reading, such as R-404=ignore (repeatable)', readingChoice)
    .option('--max-message <bytes>', 'largest message that is judged', integer(1, 2 ** 31 - 1), 64 * 1024 * 1024)
    .option('--record <file>', 'write all that passes to a file, for hybi check')
    .option('--json <file>', 'write the report as JSON')
    .option('--connections <n>', 'end after so many connections', integer(1, 2 ** 31 - 1))
    .option('--once', 'end after one connection')
    .option(
      '--request-timeout-limit <s>',
      'pass on no Request-Timeout above so many seconds, as an HTTP intermediary may',
      integer(0, longestSeconds),
    )
    .option('--idle-timeout <s>', 'give Connection-Timeout to both sides', integer(1, longestSeconds))
    .option('--quiet', 'print one line with the totals')
    .option('--no-color', 'print without colours')
    .addHelpText('after', help);
  command.action(async (options) => {
    const selection = { only: options.only ?? [], skip: options.skip ?? [] };
    checkClausePrefixes(selection);
    checkReportFile(options.json, options.role);
    const { uri, text } = options.target;
    if (uri.secure) throw new UsageError('the proxy reads no TLS: give a ws: URL as --target');
    const isPrinting = options.quiet !== true && options.json !== '-';
    const terminal = createTerminal({ color: options.color, quiet: options.quiet === true });
    const { paint } = terminal;
    const startedAt = new Date();
    const start = performance.now();
    const kept: JudgedConnection[] = [];
    let totals: JudgeTotals = noTotals;
    let unreachable: string | undefined;
    const judge = createTraceJudge({
      readings: options.reading ?? {},
      maxMessage: options.maxMessage,
      onFinding: (connection, finding) => {
        if (!isPrinting || !isClauseSelected(finding.clause, selection)) return;
        if (options.role !== undefined && finding.blamed !== options.role) return;
        terminal.out(describeFinding(connection, finding, paint));
      },
      onConnection: (judged) => {
        const selected = ofRole(selectClauses(judged, selection), options.role);
        totals = addTotals(totals, selected);
        if (options.json !== undefined) kept.push(selected);
        if (isPrinting) terminal.out(describeConnection(selected, paint));
      },
    });
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
    const stop = (): void => {
      relay.stop();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    await relay.over;
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    judge.finish();
    file?.close();
    if (options.json !== '-') terminal.out(describeTotals(text, totals, paint));
    if (options.json !== undefined) {
      writeJudgeReports(options.json, options.role, kept, {
        version: packageVersion(),
        target: text,
        startedAt,
        durationMs: Math.round(performance.now() - start),
        again: `hybi proxy --listen ${relay.port} --target ${text}`,
      });
    }
    if (totals.fail > 0) finish(exitStatus.failed);
    else if (unreachable !== undefined) throw new RunError(`${text} could not be reached: ${unreachable}`);
    else finish(exitStatus.fine);
  });
  return command;
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
    throw new RunError(`${options.host}:${options.port} cannot be listened on: ${message}`);
  }
}
