import { format } from 'node:util';

/** One test of a file of laws. */
export interface Test {
  /** The file, as it stands in the project. */
  readonly file: string;
  readonly name: string;
  readonly check: () => unknown;
}

type Check = (...values: readonly unknown[]) => unknown;

/** The part of vitest that the laws use to say what their tests are, which collects instead of running. */
export interface Collector {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: ((name: string, check: Check) => void) & {
    readonly each: (rows: readonly unknown[]) => (name: string, check: Check) => void;
  };
}

/**
 * Collects the tests of files while these are evaluated.
 * @param file the file that is being evaluated
 * @param add takes each test
 */
export function createCollector(file: () => string, add: (test: Test) => void): Collector {
  const path: string[] = [];
  const addNamed = (name: string, check: () => unknown): void => {
    add({ file: file(), name: [...path, name].join(' > '), check });
  };
  const test = (name: string, check: Check): void => {
    addNamed(name, () => check());
  };
  const each = (rows: readonly unknown[]) => (name: string, check: Check) => {
    rows.forEach((row, index) => {
      const values: readonly unknown[] = Array.isArray(row) ? row : [row];
      addNamed(`${format(name, ...values).slice(0, 200)} (${index})`, () => check(...values));
    });
  };
  return {
    describe: (name, body) => {
      path.push(name);
      body();
      path.pop();
    },
    test: Object.assign(test, { each }),
  };
}
