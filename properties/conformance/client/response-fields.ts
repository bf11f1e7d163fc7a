import { acceptOfKey, keyOfNonce } from '../../../model/accept.js';
import { serializeHead, type ResponseHead } from '../../../model/http-head.js';
import type { ClauseId } from '../../../spec/clauses.js';
import { headerNames } from '../../../spec/wire.js';
import type { ClientCase } from '../../verifier/case.js';
import { acceptFor, type Opening } from '../../verifier/client-tester.js';
import { withField } from '../head-lines.js';
import { expectAcceptance, lines, observeReaction, refusedResponse, sendWrong } from './reactions.js';

/** A response made of the right one. */
type Change = (right: ResponseHead, opening: Opening) => ResponseHead | Uint8Array;

/** A response to fail on: its name, the response as a noun, and how it is made. */
type Wrong = readonly [name: string, what: string, change: Change];

/** These values of a header field instead of the right one. */
const values =
  (name: string, ...wanted: readonly string[]): Change =>
  (right) =>
    withField(right, name, ...wanted);

/** A line written as it is, instead of the header field. */
const line =
  (name: string, written: (value: string) => string): Change =>
  (right) =>
    lines(right, (all) =>
      all.map((each) =>
        each.toLowerCase().startsWith(`${name.toLowerCase()}:`) ? written(each.slice(name.length + 1).trim()) : each,
      ),
    );

const { upgrade, connection, accept } = headerNames;

/** Responses that draft-06/5.1 tells a client to fail on, by the clause. */
const wrongFields: readonly (readonly [clause: ClauseId, wrong: readonly Wrong[]])[] = [
  [
    'draft-06/5.1/response-upgrade',
    [
      ['no-upgrade', 'a response without Upgrade', values(upgrade)],
      ['empty-upgrade', 'a response with an empty Upgrade', values(upgrade, '')],
      ['other-upgrade', 'a response with "Upgrade: h2c"', values(upgrade, 'h2c')],
      ['longer-upgrade', 'a response with "Upgrade: websocket2"', values(upgrade, 'websocket2')],
      ['shorter-upgrade', 'a response with "Upgrade: websocke"', values(upgrade, 'websocke')],
      ['spaced-upgrade', 'a response with "Upgrade: web socket"', values(upgrade, 'web socket')],
      ['quoted-upgrade', 'a response with Upgrade in quotes', values(upgrade, '"websocket"')],
    ],
  ],
  [
    'draft-06/5.1/response-connection',
    [
      ['no-connection', 'a response without Connection', values(connection)],
      ['empty-connection', 'a response with an empty Connection', values(connection, '')],
      ['other-connection', 'a response with "Connection: close"', values(connection, 'close')],
      ['keep-alive', 'a response with "Connection: keep-alive"', values(connection, 'keep-alive')],
      ['longer-connection', 'a response with "Connection: Upgraded"', values(connection, 'Upgraded')],
      ['websocket-as-connection', 'a response with "Connection: websocket"', values(connection, 'websocket')],
    ],
  ],
  [
    'draft-06/5.1/response-accept',
    [
      ['no-accept', 'a response without Sec-WebSocket-Accept', values(accept)],
      ['empty-accept', 'a response with an empty Sec-WebSocket-Accept', values(accept, '')],
      [
        'accept-of-other-key',
        'a response with the Sec-WebSocket-Accept of another key',
        values(accept, acceptOfKey('dGhlIHNhbXBsZSBub25jZQ==')),
      ],
      [
        'accept-of-empty-key',
        'a response with the Sec-WebSocket-Accept of an empty key',
        values(accept, acceptOfKey('')),
      ],
      [
        'accept-is-key',
        'a response with the key itself in Sec-WebSocket-Accept',
        (right, { request }) => withField(right, accept, request.key),
      ],
      [
        'accept-of-nonce',
        'a response with the hash of the decoded key',
        (right, { request }) => withField(right, accept, acceptOfKey(keyBytesAsText(request.key))),
      ],
      [
        'accept-in-lower-case',
        'a response with Sec-WebSocket-Accept in small letters',
        (right, opening) => withField(right, accept, otherCase(acceptFor(opening))),
      ],
      [
        'accept-without-padding',
        'a response with Sec-WebSocket-Accept without its padding',
        (right, opening) => withField(right, accept, acceptFor(opening).replace(/=+$/, '')),
      ],
      [
        'accept-cut',
        'a response with the first half of Sec-WebSocket-Accept',
        (right, opening) => withField(right, accept, acceptFor(opening).slice(0, 14)),
      ],
      [
        'accept-with-more',
        'a response with more behind the right Sec-WebSocket-Accept',
        (right, opening) => withField(right, accept, `${acceptFor(opening)}x`),
      ],
      [
        'accept-with-blank',
        'a response with a blank inside Sec-WebSocket-Accept',
        (right, opening) => withField(right, accept, acceptFor(opening).replace(/^.{8}/, '$& ')),
      ],
      [
        'accept-in-quotes',
        'a response with Sec-WebSocket-Accept in quotes',
        (right, opening) => withField(right, accept, `"${acceptFor(opening)}"`),
      ],
    ],
  ],
];

