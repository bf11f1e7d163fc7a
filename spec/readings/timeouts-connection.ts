import type { Reading } from './reading.js';

/** http-timeout-00, chapter 4: the header field Connection-Timeout, also on an upgraded connection. */
export const connectionTimeoutReadings: readonly Reading[] = [
  {
    number: 'R-3021',
    question:
      'Is Connection-Timeout the longest time for which an idle connection is kept, as the abstract has it, or the shortest?',
    clauses: [
      'http-timeout-00/4/minimum-idle-time',
      'http-timeout-00/4/may-keep-longer',
      'http-timeout-00/4/kept-as-long-as-said',
    ],
    options: {
      shortest: 'The shortest.',
      longest: 'The longest.',
    },
    chosen: 'shortest',
    because: 'Chapter 4 and the introduction say so, and to keep it longer is allowed.',
    later: 'RFC 7230 is silent; RFC 2068 section 19.7.1 had a comparable Keep-Alive.',
    changes: 'verdict',
  },
  {
    number: 'R-3022',
    question: 'Is a connection idle when data goes neither way, or already when one way is silent?',
    clauses: ['http-timeout-00/4/idle'],
    options: {
      'neither-way': 'When data goes neither way.',
      'one-way': 'When a host has not sent, or has not received.',
    },
    chosen: 'neither-way',
    because: '"Sent or received" under a "no" excludes both.',
    later: 'RFC 7230 section 6.5 speaks of inactive connections and defines no such term.',
    changes: 'behaviour',
  },
  {
    number: 'R-3023',
    question: 'Is a connection idle while a response is awaited on it?',
    clauses: [
      'http-timeout-00/4/idle',
      'http-timeout-00/4/kept-as-long-as-said',
      'http-timeout-00/3/not-above-connection-timeout',
    ],
    options: {
      idle: 'It is, if no data moves.',
      busy: 'It is not, since it is in use.',
    },
    chosen: 'idle',
    because: 'The definition looks at data alone, and the bound on Request-Timeout has a purpose only so.',
    later: 'RFC 7230 section 6.5 leaves it to each host.',
    changes: 'behaviour',
  },
  {
    number: 'R-3024',
    question: 'What counts as data, TCP segments, TLS records or bytes of HTTP?',
    clauses: ['http-timeout-00/4/idle', 'http-timeout-00/4/single-connection'],
    options: {
      bytes: 'Bytes that TCP delivers; probes of TCP itself carry none.',
      messages: 'Requests and responses only.',
    },
    chosen: 'bytes',
    because: 'The header field is about a connection of the transport, and a host sees what is read from it.',
    later: 'RFC 7230 is silent; neither header field became a standard.',
    changes: 'behaviour',
  },
  {
    number: 'R-3025',
    question: 'Do Ping and Pong keep an upgraded connection from being idle?',
    clauses: ['http-timeout-00/4/idle', 'http-timeout-00/4.2/may-assume', 'draft-06/4.5.2/ping-answered'],
    options: {
      keep: 'They do, for they are data on the connection.',
      'do-not': 'They do not, for no message passes.',
    },
    chosen: 'keep',
    because: 'Idle is defined without regard to meaning, and a host that minds can close a busy connection too.',
    later: 'RFC 6455 section 5.5.2 calls Ping a means to keep a connection alive.',
    changes: 'behaviour',
  },
  {
    number: 'R-3026',
    question: 'Does Connection-Timeout apply to a WebSocket connection?',
    clauses: ['http-timeout-00/4.2/can-apply', 'http-timeout-00/4.2/may-assume'],
    options: {
      applies: 'It does as far as hosts care to assume it, for draft-06 tells no idle times.',
      ends: 'It ends with the upgrade, as Ping takes its place.',
    },
    chosen: 'applies',
    because: 'Only another way to tell idle times would take its place, and a Ping tells none.',
    later: 'RFC 6455 is silent too on idle times.',
    changes: 'behaviour',
  },
  {
    number: 'R-3027',
    question:
      'Can a 101 carry Connection-Timeout, which needs a token in Connection, where the client wants "Upgrade" alone?',
    clauses: [
      'http-timeout-00/4/connection-token',
      'draft-06/5.1/response-connection',
      'draft-06/5.2.2/valid-http-response',
    ],
    options: {
      'left-out': 'It cannot as long as R-503 stands as chosen; a server leaves it out there.',
      'both-tokens': 'It can, with both tokens, and the client looks for its own.',
    },
    chosen: 'left-out',
    because: 'Each text is kept if the field is absent, and the client has to fail at any other value.',
    later: 'RFC 6455 section 4.1 looks for a token and so ended the conflict.',
    changes: 'verdict',
  },
  {
    number: 'R-3028',
    question: 'Does a host use a Connection-Timeout that comes without its token in Connection?',
    clauses: [
      'http-timeout-00/4/connection-token',
      'http-timeout-00/4/removed-by-the-unknowing',
      'http-timeout-00/4/single-connection',
    ],
    options: {
      ignore: 'It does not, for the field may come from another hop.',
      use: 'It does.',
    },
    chosen: 'ignore',
    because: 'The token is what ties the field to the hop.',
    later: 'RFC 7230 section 6.1 demands the token of senders and has intermediaries remove what it names.',
    changes: 'behaviour',
  },
  {
    number: 'R-3029',
    question: 'Does the smaller of two Connection-Timeouts hold for both hosts, as the words of the example suggest?',
    clauses: [
      'http-timeout-00/4/either-host',
      'http-timeout-00/4/value-is-policy',
      'http-timeout-00/4/minimum-idle-time',
    ],
    options: {
      'own-word': 'It does not: each value tells what its sender will do.',
      negotiated: 'It does: the values are a negotiation.',
    },
    chosen: 'own-word',
    because: '"Negotiates" and "reduces" stand in an example only; by definition a value is the policy of one host.',
    later: 'RFC 7230 is silent; neither header field became a standard.',
    changes: 'behaviour',
  },
  {
    number: 'R-3030',
    question: 'Which value holds when a host sends several on one connection, one after the other?',
    clauses: ['http-timeout-00/4/value-is-policy', 'http-timeout-00/4.1/host-may-revise'],
    options: {
      latest: 'The latest.',
      first: 'The first.',
      smallest: 'The smallest.',
    },
    chosen: 'latest',
    because: 'A host may revise its value in later requests.',
    later: 'RFC 7230 is silent; neither header field became a standard.',
    changes: 'behaviour',
  },
];
