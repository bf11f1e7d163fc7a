/** Header values that are lists of words: Sec-WebSocket-Protocol, Upgrade, Connection (draft-06 section 5). */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { endOfRun, isTextCode, isTokenCode, type Lexeme, parseElements } from './header-scanner.js';

/**
 * The words of a list in which each may be quoted, such as Sec-WebSocket-Protocol (draft-06 section 5.1).
 *
 *     list          = 1#( token | quoted-string )
 *     token         = 1*<any CHAR except CTLs or separators>                   ; RFC 2616 section 2.2
 *     quoted-string = <"> *( <any TEXT except <">> | "\" CHAR ) <">
 *
 * Empty elements between commas are skipped; an empty quoted-string is an element.
 * @param values values of all header fields of the name, in the order of the head and without folds
 * @param readings R-596 on empty elements, and R-543, by which a quoted string may keep its quotes and escapes
 * @returns the words in order, quoted strings without their quotes and escapes; `undefined` when the grammar does not
 * match or no element is there
 * @example parseTokenOrQuotedList(['chat, "a \\"b\\""', 'superchat']) // ['chat', 'a "b"', 'superchat']
 */
export function parseTokenOrQuotedList(
  values: readonly string[],
  readings: ReadingChoices = defaultReadings,
): readonly string[] | undefined {
  const { emptyElements, subprotocolQuotes } = readings;
  const parseWord = ([word, more]: readonly Lexeme[]): string | undefined => {
    if (more !== undefined || word === undefined || !('text' in word)) return undefined;
    return subprotocolQuotes === 'part' ? word.raw : word.text;
  };
  return parseElements(values, parseWord, emptyElements);
}

/**
 * The words of a list in which none may be quoted, `1#token`, such as Connection (RFC 2616 section 14.10).
 * @param values values of all header fields of the name, in the order of the head and without folds
 * @returns the tokens in order; `undefined` when the grammar does not match or no element is there
 * @example parseTokenList(['keep-alive, Upgrade']) // ['keep-alive', 'Upgrade']
 */
export function parseTokenList(values: readonly string[]): readonly string[] | undefined {
  return parseElements(values, ([word, more]) =>
    more === undefined && word?.kind === 'token' ? word.text : undefined,
  );
}

/** Whether a text is a token of RFC 2616 section 2.2: not empty, printable ASCII, no separator. */
export function isToken(text: string): boolean {
  return text !== '' && endOfRun(text, 0, isTokenCode) === text.length;
}

/**
 * A text as one word of a header value: a token as it is, anything else as a quoted-string (RFC 2616 section 2.2).
 * @throws RangeError on a control character other than HTAB and on a character above U+00FF, which no header value
 * carries.
 * @example quoteIfNeeded('a "b"') // '"a \\"b\\""'
 */
export function quoteIfNeeded(text: string): string {
  if (isToken(text)) return text;
  if (endOfRun(text, 0, isTextCode) !== text.length) {
    throw new RangeError(`${JSON.stringify(text)} has a character that no header value can carry`);
  }
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
