import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';

/** Why no fault of a role breaks a clause that can be seen on the wire. */
export interface Excuse {
  readonly clause: ClauseId;
  readonly roles: readonly Role[];
  readonly reason: string;
}

const both: readonly Role[] = ['server', 'client'];

const of = (roles: readonly Role[], clause: ClauseId, reason: string): Excuse => ({ clause, roles, reason });

/** Leave of which whoever does nothing unusual makes use, or which what is done otherwise does not deny. */
const leave: readonly Excuse[] = [
  of(
    both,
    'draft-06/4.3/first-may-be-final',
    'every message that the reference peer sends in one frame makes use of it',
  ),
  of(
    both,
    'draft-06/4.3/extension-data-may-be-empty',
    'every frame of the reference peer makes use of it; data that is there breaks draft-06/4.3/no-extension-data',
  ),
  of(
    ['server'],
    'draft-06/5.2.1/origin-optional',
    'a server may decide by the origin (draft-06/5.2.2/origin-may-decide), and so refuse whoever names one, or none',
  ),
  of(
    ['server'],
    'draft-06/5.2.1/subprotocols-optional',
    'a server may refuse whom it likes, and so whoever names a subprotocol',
  ),
  of(
    ['client'],
    'draft-06/9/always-safe-to-disconnect',
    'it is said of a server that disconnects; whether a client comes again is its own matter',
  ),
  of(
    ['server'],
    'http-timeout-00/3/server-may-lower',
    'which limit of its own a server has shows when an answer takes so long, and cases ask for none that does',
  ),
  of(['server'], 'http-timeout-00/4.1/host-may-revise', 'it is about the requests of a host, and a server sends none'),
  of(
    ['client'],
    'http-timeout-00/5/may-close-sooner',
    'a connection of a client that is not idle is a WebSocket connection, which any policy may close (reading R-721)',
  ),
];

/** Sentences that say what a thing means, where each way to act is as right as another. */
const meaning: readonly Excuse[] = [
  of(
    ['server'],
    'draft-06/5.2.1/request-uri-is-resource-name',
    'which resources there are is for the server to say: to accept or refuse any Request-URI shows no reading of it',
  ),
  of(
    both,
    'draft-06/8.1/order-is-significant',
    'only one extension is registered, and no order shows in a list of one that both sides know',
  ),
  of(
    both,
    'draft-06/8.1/order-of-operations',
    'it takes two extensions in use that the tester knows, and only one is registered',
  ),
  of(
    ['client'],
    'draft-06/8.1/order-is-preference',
    'which extension a client would rather have shows in the order that it writes, and every order is a preference',
  ),
  of(
    ['client'],
    'draft-06/8.1/split-equals-combined',
    'a response has to list two extensions that the client requested and the tester knows, and only one is registered',
  ),
  of(
    both,
    'draft-06/4.3/extension-data-counted',
    'no registered extension has extension data; where none was negotiated, any breaks draft-06/4.3/no-extension-data',
  ),
  of(
    ['client'],
    'draft-06/4.8/extensions-allowed',
    'says that there can be extensions: a client that requests none, or any, agrees with it',
  ),
  of(
    ['server'],
    'http-timeout-00/3/server-interprets',
    'a server may be late, or answer in any way (reading R-3009), whatever it reads the value as',
  ),
  of(
    both,
    'http-timeout-00/4/either-host',
    'says who may tell a Connection-Timeout, and nobody has to (reading R-3004)',
  ),
  of(
    both,
    'http-timeout-00/4/single-connection',
    'whoever minds one connection for what was said on another does there what was nowhere excluded: it keeps or ends it',
  ),
];

/** What a client shows to a tester that plays the server, and what it does not. */
const outOfSight: readonly Excuse[] = [
  of(
    ['client'],
    'draft-06/3.1/default-port',
    'a URL without a port leads to port 80 or 443 of the machine, where a tester cannot count on being let listen',
  ),
  ...(
    [
      'draft-06/5.1/wait-for-connecting',
      'draft-06/5.1/one-connecting-per-address',
      'draft-06/5.1/attempts-serialized',
      'draft-06/5.1/limit-of-connecting',
    ] as const
  ).map((clause) =>
    of(
      ['client'],
      clause,
      'it takes one client that is told to open several connections at the same time, and a client under test is given one URL',
    ),
  ),
  of(['client'], 'draft-06/5.1/proxy-opens', 'it takes a client that was told of a proxy, and cases tell of none'),
  of(
    ['client'],
    'draft-06/5.1/tls-tunnel',
    'whoever lets a tunnel to the tester come to be, whose certificate nobody signed, breaks draft-06/5.1/tls-failure before',
  ),
  ...(
    [
      'draft-06/10.2/resource-name',
      'draft-06/10.2/other-components',
      'draft-06/10.2/others-as-utf-8',
      'draft-06/10.2/others-percent-encoded',
    ] as const
  ).map((clause) =>
    of(
      ['client'],
      clause,
      'stands in the Request-URI inside TLS, and whoever shows it to the tester, whose certificate nobody signed, breaks draft-06/5.1/tls-failure before; for ws 10.1 says the same',
    ),
  ),
  ...(['draft-06/10.2/host-by-idna', 'draft-06/10.2/converted-host'] as const).map((clause) =>
    of(
      ['client'],
      clause,
      'stands in Host inside TLS, and whoever shows it to the tester, whose certificate nobody signed, breaks draft-06/5.1/tls-failure before; for ws 10.1 says the same',
    ),
  ),
];

const ownHandshake = 'all that a client under test says in HTTP is its opening handshake: there is no elsewhere';

/** Header fields that stand where they belong, or are for the other role. */
const headerFields: readonly Excuse[] = [
  of(
    ['server'],
    'draft-06/10.9/not-elsewhere',
    'a refusal may name the versions that are understood (draft-06/5.2.2/version-response), and an answer to plain HTTP can be one',
  ),
  ...(
    [
      'draft-06/10.4/not-elsewhere',
      'draft-06/10.5/not-elsewhere',
      'draft-06/10.6/not-elsewhere',
      'draft-06/10.7/not-elsewhere',
      'draft-06/10.8/not-elsewhere',
      'draft-06/10.9/not-elsewhere',
    ] as const
  ).map((clause) => of(['client'], clause, ownHandshake)),
  of(
    ['client'],
    'draft-06/10.5/from-both',
    'a client speaks first, and whether it requests extensions is its own matter',
  ),
  of(
    ['client'],
    'draft-06/10.6/in-handshake',
    'it is the server that uses it there; a client that sends it breaks draft-06/10.6/from-server',
  ),
  of(['client'], 'draft-06/10.7/in-handshake', 'a client that is no browser may name an origin, or none'),
];

const upgraded =
  'a connection of a client to the tester is upgraded at once, and whether the time applies there is left open (http-timeout-00/4.2/can-apply)';

const upgradedClauses = [
  'http-timeout-00/4/minimum-idle-time',
  'http-timeout-00/4/idle',
  'http-timeout-00/4/kept-as-long-as-said',
] as const satisfies readonly ClauseId[];

/** Every clause on the wire that no fault of a role breaks, each with the reason. */
export const withoutFault: readonly Excuse[] = [
  ...leave,
  ...meaning,
  ...outOfSight,
  ...headerFields,
  ...upgradedClauses.map((clause) => of(['client'], clause, upgraded)),
];
