import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { computeMatrix } from './compute.js';
import { complaintsAbout, type KillMatrix, killMatrix, writeMatrix } from './matrix.js';
import { killMatrixPage } from './page.js';
import { missedOverSockets } from './sockets.js';

/*
 * `npm run kill-matrix` computes the kill matrix and writes it. With `--check` nothing is written: it fails when what is
 * computed is not what was committed, and when a fault that is noticed in memory is not noticed over a socket.
 */

const usage = `npm run kill-matrix [-- OPTION]

  --only P    compute the rows of faults whose names begin so (repeatable), and keep the others
  --check     compare with the committed matrix, and run every fault over sockets; write nothing
  --sockets   run every fault over sockets only, by the committed matrix`;

const places = {
  matrix: 'properties/kill-matrix/matrix.json',
  page: 'docs/kill-matrix.md',
} as const;

/** A line that counts, on a terminal. */
function progress(what: string): (done: number, of: number) => void {
  return (done, of) => {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r\u001b[2K${done < of ? `${what}: ${done} of ${of}` : ''}`);
  };
}

function report(complaints: readonly string[]): void {
  for (const complaint of complaints) process.stderr.write(`kill matrix: ${complaint}\n`);
  if (complaints.length > 0) process.exitCode = 1;
}

/** What differs from the committed files. */
function staleness(matrix: KillMatrix): readonly string[] {
  const isSame = (place: string, text: string): boolean => readFileSync(place, 'utf8') === text;
  const stale = [
    [places.matrix, writeMatrix(matrix)],
    [places.page, killMatrixPage(matrix)],
  ] as const;
  return stale
    .filter(([place, text]) => !isSame(place, text))
    .map(([place]) => `${place} is not what is computed: npm run kill-matrix writes it anew`);
}

async function overSockets(matrix: KillMatrix): Promise<void> {
  const start = performance.now();
  report(await missedOverSockets(matrix, progress('over sockets')));
  process.stdout.write(
    `${matrix.faults.length} faults over sockets in ${Math.round((performance.now() - start) / 1000)} s\n`,
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      sockets: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (values.sockets === true && values.check !== true) {
    await overSockets(killMatrix());
    return;
  }
  const start = performance.now();
  const { only } = values;
  const matrix = await (only === undefined
    ? computeMatrix(progress('faults and oddities'))
    : computeMatrix(
        progress('faults and oddities'),
        (name) => only.some((prefix) => name.startsWith(prefix)),
        killMatrix(),
      ));
  const seconds = Math.round((performance.now() - start) / 1000);
  const { faults, oddities, cases } = matrix;
  process.stdout.write(
    `${faults.length} faults and ${oddities.length} oddities, ${cases.server.length} cases for servers and ${cases.client.length} for clients, in ${seconds} s\n`,
  );
  report(complaintsAbout(matrix));
  if (values.check === true) {
    report(staleness(matrix));
    await overSockets(matrix);
  } else {
    writeFileSync(places.matrix, writeMatrix(matrix));
    writeFileSync(places.page, killMatrixPage(matrix));
  }
}

await main();