/** The key as its bytes would be, one character each: what a server hashes that decodes first. */
function keyBytesAsText(key: string): string {
  try {
    return atob(key);
  } catch {
    return `${key}, decoded`;
  }
}

/** The text with its letters in the other case; never the same, since an Accept has letters but in one of 10^10. */
function otherCase(value: string): string {
  const lower = value.toLowerCase();
  return lower === value ? value.toUpperCase() : lower;
}

/** Ways to write the right response. A client that fails on one does not read it as HTTP has it. */
const rightSpellings: readonly (readonly [name: string, clause: ClauseId, what: string, change: Change])[] = [
  [
    'upgrade-in-capitals',
    'draft-06/5.1/response-upgrade',
    'a response with "Upgrade: WEBSOCKET"',
    values(upgrade, 'WEBSOCKET'),
  ],
  [
    'upgrade-mixed',
    'draft-06/5.1/response-upgrade',
    'a response with "Upgrade: WebSocket"',
    values(upgrade, 'WebSocket'),
  ],
  [
    'connection-in-lower-case',
    'draft-06/5.1/response-connection',
    'a response with "Connection: upgrade"',
    values(connection, 'upgrade'),
  ],
  [
    'connection-in-capitals',
    'draft-06/5.1/response-connection',
    'a response with "Connection: UPGRADE"',
    values(connection, 'UPGRADE'),
  ],
  [
    'names-in-lower-case',
    'draft-06/5.1/response-validated',
    'a response with the names of header fields in small letters',
    (right) => ({ ...right, fields: right.fields.map(({ name, value }) => ({ name: name.toLowerCase(), value })) }),
  ],
  [
    'names-in-capitals',
    'draft-06/5.1/response-validated',
    'a response with the names of header fields in capitals',
    (right) => ({ ...right, fields: right.fields.map(({ name, value }) => ({ name: name.toUpperCase(), value })) }),
  ],
  [
    'fields-reversed',
    'draft-06/5.1/response-validated',
    'a response with its header fields in the reverse order',
    (right) => ({ ...right, fields: right.fields.toReversed() }),
  ],
  [
    'no-blank-behind-colon',
    'draft-06/5.1/response-validated',
    'a response without blanks behind the colons',
    (right) => lines(right, (all) => all.map((each) => each.replace(/^([\w-]+): /, '$1:'))),
  ],
  [
    'many-blanks-around-values',
    'draft-06/5.1/response-accept',
    'a response with blanks and tabs around its values',
    (right) => lines(right, (all) => all.map((each) => each.replace(/^([\w-]+): (.*)$/, '$1: \t  $2 \t '))),
  ],
  [
    'unknown-fields',
    'draft-06/5.1/response-validated',
    'a response with header fields that nobody knows',
    (right) => ({
      ...right,
      fields: [{ name: 'X-Hybi-Spec', value: '1' }, ...right.fields, { name: 'Sec-WebSocket-Hybi', value: '2' }],
    }),
  ],
  [
    'set-cookie',
    'draft-06/5.1/response-validated',
    'a response with Set-Cookie, Date and Server',
    (right) => ({
      ...right,
      fields: [
        { name: 'Date', value: 'Tue, 29 Mar 2011 12:00:00 GMT' },
        { name: 'Server', value: 'hybi-spec' },
        ...right.fields,
        { name: 'Set-Cookie', value: 'id=1; Path=/' },
        { name: 'Set-Cookie', value: 'other=2' },
      ],
    }),
  ],
];

