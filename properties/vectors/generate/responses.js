import { judgeResponse } from './judge-handshakes.js';
import { responseExamples } from './responses-examples.js';
import { responseGroups } from './responses-fields.js';
import { responseSyntaxGroups } from './responses-syntax.js';
/** The opening handshake of servers, as a client reads it: draft-06 sections 5.1 and 5.2.2. */
export const openingResponses = {
    name: 'opening-responses',
    about: "A server's opening handshake, and what a client makes of it (draft-06 sections 5.1 and 5.2.2).",
    flags: {
        DraftExample: 'An example of draft-06.',
        Continue: 'The status code is 100, which HTTP would have a client pass over (reading R-552).',
        OtherStatus: 'The status code is not 101.',
        WrongSyntax: 'The head is not HTTP by the grammar of RFC 2616.',
        LineFeedAlone: 'A line ends with a line feed alone, which RFC 2616 section 19.3 recommends to tolerate (reading R-588).',
        EmptyLine: 'An empty line stands in front of the response (reading R-593).',
        Folded: 'A line begins with a blank and continues the one before it.',
        MissingField: 'A demanded header field is missing.',
        RepeatedField: 'A header field stands there twice; in our reading every value has to match (R-592).',
        EmptyValue: 'A header field has no value.',
        WrongValue: 'A demanded header field has another value.',
        UpgradeList: 'Upgrade lists another protocol too (reading R-554).',
        ConnectionList: 'Connection is a list that has the token Upgrade among others (reading R-503).',
        Uninvited: 'The server names what the client did not ask for, or more than one (readings R-504 and R-505).',
        WrongList: 'A list does not follow its grammar.',
        TwiceInUse: 'The server accepts one extension twice (reading R-806).',
        UnknownField: 'A header field that the client has no use for.',
        FrameBehind: 'Bytes of frames follow the head, which a server may send as soon as it has accepted.',
        Truncated: 'The head is not complete.',
    },
    doubts: {
        Continue: 'R-552',
        UpgradeList: 'R-554',
        RepeatedField: 'R-592',
        TwiceInUse: 'R-806',
        EmptyLine: 'R-593',
        LineFeedAlone: 'R-588',
    },
    readings: ['connectionOfResponse', 'subprotocolOfResponse', 'extensionOfResponse'],
    groups: [responseExamples, ...responseGroups, ...responseSyntaxGroups],
    judge: judgeResponse,
};
