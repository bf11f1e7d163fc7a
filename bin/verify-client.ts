import type { Command as AnyCommand } from '@commander-js/extra-typings';
import { Command } from 'commander';
import { clientCases, secureClientCases } from '../properties/conformance/client/index.js';
import { randomCasesFor } from '../properties/campaign/cases.js';
import type { VerifyClientFacts } from '../properties/verify-client.js';
import { sameOptions } from './again.js';
import { interruptible } from './interrupt.js';
import { integer } from './options.js';
import { checkPlaces, fileNamed, readExpectations } from './report-options.js';
import { addRunOptions, checkSelection, selectionOf } from './run-options.js';
import { judgeSpawned } from './spawned-clients.js';
import { createTerminal } from './terminal.js';
import type { ExitStatus } from './usage.js';
import { type ClientOptions, usualPlace } from './verify-client-options.js';
import { packageVersion } from './version.js';
import { judgeThoseWhoCome } from './waiting-for-clients.js';

const examples = `
The client is to send every message back, in the kind in which it came, as echo clients do.

Without --spawn the clients come by themselves, as their drivers for the Autobahn testsuite do:
  /getCaseCount                     the number of cases, as a text message
  /getCaseInfo?case=N               {"id", "description"} of a case, N from 1
  /runCase?case=N&agent=A           runs a case on this connection
  /getCaseStatus?case=N&agent=A     {"behavior": "OK", "NON-STRICT", "INFORMATIONAL", "FAILED" or "UNIMPLEMENTED"}
  /updateReports?agent=A            writes the report of this agent, and ends the run unless --stay is given
Numbers beyond the cases are for --segmentations, then for conversations at random: --runs N of them for each case of
client-random/, on as many connections, which serve to shrink once something was found.

Examples:
  hybi verify-client --spawn 'node client.js {url}'      starts the client for each case, with the URL in its words
  hybi verify-client --spawn './client {url}' --only draft-06/5.1 --json report.json
  hybi verify-client --port 9001                         waits for clients at ws://127.0.0.1:9001
  hybi verify-client --spawn 'hybi connect {url} --echo' judges the reference client

  hybi verify-client --only client-random --runs 200     conversations at random, and the smallest that fails

What a report says behind "again:" shows a finding once more. Without --spawn it waits for the client again: start it as
before; it is told of as many cases as the command has, which may be one.

hybi readings --parameters lists what --reading can enforce.

Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage, such as a place that no report can be written to; 3 no
client came, or the run was not finished.`;

/** Random conversations for each generated case: a client that is started takes a while for each. */
const defaultRuns = { spawned: 5, coming: 20 } as const;

/** `hybi verify-client`: judges clients. */
export function verifyClientCommand(finish: (status: ExitStatus) => void): AnyCommand {
  const command = new Command('verify-client')
    .summary('judge clients by the text')
    .description('Judges WebSocket clients by draft-06: starts a client for each case, or waits for clients to come.')
    .option('--spawn <command>', 'the client to start for each case, with {url} where its URL goes')
    .option('--host <address>', 'the address to wait at, without --spawn', usualPlace.host)
    .option(
      '--port <n>',
      'the port to wait at, without --spawn; 0 takes a free one',
      integer(0, 65535),
      usualPlace.port,
    )
    .option('--stay', 'wait for further clients when one is done, without --spawn');
  addRunOptions(command, {
    jobs: 'clients at once, with --spawn',
    random: 'client-random',
    runs: `default: ${defaultRuns.spawned}, or as many as ten seconds allow; ${defaultRuns.coming} where clients come by themselves`,
    reading: 'R-703=any',
  });
  command.addHelpText('after', examples);
  command.action(async (options: ClientOptions) => {
    const isSpawned = options.spawn !== undefined;
    const runs = options.runs ?? (isSpawned ? defaultRuns.spawned : defaultRuns.coming);
    const random = runs === 0 ? [] : randomCasesFor('client');
    // Whoever comes by itself has no choice of the URL, and none of TLS.
    const cases = [...clientCases, ...(isSpawned ? secureClientCases : []), ...random];
    checkSelection([...(options.only ?? []), ...(options.skip ?? [])], cases, 'verify-client');
    const expected = readExpectations(options);
    // With --stay each agent has reports of its own, and its name is not known yet.
    checkPlaces(options, (place) => (options.stay === true && !isSpawned ? fileNamed(place, 'agent') : place));
    const terminal = createTerminal({ color: options.color, quiet: options.quiet === true });
    const judge = isSpawned ? judgeSpawned : judgeThoseWhoCome;
    const facts = factsOf(options, runs);
    finish(await interruptible((signal) => judge({ options, facts, terminal, signal, expected })));
  });
  return command as unknown as AnyCommand;
}

const factsOf = (options: ClientOptions, runs: number): Omit<VerifyClientFacts, 'shownTarget' | 'command'> => ({
  ...selectionOf(options),
  version: packageVersion(),
  timeout: options.timeout,
  echo: options.echo,
  runs,
  allRuns: options.runs !== undefined,
  segmentations: options.segmentations === true,
  sameOptions: sameOptions(options),
  ...(options.reading === undefined ? {} : { chosen: options.reading }),
  ...(options.replay === undefined ? {} : { replay: options.replay }),
});
