import { authorityOf } from '../../model/uri.js';
import { headerNames } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import { type AskedReading, asking } from './asked-readings.js';
import { withField } from './head-lines.js';
import { judgeAllowed, judgeForbidden, observeAcceptance, observeOpen } from './handshake-judge.js';

const ownAuthority = asking('hostOfRequest', ['present'], ['match']);
const onceOnly = asking('repeatedField', ['first'], ['values-agree', 'refuse']);

/** Values of Host that reading R-508 leaves to the server. */
const openHosts: readonly (readonly [
  name: string,
  what: string,
  values: (authority: string) => readonly string[],
  reading?: AskedReading,
])[] = [
  ['host-of-another', 'the Host of another server', () => ['hybi-spec.example'], ownAuthority],
  [
    'host-with-other-port',
    'a Host with another port',
    (authority) => [`${authority.replace(/:\d+$/, '')}:1`],
    ownAuthority,
  ],
  ['host-without-port', 'a Host without a port', (authority) => [authority.replace(/:\d+$/, '')], ownAuthority],
  ['host-empty', 'an empty Host', () => ['']],
  ['host-twice', 'two Host header fields', (authority) => [authority, 'hybi-spec.example'], onceOnly],
];

interface OpenField {
  readonly name: string;
  readonly what: string;
  readonly clause: 'draft-06/5.1/upgrade' | 'draft-06/5.1/connection';
  readonly upgrade?: readonly string[];
  readonly connection?: readonly string[];
  readonly reading?: AskedReading;
}

const reading = asking('upgradeOfRequest', ['ignore'], ['require']);
const inUpgrade = { clause: 'draft-06/5.1/upgrade', reading } as const;
const inConnection = { clause: 'draft-06/5.1/connection', reading } as const;

/** Requests without the Upgrade and Connection of section 5.1, which 5.2.1 does not ask of them. */
const openUpgrades: readonly OpenField[] = [
  { ...inUpgrade, name: 'upgrade-missing', what: 'a request without Upgrade', upgrade: [] },
  { ...inConnection, name: 'connection-missing', what: 'a request without Connection', connection: [] },
  {
    ...inUpgrade,
    name: 'upgrade-and-connection-missing',
    what: 'one without Upgrade and Connection',
    upgrade: [],
    connection: [],
  },
  { ...inUpgrade, name: 'upgrade-to-another', what: 'Upgrade to another protocol', upgrade: ['x-hybi-spec'] },
  {
    ...inUpgrade,
    name: 'upgrade-in-other-case',
    what: 'Upgrade: WebSocket',
    upgrade: ['WebSocket'],
    reading: asking('upgradeCaseOfRequest', ['any-case'], ['lower']),
  },
  {
    ...inUpgrade,
    name: 'upgrade-among-others',
    what: 'Upgrade to websocket or another',
    upgrade: ['x-hybi-spec, websocket'],
    reading: asking('upgradeListOfRequest', ['list'], ['alone']),
  },
  { ...inUpgrade, name: 'upgrade-with-version', what: 'Upgrade: websocket/6', upgrade: ['websocket/6'] },
  { ...inConnection, name: 'connection-close', what: 'Connection: close', connection: ['close'] },
  { ...inConnection, name: 'connection-keep-alive', what: 'Connection: keep-alive', connection: ['keep-alive'] },
];

/** Forms of Connection that include the token "Upgrade", as section 5.1 has it. */
const connections: readonly (readonly [name: string, what: string, values: readonly string[]])[] = [
  ['connection-lower-case', 'Connection: upgrade', ['upgrade']],
  ['connection-list', 'Connection: keep-alive, Upgrade', ['keep-alive, Upgrade']],
  ['connection-list-first', 'Connection: Upgrade, keep-alive', ['Upgrade, keep-alive']],
  ['connection-list-tight', 'Connection: keep-alive,Upgrade', ['keep-alive,Upgrade']],
  ['connection-two-lines', 'Connection on two lines, "Upgrade" in the second', ['keep-alive', 'Upgrade']],
];

