#!/usr/bin/env node
import { Command, CommanderError } from '@commander-js/extra-typings';
import { exitStatus, type ExitStatus, RunError, UsageError } from './usage.js';
import { packageVersion } from './version.js';

type Finish = (status: ExitStatus) => void;

/** Every command, in the order of `--help`. Only the one that is asked for is loaded: most of the time of a start. */
const loaders = {
  serve: async () => (await import('./serve.js')).serveCommand(),
  verify: async (finish: Finish) => (await import('./verify.js')).verifyCommand(finish),
  'verify-client': async (finish: Finish) => (await import('./verify-client.js')).verifyClientCommand(finish),
  merge: async (finish: Finish) => (await import('./merge.js')).mergeCommand(finish),
  cases: async () => (await import('./cases.js')).casesCommand(),
  proxy: async (finish: Finish) => (await import('./proxy.js')).proxyCommand(finish),
  check: async (finish: Finish) => (await import('./check.js')).checkCommand(finish),
  connect: async (finish: Finish) => (await import('./connect.js')).connectCommand(finish),
  decode: async (finish: Finish) => (await import('./decode.js')).decodeCommand(finish),
  clauses: async () => (await import('./clauses.js')).clausesCommand(),
  faults: async () => (await import('./faults.js')).faultsCommand(),
  readings: async () => (await import('./readings.js')).readingsCommand(),
  docs: async () => (await import('./docs.js')).docsCommand(),
  vectors: async () => (await import('./vectors.js')).vectorsCommand(),
} as const satisfies Readonly<Record<string, (finish: Finish) => Promise<Command>>>;

/** The command that the line begins with, or all of them where it begins with none. */
function loadCommands(finish: Finish): Promise<readonly Command[]> {
  const [, , name] = process.argv;
  const chosen = Object.entries(loaders).filter(([known]) => known === name);
  const wanted = chosen.length > 0 ? chosen : Object.entries(loaders);
  return Promise.all(wanted.map(([, load]) => load(finish)));
}

/** The only place that ends the process. */
async function main(): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.fine;
  const finish = (value: ExitStatus): void => {
    status = value;
  };
  // Whoever reads our output may have read enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const program = new Command('hybi')
    .description('The executable specification of the WebSocket protocol of March 2011 (draft-06).')
    .version(packageVersion(), '-v, --version', 'print the version')
    .helpCommand(false)
    .addHelpText('after', '\nhybi COMMAND --help explains a command, with examples.');
  const commands = await loadCommands(finish);
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) {
    command.exitOverride();
    // Errors are printed below, in one line; help and version are printed as they are.
    command.configureOutput({ writeErr: () => undefined });
  }
  if (process.argv.length <= 2) {
    process.stdout.write(program.helpInformation());
    return exitStatus.usage;
  }
  try {
    await program.parseAsync();
    return status;
  } catch (error) {
    return report(error);
  }
}

/** The help that whoever mistyped an option needs: that of the command, where there is one. */
function helpOf(): string {
  const [, , name = ''] = process.argv;
  return Object.hasOwn(loaders, name) ? `hybi ${name} --help` : 'hybi --help';
}

/** One line on standard error, and the status that belongs to it. */
function report(error: unknown): ExitStatus {
  if (error instanceof CommanderError && error.exitCode === 0) return exitStatus.fine;
  const known = error instanceof CommanderError || error instanceof UsageError || error instanceof RunError;
  const message = error instanceof Error ? error.message : String(error);
  const line = message
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*?') is invalid for argument '(\w+)'\. /, '$1 is no $2: ')
    .replace(' is invalid. ', ' is invalid: ')
    .replace(/\.\s*$/, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  if (process.env['HYBI_DEBUG'] === '1' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  if (error instanceof CommanderError) process.stderr.write(`hybi: ${line}; ${helpOf()} lists what there is\n`);
  else if (known) process.stderr.write(`hybi: ${line}\n`);
  else process.stderr.write(`hybi: ${line} (a defect of hybi; HYBI_DEBUG=1 shows where)\n`);
  return error instanceof CommanderError || error instanceof UsageError ? exitStatus.usage : exitStatus.unfinished;
}

process.exitCode = await main();
