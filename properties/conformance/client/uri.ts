import { fieldValues, type RequestHead } from '../../../model/http-head.js';
import type { ClauseId } from '../../../spec/clauses.js';
import { headerNames } from '../../../spec/wire.js';
import type { ClientCase } from '../../verifier/case.js';
import type { ClientTester, Met } from '../../verifier/client-tester.js';
import { PeerUnreachable } from '../../verifier/line.js';
import { NotApplicable } from '../../verifier/tester.js';

/** Where the tester listens. */
interface At {
  readonly host: string;
  readonly port: number;
}

const behind =
  (rest: string) =>
  ({ host, port }: At): string =>
    `ws://${host}:${port}${rest}`;

/** A URL that a client has to understand: its name, the URL as a noun, and what the URL shows. */
type Clear = readonly [
  name: string,
  what: string,
  clauses: readonly [ClauseId, ...ClauseId[]],
  url: (at: At) => string,
];

const clear: readonly Clear[] = [
  ['path', 'the path /chat', ['draft-06/3.1/path'], behind('/chat')],
  ['empty-path', 'no path at all', ['draft-06/3.1/empty-path-is-slash'], behind('')],
  ['slash', 'the path /', ['draft-06/3.1/path'], behind('/')],
  ['query', 'a query', ['draft-06/3.1/query-appended', 'draft-06/10.1/resource-name'], behind('/chat?room=1&b=2')],
  [
    'query-without-path',
    'a query and no path',
    ['draft-06/3.1/query-appended', 'draft-06/3.1/empty-path-is-slash'],
    behind('?room=1'),
  ],
  ['query-with-question-mark', 'a query with a second "?"', ['draft-06/3.1/query-appended'], behind('/a?b?c')],
  ['query-with-slashes', 'a query with slashes', ['draft-06/3.1/query-appended'], behind('/a?b/../c')],
  ['nested-path', 'a path of several segments', ['draft-06/3.1/path'], behind('/one/two/three/')],
  ['empty-segments', 'a path with empty segments', ['draft-06/3.1/path'], behind('/one//two')],
  ['path-of-delimiters', 'a path with the delimiters of RFC 3986', ['draft-06/3.1/path'], behind("/!$&'()*+,;=:@-._~")],
  ['escapes-kept', 'a path with escapes', ['draft-06/3.1/path'], behind('/%41%2F%c3%A9')],
  ['long-path', 'a path of 3000 characters', ['draft-06/3.1/path'], behind(`/${'long/'.repeat(600)}`)],
  [
    'path-beyond-ascii',
    'a path with characters beyond ASCII',
    [
      'draft-06/10.1/others-percent-encoded',
      'draft-06/10.1/others-as-utf-8',
      'draft-06/3.1/resolve-as-utf-8',
      'draft-06/3.3/resource-name-characters',
    ],
    behind('/caf\u00e9/\u20ac'),
  ],
  [
    'query-beyond-ascii',
    'a query with characters beyond ASCII',
    ['draft-06/10.1/others-percent-encoded', 'draft-06/10.1/others-as-utf-8', 'draft-06/3.1/resolve-as-utf-8'],
    behind('/?q=\u00fc\ud83d\ude00'),
  ],
  [
    'host-name',
    'a host name',
    ['draft-06/5.1/host', 'draft-06/3.1/host-lower-case', 'draft-06/10.1/identifies'],
    ({ port }) => `ws://localhost:${port}/`,
  ],
  ['explicit-port', 'an explicit port', ['draft-06/3.1/explicit-port', 'draft-06/5.1/host'], behind('/port')],
  [
    'scheme-in-capitals',
    'a scheme in capitals',
    ['draft-06/3.1/scheme', 'draft-06/3.1/secure-flag'],
    ({ host, port }) => `WS://${host}:${port}/`,
  ],
];

