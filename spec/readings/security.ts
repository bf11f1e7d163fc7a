import type { Reading } from './reading.js';

/** Chapter 9: advice to servers. */
export const securityReadings: readonly Reading[] = [
  {
    number: 'R-901',
    question: 'Which header field is the "Origin" that chapter 9 has servers verify?',
    clauses: ['draft-06/9/verify-origin', 'draft-06/9/origin-can-be-false', 'draft-06/5.1/origin-from-browser'],
    options: {
      'sec-websocket-origin': 'Sec-WebSocket-Origin.',
      origin: 'Origin of HTTP, beside it.',
    },
    chosen: 'sec-websocket-origin',
    because: 'No other field of the opening handshake carries an origin; the name was left over from an earlier draft.',
    later: 'RFC 6455 section 10.2 says Origin, which is its field.',
    changes: 'verdict',
  },
  {
    number: 'R-902',
    question: 'Does a server send Sec-WebSocket-Origin, as chapter 9 and 10.7 have it, or not, as chapter 5 has it?',
    clauses: [
      'draft-06/9/answer-accepted-origin-only',
      'draft-06/10.7/from-server',
      'draft-06/5.2.2/origin-may-decide',
    ],
    options: {
      'need-not': 'It need not, and if it does the value is an origin that it accepts.',
      must: 'It does, to confirm the origin.',
      'must-not': 'It does not, for the field goes from client to server.',
    },
    chosen: 'need-not',
    because: 'Chapter 5 lists the parts of a response, and one that chapter 9 presupposes is not among them.',
    later: 'RFC 6455 has Origin in requests only.',
    changes: 'verdict',
  },
  {
    number: 'R-904',
    question: 'May a server for one origin leave the origin of the client unverified, while it should verify it?',
    clauses: ['draft-06/9/verify-origin', 'draft-06/9/single-origin-sent-back'],
    options: {
      verify: 'The recommendation holds for it too.',
      'may-skip': 'It sends its own back and leaves the check to the client.',
    },
    chosen: 'verify',
    because: 'No client is told to check what comes back, so that nothing would protect such a server.',
    later: 'RFC 6455 section 10.2 dropped the leave.',
    changes: 'verdict',
  },
  {
    number: 'R-905',
    question: 'Can text in a wrong encoding inject frames, as chapter 9 warns?',
    clauses: ['draft-06/9/text-in-the-right-encoding', 'draft-06/4.3/length-7', 'draft-06/4.3/payload-length-is-sum'],
    options: {
      cannot:
        'It cannot where lengths tell the end of a frame; the warning is a remnant of frames that ended at a byte.',
      can: 'It can, and servers have to guard against it.',
    },
    chosen: 'cannot',
    because: 'A receiver counts octets and never looks for an end among them.',
    later: 'RFC 6455 section 10.7 speaks of misinterpretation instead.',
    changes: 'nothing',
  },
  {
    number: 'R-907',
    question: 'What has a server to do that must consider to be accessed in unexpected ways?',
    clauses: ['draft-06/9/unexpected-access', 'draft-06/9/input-not-trusted'],
    options: {
      'nothing-visible': 'Nothing that can be seen; it is advice in the words of a demand.',
      survive: 'It has to survive any input.',
    },
    chosen: 'nothing-visible',
    because: 'The demand is on what somebody considers.',
    later: 'RFC 6455 section 10.1 kept the sentence and adds in 10.7 that data has to be validated.',
    changes: 'nothing',
  },
];
