import type { Reading } from './reading.js';

/** Sections 7.1.4 to 7.3: failing, aborting, and closing on one's own. */
export const failureReadings: readonly Reading[] = [
  {
    number: 'R-720',
    question: 'Does a server break a rule that ends TCP in the middle without a Close?',
    clauses: ['draft-06/7.3/server-may-close', 'draft-06/7.3/start-closing-handshake', 'draft-06/7.1.1/any-means'],
    options: {
      noted: 'It does not, for any means are allowed when necessary; it is noted.',
      fault: 'It does, for a closure is initiated by the closing handshake.',
    },
    chosen: 'noted',
    because: 'Nobody outside can tell whether it was necessary.',
    later: 'RFC 6455 section 7.3 kept both sentences.',
    changes: 'verdict',
  },
  {
    number: 'R-721',
    question: 'May a client close on its own, for example after a long silence?',
    clauses: ['draft-06/7.1.4/no-other-close', 'draft-06/7.3/client-not-arbitrarily', 'draft-06/2/limits'],
    options: {
      'with-reason': 'It may for a reason such as a limit of its own, and does not for none.',
      never: 'Only the text or the application may make it close.',
    },
    chosen: 'with-reason',
    because: 'Arbitrarily is the word of section 7.3, and limits are allowed.',
    later: 'RFC 6455 kept both sentences.',
    changes: 'behaviour',
  },
  {
    number: 'R-723',
    question:
      'What does a server do that has to give up when the opening handshake is over, since aborting belongs to the handshake and failing to clients?',
    clauses: ['draft-06/7.2.2/abort-is-close', 'draft-06/7.3/server-may-close', 'draft-06/9/disconnect-on-bad-data'],
    options: {
      close: 'It closes, as it may whenever it wants to.',
      abort: 'It aborts, which is to close TCP.',
    },
    chosen: 'close',
    because: 'Section 7.3 gives it leave without conditions.',
    later: 'RFC 6455 section 7.1.7 lets either endpoint fail.',
    changes: 'nothing',
  },
  {
    number: 'R-724',
    question: 'Is TLS ended in its own way before TCP?',
    clauses: ['draft-06/7.1.1/clean-tcp-close', 'draft-06/5.1/tls-tunnel'],
    options: {
      'close-notify': 'It is, as TLS asks.',
      'tcp-only': 'TCP alone is ended.',
    },
    chosen: 'close-notify',
    because: 'All further communication runs through the tunnel, so its end shows to TLS first.',
    later: 'RFC 6455 section 7.1.1 names the TLS session.',
    changes: 'behaviour',
  },
  {
    number: 'R-725',
    question: 'Is a connection that was never opened closed, when closed is a matter of TCP?',
    clauses: ['draft-06/7.1.3/closed', 'draft-06/11/is-closed', 'draft-06/5.1/connection-not-opened'],
    options: {
      closed: 'It is, and not cleanly.',
      neither: 'It is not, since no TCP connection was closed.',
    },
    chosen: 'closed',
    because: 'Chapter 11 counts failure to establish among the reasons.',
    later: 'RFC 6455 section 7.1.4 says that it is closed and not cleanly.',
    changes: 'nothing',
  },
  {
    number: 'R-726',
    question: 'May a client connect again at once after a connection that ended badly?',
    clauses: ['draft-06/7.1.4/may-report', 'draft-06/5.1/wait-for-connecting'],
    options: {
      free: 'It may, and ours never does of itself.',
      'back-off': 'It waits, longer each time.',
    },
    chosen: 'free',
    because: 'The text has no word on it but a note that slow closing slows clients down.',
    later: 'RFC 6455 section 7.2.3 recommends a random delay and back-off.',
    changes: 'behaviour',
  },
];
