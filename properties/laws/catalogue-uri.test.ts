import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { asciiLowerCase, equalsIgnoringAsciiCase } from '../../model/http-head.js';
import { connect } from '../../impl/client.js';
import { authorityOf, constructUri, parseUri, validateUri, type WebSocketUri } from '../../model/uri.js';
import { hostileUris, webSocketUris } from '../arbitraries/uri.js';
import { law } from './law.js';

function partsOf(text: string): WebSocketUri {
  const parsed = parseUri(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.refusal.says}`);
  return parsed.uri;
}

/** Percent-encodes the UTF-8 of what is no printable ASCII, octet by octet and without `encodeURI`. */
function escaped(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) =>
      byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

describe('letters of ASCII', () => {
  law('lower case changes A to Z and nothing else', ['draft-06/2.1/ascii-lower-case'], () => {
    for (let code = 0; code <= 0xffff; code++) {
      const wanted = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
      expect(asciiLowerCase(String.fromCharCode(code)).charCodeAt(0)).toBe(wanted);
    }
  });

  law(
    'two texts are equal but for case exactly when their lower cases are',
    ['draft-06/2.1/ascii-case-insensitive'],
    () => {
      const word = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.mixedCase(fc.constantFrom('Kelvin', '\u212a', 'upgrade')),
      );
      fc.assert(
        fc.property(word, word, (one, other) => {
          expect(equalsIgnoringAsciiCase(one, other)).toBe(asciiLowerCase(one) === asciiLowerCase(other));
          expect(equalsIgnoringAsciiCase(one, asciiLowerCase(one))).toBe(true);
        }),
      );
      expect(equalsIgnoringAsciiCase('\u212a', 'k')).toBe(false);
    },
  );
});

describe('parsing', () => {
  law(
    'any string gives host, port, resource name and secure flag, or fails',
    ['draft-06/3.1/components-or-failure', 'draft-06/3.1/returned', 'draft-06/2.1/uri'],
    () => {
      fc.assert(
        fc.property(fc.oneof(hostileUris(), fc.string({ unit: 'binary' })), (text) => {
          const parsed = parseUri(text);
          const keys = Object.keys(parsed.ok ? parsed.uri : parsed.refusal).sort();
          if (parsed.ok) expect(keys).toEqual(['host', 'port', 'resourceName', 'secure']);
          else expect(keys).toEqual(['clause', 'code', 'offset', 'says']);
        }),
      );
    },
  );

  law(
    'a scheme that gives the secure flag no value makes parsing fail',
    ['draft-06/3.1/no-flag-for-other-schemes'],
    () => {
      const scheme = fc.stringMatching(/^[a-z][a-z0-9+.-]{0,5}$/).filter((name) => name !== 'ws' && name !== 'wss');
      fc.assert(
        fc.property(scheme, (name) => {
          expect(parseUri(`${name}://example.com/`)).toMatchObject({ ok: false, refusal: { code: 'wrong-scheme' } });
        }),
      );
    },
  );

  law('no port component, or an empty one, is no explicit port', ['draft-06/3.1/no-explicit-port'], () => {
    fc.assert(
      fc.property(webSocketUris(), ({ host, secure, resourceName }) => {
        const scheme = secure ? 'wss' : 'ws';
        for (const port of ['', ':']) {
          expect(partsOf(`${scheme}://${host}${port}${resourceName}`).port).toBe(secure ? 443 : 80);
        }
      }),
    );
  });

  law(
    'characters that the grammar excludes go through UTF-8 into percent-encoded form',
    [
      'draft-06/3.1/resolve-as-utf-8',
      'draft-06/10.1/others-as-utf-8',
      'draft-06/10.1/others-percent-encoded',
      'draft-06/10.2/others-as-utf-8',
      'draft-06/10.2/others-percent-encoded',
    ],
    () => {
      const outside = fc.string({
        unit: fc
          .integer({ min: 0xa0, max: 0x10ffff })
          .filter((code) => code < 0xd800 || code > 0xdfff)
          .map((code) => String.fromCodePoint(code)),
        minLength: 1,
      });
      fc.assert(
        fc.property(fc.constantFrom('ws', 'wss'), outside, outside, (scheme, path, query) => {
          const { resourceName } = partsOf(`${scheme}://example.com/a${path}b?c${query}d`);
          expect(resourceName).toBe(`/a${escaped(path)}b?c${escaped(query)}d`);
        }),
      );
    },
  );

  law(
    'path and query are the resource name, and the other components mean what they mean in any URI',
    [
      'draft-06/10.1/resource-name',
      'draft-06/10.1/other-components',
      'draft-06/10.1/identifies',
      'draft-06/10.2/resource-name',
      'draft-06/10.2/other-components',
      'draft-06/10.2/identifies',
    ],
    () => {
      fc.assert(
        fc.property(webSocketUris(), (uri) => {
          const text = constructUri(uri);
          // The appendix of RFC 3986 has this expression for taking any URI apart.
          const [, scheme, authority, path = '', query] = /^([^:]+):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?$/.exec(text) ?? [];
          expect({ scheme, authority }).toEqual({ scheme: uri.secure ? 'wss' : 'ws', authority: authorityOf(uri) });
          expect(partsOf(text).resourceName).toBe(path + (query ?? ''));
        }),
      );
    },
  );
});

