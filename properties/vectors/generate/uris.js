import { authorityOf, constructUri, parseUri, validateUri, } from '../../../model/uri.js';
import { awkwardUris, badUris, goodUris, uriCharacters } from './uris-list.js';
function judge(_given, input) {
    if ('parts' in input) {
        const fault = validateUri(input.parts);
        if (fault !== undefined)
            return refusal(fault);
        return { accepted: true, expect: { kind: 'constructed', uri: constructUri(input.parts) } };
    }
    const parsed = parseUri(input.uri);
    if (!parsed.ok)
        return refusal(parsed.refusal);
    const { host, port, resourceName, secure } = parsed.uri;
    const expect = { kind: 'parsed', host, port, resourceName, secure, authority: authorityOf(parsed.uri) };
    return { accepted: true, expect };
}
function refusal({ code, clause, offset }) {
    return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause, offset } } };
}
const drafts = (clauses, flag, rows) => rows.map(([id, uri, comment, ...more]) => ({ id, comment, flags: [...flag, ...more], clauses, input: { uri } }));
const example = {
    id: 'chat',
    comment: 'the URI of section 5.1',
    flags: ['DraftExample'],
    result: 'valid',
    clauses: ['draft-06/3.1/path', 'draft-06/3.1/default-port', 'draft-06/5.1/request-line-form'],
    input: { uri: 'ws://example.com/chat' },
    expect: {
        kind: 'parsed',
        host: 'example.com',
        port: 80,
        resourceName: '/chat',
        secure: false,
        authority: 'example.com',
    },
};
const parts = (host, port, resourceName, secure) => ({
    host,
    port,
    resourceName,
    secure,
});
const constructed = [
    ['plain', parts('example.com', 80, '/', false), 'the default port of ws is left out'],
    ['secure', parts('example.com', 443, '/chat?a', true), 'the default port of wss is left out'],
    ['port', parts('example.com', 8006, '/', false), 'another port is written'],
    ['ws-443', parts('example.com', 443, '/', false), 'the default port of the other scheme is written'],
    ['wss-80', parts('example.com', 80, '/', true), 'the default port of the other scheme is written'],
    ['port-0', parts('example.com', 0, '/', false), 'the lowest port'],
    ['port-65535', parts('example.com', 65535, '/', true), 'the highest port'],
    ['ipv6', parts('[2001:db8::1]', 8006, '/', false), 'an address in brackets'],
    ['no-slash', parts('example.com', 80, 'chat', false), 'a resource name without a slash'],
    ['empty-name', parts('example.com', 80, '', false), 'an empty resource name'],
    ['space', parts('example.com', 80, '/a b', false), 'a blank in the resource name'],
    ['latin-1', parts('example.com', 80, '/caf\u00e9', false), 'a character above U+007E in the resource name'],
    ['del', parts('example.com', 80, '/\u007f', false), 'U+007F in the resource name'],
    ['tilde', parts('example.com', 80, '/!~', false), 'the first and the last character of the range'],
    ['host-script', parts('b\u00fccher.example', 80, '/', false), 'a host in another script'],
    ['host-punycode', parts('xn--bcher-kva.example', 80, '/', false), 'the same host in punycode'],
    ['empty-host', parts('', 80, '/', false), 'an empty host'],
].map(([id, input, comment]) => ({
    id,
    comment,
    flags: ['Constructed'],
    clauses: ['draft-06/3.2/construct-from', 'draft-06/3.3/all-conditions'],
    input: { parts: input },
}));
const group = (name, about, vectors) => ({ name, about, given: {}, vectors });
/** WebSocket URIs: draft-06 section 3. */
export const uris = {
    name: 'uris',
    about: 'WebSocket URIs: parsed, constructed, and held to what makes them valid (draft-06 section 3).',
    flags: {
        DraftExample: 'An example of draft-06.',
        Spelling: 'A URI by the grammar of RFC 3986.',
        Repaired: 'Not a WebSocket URI by RFC 3986. Section 3.1 has it resolved as a Web address first, by an algorithm that draft-06 only points to (reading R-303).',
        CapitalScheme: 'The scheme has capitals (reading R-302).',
        NoSlashes: 'No two slashes follow the scheme (reading R-305).',
        EmptyFragment: 'The URI ends in a bare number sign (reading R-306).',
        EmptyPort: 'A colon stands behind the host, and no port (reading R-307).',
        PortZero: 'The port is 0 (reading R-308).',
        ZerosInPort: 'The port has zeros in front (reading R-309).',
        EmptyQuery: 'The query is empty (reading R-310).',
        EscapedHost: 'The host has a percent-encoded character (reading R-311).',
        OtherScript: 'The host has letters outside ASCII (reading R-314).',
        LonePercent: 'A percent sign begins no escape (reading R-315).',
        UserInformation: 'User information stands in front of the host (reading R-317).',
        Backslash: 'Backslashes stand in front of the query (reading R-318).',
        WhiteSpace: 'White space stands around the URI or inside it (reading R-319).',
        EscapedDots: 'Dot segments are written with %2E (reading R-320).',
        Faulty: 'Something for which section 3.1 makes parsing fail.',
        CharacterOfName: 'One printable ASCII character in path and query.',
        Constructed: 'Parts from which a URI is constructed by section 3.2, held to section 3.3.',
    },
    readings: [],
    doubts: {
        Repaired: 'R-303',
        CapitalScheme: 'R-302',
        NoSlashes: 'R-305',
        EmptyFragment: 'R-306',
        EmptyPort: 'R-307',
        PortZero: 'R-308',
        ZerosInPort: 'R-309',
        EmptyQuery: 'R-310',
        EscapedHost: 'R-311',
        OtherScript: 'R-314',
        LonePercent: 'R-315',
        UserInformation: 'R-317',
        Backslash: 'R-318',
        WhiteSpace: 'R-319',
        EscapedDots: 'R-320',
    },
    groups: [
        group('draft-examples', 'The URI that draft-06 shows.', [example]),
        group('spellings', 'URIs that are right.', drafts(['draft-06/3.1/resolve'], ['Spelling'], goodUris)),
        group('repaired', 'URIs that resolving repairs, and those that come near.', drafts(['draft-06/3.1/resolve'], ['Repaired'], awkwardUris)),
        group('faulty', 'Strings that are no WebSocket URI.', drafts(['draft-06/3.1/components-or-failure'], ['Faulty'], badUris)),
        group('characters', 'Each printable ASCII character in path and query.', uriCharacters.map(([id, uri, comment, ...flags]) => ({
            id,
            comment,
            flags: ['CharacterOfName', ...flags],
            clauses: ['draft-06/3.1/resolve', 'draft-06/3.3/resource-name-characters'],
            input: { uri },
        }))),
        group('constructed', 'Constructing and validating.', constructed),
    ],
    judge,
};
