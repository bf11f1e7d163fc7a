import type { Reading } from './reading.js';

/** Section 4.5: Close, Ping and Pong. */
export const controlFrameReadings: readonly Reading[] = [
  {
    number: 'R-462',
    question: 'Must every Ping have its Pong, or only the most recent one?',
    clauses: [
      'draft-06/4.5.2/ping-answered',
      'draft-06/4.5.3/ping-answered',
      'draft-06/4.5.3/pong-only-for-latest-ping',
    ],
    options: {
      'latest-suffices': 'The latest Ping has to be answered; those before it may be answered too, each in its turn.',
      every: 'Every Ping has to be answered.',
      'latest-only': 'A Pong for an older Ping is wrong once a later one has come.',
    },
    chosen: 'latest-suffices',
    because:
      'The demand names no exception and the last sentence grants one, so that nothing but silence about the latest breaks both.',
    later: 'RFC 6455 section 5.5.3 allows to answer the most recently processed Ping alone.',
    changes: 'verdict',
  },
  {
    number: 'R-463',
    question: 'May an endpoint send a Pong that answers no Ping?',
    clauses: ['draft-06/4.5.3/pong-only-for-latest-ping', 'draft-06/4.5.2/pong-echoes-body'],
    options: {
      no: 'It contradicts the definition, though the receiver has nothing to do about it.',
      yes: 'It is a sign of life and harms nobody.',
    },
    chosen: 'no',
    because: 'A Pong is issued only in response.',
    later: 'RFC 6455 section 5.5.3 allows unsolicited Pongs.',
    changes: 'verdict',
  },
  {
    number: 'R-464',
    question: 'May a Pong come behind that of a later Ping?',
    clauses: ['draft-06/4.5.3/pong-only-for-latest-ping', 'draft-06/4.5.2/pong-echoes-body'],
    options: {
      no: 'Pongs keep the order of their Pings.',
      yes: 'The order of the answers is free.',
    },
    chosen: 'no',
    because: 'Once a later Ping has been answered an older one is not the most recent any more.',
    later: 'RFC 6455 is silent too.',
    changes: 'verdict',
  },
  {
    number: 'R-465',
    question: 'May the answer to a Ping wait behind data that was queued before it?',
    clauses: ['draft-06/4.5.2/ping-answered-soon', 'draft-06/2.1/send-may-delay', 'draft-06/4.5/control-interjected'],
    options: {
      may: 'It may, and order against data means nothing.',
      overtakes: 'It goes out at the next boundary between frames.',
    },
    chosen: 'may',
    because: 'Soon is a recommendation bounded by what is practical, and no order is laid down.',
    later: 'RFC 6455 is silent too.',
    changes: 'verdict',
  },
  {
    number: 'R-466',
    question: 'May an endpoint send a Ping or a Pong behind its own Close?',
    clauses: ['draft-06/4.5.1/no-data-after-close', 'draft-06/4.1/data-while-open', 'draft-06/4.5.1/closed-after-both'],
    options: {
      may: 'It may, for only data is forbidden.',
      'may-not': 'It sends nothing at all any more.',
    },
    chosen: 'may',
    because:
      'The prohibition names data messages; that nothing further is sent stands only in the non-normative section 1.4.',
    later: 'RFC 6455 section 5.5.2 allows a Ping until the connection is closed.',
    changes: 'verdict',
  },
  {
    number: 'R-470',
    question: 'Is the status code of a Close an unsigned integer?',
    clauses: ['draft-06/4.5.1/body-starts-with-status', 'draft-06/4.5.1/status-in-network-byte-order'],
    options: {
      unsigned: 'It is, from 0 to 65535.',
      signed: 'It may be negative.',
    },
    chosen: 'unsigned',
    because: 'The ranges start at 0, and the lengths of the same chapter are unsigned.',
    later: 'RFC 6455 section 5.5.1 says unsigned.',
    changes: 'nothing',
  },
  {
    number: 'R-471',
    question: 'Who breaks the rule when data follows a Close, the application that the sentence names or the endpoint?',
    clauses: ['draft-06/4.5.1/no-data-after-close', 'draft-06/2/conformance-classes'],
    options: {
      endpoint: 'The endpoint, whoever above it asked for the data.',
      application: 'Nobody whom this text can judge.',
    },
    chosen: 'endpoint',
    because: 'An application is not a class that conforms, and the wire shows the endpoint.',
    later: 'RFC 6455 section 5.5.1 still says application.',
    changes: 'verdict',
  },
  {
    number: 'R-473',
    question:
      'Is the connection closed, or should it only be considered so, when both sides have sent a Close at the same time?',
    clauses: [
      'draft-06/4.5.1/closed-after-both',
      'draft-06/4.5.1/simultaneous-close',
      'draft-06/4.5.1/simultaneous-drop',
    ],
    options: {
      same: 'The case is no other than that of an answered Close.',
      weaker: 'There it is a recommendation.',
    },
    chosen: 'same',
    because: 'Each side has then sent and received a Close, which is the condition of the general sentence.',
    later: 'RFC 6455 section 5.5.1 kept the weaker word.',
    changes: 'nothing',
  },
];
