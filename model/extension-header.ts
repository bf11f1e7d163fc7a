/** Sec-WebSocket-Extensions: what is offered and what is in use (draft-06 section 8.1). */
import { type Lexeme, parseElements, splitAt } from './header-scanner.js';
import { isToken, quoteIfNeeded } from './header-list.js';
import { asciiLowerCase } from './http-head.js';

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
 * @returns `undefined` when the grammar does not match or no extension is there
 * @example parseExtensions(['foo', 'bar; baz=2'])
 * // [{ name: 'foo', parameters: [] }, { name: 'bar', parameters: [{ name: 'baz', value: '2' }] }]
 */
export function parseExtensions(values: readonly string[]): readonly Extension[] | undefined {
  return parseElements(values, parseExtension);
}

function parseExtension(lexemes: readonly Lexeme[]): Extension | undefined {
  const parts: ExtensionParameter[] = [];
  for (const part of splitAt(lexemes, ';')) {
    const parsed = parseParameter(part);
    if (parsed === undefined) return undefined;
    parts.push(parsed);
  }
  // The first part is the extension-token: what a parameter without a value looks like.
  const [token, ...parameters] = parts;
  if (token === undefined || token.value !== undefined) return undefined;
  return { name: token.name, parameters };
}

function parseParameter([name, equals, value, more]: readonly Lexeme[]): ExtensionParameter | undefined {
  if (name?.kind !== 'token') return undefined;
  if (equals === undefined) return { name: name.text };
  if (equals.kind !== '=' || value === undefined || !('text' in value) || more !== undefined) return undefined;
  return { name: name.text, value: value.text };
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
 * literals of this grammar have no case, RFC 2616 section 2.1).
 */
export function isPrivateExtension(name: string): boolean {
  return asciiLowerCase(name.slice(0, 2)) === 'x-' && isToken(name.slice(2));
}
