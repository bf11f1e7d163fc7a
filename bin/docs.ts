import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from '@commander-js/extra-typings';
import type { SiteFile } from '../docs/chapter.js';
import type { SiteOptions } from '../docs/page.js';
import { oneOf } from './options.js';
import { checkDirectory } from './places.js';
import { createTerminal, type Terminal } from './terminal.js';
import { RunError } from './usage.js';
import { packageVersion } from './version.js';

const examples = `
Examples:
  hybi docs                                  writes the site to ./site
  hybi docs --out build/docs                 writes it there; open index.html in a browser
  hybi docs --format markdown --out docs/ws  writes the same as Markdown, with pictures as SVG files
  hybi docs --api api/index.html             links to a reference of the API that lies in the site

Nothing in the site asks the network for anything, and every link is relative: it may lie on a disk or on any static
host. Where it lies on a host, HYBI_DOCS=https://host/path/ makes every command of hybi print whole addresses.`;

/** `hybi docs --out DIR`: the documentation of the protocol's states. */
export function docsCommand(): Command {
  const command = new Command('docs')
    .summary('write the documentation site')
    .description("Writes the documentation of the protocol's states, drawn from the machine that runs.")
    .option('--out <directory>', 'where to; it is made if it is not there', 'site')
    .option('--format <format>', 'html for a browser, markdown for a repository', oneOf('html', 'markdown'), 'html')
    .option('--api <page>', 'link to an API reference at this address, relative to the site')
    .option('--quiet', 'print nothing')
    .addHelpText('after', examples);
  command.action(async ({ out, format, api, quiet = false }) => {
    const terminal = createTerminal({ color: false, quiet });
    const site: SiteOptions = { version: packageVersion(), ...(api === undefined ? {} : { api }) };
    try {
      checkDirectory('--out', out);
      const files = await build(format, site, terminal);
      terminal.status(`writing ${files.length} files`);
      const { writeFiles } = await import('../docs/site.js');
      await writeFiles(out, files);
      terminal.status('');
      if (!quiet) terminal.out(`${files.length} files in ${out}; ${howToOpen(out, format)}\n`);
    } catch (error) {
      if (error instanceof Error && 'code' in error) {
        throw new RunError(`the site cannot be written: ${error.message}; give another directory with --out`);
      }
      throw error;
    }
  });
  return command;
}

/** The layout library is large, and the other commands do without it. */
async function build(format: 'html' | 'markdown', site: SiteOptions, terminal: Terminal): Promise<readonly SiteFile[]> {
  terminal.status('laying out the states, running the examples');
  if (format === 'html') return (await import('../docs/site.js')).buildSite(site);
  const { buildMarkdown } = await import('../docs/markdown/site.js');
  return buildMarkdown(site, (done, all) => {
    terminal.status(`page ${done} of ${all}`);
  });
}

function howToOpen(out: string, format: 'html' | 'markdown'): string {
  if (format === 'markdown') return `begin with ${out}/index.md`;
  return `open ${pathToFileURL(resolve(out, 'index.html')).href}`;
}