/** Responses about which two readings are possible: what the client does is recorded. */
const openFields: readonly (readonly [
  name: string,
  clause: ClauseId,
  what: string,
  allowed: string,
  change: Change,
])[] = [
  [
    'second-upgrade-wrong',
    'draft-06/5.1/response-upgrade',
    'a response with a second, other Upgrade',
    'a failure by readings R-554 `alone` and R-592 `values-agree`, acceptance by others',
    values(upgrade, 'websocket', 'h2c'),
  ],
  [
    'first-upgrade-wrong',
    'draft-06/5.1/response-upgrade',
    'a response with another Upgrade in front',
    'a failure by readings R-554 `alone` and R-592 `values-agree`, acceptance by others',
    values(upgrade, 'h2c', 'websocket'),
  ],
  [
    'second-connection-wrong',
    'draft-06/5.1/response-connection',
    'a response with a second, other Connection',
    'a failure by readings R-503 `exact` and R-592 `values-agree`, acceptance by others',
    values(connection, 'Upgrade', 'close'),
  ],
  [
    'second-accept-wrong',
    'draft-06/5.1/response-accept',
    'a response with a second, other Sec-WebSocket-Accept',
    'a failure by reading R-592 `values-agree` or `refuse`, acceptance by `first`',
    (right, opening) => withField(right, accept, acceptFor(opening), keyOfNonce(new Uint8Array(16))),
  ],
  [
    'accept-folded',
    'draft-06/5.1/response-accept',
    'a response with Sec-WebSocket-Accept on a continuation line',
    'acceptance by reading R-589 `fold`, a failure by `refuse`',
    line(accept, (value) => `${accept}:\r\n ${value}`),
  ],
  [
    'connection-with-others',
    'draft-06/5.1/response-connection',
    'a response with "Connection: keep-alive, Upgrade"',
    'a failure by reading R-503 `exact`, acceptance by `token`',
    values(connection, 'keep-alive, Upgrade'),
  ],
  [
    'upgrade-with-others',
    'draft-06/5.1/response-upgrade',
    'a response with "Upgrade: h2c, websocket"',
    'a failure by reading R-554 `alone`, acceptance by `token`',
    values(upgrade, 'h2c, websocket'),
  ],
  [
    'upgrade-twice',
    'draft-06/5.1/response-upgrade',
    'a response with the right Upgrade twice',
    'acceptance by reading R-592 `values-agree`, a failure by `refuse`',
    values(upgrade, 'websocket', 'websocket'),
  ],
  [
    'connection-twice',
    'draft-06/5.1/response-connection',
    'a response with the right Connection twice',
    'acceptance by reading R-592 `values-agree`, a failure by `refuse`',
    values(connection, 'Upgrade', 'Upgrade'),
  ],
  [
    'accept-twice',
    'draft-06/5.1/response-accept',
    'a response with the right Sec-WebSocket-Accept twice',
    'acceptance by reading R-592 `values-agree`, a failure by `refuse`',
    (right, opening) => withField(right, accept, acceptFor(opening), acceptFor(opening)),
  ],
  [
    'blank-before-colon',
    'draft-06/5.1/response-validated',
    'a response with blanks in front of the colons',
    'acceptance by reading R-590 `accept`, a failure by `refuse`',
    (right) => lines(right, (all) => all.map((each) => each.replace(/^([\w-]+): /, '$1 : '))),
  ],
];

const failing = ['draft-06/7.1.4/fail-is-close', 'draft-06/7.2.1/fail-is-close', 'draft-06/5.1/may-read-on'] as const;

/** Section 5.1, the end: the header fields of the response. */
export const clientResponseFieldCases: readonly ClientCase[] = [
  ...wrongFields.flatMap(([clause, wrong]) =>
    wrong.map(([name, what, change]): ClientCase => ({
      id: `client-response/${name}`,
      title: `Fails on: ${what}`,
      clauses: [clause, 'draft-06/5.1/response-validated', ...failing],
      requirement: `The client fails the connection after ${what}.`,
      run: (tester) => refusedResponse(tester, change, clause, what),
    })),
  ),
  ...rightSpellings.map(([name, clause, what, change]): ClientCase => ({
    id: `client-response/${name}`,
    title: `Accepts: ${what}`,
    clauses: [clause, 'draft-06/5.2.2/established'],
    requirement: `The client accepts the connection after ${what}.`,
    run: async (tester) => {
      const opening = await tester.accept();
      const made = change(tester.response(opening), opening);
      await opening.conversation.sendResponse(made instanceof Uint8Array ? [made] : [serializeHead(made)], true);
      // No sentence makes a client accept what is right; that it does is what the handshake is for.
      await expectAcceptance(tester, opening, clause, what, 'advisory');
    },
  })),
  ...openFields.map(([name, clause, what, allowed, change]): ClientCase => ({
    id: `client-response/${name}`,
    title: `Observes: ${what}`,
    clauses: [clause],
    requirement: `What the client does after ${what} is recorded.`,
    run: async (tester) => {
      const opening = await tester.accept();
      await sendWrong(opening, change(tester.response(opening), opening));
      await observeReaction(tester, opening, clause, what, allowed);
    },
  })),
];
