import { type HandshakeInput, judgeRequest, type RequestGiven } from './judge-handshakes.js';
import { requestExamples } from './requests-examples.js';
import { requestFieldGroups } from './requests-fields.js';
import { requestSyntaxGroups } from './requests-syntax.js';
import type { Subject } from './vector.js';

/** The opening handshake of clients, as a server reads it: draft-06 sections 5.1 and 5.2.1. */
export const openingRequests: Subject<RequestGiven, HandshakeInput> = {
  name: 'opening-requests',
  about: "A client's opening handshake, and what a server makes of it (draft-06 sections 5.1 and 5.2.1).",
  flags: {
    DraftExample: 'An example of draft-06, or a plain variant that its text describes.',
    PlainHttp: 'Nothing in the request asks for WebSocket: a server may serve it as HTTP, and opens nothing.',
    ClientAtFault:
      'The client breaks a rule about what it sends that the text does not ask the server to check; the server takes the request. To refuse it is right too, for it does not match the description of a request.',
    LooseBase64: 'The last character of the key has bits to spare that are not 0, as in the example of section 5.1.',
    WrongKey: 'The key is not the base64 form of 16 bytes (reading R-502).',
    OtherVersion: 'The version is not 6. The refusal may name the versions that are understood.',
    OtherMethod: 'The method is not GET.',
    OtherHttpVersion: 'The HTTP version is not 1.1 in its usual spelling.',
    AbsoluteForm: 'The Request-URI is absolute, as RFC 2616 demands that servers accept.',
    WrongTarget: 'The Request-URI is no resource name.',
    MissingField: 'A demanded header field is missing.',
    RepeatedField: 'A header field that is no list stands there twice.',
    EmptyValue: 'A header field has no value.',
    SplitField: 'A list comes in several header fields of one name.',
    WrongList: 'A list does not follow its grammar or its rules.',
    UnknownField: 'A header field that no rule mentions, or that belongs elsewhere.',
    WrongSyntax: 'The head is not HTTP by the grammar of RFC 2616.',
    LineFeedAlone:
      'A line ends with a line feed alone. It is not HTTP; yet RFC 2616 section 19.3 recommends to take it, and a receiver that does so is right too.',
    ImpliedSpace: 'Blanks that the implied LWS of RFC 2616 section 2.1 allows; later texts forbid them.',
    Folded: 'A line begins with a blank and continues the one before it.',
    Truncated: 'The head is not complete.',
    EarlyData: 'Bytes follow the head (reading R-506).',
    Random: 'Drawn from a seeded source.',
  },
  readings: ['upgradeOfRequest', 'keyOfRequest', 'hostOfRequest', 'earlyData'],
  groups: [requestExamples, ...requestFieldGroups, ...requestSyntaxGroups],
  judge: judgeRequest,
};