/** What a request may say of where its script comes from. */
const origins: readonly (readonly [name: string, what: string, values: readonly string[], reading?: AskedReading])[] = [
  ['origin-absent', 'a request without Sec-WebSocket-Origin', []],
  ['origin-strange', 'a request with the origin http://hybi-spec.example', ['http://hybi-spec.example']],
  ['origin-null', 'a request with the origin "null"', ['null']],
  [
    'origin-capitals',
    'a request with capital letters in its origin',
    ['http://HYBI-SPEC.example'],
    asking('originCapitals', ['lower'], []),
  ],
  [
    'origin-twice',
    'a request with two origins',
    ['http://hybi-spec.example', 'http://other.hybi-spec.example'],
    asking('repeatedField', ['first'], []),
  ],
];

export const handshakeHostUpgradeCases: readonly ConformanceCase[] = [
  {
    id: 'handshake/host-missing',
    title: 'Aborts: no Host',
    clauses: ['draft-06/5.2.1/host', 'draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.2.2/abort-is-close'],
    requirement: 'The server aborts the connection after a request without Host.',
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.host));
      await judgeForbidden(tester, shaken, { clause: 'draft-06/5.2.1/host', what: 'a request without Host' });
    },
  },
  {
    id: 'handshake/host-in-upper-case',
    title: 'Accepts: Host in upper case',
    clauses: ['draft-06/5.2.1/host'],
    requirement: 'The case of the letters in Host makes no difference.',
    run: async (tester) => {
      const host = authorityOf(tester.target.uri).toUpperCase();
      const shaken = await tester.handshake(withField(tester.request(), headerNames.host, host));
      const allowed = 'RFC 2616 section 3.2.3 compares hosts without case; no sentence says more, so an advisory';
      const what = `Host: ${host}`;
      await judgeAllowed(tester, shaken, { clause: 'draft-06/5.2.1/host', what, allowed }, 'advisory');
    },
  },
  ...openHosts.map(([name, what, values, asked]): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Observes: ${what}`,
    clauses: ['draft-06/5.2.1/host'],
    requirement: `That the server accepts ${what} is recorded.`,
    run: async (tester) => {
      const changed = values(authorityOf(tester.target.uri));
      const shaken = await tester.handshake(withField(tester.request(), headerNames.host, ...changed));
      const allowed = 'reading R-508: "present" has the server accept any single Host, "match" only its own';
      const question = { clause: 'draft-06/5.2.1/host', what, allowed } as const;
      await observeAcceptance(tester, shaken, asked === undefined ? question : { ...question, reading: asked });
    },
  })),
  ...openUpgrades.map(
    ({ name, what, clause, upgrade = ['websocket'], connection = ['Upgrade'], ...asked }): ConformanceCase => ({
      id: `handshake/${name}`,
      title: `Observes: ${what}`,
      clauses: [clause],
      requirement: `Section 5.2.1 says nothing of ${what}: what the server does is recorded.`,
      run: async (tester) => {
        const changed = withField(tester.request(), headerNames.upgrade, ...upgrade);
        const shaken = await tester.handshake(withField(changed, headerNames.connection, ...connection));
        const allowed =
          'reading R-501: "require" has the server insist on both header fields, "ignore" has it not look';
        await observeOpen(tester, shaken, { clause, what, allowed, ...asked });
      },
    }),
  ),
  ...connections.map(([name, what, values]): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Accepts: ${what}`,
    clauses: ['draft-06/5.2.1/parse-request'],
    requirement: `The server finds the token "Upgrade" in ${what}.`,
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.connection, ...values));
      const allowed = 'the server accepts: 5.1 asks that the token be included; no sentence says more, so an advisory';
      await judgeAllowed(tester, shaken, { clause: 'draft-06/5.2.1/parse-request', what, allowed }, 'advisory');
    },
  })),
  ...origins.map(([name, what, values, asked]): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Observes: ${what}`,
    clauses: ['draft-06/5.2.2/origin-may-decide', 'draft-06/5.2.1/origin-optional'],
    requirement: `Whether the server accepts ${what} is its own affair, and is recorded.`,
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.origin, ...values));
      const question = { clause: 'draft-06/5.2.2/origin-may-decide', what } as const;
      await observeOpen(tester, shaken, asked === undefined ? question : { ...question, reading: asked });
    },
  })),
];
