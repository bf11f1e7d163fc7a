import { faults, oddities } from '../../properties/faults/index.js';
import { clauses } from '../../spec/clauses.js';
import { allReadings } from '../../spec/readings/index.js';
import {
  addressOfCase,
  addressOfClause,
  addressOfFault,
  addressOfReading,
  addressOfState,
  addressOfTerm,
} from '../address.js';
import { cases } from '../evidence.js';
import type { StateGraph } from '../graph.js';
import type { Page } from '../page.js';
import { terms } from '../terms.js';
import type { SearchEntry } from './entry.js';

/** Pages that are reached by what is on them, and would only repeat it. */
const isListed = ({ path }: Page): boolean => /^(?:cases|states)\//.test(path);

/** Everything that can be found, from the registries and the pages. */
export function collectEntries(graphs: readonly StateGraph[], pages: readonly Page[]): readonly SearchEntry[] {
  return [
    ...clauses.map(({ id, says }): SearchEntry => ({ kind: 'clause', name: id, says, address: addressOfClause(id) })),
    ...graphs.flatMap(({ role, states }) =>
      states.map(({ path, says }): SearchEntry => ({
        kind: 'state',
        name: path,
        says: `${role}: ${says}`,
        address: addressOfState(role, path),
      })),
    ),
    ...terms.map(({ term, says }): SearchEntry => ({ kind: 'term', name: term, says, address: addressOfTerm(term) })),
    ...allReadings.map(({ number, question }): SearchEntry => ({
      kind: 'reading',
      name: number,
      says: question,
      address: addressOfReading(number),
    })),
    ...pages
      .filter((page) => !isListed(page))
      .map(({ title, summary, path }): SearchEntry => ({ kind: 'page', name: title, says: summary, address: path })),
    ...cases.map(({ id, title }): SearchEntry => ({ kind: 'case', name: id, says: title, address: addressOfCase(id) })),
    ...[...faults, ...oddities].map(({ name, says }): SearchEntry => ({
      kind: 'fault',
      name,
      says,
      address: addressOfFault(name),
    })),
  ];
}
