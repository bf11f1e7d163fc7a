import type { Clause } from '../clause.js';

/** Sections 8 and 8.1: extensions and how they are negotiated. */
export const extensionClauses = [
  {
    id: 'draft-06/8/client-may-request',
    level: 'MAY',
    binds: ['client'],
    seen: 'wire',
    says: 'A client may request extensions.',
  },
  {
    id: 'draft-06/8/server-may-accept',
    level: 'MAY',
    binds: ['server'],
    seen: 'wire',
    says: 'A server may accept some or all of the extensions that the client requested.',
  },
  {
    id: 'draft-06/8/no-unrequested-extension',
    level: 'MUST NOT',
    binds: ['server'],
    seen: 'wire',
    says: 'A server does not respond with an extension that the client did not request.',
  },
  {
    id: 'draft-06/8/parameters-by-extension',
    level: 'MUST',
    binds: ['endpoint'],
    seen: 'wire',
    says: 'Parameters of an extension are chosen as the specification of that extension says.',
  },
  {
    id: 'draft-06/8.1/list-grammar',
    level: 'definition',
    binds: ['endpoint'],
    seen: 'wire',
    says: 'Sec-WebSocket-Extensions is a list of one or more extensions, each a token with parameters behind semicolons; a parameter is a token, with or without a value that is a token or a quoted string.',
  },
  {
    id: 'draft-06/8.1/split-equals-combined',
    level: 'definition',
    binds: ['receiver'],
    seen: 'wire',
    says: 'The header field split over several lines means the same as the values in one line.',
  },
  {
    id: 'draft-06/8.1/registered-or-private',
    level: 'MUST',
    binds: ['endpoint'],
    seen: 'wire',
    says: 'An extension token is registered or begins with "x-".',
  },
  {
    id: 'draft-06/8.1/parameters-defined',
    level: 'MUST',
    binds: ['endpoint'],
    seen: 'wire',
    says: 'Only parameters that the extension defines are supplied with it.',
  },
  {
    id: 'draft-06/8.1/only-if-accepted',
    level: 'MUST NOT',
    binds: ['client'],
    seen: 'wire',
    says: 'The client does not use an extension that the server did not accept.',
  },
  {
    id: 'draft-06/8.1/order-is-preference',
    level: 'definition',
    binds: ['client'],
    seen: 'wire',
    says: 'The order of the extensions in the request is the order of preference of the client.',
  },
  {
    id: 'draft-06/8.1/response-is-in-use',
    level: 'definition',
    binds: ['server'],
    seen: 'wire',
    says: 'The extensions in the response are those in use.',
  },
  {
    id: 'draft-06/8.1/order-of-operations',
    level: 'SHOULD',
    binds: ['endpoint'],
    seen: 'wire',
    says: 'Extensions operate on the data in the order of the response: for "foo, bar", bar works on the result of foo.',
  },
] as const satisfies readonly Clause[];

/** Section 9: what security asks of a server that reads from anybody. */
export const securityClauses = [
  {
    id: 'draft-06/9/unexpected-access',
    level: 'MUST',
    binds: ['server'],
    seen: 'local',
    unseen: 'what a server considers is not on the wire',
    says: 'A server considers that clients other than scripts of known origins may reach it in unexpected ways.',
  },
  {
    id: 'draft-06/9/input-not-trusted',
    level: 'SHOULD NOT',
    binds: ['server'],
    seen: 'wire',
    says: 'A server does not trust that any input is valid.',
  },
  {
    id: 'draft-06/9/verify-origin',
    level: 'SHOULD',
    binds: ['server'],
    seen: 'wire',
    says: 'A server that is not meant for every Web page verifies the origin.',
  },
  {
    id: 'draft-06/9/disconnect-on-bad-data',
    level: 'SHOULD',
    binds: ['server'],
    seen: 'wire',
    says: 'A server that meets data it does not understand, unsafe input or an unexpected opening handshake disconnects.',
  },
  {
    id: 'draft-06/9/always-safe-to-disconnect',
    level: 'definition',
    binds: ['endpoint'],
    seen: 'wire',
    says: 'To disconnect is always safe.',
  },
] as const satisfies readonly Clause[];
