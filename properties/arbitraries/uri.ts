import fc from 'fast-check';
import type { WebSocketUri } from '../../model/uri.js';
import { defaultPorts } from '../../spec/wire.js';

/** A URI as somebody may write it, beside the parts that draft-06 section 3.1 finds in it. */
export interface SpelledUri {
  readonly text: string;
  readonly uri: WebSocketUri;
}

interface Spelling {
  readonly text: string;
  readonly means: string;
}

const lettersAndDigits = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
const hexDigits = '0123456789abcdef'.split('');
const subDelims = "!$&'()*+,;=".split('');
const pathCharacters = [...lettersAndDigits, ...'ABCXYZ-._~:@'.split(''), ...subDelims];

function same(text: string): Spelling {
  return { text, means: text };
}

function joined(parts: readonly Spelling[]): Spelling {
  return { text: parts.map((part) => part.text).join(''), means: parts.map((part) => part.means).join('') };
}

/** Labels that neither start nor end with a hyphen, nor have two side by side; the last starts with a letter. */
function nameArbitrary(): fc.Arbitrary<string> {
  const characters = fc.string({
    unit: fc.constantFrom(...lettersAndDigits, '_', '~', '!'),
    minLength: 1,
    maxLength: 8,
  });
  const label = fc.oneof(
    characters,
    fc.tuple(characters, characters).map(([a, b]) => `${a}${b}-${a}`),
  );
  const lastLabel = label.map((text) => `x${text}`);
  return fc.tuple(fc.array(label, { maxLength: 3 }), lastLabel).map(([first, last]) => [...first, last].join('.'));
}

/** Eight groups; seven at most with `::` in any place; the last two groups as IPv4. */
function ipv6Arbitrary(): fc.Arbitrary<string> {
  const group = fc.string({ unit: fc.constantFrom(...hexDigits), minLength: 1, maxLength: 4 });
  const full = fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':'));
  const short = fc
    .tuple(fc.array(group, { maxLength: 7 }), fc.nat(7))
    .map(([groups, at]) => `${groups.slice(0, at).join(':')}::${groups.slice(at).join(':')}`);
  const mixed = fc
    .tuple(fc.array(group, { minLength: 6, maxLength: 6 }), fc.ipV4())
    .map(([groups, tail]) => [...groups, tail].join(':'));
  return fc.oneof(full, short, mixed).map((address) => `[${address}]`);
}

/**
 * The host of a URI, in lower case: a name, an IPv4 address with four numbers, or an IPv6 address in brackets. Names
 * have no label that begins with `xn--`, and their last label is not a number (draft-06 sections 3.1 and 3.3).
 */
export function hosts(): fc.Arbitrary<string> {
  return fc.oneof({ weight: 3, arbitrary: nameArbitrary() }, fc.ipV4(), ipv6Arbitrary());
}

/** Path characters of RFC 3986, escapes, and percent signs without an escape; none of them changes when resolved. */
function plainArbitrary(): fc.Arbitrary<Spelling> {
  const digit = fc.constantFrom(...hexDigits, ...'ABCDEF'.split(''));
  const escape = fc.tuple(digit, digit).map(([high, low]) => `%${high}${low}`);
  // "%2E" alone in a segment is a dot segment to WHATWG, and not to RFC 3986: left to a law of its own.
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...pathCharacters) },
    escape.filter((text) => text.toUpperCase() !== '%2E'),
    fc.constant('%zz'),
  );
  return fc.array(piece, { maxLength: 8 }).map((pieces) => same(pieces.join('')));
}

/**
 * Characters that no URI may have, and that resolving percent-encodes: any script, controls, lone surrogates. A letter
 * follows, so that no control ends the URI and no surrogate finds its other half.
 */
