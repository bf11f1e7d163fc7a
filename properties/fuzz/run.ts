import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { CampaignResult } from './campaign.js';
import { keepFault, keepInputs } from './corpus.js';
import type { FuzzTarget } from './target.js';
import { fuzzTargets } from './targets/index.js';
import type { WorkerOrder, WorkerReport } from './worker.js';

/*
 * `npm run fuzz`: hostile inputs by the million on everything that reads bytes from outside. Every fault that is found
 * is made short and written into `corpus/`, where the tests try it from then on.
 */

const help = `Tries hostile inputs on everything that reads bytes from outside.

  --inputs N    inputs in all (default 10000000)
  --minutes N   stop after so many minutes (default: when all inputs are tried)
  --target T    one target only (repeatable): ${fuzzTargets.map(({ name }) => name).join(', ')}
  --seed N      the same seed gives the same inputs (default 1)
  --jobs N      threads (default 2)
  --guided P    percent of the inputs that are chosen by what code they run (default 5)
  --keep        write the inputs that run new code into the corpus
  --json FILE   write the figures to a file

Examples:
  npm run fuzz -- --minutes 10
  npm run fuzz -- --target uri --inputs 500000 --seed 7

Exit status: 0 nothing was found, 1 something was, 2 wrong usage.
`;

interface Orders {
  readonly inputs: number;
  readonly minutes: number;
  readonly targets: readonly FuzzTarget[];
  readonly seed: number;
  readonly jobs: number;
  readonly guided: number;
  readonly keeps: boolean;
  readonly json: string | undefined;
}

/** What came of one target. */
interface Outcome {
  readonly target: string;
  readonly inputs: number;
  readonly seconds: number;
  readonly pool: number;
  readonly covered: number;
  readonly slowestMs: number;
  readonly findings: readonly { readonly fault: string; readonly file: string }[];
}

/** A thread that shows no progress for so long hangs, or the machine does. In milliseconds. */
const patience = 60_000;

/** Old space of a thread in MiB; what needs more is a finding. */
const heapLimit = 384;

function readOrders(): Orders {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      inputs: number,
      minutes: number,
      seed: number,
      jobs: number,
      guided: number,
      target: { type: 'string', multiple: true },
      keep: { type: 'boolean' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    process.exit(0);
  }
  const numberOf = (name: 'inputs' | 'minutes' | 'seed' | 'jobs' | 'guided', usual: number, most: number): number => {
    const text = values[name];
    if (text === undefined) return usual;
    const value = Number(text);
    if (!/^\d+(\.\d+)?$/.test(text) || value > most) throw new RangeError(`--${name} is a number up to ${most}`);
    return value;
  };
  const names = values.target ?? [];
  const unknown = names.find((name) => !fuzzTargets.some((target) => target.name === name));
  if (unknown !== undefined) throw new RangeError(`there is no target ${unknown}: see npm run fuzz -- --help`);
  return {
    inputs: numberOf('inputs', 10_000_000, 1e12),
    minutes: numberOf('minutes', Infinity, 1e6),
    seed: numberOf('seed', 1, 2 ** 31),
    jobs: Math.max(1, numberOf('jobs', 2, 64)),
    guided: numberOf('guided', 5, 100) / 100,
    targets: fuzzTargets.filter(({ name }) => names.length === 0 || names.includes(name)),
    keeps: values.keep === true,
    json: values.json,
  };
}

