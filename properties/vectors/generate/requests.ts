import { type HandshakeInput, judgeRequest, type RequestGiven } from './judge-handshakes.js';
import { requestExamples } from './requests-examples.js';
import { requestFieldGroups } from './requests-fields.js';
import { requestListGroups } from './requests-lists.js';
import { requestSyntaxGroups } from './requests-syntax.js';
import type { Subject } from './vector.js';

/** The opening handshake of clients, as a server reads it: draft-06 sections 5.1 and 5.2.1. */
export const openingRequests: Subject<RequestGiven, HandshakeInput> = {
  name: 'opening-requests',
  about: "A client's opening handshake, and what a server makes of it (draft-06 sections 5.1 and 5.2.1).",
  flags: {
    DraftExample: 'An example of draft-06, or a plain variant that its text describes.',
    PlainHttp: 'Nothing in the request asks for WebSocket: a server may serve it as HTTP, and opens nothing.',
    UpgradeCase: 'Upgrade is "websocket" in other letters (reading R-532).',
    UpgradeList: 'Upgrade lists other protocols too (reading R-533).',
    CapitalOrigin:
      'Sec-WebSocket-Origin has capitals, which no client may send and no server need mind (reading R-539).',
    LooseBase64:
      'The last character of the key has bits to spare that are not 0, as in the example of section 5.1 (reading R-534).',
    WrongKey: 'The key is not the base64 form of 16 bytes (reading R-502).',
    UrlAlphabet: 'The key is in the alphabet of base64 for URLs (reading R-535).',
    OtherVersion: 'The version is not 6. The refusal may name the versions that are understood.',
    VersionSpelling: 'The version is 6 in another spelling, or 6 among others (reading R-541).',
    OtherMethod: 'The method is not GET.',
    OtherHttpVersion: 'The HTTP version is not 1.1 in its usual spelling.',
    HigherMajor: 'The major version of HTTP is above 1 (reading R-525).',
    AbsoluteForm: 'The Request-URI is absolute, as RFC 2616 demands that servers accept.',
    AbsoluteWs: 'The scheme of an absolute Request-URI is ws, which HTTP does not know (reading R-528).',
    WrongTarget: 'The Request-URI is no resource name.',
    MissingField: 'A demanded header field is missing.',
    RepeatedField: 'A header field that is no list stands there twice (reading R-592).',
    EmptyList: 'A list has no value at all (reading R-578).',
    EmptyValue: 'A header field has no value.',
    SplitField: 'A list comes in several header fields of one name.',
    WrongList: 'The list of an optional header field does not follow its grammar or its rules (reading R-573).',
    BlankInName: 'A subprotocol has a blank inside quotes (reading R-542).',
    UnknownField: 'A header field that no rule mentions, or that belongs elsewhere.',
    WrongSyntax: 'The head is not HTTP by the grammar of RFC 2616.',
    TwoSpaces: 'Two spaces stand where the grammar has one (reading R-597).',
    EmptyLines: 'Empty lines stand in front of the request (reading R-593).',
    LineFeedAlone:
      'A line ends with a line feed alone, which RFC 2616 section 19.3 recommends to tolerate (reading R-588).',
    ImpliedSpace:
      'Blanks that the implied LWS of RFC 2616 section 2.1 allows; later texts forbid them (reading R-590).',
    Folded: 'A line begins with a blank and continues the one before it.',
    Truncated: 'The head is not complete.',
    EarlyData: 'Bytes follow the head (reading R-506).',
    Random: 'Drawn from a seeded source.',
  },
  readings: ['upgradeOfRequest', 'keyOfRequest', 'hostOfRequest', 'earlyData'],
  doubts: {
    UpgradeCase: 'R-532',
    UpgradeList: 'R-533',
    LooseBase64: 'R-534',
    UrlAlphabet: 'R-535',
    CapitalOrigin: 'R-539',
    VersionSpelling: 'R-541',
    HigherMajor: 'R-525',
    AbsoluteWs: 'R-528',
    RepeatedField: 'R-592',
    EmptyList: 'R-578',
    WrongList: 'R-573',
    BlankInName: 'R-542',
    TwoSpaces: 'R-597',
    EmptyLines: 'R-593',
    LineFeedAlone: 'R-588',
    ImpliedSpace: 'R-590',
  },
  groups: [requestExamples, ...requestFieldGroups, ...requestListGroups, ...requestSyntaxGroups],
  judge: judgeRequest,
};
