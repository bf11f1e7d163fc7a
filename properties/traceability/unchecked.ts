import type { Clause } from '../../spec/clause.js';
import type { ClauseId } from '../../spec/clauses.js';

/*
 * Clauses that neither a law nor a case checks, each with the reason. What nobody can see has its reason in the
 * catalogue and needs none here. A reason that has become wrong, because something checks the clause by now, fails the
 * tests, just as a clause without a reason does.
 */

interface Group {
  readonly reason: string;
  readonly clauses: readonly ClauseId[];
}

/** Parts of the project that are planned and not there yet. */
const notBuiltYet: readonly Group[] = [];

/** What cannot be checked here, or where there is nothing to check. */
const beyondReach: readonly Group[] = [
  {
    reason: 'grants leave for the inside of an endpoint, which nothing can break',
    clauses: ['draft-06/2/equivalent-implementation', 'draft-06/5.1/offload', 'draft-06/5.2/offload'],
  },
  {
    reason: 'the strength of a source does not show in its numbers; impl/entropy.ts asks the operating system',
    clauses: ['draft-06/4.2/key-strong-entropy'],
  },
  {
    reason: 'binds browsers, which know the origin of a script; the clients here are told an origin',
    clauses: [
      'draft-06/5.1/origin-from-browser',
      'draft-06/5.2.1/origin-from-all-browsers',
      'draft-06/5.2.2/origin-meaning',
      'draft-06/9/origin-can-be-false',
    ],
  },
  {
    reason: 'is about what a server believes, and not about what it does',
    clauses: ['draft-06/5.2.1/no-origin-no-browser', 'draft-06/9/careful-about-origin', 'draft-06/9/unexpected-access'],
  },
  {
    reason: 'binds the authors of applications, who are not here',
    clauses: ['draft-06/7.4.2/3000-3999-not-applications'],
  },
];

/** The groups, one reason each. */
export const uncheckedGroups: readonly Group[] = [...notBuiltYet, ...beyondReach];

const reasons = new Map<ClauseId, string>(
  uncheckedGroups.flatMap(({ reason, clauses }) => clauses.map((id) => [id, reason] as const)),
);

/** Why nothing checks a clause: because it says so here, or because nobody can see it. */
export function reasonOf({ id, seen, unseen }: Clause<ClauseId>): string | undefined {
  return reasons.get(id) ?? (seen === 'nobody' ? unseen : undefined);
}
