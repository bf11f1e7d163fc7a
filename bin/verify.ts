import type { Command as AnyCommand } from '@commander-js/extra-typings';
import { Command } from 'commander';
import { startServer } from '../impl/server.js';
import { type HeaderField, serializeHead } from '../model/http-head.js';
import { writeOpeningRequest } from '../model/opening-request.js';
import { parseUri, type WebSocketUri } from '../model/uri.js';
import { transcriptOf } from '../properties/campaign/transcript.js';
import { casesFor } from '../properties/conformance/index.js';
import type { ExpectedFindings } from '../properties/report/expectations.js';
import type { Target } from '../properties/verifier/tester.js';
import { verify, type Verification } from '../properties/verify.js';
import { quoted, sameOptions } from './again.js';
import { interruptible } from './interrupt.js';
import { headerField, listOf, origin, webSocketUrl, words } from './options.js';
import { refusalHint, silenceHint } from './refusal-hint.js';
import { checkPlaces, putOut, readExpectations } from './report-options.js';
import { addRunOptions, checkSelection, type RunOptions, selectionOf } from './run-options.js';
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

Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage, such as a place that no report can be written to; 3 the
server could not be reached or judged.`;

/** What the command line says. */
interface Options extends RunOptions {
  readonly origin?: string | undefined;
  readonly subprotocol?: readonly string[] | undefined;
  readonly header?: readonly HeaderField[] | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: true | undefined;
}

/** A server, and how it is written. */
interface Url {
  readonly text: string;
  readonly uri: WebSocketUri;
}

/** Random conversations for each generated case. */
const defaultRuns = 25;

/** `hybi verify [URL]`: judges a server. */
export function verifyCommand(finish: (status: ExitStatus) => void): AnyCommand {
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
    .option('--origin <origin>', 'Sec-WebSocket-Origin to send, such as http://app.example, or null', origin)
    .option('--subprotocol <name>', 'a subprotocol to offer (repeatable)', listOf(words))
    .option('--header <field>', "a further header field, as 'Name: value' (repeatable)", listOf(headerField))
    .option('--ca <file>', 'trust these certificates, in PEM, instead of those of the system')
    .option('--insecure', 'go on when the certificate of the server cannot be verified');
  addRunOptions(command, {
    jobs: 'connections at once',
    random: 'random',
    runs: `default: ${defaultRuns}, or as many as ten seconds allow`,
    reading: 'R-401=refuse',
  });
  command.addHelpText('after', examples);
  command.action(async (url: Url | undefined, options: Options) => {
    const { only = [], skip = [], runs = defaultRuns } = options;
    checkSelection([...only, ...skip], casesFor({ uri: url?.uri ?? { secure: false }, runs }), 'verify');
    const expected = readExpectations(options);
    checkPlaces(options);
    const server = url === undefined ? await startServer({ port: 0 }) : undefined;
    try {
      finish(
        await interruptible((signal) =>
          judge(url ?? urlOf(server?.url), options, expected, signal, server !== undefined),
        ),
      );
    } finally {
      await server?.stop();
    }
  });
  return command as unknown as AnyCommand;
}

function urlOf(text = ''): Url {
  const parsed = parseUri(text);
  if (!parsed.ok) throw new UsageError(parsed.refusal.says);
  return { text, uri: parsed.uri };
}

async function judge(
  { text, uri }: Url,
  options: Options,
  expected: ExpectedFindings | undefined,
  signal: AbortSignal,
  isOwn: boolean,
): Promise<ExitStatus> {
  const { runs = defaultRuns, subprotocol = [], header = [], timeout, reading, replay } = options;
  const terminal = createTerminal({ color: options.color, quiet: options.quiet === true });
  const target: Target = {
    uri,
    subprotocols: subprotocol,
    fields: header,
    timeout,
    runs,
    allRuns: options.runs !== undefined,
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    ...(reading === undefined ? {} : { chosen: reading }),
  };
  checkRequest(target);
  const verification = await verify({
    ...selectionOf(options),
    target,
    tls: trustOf(options),
    shownTarget: text,
    // The reference server is started anew for each run, at another port.
    command: isOwn ? 'hybi verify' : `hybi verify ${quoted(text)}`,
    sameOptions: sameOptions(options),
    version: packageVersion(),
    signal,
    echo: options.echo,
    bail: options.bail === true,
    segmentations: options.segmentations === true,
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...(replay === undefined ? {} : { replay }),
    onBaseline: (says) => {
      if (options.quiet !== true && options.json !== '-') terminal.out(`${text} ${says}\n`);
    },
    onProgress: ({ done, total, failed, current }) => {
      terminal.status(`${done}/${total}  ${failed} failed  ${current}`);
    },
  });
  terminal.status('');
  const { report, refused } = reachedOf(verification, text, target, signal);
  const [replayed] = report.cases;
  if (replay !== undefined && options.json !== '-' && replayed !== undefined) {
    terminal.out(`${transcriptOf(replayed, 'server').join('\n')}\n`);
  }
  const status = putOut(report, options, terminal, expected);
  if (refused !== undefined) {
    const hint = refusalHint(refused.status, target);
    throw new RunError(`${text} does not accept a right opening handshake (${refused.why}): ${hint}`);
  }
  if (signal.aborted) throw new RunError('interrupted: the report has only the cases that were done');
  return status;
}

/** @throws RunError that says what to try, where there is nobody to judge */
function reachedOf(
  verification: Verification,
  text: string,
  target: Target,
  signal: AbortSignal,
): Extract<Verification, { readonly kind: 'report' }> {
  if (verification.kind === 'report') return verification;
  if (signal.aborted) throw new RunError('interrupted');
  const { why } = verification;
  const hint =
    certificateHint(why) ??
    (why.includes('did not answer') ? silenceHint(target) : '; check that the server runs, or give another URL');
  throw new RunError(`${text} cannot be judged: ${why}${hint}`);
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
