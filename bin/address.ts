import { addressOfCase, addressOfClause, addressOfFault, addressOfReading } from '../docs/address.js';
import type { PageAddresses } from '../properties/report/pages.js';
import type { ClauseId } from '../spec/clauses.js';

/**
 * The address of a page of the documentation as commands print it: below `HYBI_DOCS` where that is set, such as
 * `https://docs.example/ws/`; otherwise from the root of what `hybi docs` writes.
 */
function shown(address: string): string {
  const base = process.env['HYBI_DOCS'] ?? '';
  return base === '' || base.endsWith('/') ? `${base}${address}` : `${base}/${address}`;
}

/** The page of a clause. */
export const pageOfClause = (id: ClauseId): string => shown(addressOfClause(id));

/** The page of the section that a clause stands in. */
export const sectionPageOfClause = (id: ClauseId): string => shown(addressOfClause(id).replace(/#.*$/, ''));

/** The page of a reading. @param number such as `R-401` */
export const pageOfReading = (number: string): string => shown(addressOfReading(number));

/** The page of the chapter of cases that a case stands in. */
export const chapterPageOfCase = (id: string): string => shown(addressOfCase(id).replace(/#.*$/, ''));

/** The page of a fault or an oddity. */
export const pageOfFault = (name: string): string => shown(addressOfFault(name));

/** What is called like a case, and has no page: what is replayed, cut otherwise, or recorded. */
const isOwnToRun = (id: string): boolean => /^(?:connection-\d+|(?:client-)?segmented)\/|\/replay$/.test(id);

/** The pages that reports tell. */
export const pageAddresses: PageAddresses = {
  clause: pageOfClause,
  case: (id) => (isOwnToRun(id) ? undefined : shown(addressOfCase(id))),
  reading: pageOfReading,
};
