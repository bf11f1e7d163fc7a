#!/usr/bin/env node
import { Command, CommanderError } from '@commander-js/extra-typings';
import { casesCommand } from './cases.js';
import { checkCommand } from './check.js';
import { clausesCommand } from './clauses.js';
import { connectCommand } from './connect.js';
import { decodeCommand } from './decode.js';
import { docsCommand } from './docs.js';
import { mergeCommand } from './merge.js';
import { proxyCommand } from './proxy.js';
import { serveCommand } from './serve.js';
import { exitStatus, type ExitStatus, RunError, UsageError } from './usage.js';
import { vectorsCommand } from './vectors.js';
import { verifyCommand } from './verify.js';
import { verifyClientCommand } from './verify-client.js';
import { packageVersion } from './version.js';

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
  const commands = [
    serveCommand(),
    verifyCommand(finish),
    verifyClientCommand(finish),
    mergeCommand(finish),
    casesCommand(),
    proxyCommand(finish),
    checkCommand(finish),
    connectCommand(finish),
    decodeCommand(finish),
    clausesCommand(),
    docsCommand(),
    vectorsCommand(),
  ];
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
  if (error instanceof CommanderError) process.stderr.write(`hybi: ${line}; hybi --help lists what there is\n`);
  else if (known) process.stderr.write(`hybi: ${line}\n`);
  else process.stderr.write(`hybi: ${line} (a defect of hybi; HYBI_DEBUG=1 shows where)\n`);
  return error instanceof CommanderError || error instanceof UsageError ? exitStatus.usage : exitStatus.unfinished;
}

process.exitCode = await main();
