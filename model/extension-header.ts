/** Sec-WebSocket-Extensions: what is offered and what is in use (draft-06 section 8.1). */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { type Lexeme, parseElements, splitAt } from './header-scanner.js';
import { isToken, quoteIfNeeded } from './header-list.js';
import { asciiLowerCase } from './http-head.js';

/** The only extension that the text registers (draft-06/8.2.1/token). */
export const deflateStreamName = 'deflate-stream';

/** A parameter of an extension; without `value` when the header has no "=" behind the name. */
export interface ExtensionParameter {
  readonly name: string;
  /** Without quotes and escapes. A quoted value may be empty and may have any TEXT. */
  readonly value?: string;
}

/** One element of Sec-WebSocket-Extensions, with its parameters in the order of the header. */
export interface Extension {
  readonly name: string;
  readonly parameters: readonly ExtensionParameter[];
}

/**
 * The extensions that Sec-WebSocket-Extensions names, in order.
 *
 *     extension-list  = 1#extension                                            ; draft-06 section 8.1
 *     extension       = extension-token *( ";" extension-param )
 *     extension-token = registered-token | private-use-token
 *     registered-token  = token
 *     private-use-token = "x-" token
 *     extension-param = token [ "=" ( token | quoted-string ) ]
 *
 * LWS may stand between any two words and separators, and elements between commas may be empty (RFC 2616 section 2.1);
 * between semicolons they may not. Names keep their case and repetitions. Takes linear time.
 * @param values values of all header fields of the name, in the order of the head and without folds; several mean what
 * they mean in one line
 * @param readings widen or narrow the grammar
 * @returns `undefined` when the grammar does not match or no extension is there
 * @example parseExtensions(['foo', 'bar; baz=2'])
 * // [{ name: 'foo', parameters: [] }, { name: 'bar', parameters: [{ name: 'baz', value: '2' }] }]
 */
export function parseExtensions(
  values: readonly string[],
  readings: ReadingChoices = defaultReadings,
): readonly Extension[] | undefined {
  return parseElements(values, (lexemes) => parseExtension(lexemes, readings), readings.emptyElements);
}

function parseExtension(lexemes: readonly Lexeme[], readings: ReadingChoices): Extension | undefined {
  // reading R-801: RFC 5234 has no white space that is not written
  const isTight = readings.extensionBlanks === 'rfc-5234';
  if (isTight && lexemes.slice(1).some(({ isSpaced }) => isSpaced)) return undefined;
  const parts: ExtensionParameter[] = [];
  for (const part of splitAt(lexemes, ';')) {
    const parsed = parseParameter(part, readings);
    if (parsed === undefined) return undefined;
    parts.push(parsed);
  }
  // The first part is the extension-token: what a parameter without a value looks like.
  const [token, ...parameters] = parts;
  if (token === undefined || token.value !== undefined) return undefined;
  return isExtensionToken(token.name, readings) ? { name: token.name, parameters } : undefined;
}

/** Readings. */
function isExtensionToken(name: string, readings: ReadingChoices): boolean {
  if (readings.barePrivatePrefix === 'malformed' && asciiLowerCase(name) === 'x-') return false;
  if (readings.unregisteredExtension === 'accept') return true;
  return name === deflateStreamName || isPrivateExtension(name, readings);
}

function parseParameter(
  [name, equals, value, more]: readonly Lexeme[],
  readings: ReadingChoices,
): ExtensionParameter | undefined {
  if (name?.kind !== 'token') return undefined;
  const text = extensionNameForm(name.text, readings);
  if (equals === undefined) return { name: text };
  if (equals.kind !== '=' || value === undefined || !('text' in value) || more !== undefined) return undefined;
  // reading R-807
  if (readings.quotedParameter === 'token' && !isToken(value.text)) return undefined;
  return { name: text, value: value.text };
}

/** The form in which names of extensions and parameters are compared: in lower case by reading R-804 `none`. */
export function extensionNameForm(name: string, { extensionCase }: ReadingChoices): string {
  return extensionCase === 'none' ? asciiLowerCase(name) : name;
}

/**
 * The value of Sec-WebSocket-Extensions that names extensions in order; parameter values are quoted where they are no
 * tokens.
 * @throws RangeError when there is no extension, when a name is not a token, and when a value has a control character
 * other than HTAB or a character above U+00FF.
 * @example serializeExtensions([{ name: 'mux', parameters: [{ name: 'max-channels', value: '4' }] }])
 * // 'mux; max-channels=4'
 */
export function serializeExtensions(list: readonly Extension[]): string {
  if (list.length === 0) throw new RangeError('a list of extensions has at least one');
  return list.map(serializeExtension).join(', ');
}

function serializeExtension({ name, parameters }: Extension): string {
  return [tokenOrThrow(name), ...parameters.map(serializeParameter)].join('; ');
}

function serializeParameter({ name, value }: ExtensionParameter): string {
  return value === undefined ? tokenOrThrow(name) : `${tokenOrThrow(name)}=${quoteIfNeeded(value)}`;
}

function tokenOrThrow(name: string): string {
  if (isToken(name)) return name;
  throw new RangeError(`${JSON.stringify(name)} is not a token`);
}

/**
 * Whether an extension token is for private use: "x-" in any ASCII case, with a token behind it (draft-06 section 8.1;
 * literals of this grammar have no case, RFC 2616 section 2.1). Reading R-802 decides on the prefix alone.
 */
export function isPrivateExtension(name: string, readings: ReadingChoices = defaultReadings): boolean {
  if (asciiLowerCase(name.slice(0, 2)) !== 'x-') return false;
  return isToken(name.slice(2)) || (name.length === 2 && readings.barePrivatePrefix === 'private');
}
