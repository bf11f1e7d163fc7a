import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { complaintsAbout, type Explained, type MutationReport, scoreOf } from './report.js';

/** Weighs what Stryker wrote: `npm run mutation` ends with it. A run over the whole model writes the score anew. */
const reportFile = 'reports/mutation/mutation.json';
const survivorsFile = 'properties/mutation/survivors.json';
const scoreFile = 'properties/mutation/score.json';

/** Types and constant tables alone, in which Stryker finds nothing to change. */
const nothingToChange: readonly string[] = ['index.ts', 'byte-transform.ts', 'opening-violations.ts'];

const read = (name: string): unknown => JSON.parse(readFileSync(name, 'utf8'));

function writeScore({ files }: MutationReport): void {
  const byFile = Object.fromEntries(Object.entries(files).map(([name, { mutants }]) => [name, scoreOf(mutants)]));
  const all = scoreOf(Object.values(files).flatMap(({ mutants }) => mutants));
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(scoreFile, `${JSON.stringify({ date, ...all, files: byFile }, undefined, 2)}\n`);
}

function main(): void {
  if (!existsSync(reportFile)) {
    console.error(`there is no ${reportFile}: run npm run mutation, which makes it`);
    process.exitCode = 2;
    return;
  }
  const report = read(reportFile) as MutationReport;
  const model = readdirSync('model').filter((name) => name.endsWith('.ts') && !nothingToChange.includes(name));
  const missing = model.filter((name) => !(`model/${name}` in report.files));
  for (const complaint of complaintsAbout(report, read(survivorsFile) as readonly Explained[])) {
    console.error(complaint);
    process.exitCode = 1;
  }
  const { score, mutants, killed, timeout, survived, noCoverage } = scoreOf(
    Object.values(report.files).flatMap((file) => file.mutants),
  );
  console.log(
    `mutation score ${score} % of ${mutants} mutants: ${killed} killed, ${timeout} without end, ${survived} survived, ${noCoverage} not reached`,
  );
  if (missing.length === 0) writeScore(report);
  else console.log(`${scoreFile} stays as it is: the run left out ${missing.join(', ')}`);
}

main();
