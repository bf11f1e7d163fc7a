import type { ClauseId } from '../spec/clauses.js';
import { meaning } from './machine-setup.js';

/**
 * How a state reacts when TCP goes away, or the application gives up, before anything was agreed.
 * @param target the final state
 * @param before what had not happened yet, for the words of the transitions
 */
export function lossOfTransport<Target extends string>(
  target: Target,
  before: string,
  ...clauses: readonly ClauseId[]
) {
  return {
    'transport.ended': {
      target,
      actions: ['endTransport', 'reportClosed'],
      meta: meaning(`The other side ended TCP before ${before}.`, 'draft-06/7.1.3/closed', ...clauses),
    },
    'transport.lost': {
      target,
      actions: ['reportClosed'],
      meta: meaning(`TCP broke before ${before}.`, 'draft-06/7.1.3/closed', ...clauses),
    },
    'local.drop': {
      target,
      actions: ['destroyTransport', 'reportClosed'],
      meta: meaning('The application gives the connection up.', 'draft-06/7.1.1/any-means'),
    },
  } as const;
}

/** How an established connection reacts when TCP goes away before both Closes have passed. */
export const lossBeforeCloses = lossOfTransport('#unclean', 'both Closes had passed', 'draft-06/7.1.3/cleanly');

/**
 * How a state reacts in which our direction of TCP is ended and only the end of the other direction is awaited.
 * @param target the final state
 */
export function drainOfTransport<Target extends string>(target: Target, ...clauses: readonly ClauseId[]) {
  return {
    'transport.ended': {
      target,
      actions: ['reportClosed'],
      meta: meaning('The other side ended TCP too.', 'draft-06/7.1.3/closed', ...clauses),
    },
    'transport.lost': {
      target,
      actions: ['reportClosed'],
      meta: meaning('TCP broke, which ends it as well.', 'draft-06/7.1.3/closed', ...clauses),
    },
    'timer.drop': {
      target,
      actions: ['destroyTransport', 'reportClosed'],
      meta: meaning('The other side keeps TCP open too long.', 'draft-06/7.1.1/any-means', ...clauses),
    },
    'local.drop': {
      target,
      actions: ['destroyTransport', 'reportClosed'],
      meta: meaning('The application does not wait for the end of TCP.', 'draft-06/7.1.1/any-means', ...clauses),
    },
  } as const;
}
