import { haproxy, nginx } from './reverse.js';
import { checks } from './checks.js';
import { squid, tinyproxy } from './forward.js';
import { type Intermediary, startIntermediary, versionOf } from './intermediary.js';
import { startRecordingServer, wayThrough } from './way.js';

/*
 * `npm run intermediaries`: holds conversations with the reference server by way of the real proxies that are
 * installed. With HYBI_REQUIRE_PEERS=1 a missing one is an error, unless it says that it is no duty.
 */

const programs: readonly Intermediary[] = [nginx, haproxy, tinyproxy, squid];

/** A check that hangs has failed; the whole of one takes far less than a second. */
const patience = 20_000;

/** Runs every check by way of one program; returns whether all hold. */
async function check(program: Intermediary, version: string): Promise<boolean> {
  const recording = await startRecordingServer();
  const place = await startIntermediary(program, recording.server.port).catch((error: unknown) => String(error));
  if (typeof place === 'string') {
    process.stderr.write(`${place}\n`);
    await recording.server.stop();
    return false;
  }
  const way = wayThrough(program, place, recording);
  let isFine = true;
  process.stdout.write(`${program.name}, ${version}\n`);
  try {
    for (const { name, run, applies = () => true } of checks) {
      if (!applies(program)) continue;
      const why = await failureOf(run(way));
      process.stdout.write(`  ${why === undefined ? 'ok  ' : 'FAIL'} ${name}${why === undefined ? '' : `: ${why}`}\n`);
      if (why !== undefined) isFine = false;
    }
  } finally {
    await place.stop();
    await recording.server.stop();
  }
  return isFine;
}

async function failureOf(run: Promise<void>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`nothing came within ${patience} ms`));
    }, patience);
  });
  try {
    await Promise.race([run, late]);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0];
  } finally {
    clearTimeout(timer);
  }
}

const isRequired = process.env['HYBI_REQUIRE_PEERS'] === '1';
let isFine = true;
for (const program of programs) {
  const version = versionOf(program);
  if (version === undefined) {
    process.stderr.write(`${program.name} is skipped, because it is not installed: ${program.howToGet}\n`);
    if (isRequired && program.isRequired) isFine = false;
  } else if (!(await check(program, version))) {
    isFine = false;
  }
}
process.exitCode = isFine ? 0 : 1;
