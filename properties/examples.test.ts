import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/*
 * The examples of the verifier as a library are run. An example is a `ts` block behind `@example` that imports from
 * `hybi-spec`; it says by `console.assert` what it comes to.
 */

interface Example {
  readonly file: string;
  readonly code: string;
}

function examplesIn(directory: string): readonly Example[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(directory, file), 'utf8');
      const blocks = [...text.matchAll(/@example\n \* ```ts\n([\s\S]*?) \* ```/g)].map(([, block = '']) => block);
      return blocks.map((block) => ({ file, code: block.replace(/^ \* ?/gm, '') }));
    })
    .filter(({ code }) => /from 'hybi-spec/.test(code));
}

test('the examples of the verifier as a library do what they say', () => {
  const examples = examplesIn('properties');
  expect(examples.length).toBeGreaterThanOrEqual(18);
  // Inside the package its own name leads to what was built.
  const directory = mkdtempSync(join('dist', 'examples-'));
  try {
    const files = examples.map(({ code }, at) => {
      const name = `example-${at}.mjs`;
      writeFileSync(join(directory, name), code);
      return name;
    });
    const imports = files.map(
      (name, at) => `console.log(${JSON.stringify(examples[at]?.file)});await import('./${name}');`,
    );
    writeFileSync(join(directory, 'all.mjs'), imports.join('\n'));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(directory, 'all.mjs')], { encoding: 'utf8' });
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
