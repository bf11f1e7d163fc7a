import { type ChildProcess, fork } from 'node:child_process';
import { faults, oddities } from '../faults/index.js';
import type { KillMatrix } from './matrix.js';
import { allCasesOf } from './run-peer.js';
import type { WorkerAnswer } from './worker.js';

/** Processes that compute; more than two gain little on the machines that this has to run on. */
const processes = 2;

/**
 * Computes the matrix, each fault and oddity against each case of its role, in processes of their own.
 * @param before a matrix from which the rows of those are taken that are not chosen
 */
export async function computeMatrix(
  onProgress: (done: number, of: number) => void,
  isChosen: (name: string) => boolean = () => true,
  before?: KillMatrix,
): Promise<KillMatrix> {
  const names = [...faults, ...oddities].map(({ name }) => name).filter(isChosen);
  const queue = [...names];
  const faultRows = new Map((before?.faults ?? []).map((row) => [row.name, row] as const));
  const oddityRows = new Map((before?.oddities ?? []).map((row) => [row.name, row] as const));
  let done = 0;
  const take = (answer: WorkerAnswer): void => {
    if (answer.kind === 'fault') faultRows.set(answer.name, answer.row);
    else oddityRows.set(answer.name, answer.row);
    done++;
    onProgress(done, names.length);
  };
  const workers: ChildProcess[] = [];
  try {
    await Promise.all(
      Array.from({ length: processes }, () => {
        const worker = fork(new URL('./worker.js', import.meta.url), { serialization: 'advanced' });
        workers.push(worker);
        return serveWorker(worker, () => queue.shift(), take);
      }),
    );
  } finally {
    for (const worker of workers) worker.kill();
  }
  return {
    cases: { server: allCasesOf('server').map(({ id }) => id), client: allCasesOf('client').map(({ id }) => id) },
    faults: faults.flatMap(({ name }) => faultRows.get(name) ?? []),
    oddities: oddities.flatMap(({ name }) => oddityRows.get(name) ?? []),
  };
}

/** Gives a worker one name after the other until there is none. */
function serveWorker(
  worker: ChildProcess,
  nextName: () => string | undefined,
  take: (answer: WorkerAnswer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: string | undefined;
    let isDone = false;
    const goOn = (): void => {
      current = nextName();
      if (current !== undefined) {
        worker.send(current);
        return;
      }
      isDone = true;
      worker.disconnect();
      resolve();
    };
    worker.on('message', (answer: WorkerAnswer) => {
      take(answer);
      goOn();
    });
    worker.once('error', reject);
    worker.once('exit', (status) => {
      if (!isDone) reject(new Error(`the process that ran ${current ?? 'nothing'} ended with status ${status ?? '?'}`));
    });
    goOn();
  });
}
