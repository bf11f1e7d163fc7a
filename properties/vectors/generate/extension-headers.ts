import { characters, judgeExtensions, listGroup, type ListInput, lists } from './header-lists.js';
import type { Subject, Vector } from './vector.js';

const example = (id: string, comment: string, values: readonly string[], extensions: unknown): Vector<ListInput> => ({
  id,
  comment,
  flags: ['DraftExample'],
  result: 'valid',
  clauses: ['draft-06/8.1/list-grammar'],
  input: { values },
  expect: { kind: 'list', extensions },
});

const fooBar = [
  { name: 'foo', parameters: [] },
  { name: 'bar', parameters: [{ name: 'baz', value: '2' }] },
];

const examples: readonly Vector<ListInput>[] = [
  example('split', 'two header fields', ['foo', 'bar; baz=2'], fooBar),
  example('combined', 'exactly equivalent: one header field', ['foo, bar; baz=2'], fooBar),
  example(
    'order',
    'the order of operations is that of the list',
    ['foo, bar'],
    [
      { name: 'foo', parameters: [] },
      { name: 'bar', parameters: [] },
    ],
  ),
  example(
    'deflate-stream',
    'the registered extension',
    ['deflate-stream'],
    [{ name: 'deflate-stream', parameters: [] }],
  ),
  example(
    'mux',
    'parameters with and without a value',
    ['mux; max-channels=4; flow-control, deflate-stream'],
    [
      { name: 'mux', parameters: [{ name: 'max-channels', value: '4' }, { name: 'flow-control' }] },
      { name: 'deflate-stream', parameters: [] },
    ],
  ),
  example(
    'private',
    'an extension for private use',
    ['x-private-extension'],
    [{ name: 'x-private-extension', parameters: [] }],
  ),
];

const right = lists(
  'Spelling',
  ['draft-06/8.1/extension-list', 'draft-06/8.1/extension-param'],
  [
    ['one-letter', 'a', 'the shortest list'],
    ['no-blanks', 'foo,bar;baz=2;qux', 'no blanks'],
    ['blanks', ' foo ;  a = 1 ,\tbar ', 'blanks everywhere'],
    ['quoted', 'foo; a="b"', 'a quoted value means what it means without quotes'],
    ['quoted-empty', 'foo; a=""', 'a quoted value may be empty', 'NoTokenInQuotes'],
    ['quoted-blank', 'foo; a="b c"', 'a blank in quotes', 'NoTokenInQuotes'],
    ['quoted-separators', 'foo; a="b, c; d=e"', 'separators in quotes', 'NoTokenInQuotes'],
    ['quoted-quote', 'foo; a="b\\"c"', 'an escaped quote', 'NoTokenInQuotes'],
    ['quoted-backslash', 'foo; a="b\\\\c"', 'an escaped backslash', 'NoTokenInQuotes'],
    ['quoted-escape', 'foo; a="\\b\\c"', 'escapes that are not needed'],
    ['quoted-tab', 'foo; a="b\tc"', 'a tab in quotes', 'NoTokenInQuotes'],
    ['quoted-latin-1', 'foo; a="caf\u00e9"', 'a character above U+007E in quotes', 'NoTokenInQuotes'],
    [
      'quoted-backslash-latin-1',
      'foo; a="\\\u00e9"',
      'a backslash before a character above U+007F is a character',
      'NoTokenInQuotes',
    ],
    ['same-twice', 'foo, foo', 'an extension twice', 'SeveralTimes'],
    ['same-with-others', 'foo; a=1, foo; a=2, foo', 'an extension in several forms', 'SeveralTimes'],
    ['parameter-twice', 'foo; a; a=1; a', 'a parameter several times'],
    ['case', 'Foo; A=B, foo; a=b', 'case is kept'],
    ['x-dash', 'x-, x--a', 'names that begin like private ones', 'LonePrefix'],
    ['digits', '1; 2=3', 'names of digits'],
    ['token-signs', "!#$%&'*+-.^_`|~", 'all the signs that a token may have'],
  ],
);

const emptyElements = lists(
  'EmptyElement',
  ['draft-06/8.1/http-header-rules', 'draft-06/8.1/extension-list'],
  [
    ['comma-behind', 'foo,', 'a comma at the end'],
    ['comma-in-front', ',foo', 'a comma in front'],
    ['commas', ', ,foo,,\t, bar ,', 'many commas'],
  ],
);