function unusualArbitrary(): fc.Arbitrary<Spelling> {
  const beyondAscii = fc.integer({ min: 0x80, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff);
  const scalar = fc
    .oneof(
      beyondAscii.map((code) => String.fromCodePoint(code)),
      fc.constantFrom(' ', '"', '<', '>', '\u0001', '\u007f'),
    )
    .map((text) => ({ text: `${text}s`, means: `${encodeURIComponent(text)}s` }));
  const surrogate = fc
    .integer({ min: 0xd800, max: 0xdfff })
    .map((code) => ({ text: `${String.fromCharCode(code)}s`, means: '%EF%BF%BDs' }));
  return fc.oneof({ weight: 3, arbitrary: scalar }, surrogate);
}

function segmentArbitrary(): fc.Arbitrary<Spelling> {
  return fc
    .array(fc.oneof({ weight: 2, arbitrary: plainArbitrary() }, unusualArbitrary()), { maxLength: 3 })
    .map((parts) => joined(parts))
    .filter(({ text }) => text !== '.' && text !== '..');
}

/** A path that is empty or starts with a slash, with dot segments that lead nowhere: `./` and `word/../`. */
function pathArbitrary(): fc.Arbitrary<Spelling> {
  const detour = fc.constantFrom('./', 'there/../', 'a/b/../.././').map((text) => ({ text, means: '' }));
  const step = segmentArbitrary().map((segment) => joined([segment, same('/')]));
  const rooted = fc
    .tuple(
      fc.constantFrom('/', '/../', '/./../../'),
      fc.array(fc.oneof(detour, step), { maxLength: 5 }),
      segmentArbitrary(),
    )
    .map(([root, steps, last]) => joined([{ text: root, means: '/' }, ...steps, last]));
  return fc.oneof({ weight: 1, arbitrary: fc.constant({ text: '', means: '/' }) }, { weight: 5, arbitrary: rooted });
}

function queryArbitrary(): fc.Arbitrary<Spelling> {
  const part = fc.oneof(plainArbitrary(), unusualArbitrary(), fc.constantFrom('?', '/', '/../').map(same));
  const query = fc.array(part, { maxLength: 4 }).map((parts) => joined([same('?'), ...parts]));
  return fc.option(query, { nil: same('') });
}

function spelledCase(word: string): fc.Arbitrary<string> {
  return fc.mixedCase(fc.constant(word));
}

/** The ways to write a port: as a number, with zeros in front, and, where it is the default, not at all or as ":". */
function portSpelling(port: number, isDefault: boolean): fc.Arbitrary<string> {
  const written = [`:${String(port)}`, `:00${String(port)}`];
  return fc.constantFrom(...written, ...(isDefault ? ['', ':'] : []));
}

/** Ports: 0 to 65535, the defaults of both schemes often. */
export function ports(): fc.Arbitrary<number> {
  return fc.oneof(fc.constantFrom(defaultPorts.ws, defaultPorts.wss), fc.nat(0xffff));
}

/** The parts of a valid WebSocket URI in the form that parsing gives them: draft-06 section 3.3, host in lower case. */
export function webSocketUris(): fc.Arbitrary<WebSocketUri> {
  return spelledUris().map(({ uri }) => uri);
}

/**
 * Valid URIs in many spellings: scheme and host in any case, user information, ports written out, dot segments,
 * escapes, characters of every script, and white space around the whole (draft-06 sections 3.1 and 3.3). No host is
 * escaped, and no backslash and no tab or line end stands inside.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { parseUri } from 'hybi-spec';
 * import { spelledUris } from 'hybi-spec/arbitraries';
 *
 * fc.assert(
 *   fc.property(spelledUris(), ({ text, uri }) => {
 *     // Put a parser of your own here: it has to find the same host, port, resource name and secure flag.
 *     const parsed = parseUri(text);
 *     return parsed.ok && parsed.uri.host === uri.host && parsed.uri.port === uri.port;
 *   }),
 * );
 * ```
 */
export function spelledUris(): fc.Arbitrary<SpelledUri> {
  return fc
    .record({
      secure: fc.boolean(),
      host: hosts(),
      port: ports(),
      path: pathArbitrary(),
      query: queryArbitrary(),
      userinfo: fc.constantFrom('', '', 'user@', 'user:word@', ':@'),
      around: fc.constantFrom('', '', ' ', '\t', '\r\n '),
    })
    .chain(({ secure, host, port, path, query, userinfo, around }) => {
      const scheme = secure ? 'wss' : 'ws';
      const resource = joined([path, query]);
      return fc
        .tuple(spelledCase(scheme), spelledCase(host), portSpelling(port, port === defaultPorts[scheme]))
        .map(([schemeText, hostText, portText]) => ({
          text: `${around}${schemeText}://${userinfo}${hostText}${portText}${resource.text}${around}`,
          uri: { secure, host, port, resourceName: resource.means },
        }));
    });
}

/**
 * Strings that are nearly WebSocket URIs, and some that are: delimiters and fragments of URIs in any order, valid URIs
 * with one character put in, taken out or replaced, and plain noise with lone surrogates (draft-06 sections 3.1 and 3.3).
 */
export function hostileUris(): fc.Arbitrary<string> {
  const tokens = fc.constantFrom(
    ...[
      'ws:',
      'wss:',
      'http:',
      '//',
      '/',
      '\\',
      '?',
      '#',
      '@',
      ':',
      '[',
      ']',
      '::1',
      '..',
      '.',
      '%',
      '%2e',
      '%41',
      '%00',
    ],
    ...[
      '%zz',
      '%C3',
      'h',
      'xn--',
      '80',
      '65536',
      '-1',
      '１',
      ' ',
      '\t',
      '\n',
      '\0',
      '\u007f',
      'é',
      '。',
      '\ud800',
      '😀',
    ],
  );
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes)),
  );
  const shuffled = fc.array(tokens, { maxLength: 12 }).map((parts) => parts.join(''));
  const started = shuffled.map((text) => `ws://${text}`);
  const nearMiss = fc
    .tuple(spelledUris(), fc.nat(), fc.nat(1), fc.oneof(tokens, fc.constant('')))
    .map(([{ text }, place, removed, inserted]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + inserted + text.slice(at + removed);
    });
  return fc.oneof(noise, shuffled, started, nearMiss);
}
