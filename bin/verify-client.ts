import { Command } from '@commander-js/extra-typings';
import { type ClientSessions, createSessions } from '../properties/client-sessions.js';
import { serveClients } from '../properties/client-service.js';
import { randomCasesFor } from '../properties/campaign/cases.js';
import type { Script } from '../properties/campaign/script.js';
import { transcriptOf } from '../properties/campaign/transcript.js';
import { clientCases, secureClientCases } from '../properties/conformance/client/index.js';
import { spawnClient, type SpawnedClient } from '../properties/drivers/spawn-client.js';
import type { ExpectedFindings } from '../properties/report/expectations.js';
import type { Report } from '../properties/report/report.js';
import type { Shard } from '../properties/report/shard.js';
import { byNumber, type ChosenReadings } from '../properties/verifier/chosen-readings.js';
import type { EchoChoice } from '../properties/verifier/baseline.js';
import { verifyClient, type VerifyClientFacts } from '../properties/verify-client.js';
import { conversation, integer, listOf, milliseconds, oneOf, readingChoice, words } from './options.js';
import {
  putOut,
  readExpectations,
  type ReportOptions,
  seedOfShards,
  shardOption,
  reportOptions,
} from './report-options.js';
import { createTerminal, type Terminal } from './terminal.js';
import { type ExitStatus, RunError, UsageError } from './usage.js';
import { checkSelection } from './verify.js';
import { packageVersion } from './version.js';

const examples = `
The client is to send every message back, in the kind in which it came, as echo clients do.

Without --spawn the clients come by themselves, as their drivers for the Autobahn testsuite do:
  /getCaseCount                     the number of cases, as a text message
  /getCaseInfo?case=N               {"id", "description"} of a case, N from 1
  /runCase?case=N&agent=A           runs a case on this connection
  /getCaseStatus?case=N&agent=A     {"behavior": "OK", "NON-STRICT", "INFORMATIONAL", "FAILED" or "UNIMPLEMENTED"}
  /updateReports?agent=A            writes the report of this agent, and ends the run unless --stay is given

Examples:
  hybi verify-client --spawn 'node client.js {url}'      starts the client for each case, with the URL in its words
  hybi verify-client --spawn './client {url}' --only draft-06/5.1 --json report.json
  hybi verify-client --port 9001                         waits for clients at ws://127.0.0.1:9001
  hybi verify-client --spawn 'hybi connect {url} --echo' judges the reference client

hybi readings --parameters lists what --reading can enforce.

Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage; 3 no client came, or the run was not finished.`;

/** What the command line says. */
interface Options extends ReportOptions {
  readonly host: string;
  readonly port: number;
  readonly spawn?: string | undefined;
  readonly stay?: true | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly jobs: number;
  readonly timeout: number;
  readonly echo: EchoChoice;
  readonly shard?: Shard | undefined;
  readonly bail?: true | undefined;
  readonly runs: number;
  readonly replay?: Script | undefined;
  readonly reading?: ChosenReadings | undefined;
}