/** The clauses that say of what the resource name is made; the others are about the authority. */
const makesName: ReadonlySet<ClauseId> = new Set<ClauseId>([
  'draft-06/3.1/path',
  'draft-06/3.1/query-appended',
  'draft-06/3.1/empty-path-is-slash',
  'draft-06/10.1/others-percent-encoded',
]);

/** A URL of which two readings are possible: what the client asks for is recorded. */
type Open = readonly [name: string, what: string, clause: ClauseId, reading: string, url: (at: At) => string];

const open: readonly Open[] = [
  ['empty-query', 'an empty query', 'draft-06/3.1/query-appended', 'R-310', behind('/chat?')],
  [
    'bare-percent-sign',
    'a percent sign without digits',
    'draft-06/10.1/others-percent-encoded',
    'R-315',
    behind('/100%'),
  ],
  ['backslash', 'a backslash in the path', 'draft-06/3.1/path', 'R-318', behind('/a\\b')],
  ['blank-inside', 'a blank in the path', 'draft-06/10.1/others-percent-encoded', 'R-319', behind('/a b')],
  ['blanks-around', 'blanks around it', 'draft-06/3.1/resolve', 'R-319', ({ host, port }) => ` ws://${host}:${port}/ `],
  ['escaped-dots', 'dot segments that are escaped', 'draft-06/3.1/path', 'R-320', behind('/a/%2e%2E/b')],
  [
    'zeros-before-port',
    'zeros in front of the port',
    'draft-06/3.1/explicit-port',
    'R-309',
    ({ host, port }) => `ws://${host}:00${port}/`,
  ],
  [
    'escaped-host',
    'a host name with an escape',
    'draft-06/3.1/host-lower-case',
    'R-311',
    ({ port }) => `ws://%6cocalhost:${port}/`,
  ],
  [
    'user-information',
    'user information',
    'draft-06/10.1/other-components',
    'R-317',
    ({ host, port }) => `ws://user:word@${host}:${port}/`,
  ],
  ['empty-fragment', 'a bare number sign at its end', 'draft-06/3.1/no-fragment', 'R-306', behind('/#')],
];

/** A URL with two right answers, by a reading: each option with the answer that it leads to, the chosen option first. */
interface Forked {
  readonly name: string;
  readonly what: string;
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly url: (at: At) => string;
  readonly asked: (head: RequestHead) => string;
  readonly reading: string;
  readonly options: (at: At) => Readonly<Record<string, string>>;
}

const forked: readonly Forked[] = [
  {
    name: 'dot-segments',
    what: 'a path with dot segments',
    clauses: ['draft-06/3.1/resolve', 'draft-06/5.1/request-uri'],
    url: behind('/a/b/../c/./d'),
    asked: (head) => head.target,
    reading: 'R-304',
    options: () => ({ resolved: '/a/c/d', given: '/a/b/../c/./d' }),
  },
  {
    name: 'host-in-capitals',
    what: 'a host name in capitals',
    clauses: [
      'draft-06/5.1/host',
      'draft-06/3.1/host-lower-case',
      'draft-06/3.3/host-ascii',
      'draft-06/3.3/host-at-most-7e',
    ],
    url: ({ port }) => `ws://LOCALHOST:${port}/`,
    asked: (head) => `Host: ${fieldValues(head, headerNames.host).join(', ')}`,
    reading: 'R-530',
    options: ({ port }) => ({ rebuilt: `Host: localhost:${port}`, 'as-written': `Host: LOCALHOST:${port}` }),
  },
];

