import { randomnessOf } from '../../verifier/randomness.js';
import { headText } from './head-text.js';
import { given, plain } from './requests-fields.js';
function requestLines(clauses, rows) {
    return rows.map(([start, id, comment, ...flags]) => ({
        id,
        comment,
        flags,
        clauses,
        input: { head: headText({ ...plain, start }) },
    }));
}
const methods = requestLines(['draft-06/5.2.1/get-request', 'draft-06/5.1/method-get'], [
    ['POST /chat HTTP/1.1', 'post', 'another method', 'OtherMethod'],
    ['HEAD /chat HTTP/1.1', 'head', 'another method that is much like GET', 'OtherMethod'],
    ['get /chat HTTP/1.1', 'small-get', 'methods have a case', 'OtherMethod'],
    ['GETT /chat HTTP/1.1', 'gett', 'a method that begins like GET', 'OtherMethod'],
    ['GET /chat HTTP/1.0', 'http-1.0', 'an HTTP version below 1.1', 'OtherHttpVersion'],
    ['GET /chat HTTP/0.9', 'http-0.9', 'an HTTP version far below 1.1', 'OtherHttpVersion'],
    ['GET /chat HTTP/1.2', 'http-1.2', 'an HTTP version above 1.1', 'OtherHttpVersion'],
    ['GET /chat HTTP/1.10', 'http-1.10', 'minor versions are numbers: 10 is above 1', 'OtherHttpVersion'],
    ['GET /chat HTTP/2.0', 'http-2.0', 'a higher major version', 'OtherHttpVersion', 'HigherMajor'],
    ['GET /chat HTTP/01.01', 'http-01.01', 'zeros in front do not count', 'OtherHttpVersion'],
]);
const targets = requestLines(['draft-06/5.2.1/request-uri', 'draft-06/5.2.1/request-uri-is-resource-name'], [
    ['GET / HTTP/1.1', 'slash', 'the shortest resource name'],
    ['GET /chat?room=1&x=%20 HTTP/1.1', 'query', 'a query'],
    ['GET /chat? HTTP/1.1', 'empty-query', 'an empty query'],
    ['GET //chat//a/../b HTTP/1.1', 'unresolved', 'a path that somebody might want to tidy: it stays'],
    ['GET /%zz HTTP/1.1', 'percent', 'a percent sign that begins no escape'],
    ['GET /"<>\\^`{|}~ HTTP/1.1', 'unusual', 'characters that RFC 3986 has no place for, but section 3.3 has'],
    [
        'GET http://server.example.com/chat HTTP/1.1',
        'absolute',
        'the absolute form of RFC 2616 section 5.1.2',
        'AbsoluteForm',
    ],
    [
        'GET ws://server.example.com/chat?a HTTP/1.1',
        'absolute-ws',
        'the absolute form with the scheme ws',
        'AbsoluteForm',
        'AbsoluteWs',
    ],
    ['GET http://server.example.com HTTP/1.1', 'absolute-no-path', 'the absolute form without a path', 'AbsoluteForm'],
    ['GET chat HTTP/1.1', 'no-slash', 'no slash in front', 'WrongTarget'],
    ['GET * HTTP/1.1', 'asterisk', 'the asterisk form', 'WrongTarget'],
    ['GET server.example.com:80 HTTP/1.1', 'authority', 'the authority form', 'WrongTarget'],
    ['GET /chat#top HTTP/1.1', 'fragment', 'a fragment', 'WrongTarget'],
    ['GET /caf\u00e9 HTTP/1.1', 'latin-1', 'a character above U+007E', 'WrongTarget'],
    ['GET ?room=1 HTTP/1.1', 'query-only', 'a query without a path', 'WrongTarget'],
]);
const requestLineSyntax = requestLines(['draft-06/5.1/valid-http-request'], [
    ['GET /chat', 'no-version', 'no HTTP version', 'WrongSyntax'],
    ['GET  /chat HTTP/1.1', 'two-spaces', 'two spaces in front of the Request-URI', 'WrongSyntax', 'TwoSpaces'],
    ['GET /chat  HTTP/1.1', 'two-more-spaces', 'two spaces behind the Request-URI', 'WrongSyntax', 'TwoSpaces'],
    ['GET /chat HTTP/1.1 ', 'space-at-end', 'a space at the end', 'WrongSyntax'],
    [' GET /chat HTTP/1.1', 'space-in-front', 'a space in front', 'WrongSyntax'],
    ['GET\t/chat\tHTTP/1.1', 'tabs', 'tabs for spaces', 'WrongSyntax'],
    ['GET /a b HTTP/1.1', 'space-in-target', 'a space inside the Request-URI', 'WrongSyntax'],
    ['GET /chat HTTP/1', 'no-minor', 'no minor version', 'WrongSyntax'],
    ['GET /chat HTTP/1.1x', 'letter-at-end', 'a letter behind the version', 'WrongSyntax'],
    ['GET /chat HTTPS/1.1', 'https', 'another name than HTTP', 'WrongSyntax'],
    ['GET /chat http/1.1', 'small-http', 'literals of the grammar have no case'],
    ['(GET) /chat HTTP/1.1', 'separator', 'a method that is not a token', 'WrongSyntax'],
    ['GET /\u0001 HTTP/1.1', 'control', 'a control character', 'WrongSyntax'],
]);
/** The plain request with one text for another. */
function edited(rows) {
    return rows.map(([from, to, id, comment, ...flags]) => ({
        id,
        comment,
        flags,
        clauses: ['draft-06/5.1/valid-http-request'],
        input: { head: headText(plain).replace(from, to) },
    }));
}
const fieldSyntax = edited([
    ['Host: ', 'Host:', 'no-space', 'no space behind a colon'],
    ['Host: server', 'Host: \t  server', 'blanks', 'blanks in front of a value'],
    ['.com\r', '.com \t\r', 'blanks-behind', 'blanks behind a value'],
    ['Upgrade: websocket', 'Upgrade:\r\n websocket', 'fold', 'a value on the next line', 'Folded'],
    ['Connection: Upgrade', 'Connection: a,\r\n\t\r\n  Upgrade', 'folds', 'a value over three lines', 'Folded'],
    ['Host: ', 'host: ', 'small-name', 'names have no case'],
    ['Sec-WebSocket-Key', 'sEC-wEBsOCKET-kEY', 'mixed-name', 'names have no case'],
    [
        /^/,
        '\r\n',
        'empty-line-in-front',
        'an empty line in front, which RFC 2616 section 4.1 has servers ignore',
        'EmptyLines',
    ],
    [/^/, '\r\n\r\n', 'empty-lines-in-front', 'two empty lines in front', 'EmptyLines'],
    ['Host: ', 'Host : ', 'space-before-colon', 'a blank in front of a colon: implied LWS of RFC 2616', 'ImpliedSpace'],
    ['Host: ', 'Host ', 'no-colon', 'a header line without a colon', 'WrongSyntax'],
    ['Host: ', ': ', 'no-name', 'a header line without a name', 'WrongSyntax'],
    ['Host: ', 'Ho st: ', 'name-with-space', 'a name that is not a token', 'WrongSyntax'],
    ['Host: ', 'H\u00f6st: ', 'name-latin-1', 'a name with a character above U+007E', 'WrongSyntax'],
    ['Host: ', ' Host: ', 'fold-first', 'a folded line with no field before it', 'WrongSyntax', 'Folded'],
    ['Upgrade: websocket', 'X: a\u0000b\r\nUpgrade: websocket', 'nul', 'a control character in a value', 'WrongSyntax'],
    ['Upgrade: websocket', 'X: a\u007fb\r\nUpgrade: websocket', 'del', 'the character U+007F in a value', 'WrongSyntax'],
    ['.com\r\n', '.com\n', 'line-feed', 'a line that ends with a line feed alone', 'LineFeedAlone'],
    [/\r\n/g, '\n', 'line-feeds', 'every line ends with a line feed alone', 'LineFeedAlone'],
    ['.com\r\n', '.com\r', 'carriage-return', 'a carriage return alone', 'WrongSyntax'],
    ['server.example', 'server\r.example', 'carriage-return-inside', 'a carriage return inside a value', 'WrongSyntax'],
    [/\r\n$/, '\n', 'last-line-feed', 'the last line end is a line feed alone', 'LineFeedAlone'],
]);
const httpRequests = [
    ['get', 'a request of a browser for a page', ['Host: server.example.com', 'Connection: keep-alive']],
    [
        'upgrade-tls',
        'an upgrade to something else',
        ['Host: server.example.com', 'Upgrade: TLS/1.0', 'Connection: Upgrade'],
    ],
    ['no-fields', 'no header field at all', []],
].map(([id, comment, fields]) => ({
    id,
    comment,
    flags: ['PlainHttp'],
    clauses: ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/5.1/upgrade'],
    input: { head: headText({ start: plain.start, fields }) },
}));
const whole = headText(plain);
const lineEnds = [...whole.matchAll(/\r\n/g)].map(({ index }) => index);
const truncations = [
    ...new Set([0, 1, 4, 10, ...lineEnds.flatMap((at) => [at, at + 1, at + 2])]),
]
    .filter((length) => length < whole.length)
    .map((length) => ({
    id: `cut-at-${length}`,
    comment: `the first ${length} characters of a request`,
    flags: ['Truncated'],
    clauses: ['draft-06/5.2.1/parse-request'],
    input: { head: whole.slice(0, length) },
}));
const early = [
    ['frame', '\u0001\u0002\u0003\u0004\u0085\u0002\u0003\u0004', 'a frame'],
    ['one-byte', '\u0000', 'one byte'],
    ['line-end', '\r\n', 'a line end more than the head has'],
    ['second-request', headText(plain), 'a second request'],
].map(([id, rest, comment]) => ({
    id,
    comment: `${comment} behind the head, before the server has answered`,
    flags: ['EarlyData'],
    clauses: ['draft-06/5.1/waits-for-response'],
    input: { head: whole + rest },
}));
/** The plain request with more header fields, in an order and a spelling drawn by chance. It always means the same. */
const spellings = Array.from({ length: 40 }, (_, seed) => {
    const { integer } = randomnessOf(seed, 'vectors/spellings');
    const pick = (items) => items[integer(0, items.length - 1)] ?? items[0];
    const fields = [
        ...plain.fields,
        'Sec-WebSocket-Origin: http://example.com',
        'Sec-WebSocket-Protocol: chat, superchat',
        'Sec-WebSocket-Extensions: mux; max-channels=4, x-a',
        'Cookie: a=b',
    ];
    const shuffled = [];
    for (const field of fields)
        shuffled.splice(integer(0, shuffled.length), 0, field);
    const spelled = {
        start: plain.start,
        fields: shuffled.map((line) => {
            const colon = line.indexOf(':');
            const name = line.slice(0, colon);
            const space = pick(['', ' ', '\t', '  ', '\r\n ']);
            return `${pick([name, name.toLowerCase(), name.toUpperCase()])}:${space}${line.slice(colon + 2)}${pick(['', '', ' '])}`;
        }),
    };
    return {
        id: `spelling-${seed}`,
        comment: 'order, case of names and blanks drawn by chance',
        flags: ['Random'],
        clauses: ['draft-06/5.2.1/parts-of-the-request', 'draft-06/5.1/valid-http-request'],
        input: { head: headText(spelled) },
    };
});
const group = (name, about, vectors) => ({
    name,
    about,
    given,
    vectors,
});
/** The groups of this file. */
export const requestSyntaxGroups = [
    group('request-line', 'Methods and HTTP versions.', methods),
    group('request-uri', 'Request-URIs.', targets),
    group('request-line-syntax', 'Request lines that are not of the form of RFC 2616.', requestLineSyntax),
    group('field-syntax', 'Header fields that are spelled in another way, rightly or wrongly.', fieldSyntax),
    group('http', 'Requests that do not ask for WebSocket.', httpRequests),
    group('truncations', 'Requests that end early, at and inside each line end.', truncations),
    group('early-data', 'Bytes behind the head.', early),
    group('spellings', 'One request in many spellings, all of which mean the same.', spellings),
];
