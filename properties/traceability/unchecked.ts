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
const notBuiltYet: readonly Group[] = [
  {
    reason: 'not built yet: TLS',
    clauses: [
      'draft-06/5.1/tls-handshake',
      'draft-06/5.1/tls-failure',
      'draft-06/5.1/tls-tunnel',
      'draft-06/5.1/tls-server-name',
      'draft-06/5.2.2/tls-handshake',
      'draft-06/5.2.2/tls-failure',
      'draft-06/5.2.2/tls-tunnel',
      'draft-06/10.2/encrypted',
      'draft-06/10.2/only-operation',
    ],
  },
  {
    reason: 'not built yet: connecting through proxies',
    clauses: ['draft-06/5.1/proxy-connected', 'draft-06/5.1/proxy-opens', 'draft-06/5.1/proxy-script-uri'],
  },
  {
    reason: 'not built yet: a client that has several connections and knows of each',
    clauses: [
      'draft-06/5.1/wait-for-connecting',
      'draft-06/5.1/one-connecting-per-address',
      'draft-06/5.1/attempts-serialized',
      'draft-06/5.1/unknown-addresses-distinct',
      'draft-06/5.1/limit-of-connecting',
    ],
  },
  {
    reason: 'not built yet: the compression extension',
    clauses: [
      'draft-06/8.1/order-of-operations',
      'draft-06/8.2.1/no-extension-data',
      'draft-06/8.2.1/no-reserved-bits',
      'draft-06/8.2.1/all-bytes-deflated',
      'draft-06/8.2.1/control-messages-too',
      'draft-06/8.2.1/blocks-of-both-kinds',
      'draft-06/8.2.1/not-delayed',
      'draft-06/8.2.1/messages-may-share-byte',
    ],
  },
  {
    reason: 'not built yet: HTTP timeouts of clients, servers and intermediaries',
    clauses: [
      'http-timeout-00/3/end-to-end',
      'http-timeout-00/3/maximum-wait',
      'http-timeout-00/3/client-adds',
      'http-timeout-00/3/client-sets-maximum',
      'http-timeout-00/3/server-interprets',
      'http-timeout-00/3/client-allows-for-delays',
      'http-timeout-00/3/server-may-lower',
      'http-timeout-00/3/server-may-be-late',
      'http-timeout-00/3.1/passed-on',
      'http-timeout-00/3.1/no-impact',
      'http-timeout-00/3.1/shorter-timeout',
      'http-timeout-00/3.1/gateway-timeout',
      'http-timeout-00/3.1/transparent',
      'http-timeout-00/3.1/non-compliant',
      'http-timeout-00/3.1/server-may-guess',
      'http-timeout-00/3.1/client-may-revise',
      'http-timeout-00/3.1/knowledge-expires',
      'http-timeout-00/4/hop-by-hop',
      'http-timeout-00/4/minimum-idle-time',
      'http-timeout-00/4/either-host',
      'http-timeout-00/4/value-is-policy',
      'http-timeout-00/4/idle',
      'http-timeout-00/4/integer-seconds',
      'http-timeout-00/4/single-connection',
      'http-timeout-00/4/removed-by-the-unknowing',
      'http-timeout-00/4/may-keep-longer',
      'http-timeout-00/4/kept-as-long-as-said',
      'http-timeout-00/4/client-allows-for-delays',
      'http-timeout-00/4.1/discarded',
      'http-timeout-00/4.1/transparent',
      'http-timeout-00/4.1/may-drop-any-time',
      'http-timeout-00/4.1/host-may-revise',
      'http-timeout-00/4.2/can-apply',
      'http-timeout-00/4.2/may-assume',
      'http-timeout-00/5/may-close-sooner',
    ],
  },
];

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
      'draft-06/5.1/origin-ascii-serialization',
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
  {
    reason: 'by reading R-314 a host name outside ASCII is refused, so that none is left to convert',
    clauses: [
      'draft-06/10.1/host-by-idna',
      'draft-06/10.1/idna-flags',
      'draft-06/10.1/converted-host',
      'draft-06/10.2/host-by-idna',
      'draft-06/10.2/idna-flags',
      'draft-06/10.2/converted-host',
    ],
  },
  {
    reason: 'says what the header field is good for; the checks of the client in section 5.1 do not use it',
    clauses: ['draft-06/10.7/lets-clients-verify'],
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
