import fc from 'fast-check';
import type { Extension, ExtensionParameter } from '../../model/extension-header.js';
import { blanks, spelledList, spelledWord, tokens, wordTexts } from './header-list.js';

/** `extension-param`: a token, with or without a value. */
function extensionParameters(): fc.Arbitrary<ExtensionParameter> {
  return fc.record({ name: tokens(), value: wordTexts() }, { requiredKeys: ['name'], noNullPrototype: true });
}

/** One to four extensions as a client may request them, with up to three parameters each (draft-06 section 8.1). */
export function extensionLists(): fc.Arbitrary<readonly Extension[]> {
  const name = fc.oneof(tokens(), fc.constantFrom('deflate-stream', 'mux', 'x-private-extension'));
  const parameters = fc.array(extensionParameters(), { maxLength: 3 });
  return fc.array(fc.record({ name, parameters }, { noNullPrototype: true }), { minLength: 1, maxLength: 4 });
}

/** Extensions, and the values of one or more Sec-WebSocket-Extensions that say them. */
export interface SpelledExtensionList {
  readonly extensions: readonly Extension[];
  readonly values: readonly string[];
}

/**
 * Extensions with one of their spellings as header field values (draft-06 section 8.1).
 *
 *     extension-list  = 1#extension
 *     extension       = extension-token *( ";" extension-param )
 *     extension-param = token [ "=" ( token | quoted-string ) ]
 *
 * LWS may stand around each ";" and "=".
 */
export function spelledExtensionLists(): fc.Arbitrary<SpelledExtensionList> {
  return extensionLists().chain((extensions) =>
    fc
      .tuple(...extensions.map(spelledExtension))
      .chain((spelled) => spelledList(spelled).map((values) => ({ extensions, values }))),
  );
}

function spelledExtension({ name, parameters }: Extension): fc.Arbitrary<string> {
  return fc.tuple(...parameters.map(spelledParameter)).map((parts) => name + parts.join(''));
}

function spelledParameter({ name, value }: ExtensionParameter): fc.Arbitrary<string> {
  const behindName = value === undefined ? fc.constant('') : spelledPair('=', spelledWord(value));
  return spelledPair(
    ';',
    fc.tuple(fc.constant(name), behindName).map((parts) => parts.join('')),
  );
}

function spelledPair(separator: string, behind: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(blanks(), fc.constant(separator), blanks(), behind).map((parts) => parts.join(''));
}
