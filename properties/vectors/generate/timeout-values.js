const values = (flag, rows) => rows.map(([id, value, comment]) => ({
    id,
    comment,
    flags: [flag],
    clauses: ['http-timeout-00/3/timeout-value', 'http-timeout-00/3/integer-seconds'],
    input: { value },
}));
const numbers = values('Number', [
    ...[
        0, 1, 9, 10, 30, 59, 60, 119, 120, 300, 599, 600, 1200, 3600, 65535, 65536, 86400, 2147483647, 2147483648,
        4294967295, 4294967296,
    ].map((number) => [String(number), String(number), `${number} seconds`]),
    ['largest-exact', '9007199254740991', 'the largest number that a double has exactly'],
    ['zero-in-front', '0300', 'a zero in front does not count, and makes no octal number'],
    ['zeros', '000', 'zeros'],
    ['many-zeros', `${'0'.repeat(40)}5`, 'many zeros in front'],
]);
const large = values('LargerThanExact', [
    ['2-to-53', '9007199254740992', 'the next number'],
    ['2-to-53-and-1', '9007199254740993', 'a number that a double has not'],
    ['2-to-63', '9223372036854775808', 'a number of 64 bits'],
    ['2-to-64', '18446744073709551616', 'a number of 65 bits'],
    ['thirty-digits', '9'.repeat(30), 'thirty digits'],
    ['four-hundred-digits', '9'.repeat(400), 'more than a double can hold'],
]);
const notNumbers = values('NotDigits', [
    ['empty', '', 'no digit'],
    ['minus', '-1', 'a negative number'],
    ['plus', '+300', 'a sign'],
    ['decimal', '1.5', 'a fraction'],
    ['decimal-zero', '300.0', 'a fraction of zero'],
    ['decimal-comma', '1,5', 'a comma'],
    ['exponent', '3e2', 'an exponent'],
    ['hex', '0x12c', 'hexadecimal digits'],
    ['underscore', '1_000', 'an underscore'],
    ['unit', '300s', 'a unit'],
    ['unit-blank', '300 s', 'a unit behind a blank'],
    ['words', 'forever', 'a word'],
    ['infinity', 'Infinity', 'a word that some read as a number'],
    ['list', '300, 250', 'a list'],
    ['quoted', '"300"', 'quotes'],
    ['parameter', '300;a=1', 'a parameter'],
    ['blank-inside', '3 00', 'a blank inside'],
    ['superscript', '\u00b2', 'a character that some count among digits'],
    ['line-feed', '300\n', 'a line feed at the end, which some patterns overlook'],
    ['nul', '300\u0000', 'U+0000 at the end'],
    ['name', 'timeout=300', 'the form of Keep-Alive'],
]);
export const timeoutGroup = (name, about, vectors) => ({
    name,
    about,
    given: {},
    vectors,
});
/** Values that both header fields may have, and values that neither may. */
export const timeoutValueGroups = [
    timeoutGroup('values', 'Timeout values, which both header fields have.', [...numbers, ...large, ...notNumbers]),
];
