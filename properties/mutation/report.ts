/** What the runs of all mutants came to, in the form of Stryker's JSON report; only what is looked at here. */
export interface MutationReport {
  readonly files: Readonly<Record<string, MutatedFile>>;
}

export interface MutatedFile {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

export interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
  readonly status: string;
  /** How many tests ran to their end; none where it is not said. */
  readonly testsCompleted?: number;
}

/** A mutant that no law notices, and why that is no gap. */
export interface Explained {
  readonly file: string;
  readonly mutator: string;
  /** The line of the model in which the mutant begins, without the spaces around it: numbers of lines move. */
  readonly line: string;
  readonly replacement: string;
  readonly reason: string;
}

/** A survivor without a reason. */
export type Survivor = Omit<Explained, 'reason'> & { readonly at: number; readonly testsCompleted: number };

export interface Score {
  readonly mutants: number;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly noCoverage: number;
  /** Mutants of sentences for people, which carry no behaviour; they are not among `mutants`. */
  readonly ignored: number;
  /** Killed and timed out, in per cent of all, rounded down to two places. */
  readonly score: number;
}

const alive: readonly string[] = ['Survived', 'NoCoverage'];

/** The mutants that no law noticed, in the order of the files. */
export function survivorsOf({ files }: MutationReport): readonly Survivor[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => alive.includes(status))
      .map(({ mutatorName, replacement = '', location, testsCompleted = 0 }) => ({
        file,
        at: location.start.line,
        mutator: mutatorName,
        line: (lines[location.start.line - 1] ?? '').trim(),
        replacement,
        testsCompleted,
      }));
  });
}

/** Counts mutants; those that no longer compile or that broke the runner are an error of the run, see `brokenOf`. */
export function scoreOf(mutants: readonly Pick<Mutant, 'status'>[]): Score {
  const count = (wanted: string): number => mutants.filter(({ status }) => status === wanted).length;
  const killed = count('Killed');
  const timeout = count('Timeout');
  const survived = count('Survived');
  const noCoverage = count('NoCoverage');
  const all = killed + timeout + survived + noCoverage;
  const score = all === 0 ? 100 : Math.floor(((killed + timeout) / all) * 10_000) / 100;
  return { mutants: all, killed, timeout, survived, noCoverage, ignored: count('Ignored'), score };
}

/** Mutants about which the run says nothing. */
export function brokenOf({ files }: MutationReport): readonly string[] {
  const known = ['Killed', 'Timeout', 'Ignored', ...alive];
  return Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => !known.includes(status))
      .map(({ location, mutatorName, status }) => `${file}:${location.start.line} ${mutatorName}: ${status}`),
  );
}

export const isSame = (one: Omit<Explained, 'reason'>, other: Omit<Explained, 'reason'>): boolean =>
  one.file === other.file &&
  one.mutator === other.mutator &&
  one.line === other.line &&
  one.replacement === other.replacement;

const least = 90;

/**
 * What is wrong with a run, one line each; empty when it passes.
 * @param explained the survivors that have a reason
 */
export function complaintsAbout(report: MutationReport, explained: readonly Explained[]): readonly string[] {
  const survivors = survivorsOf(report);
  const { score } = scoreOf(Object.values(report.files).flatMap(({ mutants }) => mutants));
  const where = ({ file, at, mutator, replacement }: Survivor): string =>
    `${file}:${at} ${mutator} -> ${JSON.stringify(replacement.slice(0, 80))}`;
  return [
    ...(score < least ? [`the score is ${score} %, and has to be ${least} % at least`] : []),
    ...brokenOf(report).map((mutant) => `${mutant}: the run says nothing about it`),
    ...survivors
      .filter(({ testsCompleted }) => testsCompleted === 0)
      .map((survivor) => `${where(survivor)} survived, and no test that reaches it ran to its end`),
    ...survivors
      .filter((survivor) => !explained.some((other) => isSame(survivor, other)))
      .map((survivor) => `${where(survivor)} survived: write a law that notices it, or say why in survivors.json`),
    ...explained
      .filter(({ file }) => file in report.files)
      .filter((entry) => !survivors.some((survivor) => isSame(survivor, entry)))
      .map(
        ({ file, line, replacement }) =>
          `survivors.json explains what does not survive: ${file} ${line} -> ${replacement}`,
      ),
  ];
}
