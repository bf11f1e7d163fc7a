import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, outputOf } from './peer-program.js';

/*
 * Peers in Java: Maven gets the jars that the pom.xml of the peer pins, javac compiles the programs beside it. Both go into
 * a cache that is made anew when one of these files changes.
 */

const root = new URL('../../../', import.meta.url);

/** The folder of a peer in the source tree. */
const folderOf = (name: string): string => fileURLToPath(new URL(`properties/peers/${name}/`, root));

/** What is got and compiled; nothing of it belongs to the source tree. */
export const cacheFolder = fileURLToPath(new URL('node_modules/.cache/hybi-peers/', root));

/** Pinned like the jars themselves. */
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** Little to compile and little to collect: these make the virtual machine start fast on a small machine. */
const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto'];

/** Where a program in Java that has been compiled finds everything; `undefined` where there is no Java or no Maven. */
export function prepareJava(name: string, programs: readonly string[]): ((main: string) => Command) | undefined {
  if (outputOf(['javac', '-version']) === undefined || outputOf(['mvn', '--version']) === undefined) return undefined;
  const source = folderOf(name);
  const place = join(cacheFolder, name);
  const jars = join(place, 'lib');
  const files = [join(source, 'pom.xml'), ...programs.map((program) => join(source, `${program}.java`))];
  const stamp = join(place, 'made-from');
  const contents = files.map((file) => readFileSync(file, 'utf8')).join('');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== contents) {
    mkdirSync(place, { recursive: true });
    process.stdout.write(`${name}: getting its jars from Maven Central\n`);
    const wanted = ['-DincludeScope=runtime', `-DoutputDirectory=${jars}`, '-Dmaven.wagon.http.retryHandler.count=3'];
    must('mvn', ['-q', '-B', '-C', '-f', join(source, 'pom.xml'), copyDependencies, ...wanted], tries);
    must('javac', ['-d', place, '-cp', join(jars, '*'), ...files.slice(1)]);
    writeFileSync(stamp, contents);
  }
  return (main) => ['java', ...quickStart, '-cp', [place, join(jars, '*')].join(':'), main];
}

/** Milliseconds for Maven to get what a peer needs, and how often it is tried. */
const gettingTime = 180_000;
const tries = 2;

/** Runs a program to its end. */
function must(program: string, args: readonly string[], left = 1): void {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: gettingTime });
  if (status === 0) return;
  if (left > 1) {
    must(program, args, left - 1);
    return;
  }
  const lines = (stdout + stderr).split('\n').filter((line) => line.includes('rror'));
  throw new Error(`${program} failed: ${lines[0]?.trim() ?? `status ${String(status)}`}`);
}
