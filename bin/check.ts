import { createReadStream, statSync } from 'node:fs';
import type { Command as AnyCommand } from '@commander-js/extra-typings';
import { Command } from 'commander';
import { CaptureError } from '../properties/capture/packet.js';
import { createTraceReader, type TraceFacts } from '../properties/capture/read-trace.js';
import { quoted } from './again.js';
import { interruptible } from './interrupt.js';
import { addJudgeOptions, type JudgeOptions } from './judge-options.js';
import { startJudgeRun } from './judge-run.js';
import { integer } from './options.js';
import type { Terminal } from './terminal.js';
import { type ExitStatus, RunError, UsageError } from './usage.js';

const help = `
Formats: pcap and pcapng, as tcpdump and Wireshark write them, and the traces that --record writes (JSON lines).

hybi readings --parameters lists what --reading can choose, where the text leaves it open.

Examples:
  tcpdump -i lo -w talk.pcap 'tcp port 8006'     captures what a server on port 8006 says and hears
  hybi check talk.pcap                           judges both sides of every WebSocket connection in it
  hybi check talk.pcap --port 8006 --role server --json report.json
  hybi check trace.jsonl --only draft-06/4.5
  hybi check talk.pcap --role server --junit report.xml --html report --expect known.json
  ssh host tcpdump -i any -U -w - 'tcp port 80' | hybi check -

Of two sides, --json report.json writes report.client.json and report.server.json, and --junit and --html likewise; with
--role there is one. Known findings of both sides stand in one file.

Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage, such as a file that cannot be read or a place that no
report can be written to; 3 the file is damaged, or nothing in it could be judged.`;

/** What the command line says. */
interface Options extends JudgeOptions {
  readonly port?: number | undefined;
}

/** `hybi check FILE`: judges recorded traffic. */
export function checkCommand(finish: (status: ExitStatus) => void): AnyCommand {
  const command = new Command('check')
    .summary('judge recorded traffic')
    .description('Judges both sides of every WebSocket connection in a capture or a trace: what each sentence shows.')
    .argument('<file>', 'a pcap or pcapng capture, or a trace of hybi; - reads standard input')
    .option('--port <n>', 'only connections with this port at one end', integer(0, 65535));
  addJudgeOptions(command);
  command.addHelpText('after', help);
  command.action(async (file: string, options: Options) => {
    finish(await interruptible((signal) => check(file, options, signal)));
  });
  return command as unknown as AnyCommand;
}

async function check(file: string, options: Options, signal: AbortSignal): Promise<ExitStatus> {
  const { terminal, judge, totals, finish } = startJudgeRun(options, false);
  const reader = createTraceReader(options.port === undefined ? {} : { port: options.port });
  let damage: CaptureError | undefined;
  let facts: TraceFacts | undefined;
  try {
    await eachChunk(file, terminal, signal, (chunk) => {
      reader.push(chunk, judge.take);
    });
    facts = reader.finish(judge.take);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    damage = error;
  }
  terminal.status('');
  judge.finish();
  const { connections, websocket } = totals();
  if (damage !== undefined && connections === 0) throw new UsageError(`${file}: ${damage.message}`);
  for (const note of facts?.notes ?? []) terminal.err(`hybi: ${file}: ${note}\n`);
  const port = options.port === undefined ? '' : ` --port ${options.port}`;
  const status = finish(file, `hybi check ${quoted(file)}${port}`);
  if (damage !== undefined) throw new RunError(`${file}: ${damage.message}; what came before it was judged`);
  if (signal.aborted) throw new RunError('interrupted: only what had been read was judged');
  if (websocket === 0) {
    throw new RunError(`${file} has no WebSocket connection that could be judged: capture from its beginning on`);
  }
  return status;
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
