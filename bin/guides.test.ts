import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultOf } from '../properties/faults/index.js';

/*
 * What the guides say is run: programs in JavaScript, and commands as far as they are cheap. Of all other commands the
 * options have to exist.
 */

interface Block {
  readonly guide: string;
  readonly language: string;
  readonly code: string;
}

const blocks: readonly Block[] = readdirSync('docs/guides')
  .filter((file) => file.endsWith('.md'))
  .flatMap((guide) => {
    const text = readFileSync(join('docs/guides', guide), 'utf8');
    return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
      guide,
      language,
      code,
    }));
  });

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (file: string, ...args: readonly string[]): Ended =>
  spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', timeout: 30_000 });

/** Runs programs that stand inside the package, where its own name leads to what was built. */
function runInside(files: ReadonlyMap<string, string>, main: string): Ended {
  const directory = mkdtempSync(join('dist', 'guides-'));
  try {
    for (const [name, text] of files) writeFileSync(join(directory, name), text);
    return run(join(directory, main));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The help of every command, from one process. */
function helps(): Readonly<Record<string, string>> {
  const program = `
    import { readdirSync } from 'node:fs';
    const helps = {};
    for (const file of readdirSync('dist/bin').filter((name) => name.endsWith('.js') && name !== 'hybi.js')) {
      for (const [name, make] of Object.entries(await import('../bin/' + file))) {
        if (!name.endsWith('Command')) continue;
        const command = make(() => undefined);
        helps[command.name()] = command.helpInformation();
      }
    }
    console.log(JSON.stringify(helps));`;
  const { stdout, stderr } = runInside(new Map([['helps.mjs', program]]), 'helps.mjs');
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Readonly<Record<string, string>>;
}

/** What stands in the blocks and inline as a call of the command, without comments and what is piped. */
const calls: readonly { readonly guide: string; readonly command: string; readonly options: readonly string[] }[] = [
  ...new Set(
    readdirSync('docs/guides').flatMap((guide) => {
      const text = readFileSync(join('docs/guides', guide), 'utf8').replace(/--spawn '[^']*'/g, '--spawn X');
      return [...text.matchAll(/\bhybi(?:-spec)? ([a-z-]+)([^\n`#|]*)/g)].map(
        ([, command = '', rest = '']) => `${guide} ${command} ${[...rest.matchAll(/--[a-z0-9-]+/g)].join(' ')}`,
      );
    }),
  ),
].map((line) => {
  const [guide = '', command = '', ...options] = line.trim().split(/\s+/);
  return { guide, command, options };
});

describe('the guides', () => {
  test('name only commands and options that exist', () => {
    const known = helps();
    expect(calls.length).toBeGreaterThan(40);
    for (const { guide, command, options } of calls) {
      const help = known[command];
      expect(help, `hybi ${command} in ${guide}`).toBeDefined();
      for (const option of options) expect(help, `${option} of hybi ${command} in ${guide}`).toContain(option);
    }
  });

  test('name only faults that exist', () => {
    const names = blocks.flatMap(({ code }) => [...code.matchAll(/--fault (\S+)/g)].map(([, name = '']) => name));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => faultOf(name) === undefined)).toEqual([]);
  });

  test('have programs that do what they say', () => {
    const programs = blocks.filter(({ language }) => language === 'js');
    expect(programs.length).toBeGreaterThanOrEqual(6);
    const files = programs.map(({ code }, at) => [`program-${at}.mjs`, code] as const);
    const imports = programs.map(
      ({ guide }, at) => `console.log(${JSON.stringify(guide)});await import('./program-${at}.mjs');`,
    );
    const { status, stdout, stderr } = runInside(new Map([...files, ['all.mjs', imports.join('\n')]]), 'all.mjs');
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
  });

  test('show what cheap commands print', () => {
    const cheap = blocks.flatMap(({ guide, code }) =>
      [...code.matchAll(/^\$ hybi ((?:decode|clauses|readings|cases) [^\n]*)\n((?:(?!\$ )[^\n]*\n)*)/gm)].map(
        ([, line = '', shown = '']) => ({ guide, line, shown }),
      ),
    );
    expect(cheap.length).toBeGreaterThan(3);
    for (const { guide, line, shown } of cheap) {
      const { status, stdout } = run('dist/bin/hybi.js', ...line.split(' '));
      expect(status, `${line} in ${guide}`).toBe(0);
      expect(stdout, `${line} in ${guide}`).toContain(shown.trimEnd());
    }
  });
});
