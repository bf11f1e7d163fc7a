import { Command } from '@commander-js/extra-typings';
import { RunError } from './usage.js';
import { packageVersion } from './version.js';

const examples = `
Examples:
  hybi docs                     writes the site to ./site
  hybi docs --out build/docs    writes it there; open index.html in a browser`;

/** `hybi docs --out DIR`: the documentation of the protocol's states. */
export function docsCommand(): Command {
  const command = new Command('docs')
    .summary('write the documentation site')
    .description("Writes the documentation of the protocol's states, drawn from the machine that runs.")
    .option('--out <directory>', 'where to', 'site')
    .option('--api <page>', 'link to an API reference at this address, relative to the site')
    .option('--quiet', 'print nothing')
    .addHelpText('after', examples);
  command.action(async (options) => {
    // The layout library is large, and the other commands do without it.
    const { writeSite } = await import('../docs/site.js');
    try {
      const { files } = await writeSite(options.out, {
        version: packageVersion(),
        ...(options.api === undefined ? {} : { api: options.api }),
      });
      if (options.quiet !== true) process.stdout.write(`${files.length} files in ${options.out}\n`);
    } catch (error) {
      if (error instanceof Error && 'code' in error) throw new RunError(`the site cannot be written: ${error.message}`);
      throw error;
    }
  });
  return command;
}
