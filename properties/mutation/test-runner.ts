import { Script } from 'node:vm';
import type { MutantCoverage } from '@stryker-mutator/api/core';
import {
  type CompleteDryRunResult,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import { type Bundle, bundleLaws, lawFiles } from './bundle.js';
import type { Test } from './harness.js';
import { evaluate } from './laws-run.js';
import { createOrder, type Order } from './order.js';

/** What the instrumented model looks at, as Stryker's instrumenter defines it. */
interface Instrumentation {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage | undefined;
}

const world = globalThis as { __stryker__?: Instrumentation; __check__?: () => unknown };

/** Milliseconds after which a test is taken to go on for ever, if it is short without a mutant. */
const forEver = 20_000;

/** Of a long test: how many times as long as without a mutant, when it made a quarter of the runs. */
const timesAsLong = 40;

/** Milliseconds of processor time that a mutant is tested for. All tests together need a third of it. */
const longEnough = Number(process.env['HYBI_MUTATION_MS'] ?? 60_000);

/** Runs of a property for one mutant: enough that what a law is about occurs, few enough for thousands of mutants. */
const runsToKill = 100;

/** Runs of a property to see what it reaches, which takes long. What only further runs reach counts as not reached. */
const runsToCount = 25;

/** Laws about every character or byte there is. Counting what they reach would take minutes, and the laws beside them tell as much. */
const exhaustive: readonly string[] = [
  'reading inverts encoding for every character there is',
  'the opening handshake of a client > has an origin in lower case and in ASCII where it is told one',
];

const idOf = ({ file, name }: Test): string => `${file}#${name}`;
const checkScript = new Script('__check__()');

/** What a function returns; throws what it throws, or when it does not end. */
function ending<Result>(check: () => Result, timeout = forEver): Result {
  world.__check__ = check;
  const before = process.cpuUsage().user;
  try {
    return checkScript.runInThisContext({ timeout }) as Result;
  } catch (error) {
    const isStarved = endless(error) && (process.cpuUsage().user - before) / 1000 < timeout / 2;
    // The clock on the wall went on while others had the processor.
    if (isStarved) return checkScript.runInThisContext({ timeout: 10 * timeout }) as Result;
    throw error;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
const endless = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** What a test that runs without a mutant fails with. */
async function failureOf({ check }: Test): Promise<string | undefined> {
  try {
    await ending(check, 10 * forEver);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** The runs without a mutant: times, and which mutants each test reaches, also by what its file does when it is evaluated. */
async function dryRun(
  bundle: Bundle,
  files: readonly string[],
  loading: Map<string, number>,
): Promise<CompleteDryRunResult> {
  const ns = (world.__stryker__ ??= {});
  ns.activeMutant = undefined;
  const tests: TestResult[] = [];
  const perTest: MutantCoverage['perTest'] = {};
  for (const file of files) {
    const coverage: MutantCoverage = { static: {}, perTest: {} };
    ns.mutantCoverage = coverage;
    const begin = performance.now();
    const evaluated = evaluate(bundle, runsToCount).testsOf(file);
    loading.set(file, performance.now() - begin);
    const own = evaluated.filter(({ name }) => !exhaustive.includes(name.replace(/ \[.*$/, '')));
    for (const test of own) {
      const id = idOf(test);
      ns.currentTestId = id;
      const start = performance.now();
      const failureMessage = await failureOf(test);
      ns.currentTestId = undefined;
      const told = { id, name: id, fileName: file, timeSpentMs: performance.now() - start };
      tests.push(
        failureMessage === undefined
          ? { ...told, status: TestStatus.Success }
          : { ...told, status: TestStatus.Failed, failureMessage },
      );
    }
    for (const test of own) {
      const reached: Record<string, number> = { ...coverage.static };
      for (const [mutant, hits] of Object.entries(coverage.perTest[idOf(test)] ?? {})) {
        reached[mutant] = (reached[mutant] ?? 0) + hits;
      }
      perTest[idOf(test)] = reached;
    }
  }
  return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
}

/** Runs the tests that reach a mutant, in the order that promises most, until one fails. */
async function runMutant(
  bundle: Bundle,
  order: Order,
  times: ReadonlyMap<string, number>,
  options: MutantRunOptions,
): Promise<MutantRunResult> {
  const { activeMutant, testFilter, hitLimit } = options;
  const ids = order.of(activeMutant.fileName, testFilter ?? []);
  const ns: Instrumentation = { activeMutant: activeMutant.id };
  // Stryker's limit is a hundred times what all tests together reach, here with a third of the runs. This is enough for one.
  if (hitLimit !== undefined) ns.hitLimit = Math.max(hitLimit / 5, 10_000);
  world.__stryker__ = ns;
  const overLimit = (): boolean => (ns.hitCount ?? 0) > (ns.hitLimit ?? Infinity);
  const { testsOf } = evaluate(bundle, runsToKill);
  let nrOfTests = 0;
  const start = process.cpuUsage().user;
  for (const id of ids) {
    // What no test has noticed for so long counts as a survivor: that can lower a score, never raise it.
    if ((process.cpuUsage().user - start) / 1000 > longEnough) break;
    nrOfTests += 1;
    ns.hitCount = 0;
    try {
      const test = ending(() => testsOf(id.slice(0, id.indexOf('#')))).find((some) => idOf(some) === id);
      if (test === undefined) throw new Error('the file has no such test while the mutant is active');
      await ending(test.check, Math.max(forEver, Math.ceil(timesAsLong * (times.get(id) ?? 0))));
    } catch (error) {
      if (endless(error)) return { status: MutantRunStatus.Timeout, reason: `${id} did not end` };
      if (overLimit()) return { status: MutantRunStatus.Timeout, reason: `${id} went on for ever` };
      order.killed(activeMutant.fileName, id);
      return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage: messageOf(error), nrOfTests };
    }
    if (overLimit()) return { status: MutantRunStatus.Timeout, reason: `${id} went on for ever` };
  }
  return { status: MutantRunStatus.Survived, nrOfTests };
}

/**
 * Runs the laws for Stryker in its own process. The laws and the model are evaluated afresh for each mutant, with the
 * mutant active from the beginning; so it makes no difference whether it stands in a function or in a table.
 */
export function createLawRunner(): TestRunner {
  const files = lawFiles();
  let bundle: Bundle | undefined;
  const loading = new Map<string, number>();
  const times = new Map<string, number>();
  const order = createOrder((id) => (times.get(id) ?? 0) + (loading.get(id.slice(0, id.indexOf('#'))) ?? 0));
  const bundled = async (): Promise<Bundle> => (bundle ??= await bundleLaws(files));
  return {
    capabilities: () => ({ reloadEnvironment: true }),
    init: async () => {
      await bundled();
    },
    dryRun: async (): Promise<DryRunResult> => {
      const result = await dryRun(await bundled(), files, loading);
      for (const { id, timeSpentMs } of result.tests) times.set(id, timeSpentMs);
      return result;
    },
    mutantRun: async (options) => runMutant(await bundled(), order, times, options),
  };
}