/** Runs one target in a thread of its own. */
function runTarget(
  target: FuzzTarget,
  order: Omit<WorkerOrder, 'current' | 'target'>,
  keeps: boolean,
): Promise<Outcome> {
  const current = new SharedArrayBuffer(8 + target.maxLength + 65_536);
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { ...order, target: target.name, current } satisfies WorkerOrder,
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
  });
  const began = Date.now();
  let done = 0;
  const counters = new Int32Array(current, 0, 2);
  let attempts = 0;
  let movedAt = began;
  return new Promise((resolve) => {
    const end = (result: Partial<CampaignResult>, findings: readonly { fault: string; input: Uint8Array }[]): void => {
      clearInterval(watch);
      const files = findings.map(({ fault, input }) => ({
        fault,
        file: keepFault({ target: target.name, hex: Buffer.from(input).toString('hex'), fault }),
      }));
      const { inputs = done, pool = 0, covered = 0, slowestMs = 0, discoveries = [] } = result;
      if (keeps && discoveries.length > 0) keepInputs(target.name, discoveries);
      const seconds = (Date.now() - began) / 1000;
      resolve({ target: target.name, inputs, seconds, pool, covered, slowestMs, findings: files });
    };
    /** The thread cannot say any more what it was doing. */
    const fail = (fault: string): void => {
      const length = counters[0] ?? 0;
      end({}, [{ fault, input: new Uint8Array(current, 8, length).slice() }]);
    };
    const watch = setInterval(() => {
      if (counters[1] !== attempts) movedAt = Date.now();
      attempts = counters[1] ?? 0;
      if (Date.now() - movedAt < patience) return;
      void worker.terminate();
      fail(`Hang: an input is not done with after ${patience / 1000} s`);
    }, 5000);
    worker.on('message', (message: WorkerReport) => {
      if (message.type === 'progress') {
        done = message.done;
        show(`${target.name}: ${done} of ${order.inputs}`);
      } else end(message.result, message.result.findings);
    });
    worker.on('error', (error) => {
      fail(`Died: ${error.message}`);
    });
  });
}

/** One line that is written over, on a terminal only. */
function show(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

async function main(): Promise<number> {
  const orders = readOrders();
  const weights = orders.targets.reduce((sum, { weight }) => sum + weight, 0);
  const outcomes: Outcome[] = [];
  const began = Date.now();
  const waiting = [...orders.targets];
  const work = async (): Promise<void> => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const share = target.weight / weights;
      const outcome = await runTarget(
        target,
        {
          inputs: Math.ceil(orders.inputs * share),
          seed: orders.seed,
          guided: orders.guided,
          withinMs: orders.minutes * 60_000 * share * orders.jobs,
        },
        orders.keeps,
      );
      outcomes.push(outcome);
      show('');
      process.stdout.write(`${lineOf(outcome)}\n`);
      for (const { fault, file } of outcome.findings)
        process.stdout.write(`  ${fault}\n  properties/fuzz/corpus/${file}\n`);
    }
  };
  await Promise.all(Array.from({ length: orders.jobs }, work));
  const inputs = outcomes.reduce((sum, outcome) => sum + outcome.inputs, 0);
  const findings = outcomes.reduce((sum, outcome) => sum + outcome.findings.length, 0);
  const seconds = (Date.now() - began) / 1000;
  process.stdout.write(
    `${inputs} inputs in ${seconds.toFixed(0)} s, ${Math.round(inputs / seconds)} a second: ${findings} findings (seed ${orders.seed})\n`,
  );
  if (orders.json !== undefined) {
    const figures = { seed: orders.seed, jobs: orders.jobs, inputs, seconds, targets: outcomes };
    writeFileSync(orders.json, `${JSON.stringify(figures, null, 2)}\n`);
  }
  return findings === 0 ? 0 : 1;
}

function lineOf({ target, inputs, seconds, pool, covered, slowestMs, findings }: Outcome): string {
  const rate = Math.round(inputs / Math.max(seconds, 0.001));
  return [
    target.padEnd(16),
    `${inputs} inputs`.padStart(16),
    `${seconds.toFixed(1)} s`.padStart(10),
    `${rate}/s`.padStart(10),
    `pool ${pool}`.padStart(11),
    `${covered} characters run`.padStart(24),
    `slowest ${slowestMs.toFixed(0)} ms`.padStart(16),
    `  ${findings.length} findings`,
  ].join('');
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
