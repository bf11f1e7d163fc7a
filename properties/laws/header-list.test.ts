import fc from 'fast-check';
import { expect } from 'vitest';
import { isToken, parseTokenList, parseTokenOrQuotedList, quoteIfNeeded } from '../../model/header-list.js';
import { doubtfulValues, spelledList, spelledWordLists, tokens, wordTexts } from '../arbitraries/header-list.js';
import { law } from './law.js';

law('parsing a list of words inverts quoting them', ['draft-06/5.1/subprotocol-grammar'], () => {
  fc.assert(
    fc.property(fc.array(wordTexts(), { minLength: 1 }), (words) => {
      expect(parseTokenOrQuotedList([words.map(quoteIfNeeded).join(', ')])).toEqual(words);
    }),
  );
});

law('every spelling of a list of words reads the same', ['draft-06/5.1/subprotocol-grammar'], () => {
  fc.assert(
    fc.property(spelledWordLists(), ({ words, values }) => {
      expect(parseTokenOrQuotedList(values)).toEqual(words);
    }),
  );
});

law('every spelling of a list of tokens reads the same', ['draft-06/5.1/connection'], () => {
  const lists = fc
    .array(tokens(), { minLength: 1, maxLength: 5 })
    .chain((words) => spelledList(words).map((values) => ({ words, values })));
  fc.assert(
    fc.property(lists, ({ words, values }) => {
      expect(parseTokenList(values)).toEqual(words);
      expect(parseTokenOrQuotedList(values)).toEqual(words);
    }),
  );
});

law('a list over several header fields means what it means in one', ['draft-06/5.1/subprotocol-grammar'], () => {
  fc.assert(
    fc.property(
      fc.oneof(
        doubtfulValues(),
        spelledWordLists().map(({ values }) => values),
      ),
      (values) => {
        // The blank shows only where a quoted string begins in one field and ends in the next.
        expect(parseTokenOrQuotedList(values)).toEqual(parseTokenOrQuotedList([values.join(', ')]));
        expect(parseTokenList(values)).toEqual(parseTokenList([values.join(', ')]));
      },
    ),
  );
});

law('whatever stands in a list, it is read or refused', ['draft-06/9/input-not-trusted'], () => {
  fc.assert(
    fc.property(doubtfulValues(), (values) => {
      const words = parseTokenOrQuotedList(values);
      if (words !== undefined) expect(parseTokenOrQuotedList([words.map(quoteIfNeeded).join(',')])).toEqual(words);
      const list = parseTokenList(values);
      if (list !== undefined) {
        expect(list.every(isToken)).toBe(true);
        expect(words).toEqual(list);
      }
    }),
  );
});

law('a list without an element is refused', ['draft-06/5.1/subprotocol-grammar'], () => {
  for (const values of [[], [''], [' \t'], [','], [' , ,'], ['', '']]) {
    expect(parseTokenOrQuotedList(values)).toBeUndefined();
    expect(parseTokenList(values)).toBeUndefined();
  }
});

law('an element that is not one word makes the list refused', ['draft-06/5.1/subprotocol-grammar'], () => {
  for (const value of [
    'a b',
    'a"b"',
    '"a" "b"',
    'a;b',
    'a=b',
    'a, (b)',
    '"a',
    '"a\\"',
    'a/b',
    '"\0"',
    '"\\\x7f"',
    '\xe9',
  ]) {
    expect(parseTokenOrQuotedList([value]), value).toBeUndefined();
    expect(parseTokenList([value]), value).toBeUndefined();
  }
});

law('a list of tokens has no quoted string', ['draft-06/5.1/connection'], () => {
  expect(parseTokenList(['"Upgrade"'])).toBeUndefined();
  expect(parseTokenList(['keep-alive, "Upgrade"'])).toBeUndefined();
});

law(
  'a quoted string keeps commas and blanks, drops escapes, and may be empty',
  ['draft-06/5.1/subprotocol-grammar'],
  () => {
    expect(parseTokenOrQuotedList(['"a, b", "", "\\"\\\\\\c"'])).toEqual(['a, b', '', '"\\c']);
  },
);

law('a backslash before a byte above 127 stands for itself', ['draft-06/5.1/subprotocol-grammar'], () => {
  expect(parseTokenOrQuotedList(['"\\\xe9"'])).toEqual(['\\\xe9']);
});

law('a token is printable ASCII without separators', ['draft-06/5.1/subprotocol-grammar'], () => {
  const separators = '()<>@,;:\\"/[]?={} ';
  for (let code = 0; code < 0x180; code++) {
    const character = String.fromCharCode(code);
    const expected = code > 31 && code < 127 && !separators.includes(character);
    expect(isToken(character), `U+${code.toString(16)}`).toBe(expected);
    expect(isToken(`a${character}`), `a and U+${code.toString(16)}`).toBe(expected);
  }
  expect(isToken('')).toBe(false);
});

law('what no header value can carry cannot be quoted', ['draft-06/5.1/subprotocol-grammar'], () => {
  for (const text of ['\0', 'a\r\nb', '\x7f', '\u0394']) expect(() => quoteIfNeeded(text)).toThrow(RangeError);
});
