import { serveClients } from '../properties/client-service.js';
import { type ClientSessions, createSessions } from '../properties/client-sessions.js';
import { transcriptOf } from '../properties/campaign/transcript.js';
import type { Report } from '../properties/report/report.js';
import { quoted } from './again.js';
import { putOut } from './report-options.js';
import { type ExitStatus, RunError, UsageError } from './usage.js';
import { type ClientOptions, type ClientTask, usualPlace } from './verify-client-options.js';

/** Waits for clients, until one has asked for its report, or for ever. */
export async function judgeThoseWhoCome(task: ClientTask): Promise<ExitStatus> {
  const { options, facts, terminal, signal, expected } = task;
  const shownHost = options.host === usualPlace.host ? '' : ` --host ${quoted(options.host)}`;
  const shownPort = options.port === usualPlace.port ? '' : ` --port ${options.port}`;
  const sessions = createSessions({ ...facts, shownTarget: '', command: `hybi verify-client${shownHost}${shownPort}` });
  const reports = new Map<string, Report>();
  let status: ExitStatus = 0;
  const reportOn = async (agent: string): Promise<void> => {
    const report = await sessions.report(agent);
    reports.set(agent, report);
    terminal.status('');
    const [replayed] = report.cases;
    if (options.replay !== undefined && options.json !== '-' && replayed !== undefined) {
      terminal.out(`${transcriptOf(replayed, 'client').join('\n')}\n`);
    }
    const own = putOut(report, options, terminal, expected, options.stay === true ? agent : undefined);
    if (own !== 0) status = own;
  };
  await untilDone(task, sessions, reportOn);
  const unfinished = sessions.agents().filter((agent) => !reports.has(agent));
  for (const agent of unfinished) await reportOn(agent);
  if (signal.aborted && reports.size === 0) throw new RunError('interrupted before a client came: nothing was judged');
  if (unfinished.length > 0) throw new RunError('interrupted: the report has only the cases that were done');
  return status;
}

/** Serves clients until the run is over: when an agent is done, or when the user ends it. */
async function untilDone(
  { options, terminal, signal }: ClientTask,
  sessions: ClientSessions,
  reportOn: (agent: string) => Promise<void>,
): Promise<void> {
  const { numbered } = sessions;
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const done = new Promise<void>((resolveIt, rejectIt) => {
    [resolve, reject] = [resolveIt, rejectIt];
  });
  signal.addEventListener('abort', resolve);
  const { port, close } = await serveClients(options.host, options.port, sessions, {
    onCase: (agent, number) => {
      const { done: count, failed } = sessions.progressOf(agent);
      terminal.status(`${agent}: ${count}/${numbered.length}  ${failed} failed  ${numbered[number - 1]?.id ?? ''}`);
    },
    onReport: (agent) => {
      reportOn(agent).then(() => {
        if (options.stay !== true) resolve();
      }, reject);
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
      say(`listening ws://${host}:${port}/ with ${numbered.length} cases, until a client comes\n`);
    await done;
  } finally {
    close();
  }
}

function whyNotListening(error: unknown, { host, port }: ClientOptions): Error {
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
