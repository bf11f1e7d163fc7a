import { type Clause, type DocumentName, documentOf, documents, sectionOf } from '../../spec/clause.js';
import { type ClauseId, clauses } from '../../spec/clauses.js';
import { allReadings } from '../../spec/readings/index.js';
import type { StateGraph } from '../graph.js';
import { type Markup, markup } from '../html.js';
import { linkToReading, linkToState, linkToTransition } from '../links.js';
import { parts } from '../navigation.js';
import type { Chapter, SiteContext } from '../chapter.js';
import { type Page, table } from '../page.js';

/** The page of the clauses: every document by section, each clause with what rests on it. */
export function clausesChapter({ graphs }: SiteContext): Chapter {
  const places = placesOf(graphs);
  const names = (Object.keys(documents) as DocumentName[]).filter((name) =>
    clauses.some(({ id }) => documentOf(id) === name),
  );
  const page: Page = {
    path: parts.clauses.file,
    part: 'clauses',
    title: 'Clauses',
    summary: `The ${clauses.length} normative sentences, restated in other words, each under an address that does not change.`,
    body: markup`<p>A clause is kept or broken on the wire, or can be seen only from inside an endpoint, or by nobody; the column “Seen” says which. A definition is a sentence without a key word on which others rest.</p>
<nav aria-label="Sections">${names.map(contents)}</nav>
${names.map((name) => documentPart(name, places))}`,
  };
  return { pages: [page] };
}

function contents(name: DocumentName): Markup {
  const items = [...sectionsOf(name).keys()].map(
    (section) => markup`<li><a href="#${name}/${section}">${section}</a></li>`,
  );
  return markup`<p id="contents-${name}">${documents[name].title} (${name})</p><ul aria-labelledby="contents-${name}">${items}</ul>
`;
}

function documentPart(name: DocumentName, places: ReadonlyMap<string, readonly Markup[]>): Markup {
  const parts = [...sectionsOf(name)].map(
    ([section, list]) => markup`<h3 id="${name}/${section}">Section ${section}</h3>
${table(
  `Clauses of ${name}, section ${section}`,
  ['Clause', 'Level', 'Binds', 'Seen', 'Says', 'Where it acts'],
  list.map((clause) => clauseRow(clause, places.get(clause.id) ?? [])),
)}`,
  );
  return markup`<h2 id="${name}">${documents[name].title} <span class="quiet">(${documents[name].name})</span></h2>
${parts}`;
}

/** The clauses of a document by section, sections in the order of their numbers. */
function sectionsOf(name: DocumentName): ReadonlyMap<string, readonly Clause<ClauseId>[]> {
  const sections = new Map<string, Clause<ClauseId>[]>();
  for (const clause of clauses) {
    if (documentOf(clause.id) !== name) continue;
    const section = sectionOf(clause.id);
    sections.set(section, [...(sections.get(section) ?? []), clause]);
  }
  return new Map([...sections].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })));
}

function clauseRow({ id, level, binds, seen, unseen, says }: Clause<ClauseId>, places: readonly Markup[]): Markup {
  const why = unseen === undefined ? undefined : markup`<br/><span class="quiet">${unseen}</span>`;
  return markup`<tr id="${id}"><th scope="row" class="ids"><a href="#${id}"><code>${id}</code></a></th><td>${level}</td><td>${binds.join(', ')}</td><td>${seen}${why}</td><td class="says">${says}</td><td>${listOfPlaces(places)}</td></tr>
`;
}

function listOfPlaces(places: readonly Markup[]): Markup | undefined {
  if (places.length === 0) return undefined;
  const list = markup`<ul>${places.map((place) => markup`<li>${place}</li>`)}</ul>`;
  return places.length <= 3 ? list : markup`<details><summary>${places.length} places</summary>${list}</details>`;
}

/** For each clause the readings that turn on it, and the states and transitions that stand for it. */
function placesOf(graphs: readonly StateGraph[]): ReadonlyMap<string, readonly Markup[]> {
  const places = new Map<string, Markup[]>();
  const note = (ids: readonly ClauseId[], place: Markup): void => {
    for (const id of ids) places.set(id, [...(places.get(id) ?? []), place]);
  };
  for (const reading of allReadings) note(reading.clauses, markup`reading ${linkToReading(reading)}`);
  for (const { role, states, transitions } of graphs) {
    for (const { path, clauses: ids } of states) note(ids, markup`${role}: ${linkToState(role, path)}`);
    for (const { id, clauses: ids } of transitions) note(ids, markup`${role}: ${linkToTransition(role, id)}`);
  }
  return places;
}
