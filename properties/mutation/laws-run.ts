import type { Bundle } from './bundle.js';
import { assertWith } from './fewer-runs.js';
import { createCollector, type Test } from './harness.js';

/** The laws and the model, evaluated afresh: what a mutant leaves behind in a module is gone with the next one. */
export interface Evaluated {
  /** Evaluates a file of laws, unless that was done before; throws what the evaluation throws. */
  readonly testsOf: (file: string) => readonly Test[];
}

type Factory = (exports: object, require: (name: string) => unknown, module: { exports: object }) => void;

/** A package in the form that a bundle in CommonJS asks for. */
const asModule = (exports: object): object => ({ ...exports, __esModule: true });

/** The packages as the laws see them: vitest collects, fast-check makes few runs. */
function packagesWith({ packages }: Bundle, collector: object, runs: number): ReadonlyMap<string, unknown> {
  const own = new Map(
    [...packages].map(([name, value]) => [name, name.startsWith('node:') ? value : asModule(value as object)]),
  );
  const { default: fc, ...names } = packages.get('fast-check') as { readonly default: object };
  // An import of the default is one of the whole namespace in a bundle for node.
  const assert = assertWith(runs);
  own.set('fast-check', asModule({ ...names, assert, default: { ...fc, assert } }));
  own.set('vitest', asModule({ ...(packages.get('vitest') as object), ...collector }));
  return own;
}

/**
 * Evaluates the bundle; the files of laws in it are evaluated when they are asked for.
 * @param runs of each property at most
 */
export function evaluate(bundle: Bundle, runs: number): Evaluated {
  const byFile = new Map<string, Test[]>();
  let current = '';
  const collector = createCollector(
    () => current,
    (test) => byFile.get(test.file)?.push(test),
  );
  const packages = packagesWith(bundle, collector, runs);
  const module = { exports: {} as { load: Record<string, () => void> } };
  const factory = bundle.script.runInThisContext() as Factory;
  factory(module.exports, (name) => packages.get(name), module);
  const testsOf = (file: string): readonly Test[] => {
    const known = byFile.get(file);
    if (known !== undefined) return known;
    const tests: Test[] = [];
    byFile.set(file, tests);
    current = file;
    module.exports.load[file]?.();
    return tests;
  };
  return { testsOf };
}
