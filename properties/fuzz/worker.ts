import { parentPort, workerData } from 'node:worker_threads';
import { type CampaignResult, runCampaign } from './campaign.js';
import { bytesOfKept, readCorpus } from './corpus.js';
import { fuzzTargets } from './targets/index.js';

/*
 * A thread of `npm run fuzz`: one campaign on one target. The input that is being tried stands in memory that the other
 * side can read when this one hangs or is out of memory.
 */

/** What a thread is told to do. */
export interface WorkerOrder {
  readonly target: string;
  readonly inputs: number;
  readonly seed: number;
  readonly guided: number;
  readonly withinMs: number;
  /** The length of the input and the number of attempts, four bytes each, and then the input. */
  readonly current: SharedArrayBuffer;
}

export type WorkerReport =
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'result'; readonly result: CampaignResult; readonly arrayBuffers: number };

const { current, ...order } = workerData as WorkerOrder;
const counters = new Int32Array(current, 0, 2);
const shown = new Uint8Array(current, 8);
const report = (message: WorkerReport): void => parentPort?.postMessage(message);

const target = fuzzTargets.find(({ name }) => name === order.target);
if (target === undefined) throw new RangeError(`there is no target ${order.target}`);
const corpus = readCorpus().filter((kept) => kept.target === target.name);
let lastTold = 0;
const result = await runCampaign(target, {
  ...order,
  corpus: corpus.map(bytesOfKept),
  onInput: (input) => {
    shown.set(input);
    counters[0] = input.length;
    counters[1] = ((counters[1] ?? 0) + 1) | 0;
  },
  onProgress: (done) => {
    if (performance.now() - lastTold < 1000) return;
    lastTold = performance.now();
    report({ type: 'progress', done });
  },
});
report({ type: 'result', result, arrayBuffers: process.memoryUsage().arrayBuffers });
