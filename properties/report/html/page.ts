import type { Comparison } from '../expectations.js';
import { type Markup, markup, type MarkupValue } from '../markup.js';
import type { PageAddresses } from '../pages.js';

/** A file of a report: its path inside the directory, with slashes, and its text. */
export interface ReportFile {
  readonly path: string;
  readonly text: string;
}

/** The files that are no pages. */
export const assets = { stylesheet: 'style.css', script: 'report.js' } as const;

/** A page before its frame. */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly body: MarkupValue;
  /** Where the page lies under the directory: `../` for those one deeper. */
  readonly up?: string;
  readonly foot: string;
}

/** What the pages of a report have in common. */
export interface PageFacts {
  readonly foot: string;
  readonly comparison: Comparison | undefined;
  /** Where the documentation lies, if that is known. */
  readonly addresses: PageAddresses | undefined;
}

/** The whole page: it loads nothing from the network. */
export function renderPage({ path, title, body, up = '', foot }: Page): ReportFile {
  const home = up === '' ? undefined : markup`<header><a href="${up}index.html">All cases</a></header>`;
  const script = up === '' ? markup`<script src="${assets.script}" defer="defer"></script>` : undefined;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>${title} · hybi-spec</title>
<link rel="icon" href="data:,"/>
<link rel="stylesheet" href="${up}${assets.stylesheet}"/>
${script}</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${home}<main id="content">
<h1>${title}</h1>
${body}
</main>
<footer><p>${foot}</p></footer>
</body>
</html>
`;
  return { path, text: page.markup };
}

/** A verdict or a status, as a word with its colour. */
export const chip = (word: string): Markup => markup`<span class="v ${word}">${word}</span>`;

/** A figure for each word, largest concern first. */
export function figures(counts: readonly (readonly [string, number])[]): Markup {
  return markup`<ul class="totals">${counts.map(([word, count]) => markup`<li><b>${count}</b>${chip(word)}</li>`)}</ul>
`;
}

/** The form that filters rows; hidden until the script shows it. */
export function filterForm(options: {
  readonly verdicts?: readonly string[];
  readonly sections?: readonly string[];
  readonly differing?: string;
}): Markup {
  const { verdicts = [], sections = [], differing } = options;
  const boxes = verdicts.map(
    (word) =>
      markup`<label><input type="checkbox" name="verdict" value="${word}" checked="checked"/> ${chip(word)}</label>`,
  );
  return markup`<form data-filter="rows" hidden="hidden" aria-label="Filter">
${verdicts.length === 0 ? undefined : markup`<fieldset><legend>Verdict</legend>${boxes}</fieldset>`}
${
  sections.length === 0
    ? undefined
    : markup`<label class="field"><span class="label">Section</span><select name="section"><option value="">all</option>${sections.map((name) => markup`<option>${name}</option>`)}</select></label>`
}
${differing === undefined ? undefined : markup`<label><input type="checkbox" name="differing"/> ${differing}</label>`}
<label class="field"><span class="label">Text</span><input type="search" name="text" autocomplete="off"/></label>
<button type="reset">Show all</button>
<span class="quiet" data-count="rows" role="status"></span>
</form>
`;
}
