import { client, intermediary, local, nobody, protocol, server, type Chapter } from '../rule.js';

const patience = local('how long a client is prepared to wait is not on the wire');

/** Sections 2 and 3: the header field Request-Timeout. */
export const requestTimeoutClauses = {
  'http-timeout-00/2/key-words': protocol.definition(
    'The key words have the meaning that RFC 2119 gives them.',
    nobody('tells how to read the text'),
  ),
  'http-timeout-00/3/end-to-end': client.definition(
    'Request-Timeout is a header field of requests that goes from end to end.',
  ),
  'http-timeout-00/3/maximum-wait': client.definition(
    'Request-Timeout tells the longest time that a client is prepared to wait for a response.',
    patience,
  ),
  'http-timeout-00/3/grammar': client.definition(
    'In the grammar Request-Timeout is the name, a colon and a timeout value.',
  ),
  'http-timeout-00/3/timeout-value': client.definition('In the grammar a timeout value is one or more digits.'),
  'http-timeout-00/3/client-adds': client.definition(
    'A client adds Request-Timeout to the requests for whose response it is prepared to wait.',
    patience,
  ),
  'http-timeout-00/3/client-sets-maximum': client.definition(
    'The client sets the value to the longest time that it is prepared to wait.',
    patience,
  ),
  'http-timeout-00/3/integer-seconds': client.definition('The value of Request-Timeout is one integer, in seconds.'),
  'http-timeout-00/3/server-interprets': server.definition(
    'An origin server reads the value as the time from the end of the request to the beginning of its response.',
  ),
  'http-timeout-00/3/client-allows-for-delays': client.should(
    'A client to which the time is critical allows for delays when it sets the value.',
    patience,
  ),
  'http-timeout-00/3/server-may-lower': server.may('An origin server may apply a lower value by its own policy.'),
  'http-timeout-00/3/server-may-be-late': server.may(
    'An origin server may take longer, and risks that the client has no more use for the response.',
  ),
  'http-timeout-00/3/intermediary-may-reduce': intermediary.may(
    'An HTTP intermediary may lower the value by its own policy.',
  ),
  'http-timeout-00/3/intermediary-may-add': intermediary.may(
    'An intermediary may add Request-Timeout where there is none.',
  ),
  'http-timeout-00/3/not-increased': intermediary.mustNot('The value of Request-Timeout is not increased on its way.'),
  'http-timeout-00/3/not-removed': intermediary.mustNot('The value of Request-Timeout is not removed on its way.'),
  'http-timeout-00/3/not-above-connection-timeout': client.mustNot(
    'The client does not set Request-Timeout to more than Connection-Timeout.',
  ),
} as const satisfies Chapter;

/** Section 3.1: what intermediaries do that do not know Request-Timeout. */
export const requestTimeoutIntermediaryClauses = {
  'http-timeout-00/3.1/passed-on': intermediary.definition(
    'An intermediary that keeps to HTTP 1.1 and does not know Request-Timeout passes it on unaltered.',
  ),
  'http-timeout-00/3.1/no-impact': intermediary.definition(
    'Request-Timeout has no effect on an intermediary that never times out, or not before that time.',
  ),
  'http-timeout-00/3.1/shorter-timeout': intermediary.definition(
    'An existing intermediary with a shorter timeout times the request out before the response.',
  ),
  'http-timeout-00/3.1/gateway-timeout': intermediary.may('It could send 504 (Gateway Timeout) to the client then.'),
  'http-timeout-00/3.1/transparent': intermediary.definition(
    'A transparent intermediary is like one that keeps to HTTP 1.1.',
  ),
  'http-timeout-00/3.1/non-compliant': intermediary.definition(
    'An intermediary that does not keep to HTTP 1.1 might remove Request-Timeout, and the server does not learn how long the client waits.',
  ),
  'http-timeout-00/3.1/server-may-guess': server.may(
    'A server that misses a Request-Timeout it expects might guess a fitting value.',
    local('what a server guesses is not on the wire'),
  ),
  'http-timeout-00/3.1/client-may-revise': client.may(
    'A client that detects a shorter timeout on the way may send a revised Request-Timeout in later requests to the same place.',
  ),
  'http-timeout-00/3.1/paths-differ': protocol.definition(
    'Nothing says that two requests take the same path through the network.',
    nobody('grants nothing and asks nothing of a party'),
  ),
  'http-timeout-00/3.1/knowledge-expires': client.should(
    'A client that sets the value by a heuristic does not keep for ever what it learned about timeouts.',
    local('what a client remembers is not on the wire'),
  ),
} as const satisfies Chapter;
