import fc from 'fast-check';
import { isToken } from '../../model/header-list.js';

const codes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
/** The characters of tokens, by hand: the model has them as ASCII without separators. */
const tokenCharacters = codes.filter((character) => /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(character));
/** TEXT of RFC 2616 section 2.2 without folds: any byte but a control character, and HTAB. */
export const textCharacters = codes.filter((character) => /[\t -~\x80-\xff]/.test(character));

/** `token = 1*<any CHAR except CTLs or separators>` (RFC 2616 section 2.2). */
export function tokens(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...tokenCharacters), minLength: 1, maxLength: 12 });
}

/** Anything that a token or a quoted-string can say, the empty text included; rich in quotes and backslashes. */
export function wordTexts(): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.constantFrom(...textCharacters), fc.constantFrom('"', '\\', ',', ';', '=', ' ', '\t'));
  return fc.oneof(tokens(), fc.string({ unit, maxLength: 12 }));
}

/** LWS without folds, or nothing. */
export function blanks(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 3 });
}

/**
 * The spellings of a text as one word.
 *
 *     word          = token | quoted-string
 *     quoted-string = <"> *( <any TEXT except <">> | "\" CHAR ) <">            ; RFC 2616 section 2.2
 *
 * A quote and a backslash have to be escaped, any other character up to U+007F may be.
 */
export function spelledWord(text: string): fc.Arbitrary<string> {
  const characters = Array.from(text, (character) => {
    const escaped = fc.constant(`\\${character}`);
    if (character === '"' || character === '\\') return escaped;
    return character > '\x7f' ? fc.constant(character) : fc.oneof(fc.constant(character), escaped);
  });
  const quoted = fc.tuple(...characters).map((parts) => `"${parts.join('')}"`);
  return isToken(text) ? fc.oneof(fc.constant(text), quoted) : quoted;
}

/**
 * The spellings of a list whose elements are spelled already, as the values of one or more header fields.
 *
 *     1#element = *( *LWS "," ) *LWS element *( *LWS "," [ *LWS element ] ) *LWS     ; RFC 2616 section 2.1
 *
 * A new header field may begin wherever a comma may stand.
 */
export function spelledList(elements: readonly string[]): fc.Arbitrary<readonly string[]> {
  const edge = fc.array(fc.constantFrom(',', ' ', '\t', ' ,\t'), { maxLength: 3 }).map((parts) => parts.join(''));
  const between = fc.tuple(edge, fc.constantFrom(',', '\n'), edge).map((parts) => parts.join(''));
  const separators = elements.slice(1).map(() => between);
  return fc
    .tuple(edge, fc.tuple(...separators), edge)
    .map(([first, inner, last]) =>
      (first + elements.map((element, index) => element + (inner[index] ?? '')).join('') + last).split('\n'),
    );
}

/** Words, and the values of one or more header fields of a name that list them. */
export interface SpelledWordList {
  readonly words: readonly string[];
  readonly values: readonly string[];
}

/** One to five words, tokens or texts, with one of the spellings of their list as values of header fields. */
export function spelledWordLists(): fc.Arbitrary<SpelledWordList> {
  return fc
    .array(wordTexts(), { minLength: 1, maxLength: 5 })
    .chain((words) =>
      fc.tuple(...words.map(spelledWord)).chain((spelled) => spelledList(spelled).map((values) => ({ words, values }))),
    );
}

/** Field values from characters that list grammars care about: most follow no grammar, some do. */
export function doubtfulValues(): fc.Arbitrary<readonly string[]> {
  const unit = fc.constantFrom('a', 'x-', ',', ';', '=', '"', '\\', ' ', '\t', '(', '\0', '\x7f', '\xe9', '\u0394');
  return fc.array(fc.string({ unit, maxLength: 12 }), { maxLength: 3 });
}