/** The client asks for what one of the options leads to; which one goes on record, unless it is the chosen one. */
const forkedCase = ({ name, what, clauses, url, asked, reading, options }: Forked): ClientCase => ({
  id: `client-uri/${name}`,
  title: `Understands: a URL with ${what}`,
  clauses,
  requirement: `Given a URL with ${what}, the client asks for what an option of reading ${reading} makes of it.`,
  needs: ['choice of URL'],
  run: async (tester) => {
    let answers: Readonly<Record<string, string>> = {};
    const noting = (at: At): string => {
      answers = options(at);
      return url(at);
    };
    const { head } = await tester.accept({ url: noting, isUrlClear: false });
    const is = asked(head);
    const [option] = Object.entries(answers).find(([, answer]) => answer === is) ?? [];
    const allowed = Object.values(answers).join(', or ');
    if (option === undefined) {
      tester.broken(clauses[0], { code: 'neither-option', observed: is, allowed: `${allowed} (${reading})` });
    } else if (option !== Object.keys(answers)[0]) {
      tester.note(clauses[0], `${reading}-${option}`, `${is} (${reading}: ${option})`, `${allowed} (${reading})`);
    }
  },
});

/** URLs to which no client connects. */
const invalid: readonly Clear[] = [
  ['fragment', 'a fragment', ['draft-06/3.1/no-fragment'], behind('/chat#top')],
  ['fragment-without-path', 'a fragment and no path', ['draft-06/3.1/no-fragment'], behind('#top')],
  ['http-scheme', 'the scheme http', ['draft-06/3.1/scheme'], ({ host, port }) => `http://${host}:${port}/`],
  ['other-scheme', 'the scheme x-ws', ['draft-06/3.1/scheme'], ({ host, port }) => `x-ws://${host}:${port}/`],
  ['no-scheme', 'no scheme', ['draft-06/3.1/absolute'], ({ host, port }) => `//${host}:${port}/`],
];

/** The type of a TLS record with a handshake message (RFC 2246 section 6.2.1). */
const tlsHandshake = 0x16;

/** A client need not speak TLS: one that does not come to a wss URL says nothing. */
async function meetSecurely(tester: ClientTester, url: (at: At) => string): Promise<Met> {
  try {
    return await tester.meet({ url });
  } catch (error) {
    if (!(error instanceof PeerUnreachable)) throw error;
    throw new NotApplicable(`the client does not connect to a wss URL: ${error.message}`);
  }
}

/** The client, if it connects to the URL. */
async function meetIfItComes(tester: ClientTester, url: (at: At) => string): Promise<Met | undefined> {
  try {
    return await tester.meet({ url });
  } catch (error) {
    if (error instanceof PeerUnreachable) return undefined;
    throw error;
  }
}