describe('constructing', () => {
  law(
    'a URI is a scheme, two slashes, the authority and the resource name, with nothing before or behind',
    [
      'draft-06/3.2/construct-from',
      'draft-06/3.2/construct-empty',
      'draft-06/3.2/construct-scheme',
      'draft-06/3.2/construct-secure-scheme',
      'draft-06/3.2/construct-returned',
      'draft-06/10.1/syntax',
      'draft-06/10.2/syntax',
    ],
    () => {
      fc.assert(
        fc.property(webSocketUris(), (uri) => {
          const port = uri.port === (uri.secure ? 443 : 80) ? '' : `:${uri.port}`;
          const text = constructUri(uri);
          expect(text).toBe((uri.secure ? 'wss://' : 'ws://') + uri.host + port + uri.resourceName);
          expect(text).toMatch(/^wss?:\/\/[^/?#]+\/[^?#]*(\?[^#]*)?$/);
        }),
      );
    },
  );
});

describe('validity', () => {
  law(
    'a URI that misses any one condition is invalid',
    [
      'draft-06/3.3/all-conditions',
      'draft-06/3.3/otherwise-invalid',
      'draft-06/3.3/host-at-most-7e',
      'draft-06/3.3/resource-name-slash',
    ],
    () => {
      const tooHigh = fc.integer({ min: 0x7f, max: 0xffff }).map((code) => String.fromCharCode(code));
      fc.assert(
        fc.property(webSocketUris(), tooHigh, (uri, character) => {
          expect(validateUri(uri)).toBeUndefined();
          const wrong: readonly Partial<WebSocketUri>[] = [
            { host: `a${character}` },
            { host: '' },
            { resourceName: '' },
            { resourceName: uri.resourceName.slice(1).replace(/^\/+/, '') },
            { resourceName: `${uri.resourceName}${character}` },
          ];
          for (const part of wrong) expect(validateUri({ ...uri, ...part })).toBeDefined();
        }),
      );
    },
  );

  law('a name in another script is taken in punycode and in no other form', ['draft-06/3.3/host-punycode'], () => {
    expect(partsOf('ws://xn--bcher-kva.example/').host).toBe('xn--bcher-kva.example');
    for (const host of ['b\u00fccher.example', '%C3%BC.example', '\u4f8b\u3048.example']) {
      expect(parseUri(`ws://${host}/`)).toMatchObject({ ok: false, refusal: { code: 'non-ascii-host' } });
    }
  });

  law(
    'the reference client connects to no URI that does not parse to a valid one',
    [
      'draft-06/3.3/no-connection-to-invalid',
      'draft-06/3.3/only-if-parsed-form-valid',
      'draft-06/5.1/uri-valid',
      'draft-06/5.1/invalid-uri-fails',
    ],
    () => {
      const texts = [
        '',
        'http://example.com/',
        'ws:example.com',
        'ws://b\u00fccher.example/',
        'ws://example.com/#x',
        'ws://a:99999/',
      ];
      for (const text of texts) expect(() => connect(text), text).toThrow(RangeError);
    },
  );
});