/** `hybi verify-client`: judges clients. */
export function verifyClientCommand(finish: (status: ExitStatus) => void): Command {
  const command = new Command('verify-client')
    .summary('judge clients by the text')
    .description('Judges WebSocket clients by draft-06: starts a client for each case, or waits for clients to come.')
    .option('--spawn <command>', 'the client to start for each case, with {url} where its URL goes')
    .option('--host <address>', 'the address to wait at', '127.0.0.1')
    .option('--port <n>', 'the port to wait at; 0 takes a free one', integer(0, 65535), 9001)
    .option('--stay', 'wait for further clients when one is done')
    .option(
      '--only <prefix>',
      'run only cases whose id, or one of whose clauses, begins so (repeatable)',
      listOf(words),
    )
    .option(
      '--skip <prefix>',
      'leave out cases whose id, or one of whose clauses, begins so (repeatable)',
      listOf(words),
    )
    .option('--seed <n>', 'the seed of all random bytes, to see the same again', integer(0, 2 ** 31 - 1))
    .option('--jobs <n>', 'clients at once, with --spawn', integer(1, 256), 4)
    .option('--timeout <ms>', 'how long silence means "no answer"; 0 waits for ever', milliseconds, 2000)
    .option(
      '--echo <choice>',
      'whether it sends messages back: auto (tries), yes or no; with --spawn',
      oneOf('auto', 'yes', 'no'),
      'auto',
    )
    .option('--shard <index/count>', 'run one part of the cases, such as 2/5, always with the same seed', shardOption)
    .option(
      '--runs <n>',
      'conversations at random for each case of client-random/; 0 leaves them out; with --spawn',
      integer(0, 1_000_000),
      5,
    )
    .option(
      '--replay <conversation>',
      'hold this conversation instead, as a finding of client-random/ shows it; with --spawn',
      conversation,
    )
    .option('--reading <choice>', 'enforce an option of a reading, such as R-703=any (repeatable)', readingChoice)
    .option('--bail', 'begin no further case once one has failed; with --spawn')
    .option(...reportOptions.json)
    .option(...reportOptions.junit)
    .option(...reportOptions.html)
    .option(...reportOptions.expect)
    .option(...reportOptions.writeExpect)
    .option(...reportOptions.quiet)
    .option(...reportOptions.noColor)
    .addHelpText('after', examples);
  command.action(async (options) => {
    checkSelection(
      [...(options.only ?? []), ...(options.skip ?? [])],
      [
        ...clientCases,
        ...secureClientCases,
        ...(options.spawn === undefined || options.runs === 0 ? [] : randomCasesFor('client')),
      ],
      'verify-client',
    );
    const expected = readExpectations(options);
    const terminal = createTerminal({ color: options.color, quiet: options.quiet === true });
    const interrupted = new AbortController();
    const onInterrupt = (): void => {
      interrupted.abort();
    };
    process.once('SIGINT', onInterrupt);
    process.once('SIGTERM', onInterrupt);
    try {
      const judge = options.spawn === undefined ? judgeThoseWhoCome : judgeSpawned;
      finish(await judge(options, terminal, interrupted.signal, expected));
    } finally {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    }
  });
  return command;
}

const factsOf = (options: Options, shownTarget: string, command: string): VerifyClientFacts => ({
  shownTarget,
  command,
  version: packageVersion(),
  timeout: options.timeout,
  ...(options.reading === undefined
    ? {}
    : {
        chosen: options.reading,
        sameOptions: Object.entries(byNumber(options.reading))
          .map(([number, option]) => ` --reading ${number}=${option}`)
          .join(''),
      }),
  ...(options.shard === undefined ? {} : { shard: options.shard, seed: seedOfShards }),
  ...(options.seed === undefined ? {} : { seed: options.seed }),
  ...(options.only === undefined ? {} : { only: options.only }),
  ...(options.skip === undefined ? {} : { skip: options.skip }),
});

/** Starts the client for each case. */
async function judgeSpawned(
  options: Options,
  terminal: Terminal,
  signal: AbortSignal,
  expected?: ExpectedFindings,
): Promise<ExitStatus> {
  const template = options.spawn ?? '';
  const client = clientOf(template, options.timeout);
  try {
    const quoted = `'${template.replaceAll("'", `'\\''`)}'`;
    const verification = await verifyClient({
      ...factsOf(options, template, `hybi verify-client --spawn ${quoted}`),
      client,
      jobs: options.jobs,
      signal,
      echo: options.echo,
      bail: options.bail === true,
      runs: options.runs,
      ...(options.replay === undefined ? {} : { replay: options.replay }),
      onBaseline: (says) => {
        if (options.quiet !== true && options.json !== '-') terminal.out(`${template} ${says}\n`);
      },
      onProgress: ({ done, total, failed, current }) => {
        terminal.status(`${done}/${total}  ${failed} failed  ${current}`);
      },
    });
    terminal.status('');
    if (verification.kind === 'unreachable') {
      throw new RunError(
        signal.aborted
          ? 'interrupted'
          : `no client can be judged: ${verification.why}; check the command of --spawn, and that it connects to {url}`,
      );
    }
    const [replayed] = verification.report.cases;
    if (options.replay !== undefined && options.json !== '-' && replayed !== undefined) {
      terminal.out(`${transcriptOf(replayed, 'client').join('\n')}\n`);
    }
    const status = putOut(verification.report, options, terminal, expected);
    if (verification.refused !== undefined) {
      throw new RunError(
        `the client does not accept a right response (${verification.refused}): let it ask for nothing that a server has to grant`,
      );
    }
    if (signal.aborted) throw new RunError('interrupted: the report has only the cases that were done');
    return status;
  } finally {
    client.stop();
  }
}

/** How long a program may take to start and connect, whatever the time for answers: interpreters are slow. */
const patience = 10_000;

function clientOf(template: string, timeout: number): SpawnedClient {
  try {
    return spawnClient(template, Math.max(timeout, patience));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--spawn: ${error.message}; give a command such as 'node client.js {url}'`);
  }
}

