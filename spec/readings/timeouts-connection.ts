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
];