const split = lists(
  'SplitField',
  ['draft-06/8.1/may-be-split', 'draft-06/8.1/split-equals-combined'],
  [
    ['three', ['foo', 'bar', 'foo; a'], 'three header fields', 'SeveralTimes'],
    ['empty-between', ['foo', '', 'bar'], 'an empty header field between'],
    ['commas-too', ['foo,', ',bar'], 'commas at the ends'],
    ['parameter-alone', ['foo', '; a'], 'a parameter in a field of its own'],
    [
      'quote-open',
      ['foo; a="b', 'c"'],
      'a quote over two fields: joined as RFC 2616 has it, a comma stands inside',
      'NoTokenInQuotes',
    ],
  ],
);

const wrong = lists(
  'WrongList',
  ['draft-06/8.1/list-grammar'],
  [
    ['empty', '', 'no extension', 'EmptyValue'],
    ['blanks', ' \t', 'blanks alone'],
    ['commas', ',,', 'commas alone'],
    ['two-words', 'foo bar', 'two words without a comma'],
    ['quoted-name', '"foo"', 'a quoted name'],
    ['quoted-parameter', 'foo; "a"', 'a quoted name of a parameter'],
    ['semicolon-behind', 'foo;', 'a semicolon at the end'],
    ['semicolon-in-front', ';foo', 'a semicolon in front'],
    ['semicolons', 'foo;;a', 'two semicolons'],
    ['semicolon-comma', 'foo;,bar', 'a semicolon before a comma'],
    ['value-of-name', 'foo=1', 'a value behind the name of an extension'],
    ['no-value', 'foo; a=', 'no value behind an equals sign'],
    ['no-parameter', 'foo; =1', 'no name before an equals sign'],
    ['two-equals', 'foo; a==1', 'two equals signs'],
    ['two-values', 'foo; a=1=2', 'two values'],
    ['value-words', 'foo; a=1 2', 'two words for a value'],
    ['value-and-quotes', 'foo; a=b"c"', 'a quote behind a word'],
    ['quote-open', 'foo; a="b', 'a quote that is not closed'],
    ['quote-escaped', 'foo; a="b\\"', 'a quote whose end is escaped'],
    ['quote-alone', 'foo; a="', 'a quote alone'],
    ['quote-backslash-end', 'foo; a="\\', 'a backslash at the end'],
    ['single-quotes', "foo; a='b c'", 'single quotes are letters'],
    ['quoted-control', 'foo; a="\u0001"', 'a control character in quotes'],
    ['slash', 'foo/1', 'a separator'],
    ['comment', 'foo (the first)', 'a comment'],
    ['braces', '{foo}', 'separators around a name'],
    ['good-then-bad', 'foo, bar; a=1, =', 'a wrong element behind right ones'],
  ],
);

/** Sec-WebSocket-Extensions: draft-06 section 8.1. */
export const extensionHeaders: Subject<object, ListInput> = {
  name: 'extension-headers',
  about:
    'Values of Sec-WebSocket-Extensions, and the extensions with parameters that they name (draft-06 section 8.1).',
  flags: {
    DraftExample: 'An example of draft-06 section 8.1.',
    Spelling: 'A list by the grammar.',
    EmptyElement: 'Nothing stands between two commas, which RFC 2616 section 2.1 allows.',
    SplitField: 'The list comes in several header fields.',
    WrongList: 'Something that the grammar has no place for, or something that looks like it.',
    NoTokenInQuotes: 'The quoted value of a parameter is no token (reading R-807).',
    SeveralTimes: 'An extension is named several times (reading R-805).',
    LonePrefix: 'An extension is called "x-" (reading R-802).',
    EmptyValue: 'The header field has no value at all (reading R-578).',
    Character: 'One character inside the name of an extension.',
  },
  readings: [],
  doubts: { NoTokenInQuotes: 'R-807', SeveralTimes: 'R-805', LonePrefix: 'R-802', EmptyValue: 'R-578' },
  groups: [
    listGroup('draft-examples', 'The examples of the draft.', examples),
    listGroup('spellings', 'Lists that are right.', [...right, ...emptyElements]),
    listGroup('split', 'Lists over several header fields.', split),
    listGroup('wrong', 'What is no list.', wrong),
    listGroup(
      'characters',
      'Characters inside the name of an extension: those of tokens, and all others.',
      characters('Character', ['draft-06/8.1/extension-token'], (character) => `a${character}z`),
    ),
  ],
  judge: judgeExtensions,
};
