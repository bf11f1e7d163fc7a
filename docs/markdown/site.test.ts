import { posix } from 'node:path';
import { marked } from 'marked';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SiteFile } from '../chapter.js';
import type { Page } from '../page.js';
import { composeSite } from '../site.js';
import { scanMarkup } from '../well-formed.js';
import { markdownPath, turnSite } from './site.js';

/** Layouts take a second each, and more where other work is done beside them. */
const patience = 60_000;

/** The text without what stands in code, where anything may stand. */
const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '').replace(/(`+)[\s\S]*?\1/g, '');

describe('the site in Markdown', () => {
  let pages: readonly Page[];
  let files: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const content = await composeSite();
    ({ pages } = content);
    files = new Map(turnSite(content).map(({ path, text }: SiteFile) => [path, text]));
  }, patience);

  test('has every page, under its name', () => {
    const missing = pages.filter(({ path, title }) => !files.get(markdownPath(path))?.includes(`\n# ${title}\n`));
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  test('keeps every anchor of the text', () => {
    for (const { path, body } of pages) {
      const text = files.get(markdownPath(path)) ?? '';
      const scan = scanMarkup(body.markup.replace(/<svg\b[\s\S]*?<\/svg>|<fieldset[^>]*>[\s\S]*?<\/fieldset>/g, ''));
      const ids = scan.ok ? scan.elements.flatMap(({ attributes }) => attributes.get('id') ?? []) : ['not well-formed'];
      expect(
        ids.filter((id) => !text.includes(`<a id="${id}"></a>`)),
        path,
      ).toEqual([]);
    }
  });

  test('has only links that lead somewhere', () => {
    const broken: string[] = [];
    for (const [path, text] of files) {
      const targets = path.endsWith('.md')
        ? [...withoutCode(text).matchAll(/\]\(([^\s)]+)(?: "[^\n]*?")?\)/g)].map(([, target = '']) => target)
        : path.endsWith('.svg')
          ? [...text.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target)
          : [];
      for (const target of targets) {
        const [file = '', anchor] = target.replaceAll('\\', '').split('#');
        const place = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
        const there = files.get(place);
        const isThere = there !== undefined && (anchor === undefined || there.includes(`id="${anchor}"`));
        if (!isThere) broken.push(`${target} in ${path}`);
      }
    }
    expect([...new Set(broken)]).toEqual([]);
  });

  test('has no markup left but anchors and line breaks, and tables that a reader of Markdown knows', () => {
    for (const [path, text] of files) {
      if (!path.endsWith('.md')) continue;
      const tags = [...withoutCode(text).matchAll(/(?<!\\)<\/?([a-z][a-z0-9]*)/g)].map(([, name]) => name);
      expect(
        [...new Set(tags)].filter((name) => name !== 'a' && name !== 'br'),
        path,
      ).toEqual([]);
    }
    const html = marked.parse(files.get('clauses.md') ?? '', { async: false });
    expect(html.match(/<table>/g)?.length).toBe(
      pages.find(({ path }) => path === 'clauses.html')?.body.markup.match(/<table/g)?.length,
    );
  });
});
