import { headText } from './head-text.js';
import { group, plain } from './responses-fields.js';
/* Responses that are spelled in another way, or that end early. */
/** The plain response with one text for another. */
const syntax = [
    [': ', ':', 'no-space', 'no space behind a colon'],
    ['Upgrade: websocket', 'upgrade:\twebsocket ', 'blanks', 'a small name and other blanks'],
    ['Upgrade: websocket', 'Upgrade:\r\n\twebsocket', 'fold', 'a value on the next line', 'Folded'],
    ['Upgrade: websocket', 'Upgrade websocket', 'no-colon', 'a header line without a colon', 'WrongSyntax'],
    ['Upgrade: ', ': ', 'no-name', 'a header line without a name', 'WrongSyntax'],
    ['Upgrade: ', 'Up(grade: ', 'separator-in-name', 'a name that is not a token', 'WrongSyntax'],
    ['websocket', 'web\u0000socket', 'nul', 'a control character in a value', 'WrongSyntax'],
    ['Upgrade: ', ' Upgrade: ', 'fold-first', 'a folded line with no field before it', 'WrongSyntax', 'Folded'],
    [/^/, '\r\n', 'empty-line-in-front', 'an empty line in front of a response', 'EmptyLine'],
    [/\r\n/g, '\n', 'line-feeds', 'every line ends with a line feed alone', 'LineFeedAlone'],
    ['socket\r\n', 'socket\r', 'carriage-return', 'a carriage return alone', 'WrongSyntax'],
    [/$/, '\u0084\u0005Hello', 'frame-behind', 'a frame right behind the head', 'FrameBehind'],
    [/$/, '\u0082', 'byte-behind', 'the first byte of a frame behind the head', 'FrameBehind'],
].map(([from, to, id, comment, ...flags]) => ({
    id,
    comment,
    flags,
    clauses: ['draft-06/5.2.2/valid-http-response'],
    input: { head: headText(plain).replace(from, to) },
}));
const whole = headText(plain);
const lineEnds = [...whole.matchAll(/\r\n/g)].map(({ index }) => index);
const truncations = [...new Set([0, 1, 9, 13, ...lineEnds.flatMap((at) => [at, at + 1, at + 2])])]
    .filter((length) => length < whole.length)
    .map((length) => ({
    id: `cut-at-${length}`,
    comment: `the first ${length} characters of a response`,
    flags: ['Truncated'],
    clauses: ['draft-06/5.1/response-validated'],
    input: { head: whole.slice(0, length) },
}));
/** The groups of this file. */
export const responseSyntaxGroups = [
    group('syntax', 'Responses that are spelled in another way, rightly or wrongly.', syntax),
    group('truncations', 'Responses that end early, at and inside each line end.', truncations),
];
