import type { Reading } from './reading.js';

/** http-timeout-00: values that are odd, and the edges of both header fields. */
export const timeoutEdgeReadings: readonly Reading[] = [
  {
    number: 'R-3032',
    question: 'What does a host do with a value that is not made of digits?',
    clauses: ['http-timeout-00/3/timeout-value', 'http-timeout-00/3/grammar', 'http-timeout-00/4/grammar'],
    options: {
      ignore: 'It ignores the header field.',
      refuse: 'It answers 400.',
    },
    chosen: 'ignore',
    because: 'The fields give hints that one can do without.',
    later: 'RFC 7230 is silent; neither header field became a standard.',
    changes: 'behaviour',
  },
  {
    number: 'R-3035',
    question: 'From which event on, and by whose clock, is idle time counted?',
    clauses: ['http-timeout-00/4/idle', 'http-timeout-00/4/client-allows-for-delays'],
    options: {
      'own-clock': 'Each host counts from the last byte that it sent or received itself.',
      'sender-clock': 'Both count from when the sender of the value last sent.',
    },
    chosen: 'own-clock',
    because: 'A host knows its own events only, which is why delays are to be allowed for.',
    later: 'RFC 7230 section 6.5 warns that a close may cross a request on the way.',
    changes: 'behaviour',
  },
  {
    number: 'R-3036',
    question: 'May a busy connection be closed earlier than an idle one, as chapters 4 and 5 together say?',
    clauses: ['http-timeout-00/4/kept-as-long-as-said', 'http-timeout-00/5/may-close-sooner'],
    options: {
      letter: 'It may; the recommendation protects idle connections only.',
      neither: 'Both are kept for the time.',
    },
    chosen: 'letter',
    because: 'Chapter 5 guards against those who keep a connection busy in order to keep it.',
    later: 'RFC 7230 section 6.5 lets a host close at any time.',
    changes: 'nothing',
  },
  {
    number: 'R-3037',
    question: 'What does Connection-Timeout mean on a connection that ends behind the response?',
    clauses: ['http-timeout-00/4/either-host', 'http-timeout-00/4/minimum-idle-time'],
    options: {
      nothing: 'Nothing, for there is no idle time to come.',
      fault: 'It contradicts "Connection: close".',
    },
    chosen: 'nothing',
    because: 'It is sent on persistent connections, and nothing forbids it on others.',
    later: 'RFC 7230 is silent; neither header field became a standard.',
    changes: 'behaviour',
  },
  {
    number: 'R-3038',
    question: 'Which holds beside a timeout that Keep-Alive names?',
    clauses: ['http-timeout-00/4/minimum-idle-time', 'http-timeout-00/4.1/discarded'],
    options: {
      apart: 'Each stands for itself, and a careful host goes by the smaller.',
      'new-one': 'Connection-Timeout replaces the other.',
    },
    chosen: 'apart',
    because: 'The text mentions Keep-Alive for its errors only.',
    later: 'RFC 7230 appendix A.1.2 warns of Keep-Alive and defines no timeout.',
    changes: 'behaviour',
  },
  {
    number: 'R-3040',
    question: 'How far does a Connection-Timeout reach that a client sends to a proxy along with CONNECT?',
    clauses: ['http-timeout-00/4/single-connection', 'http-timeout-00/4/hop-by-hop', 'draft-06/5.1/proxy-opens'],
    options: {
      hop: 'It reaches to the proxy.',
      tunnel: 'It holds for the tunnel up to the server.',
    },
    chosen: 'hop',
    because: 'It applies to one connection of the transport, of which a tunnel has two.',
    later: 'RFC 7230 is silent; neither header field became a standard.',
    changes: 'behaviour',
  },
];