/** Waits for clients, until one has asked for its report, or for ever. */
async function judgeThoseWhoCome(
  options: Options,
  terminal: Terminal,
  signal: AbortSignal,
  expected?: ExpectedFindings,
): Promise<ExitStatus> {
  const shownPort = options.port === 9001 ? '' : ` --port ${options.port}`;
  const sessions = createSessions(factsOf(options, '', `hybi verify-client${shownPort}`));
  const reports = new Map<string, Report>();
  let status: ExitStatus = 0;
  const reportOn = (agent: string): void => {
    const report = sessions.report(agent);
    reports.set(agent, report);
    terminal.status('');
    const own = putOut(report, options, terminal, expected, options.stay === true ? agent : undefined);
    if (own !== 0) status = own;
  };
  await untilDone(options, sessions, terminal, signal, reportOn);
  const unfinished = sessions.agents().filter((agent) => !reports.has(agent));
  for (const agent of unfinished) reportOn(agent);
  if (signal.aborted && reports.size === 0) throw new RunError('interrupted before a client came: nothing was judged');
  if (unfinished.length > 0) throw new RunError('interrupted: the report has only the cases that were done');
  return status;
}

/** Serves clients until the run is over: when an agent is done, or when the user ends it. */
async function untilDone(
  options: Options,
  sessions: ClientSessions,
  terminal: Terminal,
  signal: AbortSignal,
  reportOn: (agent: string) => void,
): Promise<void> {
  const { cases } = sessions;
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const done = new Promise<void>((resolveIt, rejectIt) => {
    [resolve, reject] = [resolveIt, rejectIt];
  });
  signal.addEventListener('abort', resolve);
  const { port, close } = await serveClients(options.host, options.port, sessions, {
    onCase: (agent, number) => {
      const { done: count, failed } = sessions.progressOf(agent);
      terminal.status(`${agent}: ${count}/${cases.length}  ${failed} failed  ${cases[number - 1]?.id ?? ''}`);
    },
    onReport: (agent) => {
      try {
        reportOn(agent);
        if (options.stay !== true) resolve();
      } catch (error) {
        reject(error);
      }
    },
    onStray: (why) => {
      terminal.err(`hybi: a client asked for what there is not: ${why}\n`);
    },
    onDefect: reject,
  }).catch((error: unknown) => {
    throw whyNotListening(error, options);
  });
  try {
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    // Standard output stays free for the report where that goes there.
    const say = options.json === '-' ? terminal.err : terminal.out;
    if (options.quiet !== true)
      say(`listening ws://${host}:${port}/ with ${cases.length} cases, until a client comes\n`);
    await done;
  } finally {
    close();
  }
}

function whyNotListening(error: unknown, { host, port }: Options): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new RunError(`port ${port} is in use: give another with --port, or 0 for a free one`);
  if (code === 'EACCES')
    return new RunError(`${host}:${port} may not be listened on: give a port above 1023 with --port`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new UsageError(`${JSON.stringify(host)} is no address of this machine: give one with --host`);
  }
  return new RunError(`${host}:${port} cannot be listened on: ${message}`);
}
