/** The words of header values (RFC 2616 section 2.2), shared by the parsers of lists, of extensions and of heads. */
import type { ReadingChoices } from '../spec/readings.js';

/** A word of a header value, or one of the separators that our grammars use. */
export type Lexeme = {
  /** Whether a blank stands in front of it. */
  readonly isSpaced: boolean;
} & (
  | {
      readonly kind: 'token' | 'quoted-string';
      /** Without quotes and escapes. */
      readonly text: string;
      /** As it stands in the value. */
      readonly raw: string;
    }
  | { readonly kind: ',' | ';' | '=' }
);

const separators = '()<>@,;:\\"/[]?={} \t';

/** Whether a character code stands in tokens: printable ASCII without the separators of RFC 2616 section 2.2. */
export function isTokenCode(code: number): boolean {
  return code > 0x20 && code < 0x7f && !separators.includes(String.fromCharCode(code));
}

/**
 * Whether a character code stands in TEXT (RFC 2616 section 2.2) once folds are gone: one byte, and no control character
 * except HTAB.
 */
export function isTextCode(code: number): boolean {
  return code === 0x09 || (code >= 0x20 && code <= 0xff && code !== 0x7f);
}

/** Whether a character code is SP or HTAB: what is left of LWS once folds are gone. */
export function isBlankCode(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Index behind the longest run of accepted characters that begins at `from`; `from` when there is none. */
export function endOfRun(text: string, from: number, accepts: (code: number) => boolean): number {
  let end = from;
  while (end < text.length && accepts(text.charCodeAt(end))) end++;
  return end;
}

/**
 * The elements of a list over repeated header fields of one name, each with the lexemes that it is made of.
 *
 *     1#element     = *( *LWS "," ) *LWS element *( *LWS "," [ *LWS element ] ) *LWS     ; RFC 2616 section 2.1
 *
 * Several values mean what they mean joined by commas (RFC 2616 section 4.2). LWS may stand between any two words and
 * separators. Takes time linear in the length of the values.
 * @param values field values in the order of the head, without folds
 * @param parseElement meaning of the lexemes of one element, of which there is at least one; `undefined` when they do
 * not follow the grammar of the element
 * @param emptyElements whether an element may be empty, by reading R-596
 * @returns what the elements mean, in order; `undefined` when one does not parse, or when there is none
 */
export function parseElements<Element>(
  values: readonly string[],
  parseElement: (lexemes: readonly Lexeme[]) => Element | undefined,
  emptyElements: ReadingChoices['emptyElements'] = 'skip',
): readonly Element[] | undefined {
  const lexemes = scanLexemes(values.join(', '));
  if (lexemes === undefined) return undefined;
  const elements: Element[] = [];
  for (const part of splitAt(lexemes, ',')) {
    if (part.length === 0 && emptyElements === 'skip') continue;
    const element = parseElement(part);
    if (element === undefined) return undefined;
    elements.push(element);
  }
  return elements.length === 0 ? undefined : elements;
}

/** The parts between separators of one kind: one more than there are separators, some of them possibly empty. */
export function splitAt(lexemes: readonly Lexeme[], separator: ',' | ';'): readonly (readonly Lexeme[])[] {
  let part: Lexeme[] = [];
  const parts = [part];
  for (const lexeme of lexemes) {
    if (lexeme.kind === separator) parts.push((part = []));
    else part.push(lexeme);
  }
  return parts;
}

function scanLexemes(text: string): readonly Lexeme[] | undefined {
  const lexemes: Lexeme[] = [];
  let at = endOfRun(text, 0, isBlankCode);
  let isSpaced = at > 0;
  while (at < text.length) {
    const next = scanLexeme(text, at, isSpaced);
    if (next === undefined) return undefined;
    lexemes.push(next.lexeme);
    at = endOfRun(text, next.end, isBlankCode);
    isSpaced = at > next.end;
  }
  return lexemes;
}

interface Scanned {
  readonly lexeme: Lexeme;
  /** Index behind the lexeme. */
  readonly end: number;
}

function scanLexeme(text: string, at: number, isSpaced: boolean): Scanned | undefined {
  const first = text.charAt(at);
  if (first === ',' || first === ';' || first === '=') return { lexeme: { kind: first, isSpaced }, end: at + 1 };
  if (first === '"') return scanQuotedString(text, at, isSpaced);
  const end = endOfRun(text, at, isTokenCode);
  const word = text.slice(at, end);
  return end === at ? undefined : { lexeme: { kind: 'token', text: word, raw: word, isSpaced }, end };
}

/**
 *     quoted-string = <"> *( qdtext | quoted-pair ) <">                       ; RFC 2616 section 2.2
 *     qdtext        = <any TEXT except <">>
 *     quoted-pair   = "\" CHAR                                                 ; CHAR is U+0000 to U+007F
 *
 * A backslash is qdtext too. It is read as the start of a quoted-pair wherever a CHAR follows, and as itself before a
 * character above U+007F. A control character other than HTAB is refused even behind a backslash, as it is in heads.
 */
function scanQuotedString(text: string, open: number, isSpaced: boolean): Scanned | undefined {
  let content = '';
  for (let at = open + 1; at < text.length; at++) {
    if (text.charAt(at) === '"') {
      const raw = text.slice(open, at + 1);
      return { lexeme: { kind: 'quoted-string', text: content, raw, isSpaced }, end: at + 1 };
    }
    if (text.charAt(at) === '\\' && text.charCodeAt(at + 1) <= 0x7f) at++;
    if (!isTextCode(text.charCodeAt(at))) return undefined;
    content += text.charAt(at);
  }
  return undefined;
}
