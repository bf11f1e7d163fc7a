import { transcriptOf } from '../properties/campaign/transcript.js';
import { spawnClient, type SpawnedClient } from '../properties/drivers/spawn-client.js';
import { verifyClient } from '../properties/verify-client.js';
import { quoted } from './again.js';
import { putOut } from './report-options.js';
import { type ExitStatus, RunError, UsageError } from './usage.js';
import type { ClientTask } from './verify-client-options.js';

/** Starts the client for each case. */
export async function judgeSpawned({ options, facts, terminal, signal, expected }: ClientTask): Promise<ExitStatus> {
  const template = options.spawn ?? '';
  const client = clientOf(template, options.timeout);
  try {
    const verification = await verifyClient({
      ...facts,
      shownTarget: template,
      command: `hybi verify-client --spawn ${quoted(template)}`,
      client,
      signal,
      bail: options.bail === true,
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
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
        `the client does not accept a right response (${verification.refused.why}): let it ask for nothing that a server has to grant`,
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
