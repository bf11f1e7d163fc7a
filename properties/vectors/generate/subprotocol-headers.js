import { characters, judgeSubprotocols, listGroup, lists } from './header-lists.js';
const example = (id, comment, value, subprotocols) => ({
    id,
    comment,
    flags: ['DraftExample'],
    result: 'valid',
    clauses: ['draft-06/5.1/subprotocol-grammar', 'draft-06/5.2.1/subprotocols-by-preference'],
    input: { values: [value] },
    expect: { kind: 'list', subprotocols },
});
const examples = [
    example('two', 'the header of section 1.2', 'chat, superchat', ['chat', 'superchat']),
    example('one', 'the header of section 1.3', 'chat', ['chat']),
    example('domain', 'a name of section 1.9', 'chat.example.com', ['chat.example.com']),
    example('versions', 'two names of section 1.9', 'v2.bookings.example.net, bookings.example.net', [
        'v2.bookings.example.net',
        'bookings.example.net',
    ]),
    {
        id: 'blanks',
        comment: 'a name that section 1.9 shows, which section 5.1 does not allow: it has blanks',
        flags: ['DraftExample', 'WrongName', 'BlankInName'],
        result: 'open',
        clauses: ['draft-06/5.1/subprotocol-characters', 'draft-06/5.1/subprotocol-grammar'],
        readings: ['R-542'],
        input: { values: ['"example.org\'s chat protocol"'] },
        expect: {
            kind: 'refused',
            violation: { code: 'bad-subprotocol', clause: 'draft-06/5.1/subprotocol-characters' },
        },
    },
];
const right = lists('Spelling', ['draft-06/5.1/subprotocol-grammar', 'draft-06/5.1/subprotocol-characters'], [
    ['one-letter', 'a', 'the shortest list'],
    ['no-blanks', 'chat,superchat', 'no blanks'],
    ['blanks', ' \tchat\t ,  superchat ', 'blanks everywhere'],
    ['quoted', '"chat", superchat', 'quotes do not matter'],
    ['quoted-separators', '"a,b", "c;d", "e/f"', 'names that have to be quoted'],
    ['quoted-quote', '"a\\"b"', 'an escaped quote'],
    ['quoted-backslash', '"a\\\\b"', 'an escaped backslash'],
    ['quoted-escape', '"\\c\\h\\a\\t"', 'escapes that are not needed'],
    ['case', 'chat, Chat, CHAT', 'names that differ by case are different'],
    ['digits', '1, 22', 'names of digits'],
    ['commas', ',chat,, superchat ,', 'empty elements'],
    ['ends-of-range', '"!~"', 'the first and the last character of the range'],
    ['many', Array.from({ length: 40 }, (_, at) => `p${at}`).join(','), 'forty names'],
]);
const split = lists('SplitField', ['draft-06/5.1/subprotocol-grammar', 'draft-06/5.1/valid-http-request'], [
    ['two', ['chat', 'superchat'], 'two header fields'],
    ['three', ['chat', 'a, b', 'superchat'], 'three header fields'],
    ['empty-between', ['chat', '', 'superchat'], 'an empty header field between'],
]);
const wrongNames = [
    ...lists('WrongName', ['draft-06/5.1/subprotocol-characters'], [
        ['empty-name', '""', 'an empty name'],
        ['empty-name-among', 'chat, ""', 'an empty name behind another'],
        ['blank', '"two words"', 'a blank', 'BlankInName'],
        ['blank-only', '" "', 'a blank alone', 'BlankInName'],
        ['tab', '"a\tb"', 'a tab'],
        ['latin-1', '"caf\u00e9"', 'a character above U+007E'],
    ]),
    ...lists('WrongName', ['draft-06/5.1/subprotocols-unique'], [
        ['twice', 'chat, chat', 'a name twice'],
        ['twice-far', 'chat, superchat, chat', 'a name twice, with another between'],
        ['twice-quoted', 'chat, "chat"', 'a name twice, once in quotes'],
        ['twice-escaped', '"c\\hat", chat', 'a name twice, once with an escape'],
        ['twice-split', ['chat', 'chat'], 'a name twice, in two header fields'],
    ]),
];
const wrong = lists('WrongList', ['draft-06/5.1/subprotocol-grammar'], [
    ['empty', '', 'no name', 'EmptyValue'],
    ['blanks', '  ', 'blanks alone'],
    ['commas', ' ,, ', 'commas alone'],
    ['two-words', 'chat superchat', 'two words without a comma'],
    ['semicolon', 'chat; superchat', 'a semicolon'],
    ['parameter', 'chat; version=1', 'a parameter'],
    ['equals', 'chat=1', 'an equals sign'],
    ['slash', 'chat/1', 'a separator outside quotes'],
    ['quote-open', '"chat', 'a quote that is not closed'],
    ['quote-escaped', '"chat\\"', 'a quote whose end is escaped'],
    ['quote-behind-word', 'a"b"', 'a quote behind a word'],
    ['two-quotes', '"a""b"', 'two quotes without a comma'],
    ['quoted-control', '"a\u0002b"', 'a control character'],
    ['quoted-del', '"a\u007fb"', 'U+007F'],
    ['angle', '<chat>', 'angle brackets'],
    ['latin-1', 'caf\u00e9', 'a character above U+007E outside quotes'],
]);
/** Sec-WebSocket-Protocol: draft-06 section 5.1. */
export const subprotocolHeaders = {
    name: 'subprotocol-headers',
    about: 'Values of Sec-WebSocket-Protocol in a request, and the subprotocols that they name (draft-06 section 5.1).',
    flags: {
        DraftExample: 'A value or a name that draft-06 shows in sections 1.2, 1.3 and 1.9.',
        Spelling: 'A list by the grammar, of names that the section allows.',
        SplitField: 'The list comes in several header fields.',
        WrongName: 'A list by the grammar with a name that the section does not allow, or with one twice.',
        BlankInName: 'A name in quotes has a blank (reading R-542).',
        WrongList: 'Something that the grammar has no place for.',
        EmptyValue: 'The header field has no value at all (reading R-578).',
        QuotedCharacter: 'One character inside a quoted name. The backslash is escaped; nothing else needs it.',
    },
    readings: [],
    doubts: { BlankInName: 'R-542', EmptyValue: 'R-578' },
    groups: [
        listGroup('draft-examples', 'What the draft shows.', examples),
        listGroup('spellings', 'Lists that are right.', [...right, ...split]),
        listGroup('wrong-names', 'Lists with a name that is not allowed.', wrongNames),
        listGroup('wrong-lists', 'What is no list.', wrong),
        listGroup('characters', 'Characters inside a quoted name.', characters('QuotedCharacter', ['draft-06/5.1/subprotocol-characters'], (character) => `"a${/["\\]/.test(character) ? '\\' : ''}${character}z"`)),
    ],
    judge: judgeSubprotocols,
};
