import { Command } from '@commander-js/extra-typings';
import { startServer } from '../impl/server.js';
import { serializeHead } from '../model/http-head.js';
import { writeOpeningRequest } from '../model/opening-request.js';
import { parseUri } from '../model/uri.js';
import { transcriptOf } from '../properties/campaign/transcript.js';
import { casesFor } from '../properties/conformance/index.js';
import type { CaseFacts } from '../properties/verifier/case.js';
import { byNumber, type ChosenReadings } from '../properties/verifier/chosen-readings.js';
import { isSelected } from '../properties/verifier/run.js';
import type { Target } from '../properties/verifier/tester.js';
import { verify } from '../properties/verify.js';
import {
  conversation,
  headerField,
  integer,
  listOf,
  milliseconds,
  oneOf,
  readingChoice,
  webSocketUrl,
  words,
} from './options.js';
import { putOut, readExpectations, seedOfShards, shardOption, reportOptions } from './report-options.js';
import { createTerminal } from './terminal.js';
import { certificateHint, trustOf } from './tls-options.js';
import { type ExitStatus, RunError, UsageError } from './usage.js';
import { packageVersion } from './version.js';

const examples = `
Readings, where the text leaves it open. What a server does about them is put on record; an option asked for with
--reading is enforced instead, where a case can see it; hybi readings --parameters lists them.

Examples:
  hybi verify                                   judges the reference server, which it starts itself
  hybi verify ws://127.0.0.1:8080/echo          judges a server that listens there
  hybi verify ws://127.0.0.1:8080/ --only draft-06/4.5 --only closing
  hybi verify wss://localhost:8443/ --ca ca.pem
  hybi verify ws://127.0.0.1:8080/ --reading R-401=refuse --reading R-602=close
  hybi verify ws://127.0.0.1:8080/ --origin http://app.example --header 'Cookie: id=1' --json report.json
  hybi verify ws://127.0.0.1:8080/ --junit report.xml --html report --expect known.json
  hybi verify ws://127.0.0.1:8080/ --only random --runs 1000           random conversations, and the smallest that fails
  hybi verify ws://127.0.0.1:8080/ --replay 'text-"ab"+ping cont close:1000'
  hybi verify ws://127.0.0.1:8080/ --shard 2/5 --json shard-2.json     one part of five; hybi merge puts them together

Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage; 3 the server could not be reached or judged.`;

