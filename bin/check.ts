import { createReadStream, statSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { CaptureError } from '../properties/capture/packet.js';
import { createTraceReader, type TraceFacts } from '../properties/capture/read-trace.js';
import { selectClauses } from '../properties/judge/selection.js';
import {
  addTotals,
  describeConnection,
  describeFinding,
  describeTotals,
  type JudgeTotals,
  noTotals,
} from '../properties/judge/summary.js';
import { createTraceJudge, type JudgedConnection } from '../properties/judge/trace-judge.js';
import { checkClausePrefixes, checkReportFile, ofRole, writeJudgeReports } from './judge-output.js';
import { integer, listOf, oneOf, readingChoice, words } from './options.js';
import { createTerminal, type Terminal } from './terminal.js';
import { exitStatus, type ExitStatus, RunError, UsageError } from './usage.js';
import { packageVersion } from './version.js';

const help = `
Formats: pcap and pcapng, as tcpdump and Wireshark write them, and the traces that --record writes (JSON lines).

hybi readings --parameters lists what --reading can choose, where the text leaves it open.

Examples:
  tcpdump -i lo -w talk.pcap 'tcp port 8006'     captures what a server on port 8006 says and hears
  hybi check talk.pcap                           judges both sides of every WebSocket connection in it
  hybi check talk.pcap --port 8006 --role server --json report.json
  hybi check trace.jsonl --only draft-06/4.5
  ssh host tcpdump -i any -U -w - 'tcp port 80' | hybi check -

With --json report.json the sides are written to report.client.json and report.server.json; with --role to one file.

Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage, or no file that can be read; 3 the file is damaged, or
nothing in it could be judged.`;

/** `hybi check FILE`: judges recorded traffic. */
export function checkCommand(finish: (status: ExitStatus) => void): Command {
  const command = new Command('check')
    .summary('judge recorded traffic')
    .description('Judges both sides of every WebSocket connection in a capture or a trace: what each sentence shows.')
    .argument('<file>', 'a pcap or pcapng capture, or a trace of hybi; - reads standard input')
    .option('--port <n>', 'only connections with this port at one end', integer(0, 65535))
    .option('--role <role>', 'judge one side: client or server', oneOf('client', 'server'))
    .option('--only <prefix>', 'only clauses whose id begins so (repeatable)', listOf(words))
    .option('--skip <prefix>', 'no clauses whose id begins so (repeatable)', listOf(words))
    .option('--reading <choice>', 'judge by another reading, such as R-404=ignore (repeatable)', readingChoice)
    .option('--max-message <bytes>', 'largest message that is judged', integer(1, 2 ** 31 - 1), 64 * 1024 * 1024)
    .option('--json <file>', 'write the report as JSON')
    .option('--quiet', 'print one line with the totals')
    .option('--no-color', 'print without colours')
    .addHelpText('after', help);
  command.action(async (file, options) => {
    const selection = { only: options.only ?? [], skip: options.skip ?? [] };
    checkClausePrefixes(selection);
    checkReportFile(options.json, options.role);
    const terminal = createTerminal({ color: options.color, quiet: options.quiet === true });
    const startedAt = new Date();
    const start = performance.now();
    const kept: JudgedConnection[] = [];
    let totals: JudgeTotals = noTotals;
    const isPrinting = options.quiet !== true && options.json !== '-';
    const judge = createTraceJudge({
      readings: options.reading ?? {},
      maxMessage: options.maxMessage,
      onConnection: (judged) => {
        const selected = ofRole(selectClauses(judged, selection), options.role);
        totals = addTotals(totals, selected);
        if (options.json !== undefined) kept.push(selected);
        if (isPrinting) printConnection(selected, terminal);
      },
    });
    const reader = createTraceReader(options.port === undefined ? {} : { port: options.port });
    const interrupted = new AbortController();
    const onInterrupt = (): void => {
      interrupted.abort();
    };
    process.once('SIGINT', onInterrupt);
    let damage: CaptureError | undefined;
    let facts: TraceFacts | undefined;
    try {
      await eachChunk(file, terminal, interrupted.signal, (chunk) => {
        reader.push(chunk, judge.take);
      });
      facts = reader.finish(judge.take);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      damage = error;
    } finally {
      process.off('SIGINT', onInterrupt);
    }
    terminal.status('');
    judge.finish();
    if (damage !== undefined && totals.connections === 0) throw new UsageError(`${file}: ${damage.message}`);
    for (const note of facts?.notes ?? []) terminal.err(`hybi: ${file}: ${note}\n`);
    if (options.json !== '-') terminal.out(describeTotals(file, totals, terminal.paint));
    if (options.json !== undefined) {
      const durationMs = Math.round(performance.now() - start);
      const again = `hybi check ${file}`;
      writeJudgeReports(options.json, options.role, kept, {
        version: packageVersion(),
        target: file,
        startedAt,
        durationMs,
        again,
      });
    }
    if (damage !== undefined) throw new RunError(`${file}: ${damage.message}; what came before it was judged`);
    if (interrupted.signal.aborted) throw new RunError('interrupted: only what had been read was judged');
    if (totals.websocket === 0) {
      throw new RunError(`${file} has no WebSocket connection that could be judged: capture from its beginning on`);
    }
    finish(totals.fail > 0 ? exitStatus.failed : exitStatus.fine);
  });
  return command as unknown as Command;
}

function printConnection(judged: JudgedConnection, terminal: Terminal): void {
  const { paint } = terminal;
  const findings = judged.judgement.findings.map((finding) => describeFinding(judged.connection, finding, paint));
  terminal.out(`${findings.join('')}${describeConnection(judged, paint)}`);
}

/** Bytes that are read at once; small enough that views of them hold little memory. */
const chunkSize = 256 * 1024;

/** Gives the file in chunks, and shows how far it is. */
async function eachChunk(
  file: string,
  terminal: Terminal,
  signal: AbortSignal,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: chunkSize });
  const size = file === '-' ? undefined : sizeOf(file);
  signal.addEventListener('abort', () => source.destroy());
  let read = 0;
  let shownAt = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      take(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      read += chunk.length;
      if (performance.now() - shownAt < 200) continue;
      shownAt = performance.now();
      const share = size === undefined || size === 0 ? '' : ` (${Math.floor((100 * read) / size)} %)`;
      terminal.status(`${Math.floor(read / 1e6)} MB read${share}`);
    }
  } catch (error) {
    if (error instanceof CaptureError || !(error instanceof Error) || !('code' in error)) throw error;
    if (signal.aborted) return;
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  }
}

/** The size for the display of progress alone. */
function sizeOf(file: string): number | undefined {
  try {
    return statSync(file).size;
  } catch {
    return undefined;
  }
}