/** Sections 3.1, 3.3 and 10.1: what a client makes of its URL. */
export const clientUriCases: readonly ClientCase[] = [
  ...clear.map(([name, what, clauses, url]): ClientCase => ({
    id: `client-uri/${name}`,
    title: `Understands: a URL with ${what}`,
    clauses: [...clauses, 'draft-06/5.1/request-uri', 'draft-06/5.1/host'],
    requirement: `Given a URL with ${what}, the client asks for the resource name and the authority that it stands for.`,
    needs: ['choice of URL'],
    run: async (tester) => {
      const { head, uri } = await tester.accept({ url });
      // The tester itself holds Request-URI and Host against the URL; this says which step of section 3 it is about.
      if (uri === undefined || head.target === uri.resourceName || !makesName.has(clauses[0])) return;
      const observed = `the Request-URI ${head.target}`;
      tester.broken(clauses[0], { code: 'other-resource-name', observed, allowed: uri.resourceName });
    },
  })),
  ...forked.map(forkedCase),
  ...open.map(([name, what, clause, reading, url]): ClientCase => ({
    id: `client-uri/${name}`,
    title: `Observes: a URL with ${what}`,
    clauses: [clause],
    requirement: `What the client asks for when its URL has ${what} is recorded (reading ${reading}).`,
    needs: ['choice of URL'],
    run: async (tester) => {
      const allowed = `either way of reading ${reading}`;
      try {
        const { head } = await tester.accept({ url, isUrlClear: false });
        const observed = `${head.target}, Host ${fieldValues(head, headerNames.host).join(', ')}`;
        tester.note(clause, 'connected', `for a URL with ${what} the client asks for ${observed}`, allowed);
      } catch (error) {
        if (!(error instanceof PeerUnreachable)) throw error;
        tester.note(clause, 'refused', `to a URL with ${what} the client does not connect`, allowed);
      }
    },
  })),
  ...invalid.map(([name, what, clauses, url]): ClientCase => ({
    id: `client-uri/${name}`,
    title: `Refuses: a URL with ${what}`,
    clauses: [...clauses, 'draft-06/3.3/no-connection-to-invalid', 'draft-06/5.1/invalid-uri-fails'],
    requirement: `The client does not connect when its URL has ${what}.`,
    needs: ['choice of URL'],
    run: async (tester) => {
      try {
        const { conversation } = await tester.meet({ url });
        await conversation.readRequest();
      } catch (error) {
        if (error instanceof PeerUnreachable) return;
        throw error;
      }
      const observed = `the client connected to a URL with ${what}`;
      tester.broken(clauses[0], { code: 'connected', observed, allowed: 'the URL is refused' });
    },
  })),
  {
    id: 'client-uri/host-beyond-ascii',
    title: 'Observes: a host name beyond ASCII',
    clauses: [
      'draft-06/3.3/host-punycode',
      'draft-06/3.3/host-ascii',
      'draft-06/3.3/host-at-most-7e',
      'draft-06/10.1/host-by-idna',
      'draft-06/10.1/converted-host',
    ],
    requirement: 'A client that connects to a host name beyond ASCII sends its punycode form as Host (reading R-314).',
    needs: ['choice of URL'],
    run: async (tester) => {
      // Names under localhost mean this machine, where the system knows RFC 6761.
      const url = ({ port }: At): string => `ws://b\u00fccher.localhost:${port}/`;
      const met = await meetIfItComes(tester, url);
      const clause = 'draft-06/10.1/host-by-idna';
      if (met === undefined) {
        const observed = 'to a host name beyond ASCII the client does not connect';
        tester.note(clause, 'refused', observed, 'a refusal, or a conversion, by reading R-314');
        return;
      }
      const event = await met.conversation.readRequest();
      const said = event.type === 'request' ? (fieldValues(event.head, headerNames.host)[0] ?? '') : '';
      const observed = `for a host name beyond ASCII the client sends Host ${JSON.stringify(said)}`;
      const wanted = 'xn--bcher-kva.localhost';
      if (said.startsWith(`${wanted}:`)) tester.note(clause, 'converted', observed, 'a conversion by reading R-314');
      else tester.broken('draft-06/10.1/converted-host', { code: 'not-converted', observed, allowed: wanted });
      if (!/[^ -~]/.test(said)) return;
      for (const broken of ['draft-06/3.3/host-ascii', 'draft-06/3.3/host-at-most-7e'] as const)
        tester.broken(broken, { code: 'not-ascii', observed, allowed: 'characters up to U+007E' });
    },
  },
  {
    id: 'client-uri/secure',
    title: 'Understands: the scheme wss',
    clauses: [
      'draft-06/3.1/secure-flag',
      'draft-06/5.1/tls-handshake',
      'draft-06/10.2/encrypted',
      'draft-06/10.2/identifies',
      'draft-06/10.2/only-operation',
    ],
    requirement: 'Given a wss URL, the client begins a TLS handshake before anything else.',
    needs: ['choice of URL'],
    run: async (tester) => {
      const url = ({ host, port }: At): string => `wss://${host}:${port}/`;
      const { conversation } = await meetSecurely(tester, url);
      const event = await conversation.readRequest();
      const isTls = 'bytes' in event && event.bytes[0] === tlsHandshake;
      if (isTls) return;
      const observed = event.type === 'request' ? 'an opening handshake in the clear' : 'no TLS handshake';
      tester.broken('draft-06/5.1/tls-handshake', { code: 'no-tls', observed, allowed: 'a TLS handshake' });
    },
  },
];