/** `hybi verify [URL]`: judges a server. */
export function verifyCommand(finish: (status: ExitStatus) => void): Command {
  const command = new Command('verify')
    .summary('judge a server by the text')
    .description(
      'Judges a WebSocket server by draft-06: which sentences it keeps, which it breaks, and the bytes that show it.',
    )
    .argument(
      '[url]',
      'the server, a ws: or wss: URL; without it the reference server is started and judged',
      webSocketUrl,
    )
    .option(
      '--only <prefix>',
      'run only cases whose id, or one of whose clauses, begins so (repeatable)',
      listOf(words),
    )
    .option(
      '--skip <prefix>',
      'leave out cases whose id, or one of whose clauses, begins so (repeatable)',
      listOf(words),
    )
    .option('--seed <n>', 'the seed of all random bytes, to see the same again', integer(0, 2 ** 31 - 1))
    .option('--jobs <n>', 'connections at once', integer(1, 256), 4)
    .option('--timeout <ms>', 'how long silence means "no answer"; 0 waits for ever', milliseconds, 2000)
    .option('--origin <origin>', 'Sec-WebSocket-Origin to send')
    .option('--subprotocol <name>', 'a subprotocol to offer (repeatable)', listOf(words))
    .option('--ca <file>', 'trust these certificates, in PEM, instead of those of the system')
    .option('--insecure', 'go on when the certificate of the server cannot be verified')
    .option('--header <field>', "a further header field, as 'Name: value' (repeatable)", listOf(headerField))
    .option('--reading <choice>', 'enforce an option of a reading, such as R-401=refuse (repeatable)', readingChoice)
    .option(
      '--echo <choice>',
      'whether it sends messages back: auto (tries), yes or no',
      oneOf('auto', 'yes', 'no'),
      'auto',
    )
    .option('--shard <index/count>', 'run one part of the cases, such as 2/5, always with the same seed', shardOption)
    .option(
      '--runs <n>',
      'conversations at random for each case of random/; 0 leaves them out',
      integer(0, 1_000_000),
      defaultRuns,
    )
    .option('--replay <conversation>', 'hold this conversation instead, as a finding of random/ shows it', conversation)
    .option('--segmentations', 'run every case cut and joined in other ways as well: TCP is a stream')
    .option('--bail', 'begin no further case once one has failed')
    .option(...reportOptions.json)
    .option(...reportOptions.junit)
    .option(...reportOptions.html)
    .option(...reportOptions.expect)
    .option(...reportOptions.writeExpect)
    .option(...reportOptions.quiet)
    .option(...reportOptions.noColor)
    .addHelpText('after', examples);
  command.action(async (url, options) => {
    const cases = casesFor({ uri: url?.uri ?? { secure: false }, runs: options.runs });
    checkSelection([...(options.only ?? []), ...(options.skip ?? [])], cases, 'verify');
    const expected = readExpectations(options);
    const terminal = createTerminal({ color: options.color, quiet: options.quiet === true });
    const server = url === undefined ? await startServer({ port: 0 }) : undefined;
    const shown = url?.text ?? server?.url ?? '';
    const interrupted = new AbortController();
    const onInterrupt = (): void => {
      interrupted.abort();
    };
    process.once('SIGINT', onInterrupt);
    process.once('SIGTERM', onInterrupt);
    try {
      const parsed = parseUri(shown);
      if (!parsed.ok) throw new UsageError(parsed.refusal.says);
      const target = {
        uri: parsed.uri,
        subprotocols: options.subprotocol ?? [],
        fields: options.header ?? [],
        timeout: options.timeout,
        runs: options.runs,
        ...(options.origin === undefined ? {} : { origin: options.origin.toLowerCase() }),
        ...(options.reading === undefined ? {} : { chosen: options.reading }),
      };
      checkRequest(target);
      const verification = await verify({
        target,
        tls: trustOf(options),
        shownTarget: shown,
        sameOptions: sameOptions(options),
        version: packageVersion(),
        jobs: options.jobs,
        signal: interrupted.signal,
        echo: options.echo,
        bail: options.bail === true,
        segmentations: options.segmentations === true,
        ...(options.replay === undefined ? {} : { replay: options.replay }),
        onBaseline: (says) => {
          if (options.quiet !== true && options.json !== '-') terminal.out(`${shown} ${says}\n`);
        },
        onProgress: ({ done, total, failed, current }) => {
          terminal.status(`${done}/${total}  ${failed} failed  ${current}`);
        },
        ...(options.shard === undefined ? {} : { shard: options.shard, seed: seedOfShards }),
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(options.only === undefined ? {} : { only: options.only }),
        ...(options.skip === undefined ? {} : { skip: options.skip }),
      });
      terminal.status('');
      if (verification.kind === 'unreachable' && interrupted.signal.aborted) throw new RunError('interrupted');
      if (verification.kind === 'unreachable') {
        throw new RunError(
          `${shown} cannot be judged: ${verification.why}${certificateHint(verification.why) ?? '; check that the server runs, or give another URL'}`,
        );
      }
      const { report, refused } = verification;
      const [replayed] = report.cases;
      if (options.replay !== undefined && options.json !== '-' && replayed !== undefined) {
        terminal.out(`${transcriptOf(replayed, 'server').join('\n')}\n`);
      }
      const status = putOut(report, options, terminal, expected);
      if (refused !== undefined) {
        throw new RunError(
          `${shown} does not accept a right opening handshake (${refused}): give the path, --origin, --subprotocol or --header that it wants`,
        );
      }
      if (interrupted.signal.aborted) throw new RunError('interrupted: the report has only the cases that were done');
      finish(status);
    } finally {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
      await server?.stop();
    }
  });
  return command as unknown as Command;
}

/** Random conversations for each generated case. */
const defaultRuns = 25;

/** Options that change what is sent, as they have to be given again. */
function sameOptions(options: {
  readonly origin?: string | undefined;
  readonly subprotocol?: readonly string[] | undefined;
  readonly header?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly reading?: ChosenReadings | undefined;
  readonly runs?: number | undefined;
}): string {
  const quoted = (text: string): string =>
    /^[\w:/.,=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = [
    ...(options.origin === undefined ? [] : ['--origin', quoted(options.origin)]),
    ...(options.ca === undefined ? [] : ['--ca', quoted(options.ca)]),
    ...(options.insecure === true ? ['--insecure'] : []),
    ...(options.runs === undefined || options.runs === defaultRuns ? [] : ['--runs', String(options.runs)]),
    ...(options.subprotocol ?? []).flatMap((name) => ['--subprotocol', quoted(name)]),
    ...(options.header ?? []).flatMap(({ name, value }) => ['--header', quoted(`${name}: ${value}`)]),
    ...Object.entries(byNumber(options.reading ?? {})).flatMap(([number, option]) => [
      '--reading',
      `${number}=${option}`,
    ]),
  ];
  return parts.map((part) => ` ${part}`).join('');
}

/** A selector that selects nothing is a typing error. */
export function checkSelection(prefixes: readonly string[], cases: readonly CaseFacts[], command: string): void {
  for (const prefix of prefixes) {
    if (!cases.some((testCase) => isSelected(testCase, { only: [prefix] }))) {
      throw new UsageError(
        `no case has an id or a clause that begins with ${JSON.stringify(prefix)}: hybi ${command} --help has examples`,
      );
    }
  }
}

/** What the options say has to make an opening handshake that a client may send. */
function checkRequest(target: Target): void {
  try {
    serializeHead(writeOpeningRequest({ ...target, nonce: new Uint8Array(16) }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`these options make no opening handshake: ${error.message}`);
  }
}
