import { documentOf, sectionOf, type Clause, type Level } from './clause.js';
import { clauses } from './clauses.js';
import type { SectionCount } from './count.js';
import { draft06SectionCounts } from './draft-06/section-counts.js';
import { httpTimeout00SectionCounts } from './http-timeout-00/section-counts.js';
import { requirements02SectionCounts } from './requirements-02/section-counts.js';

/**
 * The completeness of the catalogue, shown by figures: what a person who counts finds in each section (see count.ts for
 * the rules) beside what the catalogue has. In every section the key words less the idle ones plus the further clauses
 * are the clauses of a key word's level; a test holds this.
 */
export const sectionCounts = {
  ...draft06SectionCounts,
  ...requirements02SectionCounts,
  ...httpTimeout00SectionCounts,
} as const;

/** `document/section` of a section that has clauses, such as `draft-06/4.5.2`. */
export type SectionName = keyof typeof sectionCounts;

/** A section as counted in the text and as it stands in the catalogue. */
export interface SectionCoverage extends SectionCount {
  readonly section: SectionName;
  readonly clauses: number;
  readonly definitions: number;
}

/** `document/section` of a clause. */
export function sectionNameOf(clause: Clause): string {
  return `${documentOf(clause.id)}/${sectionOf(clause.id)}`;
}

/** The counts of the text and of the catalogue for every section, in reading order. */
export function sectionCoverage(): readonly SectionCoverage[] {
  return Object.entries(sectionCounts).map(([section, count]) => {
    const here = clauses.filter((clause) => sectionNameOf(clause) === section);
    return {
      section: section as SectionName,
      ...count,
      clauses: here.length,
      definitions: here.filter(({ level }) => level === ('definition' satisfies Level)).length,
    };
  });
}
