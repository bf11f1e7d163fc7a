import {
  addressOfCase,
  addressOfClause,
  addressOfFault,
  addressOfLaw,
  addressOfReading,
  addressOfState,
  addressOfTransition,
} from '../address.js';
import type { ClauseId } from '../../spec/clauses.js';
import { readingOf } from '../../spec/readings/index.js';
import { groupBy, type Place } from '../evidence.js';
import { type Markup, markup, type MarkupValue } from '../html.js';
import { type Part, parts } from '../navigation.js';

/*
 * Small parts that several pages have. Their links have no titles: a page with hundreds of them would grow by half.
 */

/** A step of the way from the top of the site to a page. */
export interface Crumb {
  readonly address: string;
  readonly name: string;
}

/** The way to a page from the part that it belongs to. */
export function crumbs(part: Part, ...steps: readonly Crumb[]): Markup {
  const way = [{ address: parts[part].file, name: parts[part].name }, ...steps];
  return markup`<nav class="crumbs" aria-label="Way here"><ol>${way.map(
    ({ address, name }) => markup`<li><a href="~/${address}">${name}</a></li>`,
  )}</ol></nav>
`;
}

/** Links to the pages before and behind this one. */
export function neighbours(before: Crumb | undefined, behind: Crumb | undefined): Markup | undefined {
  if (before === undefined && behind === undefined) return undefined;
  const one = (crumb: Crumb | undefined, word: string): Markup | undefined =>
    crumb === undefined ? undefined : markup`<a href="~/${crumb.address}">${word}: ${crumb.name}</a>`;
  return markup`<nav class="neighbours" aria-label="Neighbours">${one(before, 'Before')} ${one(behind, 'Next')}</nav>
`;
}

/** A list that unfolds when it is long. @param what what is counted, in the plural */
export function foldedList(items: readonly MarkupValue[], what: string, atOnce = 6): Markup | undefined {
  if (items.length === 0) return undefined;
  const list = markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
  if (items.length <= atOnce) return list;
  return markup`<details><summary>${items.length} ${what}</summary>${list}</details>`;
}

/** A term and what is said of it, where something is. */
export function entry(term: string, value: Markup | string | undefined): Markup | undefined {
  return value === undefined || value === ''
    ? undefined
    : markup`<dt>${term}</dt><dd>${value}</dd>
`;
}

/** A link with the id alone. */
export const plainClause = (id: ClauseId): Markup => markup`<a href="~/${addressOfClause(id)}"><code>${id}</code></a>`;

/** Cases by chapter, since many share one: it is named once, then each case without it. */
export function listOfCases(ids: readonly string[]): Markup | undefined {
  if (ids.length === 0) return undefined;
  const chapters = [...groupBy(ids, (id) => id.split('/')[0] ?? id)];
  const lines = chapters.map(([chapter, some]) => {
    const links = some.map(
      (id, at) => markup`${at === 0 ? '' : ', '}<a href="~/${addressOfCase(id)}">${id.slice(chapter.length + 1)}</a>`,
    );
    return markup`<li><code>${chapter}/</code> ${links}</li>`;
  });
  const list = markup`<ul>${lines}</ul>`;
  return ids.length <= 24 ? list : markup`<details><summary>${ids.length} cases</summary>${list}</details>`;
}

/** A link with the name alone. */
export const plainFault = (name: string): Markup =>
  markup`<a href="~/${addressOfFault(name)}"><code>${name}</code></a>`;

/** Readings with their questions. */
export const questions = (numbers: readonly string[]): readonly Markup[] =>
  numbers.map((number) => {
    const link = markup`<a href="~/${addressOfReading(number)}">${number}</a>`;
    return markup`${link} ${readingOf(number)?.question ?? ''}`;
  });

/** A sentence whose readings are links to them. */
export function withReadings(says: string): MarkupValue {
  return says
    .split(/\b(R-\d+)\b/)
    .map((part, at) =>
      at % 2 === 1 && readingOf(part) !== undefined
        ? markup`<a href="~/${addressOfReading(part)}">${part}</a>`
        : markup`${part}`,
    );
}

/** A link to a law, by what it says. */
export const plainLaw = (file: string, name: string): Markup =>
  markup`<a href="~/${addressOfLaw(file, name)}">${name}</a>`;

/** Clauses by section, since many share one: it is named once, then each clause without it. */
export function listOfClauses(ids: readonly ClauseId[]): Markup | undefined {
  if (ids.length === 0) return undefined;
  const sections = [...groupBy(ids, (id) => id.slice(0, id.lastIndexOf('/')))];
  return markup`<ul>${sections.map(([section, some]) => {
    const links = some.map(
      (id, at) => markup`${at === 0 ? '' : ', '}<a href="~/${addressOfClause(id)}">${id.slice(section.length + 1)}</a>`,
    );
    return markup`<li><code>${section}/</code> ${links}</li>`;
  })}</ul>`;
}

/** States and transitions, each with the roles that have it. */
export function listOfPlaces(places: readonly Place[]): Markup | undefined {
  const names = [...groupBy(places, ({ name }) => name)];
  return foldedList(
    names.map(([name, some]) => {
      const links = some.map(({ role, kind }) => {
        const address = kind === 'state' ? addressOfState(role, name) : addressOfTransition(role, name);
        return markup` <a href="~/${address}">${role}</a>`;
      });
      return markup`<code>${name}</code>:${links}`;
    }),
    'places',
  );
}
