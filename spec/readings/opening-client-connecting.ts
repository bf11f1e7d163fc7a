import type { Reading } from './reading.js';

/** Section 5.1, the first list: connections in wait, proxies and TLS. */
export const connectingReadings: readonly Reading[] = [
  {
    number: 'R-511',
    question: 'Is the one connection in the CONNECTING state one for each address or one in all?',
    clauses: [
      'draft-06/5.1/one-connecting-per-address',
      'draft-06/5.1/attempts-serialized',
      'draft-06/5.1/wait-for-connecting',
    ],
    options: {
      'per-address': 'One for each IP address.',
      'in-all': 'One for the whole client.',
    },
    chosen: 'per-address',
    because: 'The sentences before and behind it speak of connections to the same address.',
    later: 'RFC 6455 section 4.1 kept the bare sentence between the two others.',
    changes: 'verdict',
  },
  {
    number: 'R-512',
    question: 'From when to when is a connection in the CONNECTING state, which the text names and does not define?',
    clauses: [
      'draft-06/5.1/one-connecting-per-address',
      'draft-06/5.1/wait-for-connecting',
      'draft-06/5.2.2/established',
    ],
    options: {
      whole: 'From the attempt to open TCP until the response has been validated or the attempt has failed.',
      handshake: 'From the request to the response.',
      tcp: 'Until TCP is open.',
    },
    chosen: 'whole',
    because:
      'The wait ends when the other connection is established or has failed, and the steps begin with opening TCP.',
    later: 'RFC 6455 section 4.1 has a connection begin in that state and leave it when it is established.',
    changes: 'verdict',
  },
  {
    number: 'R-513',
    question: 'Do connections to two ports of one address have to wait for each other?',
    clauses: ['draft-06/5.1/wait-for-connecting', 'draft-06/5.1/attempts-serialized'],
    options: {
      'any-port': 'They do, for an address is all that the sentence names.',
      'same-port': 'They do not, for these are two servers.',
    },
    chosen: 'any-port',
    because: 'The purpose is to spare the remote host, and a host is identified by its IP address there.',
    later: 'RFC 6455 section 4.1 adds the port to one of the sentences and not to the others.',
    changes: 'verdict',
  },
  {
    number: 'R-514',
    question: 'Which address counts for the wait when a host has several?',
    clauses: ['draft-06/5.1/wait-for-connecting', 'draft-06/5.1/attempts-serialized'],
    options: {
      tried: 'Each one that is tried, while it is tried.',
      all: 'Every address of the host.',
      first: 'The first one that the name service gives.',
    },
    chosen: 'tried',
    because: 'A connection is to one address, and that is what another name would share.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  {
    number: 'R-515',
    question: 'How far extends the user agent in which attempts are made one after the other?',
    clauses: ['draft-06/5.1/attempts-serialized', 'draft-06/5.1/user-agent-includes-helpers'],
    options: {
      program: 'As far as what one running program opens, with the helpers that act for it.',
      user: 'Over all that a user runs on one machine.',
    },
    chosen: 'program',
    because: 'Programs that know nothing of each other cannot keep an order.',
    later: 'RFC 6455 is silent too.',
    changes: 'verdict',
  },
  {
    number: 'R-516',
    question: 'For how long does a client wait for TCP and for the response?',
    clauses: ['draft-06/5.1/waits-for-response', 'draft-06/5.1/wait-for-connecting', 'draft-06/7.1.4/no-other-close'],
    options: {
      'own-limit': 'For a time of its own, then it fails the connection.',
      'for-ever': 'Until the server answers or TCP ends.',
    },
    chosen: 'own-limit',
    because:
      "One server that never answers would bar every later attempt to its address, and limits of one's own are allowed.",
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  {
    number: 'R-517',
    question: 'Which answers of a proxy to CONNECT count as an error?',
    clauses: ['draft-06/5.1/proxy-opens', 'draft-06/5.1/connection-not-opened'],
    options: {
      'all-but-2xx': 'All but those from 200 to 299.',
      'retry-407': 'The same, but 407 is answered with credentials where there are some.',
    },
    chosen: 'all-but-2xx',
    because: 'The example shows a second attempt with a password but not what leads to it.',
    later: 'RFC 6455 kept the sentence and the example.',
    changes: 'behaviour',
  },
  {
    number: 'R-518',
    question:
      'Does a client use a proxy through CONNECT for "ws" too, where a proxy for plain HTTP would forward the request?',
    clauses: ['draft-06/5.1/proxy-connected', 'draft-06/5.1/proxy-opens'],
    options: {
      connect: 'It asks the proxy for a TCP connection whatever the scheme.',
      forward: 'It sends its request to the proxy in absolute form.',
    },
    chosen: 'connect',
    because: 'The sentence says TCP connection and the example has port 80.',
    later: 'RFC 6455 section 4.1 kept both.',
    changes: 'behaviour',
  },
  {
    number: 'R-519',
    question: 'Is TLS later than the version 1.0 that is referenced in order?',
    clauses: ['draft-06/5.1/tls-handshake', 'draft-06/5.2.2/tls-handshake'],
    options: {
      later: 'Any version that both sides negotiate.',
      'first-only': 'Version 1.0 alone.',
    },
    chosen: 'later',
    because: 'TLS negotiates its version itself, and the sentence demands TLS and no number.',
    later: 'RFC 6455 section 4.1 refers to version 1.2.',
    changes: 'verdict',
  },
  {
    number: 'R-520',
    question: 'Does a client send the Server Name Indication for a host that is an IP address?',
    clauses: ['draft-06/5.1/tls-server-name'],
    options: {
      'leave-out': 'It leaves it out.',
      send: 'It sends the address as a name.',
    },
    chosen: 'leave-out',
    because: 'The demand has no exception, but RFC 4366 has no room for addresses in that extension.',
    later: 'RFC 6455 section 4.1 kept the demand; RFC 6066 forbids addresses as before.',
    changes: 'verdict',
  },
  {
    number: 'R-521',
    question: 'Against which name is the certificate of the server verified?',
    clauses: ['draft-06/5.1/tls-failure', 'draft-06/5.1/tls-handshake'],
    options: {
      host: 'Against the host of the URI, as in HTTPS.',
      'chain-only': 'Against none; a chain to a trusted root is enough.',
    },
    chosen: 'host',
    because: 'The text gives verification as an example of failure only, and without a name it would prove little.',
    later: 'RFC 6455 section 4.1 refers to RFC 2818.',
    changes: 'behaviour',
  },
  {
    number: 'R-522',
    question: 'What does a client do when it is told to abort the connection, a word that is defined for servers?',
    clauses: ['draft-06/5.1/tls-failure', 'draft-06/5.1/attempt-aborted', 'draft-06/7.2.2/abort-is-close'],
    options: {
      drop: 'It drops what there is of TCP and does nothing more.',
      fail: 'It fails the connection once more.',
    },
    chosen: 'drop',
    because: 'Each time failing is asked for in the same sentence, so the word adds the end of the attempt.',
    later: 'RFC 6455 section 4.1 kept the pair of words.',
    changes: 'nothing',
  },
];
