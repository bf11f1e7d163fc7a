import type { DocumentName } from '../../spec/clause.js';
import { clauseOf, type ClauseId } from '../../spec/clauses.js';
import { isChecked, type Row } from '../../properties/traceability/matrix.js';
import { addressOfClause, addressOfSection } from '../address.js';
import { type Place, rowsBySection } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import { parts } from '../navigation.js';
import type { Page } from '../page.js';
import { titleOfSection } from '../section-titles.js';
import {
  type Crumb,
  crumbs,
  entry,
  foldedList,
  listOfCases,
  listOfClauses,
  listOfPlaces,
  neighbours,
  plainFault,
  plainLaw,
  questions,
} from './parts.js';

type Places = ReadonlyMap<ClauseId, readonly Place[]>;

/** A page for each section: its clauses, each with everything that rests on it. */
export function sectionPages(places: Places): readonly Page[] {
  const sections = [...rowsBySection];
  return sections.map(([section, rows], at) =>
    sectionPage(section, rows, places, [crumbOf(sections[at - 1]?.[0]), crumbOf(sections[at + 1]?.[0])]),
  );
}

function crumbOf(section: string | undefined): Crumb | undefined {
  return section === undefined ? undefined : { address: addressOfSection(section), name: section };
}

function sectionPage(
  section: string,
  rows: readonly Row[],
  places: Places,
  [before, behind]: readonly [Crumb | undefined, Crumb | undefined],
): Page {
  const [document] = section.split('/') as [DocumentName];
  const checked = rows.filter(isChecked).length;
  return {
    path: addressOfSection(section),
    part: 'clauses',
    title: `${section} ${titleOfSection(section)}`,
    summary: `${rows.length} ${rows.length === 1 ? 'clause' : 'clauses'}, ${checked} checked.`,
    body: markup`${crumbs('clauses', { address: `${parts.clauses.file}#${document}`, name: document })}
<nav aria-label="Clauses of this section"><ul class="plain in-columns">${rows.map(
      ({ id, level }) =>
        markup`<li><a href="#${anchorOf(id)}"><code>${anchorOf(id)}</code></a> <small>${level}</small></li>`,
    )}</ul></nav>
${rows.map((row) => article(row, places.get(row.id) ?? []))}
${neighbours(before, behind)}`,
  };
}

const anchorOf = (id: ClauseId): string => addressOfClause(id).split('#')[1] ?? id;

const seenWords = { wire: 'on the wire', local: 'only from inside the endpoint', nobody: 'by nobody' } as const;

function article(row: Row, places: readonly Place[]): Markup {
  const { id, level, binds, seen, says, laws, cases, faults, readings, answers } = row;
  const { unseen } = clauseOf(id);
  const why = unseen === undefined ? undefined : markup` <small>(${unseen})</small>`;
  return markup`<article id="${anchorOf(id)}">
<h2><code>${id}</code></h2>
<p class="restated">${says}</p>
<p><span class="level">${level}</span> · binds ${binds.join(', ')} · seen ${seenWords[seen]}${why}</p>
${checkOf(row)}<dl>
${entry(
  'Laws',
  foldedList(
    laws.map(({ file, name }) => plainLaw(file, name)),
    'laws',
    4,
  ),
)}${entry('Cases', listOfCases(cases))}${entry(
    'Faults',
    foldedList(faults.map(plainFault), 'faults'),
  )}${entry('Readings', foldedList(questions(readings), 'readings'))}${entry(
    'Machine',
    listOfPlaces(places),
  )}${entry(row.document === 'requirements-02' ? 'Answered by' : 'Answers', listOfClauses(answers))}</dl>
</article>
`;
}

function checkOf(row: Row): Markup | undefined {
  if (row.through)
    return markup`<p>Checked through the clauses that answer it.</p>
`;
  if (isChecked(row)) return undefined;
  return markup`<p class="unchecked"><strong>Not checked:</strong> ${row.reason ?? 'nobody says why'}.</p>
`;
}
