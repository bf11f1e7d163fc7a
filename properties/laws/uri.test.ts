import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClauseId } from '../../spec/clauses.js';
import {
  authorityOf,
  constructUri,
  parseUri,
  uriRefusals,
  validateUri,
  type UriRefusal,
  type UriRefusalCode,
  type WebSocketUri,
} from '../../model/uri.js';
import { hosts, hostileUris, ports, spelledUris, webSocketUris } from '../arbitraries/uri.js';
import { law } from './law.js';

function parsed(text: string): WebSocketUri {
  const result = parseUri(text);
  if (!result.ok) throw new Error(`${JSON.stringify(text)} is refused: ${result.refusal.code}`);
  return result.uri;
}

function refused(text: string): UriRefusal {
  const result = parseUri(text);
  if (result.ok) throw new Error(`${JSON.stringify(text)} is accepted as ${constructUri(result.uri)}`);
  return result.refusal;
}

const plain: WebSocketUri = { host: 'example.com', port: 80, resourceName: '/', secure: false };

describe('parsing', () => {
  law(
    'a URI in any spelling parses to its parts',
    [
      'draft-06/3.1/resolve',
      'draft-06/3.1/secure-flag',
      'draft-06/3.1/host-lower-case',
      'draft-06/3.1/explicit-port',
      'draft-06/3.1/default-port',
      'draft-06/3.1/path',
      'draft-06/3.1/empty-path-is-slash',
      'draft-06/3.1/query-appended',
    ],
    () => {
      fc.assert(
        fc.property(spelledUris(), ({ text, uri }) => {
          expect(parsed(text)).toEqual(uri);
        }),
      );
    },
  );

  law('parsing answers every string, and a refusal points into it', ['draft-06/3.3/parse-external'], () => {
    fc.assert(
      fc.property(hostileUris(), (text) => {
        const result = parseUri(text);
        if (result.ok) return;
        expect(result.refusal.offset).toBeGreaterThanOrEqual(0);
        expect(result.refusal.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  law('whatever parsing returns is valid', ['draft-06/3.3/only-parsed'], () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileUris(),
          spelledUris().map(({ text }) => text),
        ),
        (text) => {
          const result = parseUri(text);
          if (result.ok) expect(validateUri(result.uri)).toBeUndefined();
        },
      ),
      { numRuns: 1000 },
    );
  });

  law('whatever parsing returns constructs a URI that parses to the same', ['draft-06/3.1/resolve'], () => {
    fc.assert(
      fc.property(hostileUris(), (text) => {
        const result = parseUri(text);
        if (result.ok) expect(parsed(constructUri(result.uri))).toEqual(result.uri);
      }),
      { numRuns: 1000 },
    );
  });

  law('a URI with a fragment is refused, wherever and whatever the fragment', ['draft-06/3.1/no-fragment'], () => {
    fc.assert(
      fc.property(spelledUris(), fc.string(), ({ text }, fragment) => {
        const uri = text.trimEnd();
        expect(refused(`${uri}#${fragment}`)).toMatchObject({ code: 'has-fragment', offset: uri.length });
      }),
    );
  });

  law(
    'the case of scheme and host makes no difference',
    ['draft-06/3.1/scheme', 'draft-06/3.1/host-lower-case'],
    () => {
      fc.assert(
        fc.property(fc.constantFrom('ws', 'wss'), hosts(), fc.func(fc.boolean()), (scheme, host, isUpper) => {
          const lower = `${scheme}://${host}`;
          const mixed = lower.replace(/[a-z]/g, (letter, at) => (isUpper(at) ? letter.toUpperCase() : letter));
          expect(parsed(`${mixed}/Path`)).toEqual(parsed(`${lower}/Path`));
        }),
      );
    },
  );

  test.each([
    ['ws://h:/', { ...plain, host: 'h' }],
    ['wss://h:80', { ...plain, host: 'h', port: 80, secure: true }],
    ['ws://h:0/', { ...plain, host: 'h', port: 0 }],
    ['ws://h?', { ...plain, host: 'h', resourceName: '/?' }],
    ['ws://h/?', { ...plain, host: 'h', resourceName: '/?' }],
    ['ws://%45xample.com', plain],
    ['ws:\\\\example.com\\a\\..\\b?c\\d', { ...plain, resourceName: '/b?c%5Cd' }],
    ['ws://h\\@example.com/', { ...plain, host: 'h', resourceName: '/@example.com/' }],
    ['ws://h/a\tb\nc\0', { ...plain, host: 'h', resourceName: '/a%09b%0Ac%00' }],
    [
      'ws://h/a|b[c]^{`}?a|b[c]^{`}',
      { ...plain, host: 'h', resourceName: '/a%7Cb%5Bc%5D%5E%7B%60%7D?a%7Cb%5Bc%5D%5E%7B%60%7D' },
    ],
    ['ws://h/%2e%2E/', { ...plain, host: 'h', resourceName: '/%2e%2E/' }],
    ['ws://h/%25%2525%', { ...plain, host: 'h', resourceName: '/%25%2525%' }],
    ['ws://h/a/b/..', { ...plain, host: 'h', resourceName: '/a/' }],
    ['ws://h/..//a/.', { ...plain, host: 'h', resourceName: '//a/' }],
    ['ws://h/\ud83d\ude00\ude00', { ...plain, host: 'h', resourceName: '/%F0%9F%98%80%EF%BF%BD' }],
    ['ws://1.2/', { ...plain, host: '1.2' }],
    ['ws://[::FFFF:1.2.3.4]:81', { ...plain, host: '[::ffff:1.2.3.4]', port: 81 }],
  ] as const)('the reading of %j is settled', (text, uri) => {
    expect(parsed(text)).toEqual(uri);
  });
});

describe('agreement with WHATWG', () => {
  // URL keeps no default port and writes IPv6 addresses in one form; both are differences of spelling only.
  law(
    'for valid URIs the parts are those of URL',
    ['draft-06/3.1/resolve', 'draft-06/3.1/explicit-port', 'draft-06/3.1/default-port', 'draft-06/3.1/query-appended'],
    () => {
      fc.assert(
        fc.property(spelledUris(), ({ text }) => {
          const theirs = new URL(text);
          const ours = parsed(text);
          expect(ours.secure).toBe(theirs.protocol === 'wss:');
          expect(ours.port).toBe(theirs.port === '' ? (ours.secure ? 443 : 80) : Number(theirs.port));
          if (ours.host.startsWith('[')) expect(new URL(`ws://${ours.host}`).hostname).toBe(theirs.hostname);
          else expect(ours.host).toBe(theirs.hostname);
          // URL escapes "'" in the query of a special scheme. RFC 3986 has it in the grammar, so the draft does not.
          // URL reports an empty query as none. The draft appends every query component, and "?" makes one.
          const [path, ...query] = ours.resourceName.split('?');
          const search = query.length === 0 ? '' : `?${query.join('?').replaceAll("'", '%27')}`;
          expect(path).toBe(theirs.pathname);
          expect(search === '?' ? '' : search).toBe(theirs.search);
        }),
        { numRuns: 500 },
      );
    },
  );

  law('no URI that both accept leads to two hosts', ['draft-06/3.1/host-lower-case'], () => {
    fc.assert(
      fc.property(hostileUris(), (text) => {
        const result = parseUri(text);
        // Where the last label is a number URL may write another IPv4 address of the same value; where tabs and line
        // ends stand in the text, URL drops them.
        if (!result.ok || !URL.canParse(text) || /[\t\n\r]/.test(text.trim())) return;
        const { host } = result.uri;
        const theirs = new URL(text);
        expect(new URL(`ws://${host}`).host).toBe(theirs.hostname);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Codes that come under other readings only. */
type UnderOthers = 'stray-character' | 'user-information' | 'unresolvable';

describe('refusing', () => {
  const examples: Readonly<
    Record<Exclude<UriRefusalCode, 'bad-resource-name' | UnderOthers>, readonly (readonly [string, number])[]>
  > = {
    'not-absolute': [
      ['', 0],
      ['  ', 2],
      ['/chat', 0],
      ['//example.com/', 0],
      ['1ws://h/', 0],
      [':', 0],
      ['ws', 2],
      ['ws/:', 2],
      ['w\ns://h/', 1],
    ],
    'wrong-scheme': [
      ['http://h/', 0],
      [' wsx://h/', 1],
      ['w:', 0],
    ],
    'has-fragment': [
      ['ws://h/#', 7],
      ['ws://h#a', 6],
      ['ws://#', 5],
      ['ws:#', 3],
    ],
    'no-authority': [
      ['ws:', 3],
      ['ws:h/a', 3],
      ['ws:/h/a', 3],
      ['wss:?//', 4],
    ],
    'empty-host': [
      ['ws://', 5],
      ['ws:///h', 5],
      ['ws://u@/', 7],
      ['ws://:80/', 5],
      ['ws://?a', 5],
      ['ws://::1/', 5],
    ],
    'bad-host': [
      ['ws://a b/', 6],
      ['ws://a%20b/', 6],
      ['ws://%41%42%', 11],
      ['ws://a@b@c/', 8],
      ['ws://a\0', 6],
      ['ws://h]/', 6],
      ['ws://%5B::1%5D/', 5],
      ['ws://[/', 5],
      ['ws://[]/', 5],
      ['ws://[::1', 5],
      ['ws://[1:2:3:4:5:6:7]/', 5],
      ['ws://[1:2:3:4:5:6:7:8:9]/', 5],
      ['ws://[1::2:3:4:5:6:7:8]/', 5],
      ['ws://[1::2::3]/', 5],
      ['ws://[:::]/', 5],
      ['ws://[12345::]/', 5],
      ['ws://[1.2.3.4::]/', 5],
      ['ws://[::1.2.3.4:1]/', 5],
      ['ws://[::1.2.3]/', 5],
      ['ws://[::1.2.3.4.]/', 5],
      ['ws://[::1.2.3.04]/', 5],
      ['ws://[::1.2.3.256]/', 5],
      ['ws://[fe80::1%25eth0]/', 5],
      ['ws://[v1.a]/', 5],
    ],
    'non-ascii-host': [
      ['ws://exämple.com/', 7],
      ['ws://ex%C3%A4mple.com/', 7],
      ['ws://a\u007f/', 6],
      ['ws://a\ud800/', 6],
      ['ws://a。b/', 6],
    ],
    'bad-port': [
      ['ws://h:8x/', 8],
      ['ws://h:-1/', 7],
      ['ws://1::1/', 7],
      ['ws://h:65536/', 7],
      ['ws://[::1]80/', 10],
      ['ws://h:\n80/', 7],
      ['ws://h:１/', 7],
      [`ws://h:${'9'.repeat(400)}/`, 7],
    ],
  };

  const rows = Object.entries(examples).flatMap(([code, texts]) =>
    texts.map(([text, offset]) => ({ code: code as keyof typeof examples, text, offset })),
  );

  test.each(rows)('$text is refused: $code', ({ code, text, offset }) => {
    expect(refused(text)).toEqual({ code, ...uriRefusals[code], offset });
  });

  const demandedBy: Readonly<Record<keyof typeof examples, ClauseId>> = {
    'not-absolute': 'draft-06/3.1/absolute',
    'wrong-scheme': 'draft-06/3.1/scheme',
    'has-fragment': 'draft-06/3.1/no-fragment',
    'no-authority': 'draft-06/3.1/resolve',
    'empty-host': 'draft-06/3.1/resolve',
    'bad-host': 'draft-06/3.1/resolve',
    'non-ascii-host': 'draft-06/3.3/host-ascii',
    'bad-port': 'draft-06/3.1/explicit-port',
  };

  law(
    'a refusal names the clause that demands it',
    [
      'draft-06/3.1/absolute',
      'draft-06/3.1/resolve',
      'draft-06/3.1/scheme',
      'draft-06/3.1/no-fragment',
      'draft-06/3.1/explicit-port',
      'draft-06/3.3/host-ascii',
    ],
    () => {
      for (const { code, text } of rows) expect(refused(text).clause).toBe(demandedBy[code]);
    },
  );
});

describe('constructing', () => {
  law(
    'constructing and parsing again gives the same parts',
    [
      'draft-06/3.2/construct-scheme',
      'draft-06/3.2/construct-host',
      'draft-06/3.2/construct-port',
      'draft-06/3.2/construct-resource-name',
    ],
    () => {
      fc.assert(
        fc.property(webSocketUris(), (uri) => {
          expect(parsed(constructUri(uri))).toEqual(uri);
        }),
      );
    },
  );

  law('the port is left out exactly when it is the default of the scheme', ['draft-06/3.2/construct-port'], () => {
    fc.assert(
      fc.property(hosts(), ports(), fc.boolean(), (host, port, secure) => {
        const authority = authorityOf({ host, port, secure, resourceName: '/' });
        const isDefault = port === (secure ? 443 : 80);
        expect(authority).toBe(isDefault ? host : `${host}:${String(port)}`);
      }),
    );
  });
});

describe('validity', () => {
  law('a host with a character above U+007E is invalid', ['draft-06/3.3/host-ascii'], () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x7f, max: 0xffff }), fc.boolean(), (code, secure) => {
        const uri = { ...plain, secure, host: `a${String.fromCharCode(code)}` };
        expect(validateUri(uri)).toMatchObject({ code: 'non-ascii-host', clause: 'draft-06/3.3/host-ascii' });
        expect(constructUri(uri).charCodeAt(validateUri(uri)?.offset ?? -1)).toBe(code);
      }),
    );
  });

  law(
    'a resource name is valid exactly when it starts with a slash and stays within U+0021 to U+007E, without a fragment',
    ['draft-06/3.3/resource-name-characters'],
    () => {
      const character = fc
        .oneof(fc.nat(0x100), fc.nat(0xffff), fc.constant(0x23))
        .map((code) => String.fromCharCode(code));
      const name = fc.tuple(fc.constantFrom('', '/', 'a'), fc.string({ unit: character, maxLength: 4 }));
      fc.assert(
        fc.property(name, ports(), ([first, rest], port) => {
          const resourceName = first + rest;
          const codes = resourceName.split('').map((unit) => unit.charCodeAt(0));
          const isValid = codes[0] === 0x2f && codes.every((code) => code >= 0x21 && code <= 0x7e && code !== 0x23);
          expect(validateUri({ ...plain, port, resourceName })?.code).toBe(isValid ? undefined : 'bad-resource-name');
        }),
      );
    },
  );

  test.each([
    [{ ...plain, host: '' }, 'empty-host', 5],
    [{ ...plain, host: 'a\r\nb' }, 'bad-host', 6],
    [{ ...plain, host: '%41' }, 'bad-host', 5],
    [{ ...plain, host: '[::g]', secure: true }, 'bad-host', 6],
    [{ ...plain, port: -1 }, 'bad-port', 17],
    [{ ...plain, port: 65536 }, 'bad-port', 17],
    [{ ...plain, port: 1.5 }, 'bad-port', 17],
    [{ ...plain, port: NaN }, 'bad-port', 17],
    [{ ...plain, resourceName: '' }, 'bad-resource-name', 16],
    [{ ...plain, resourceName: 'a' }, 'bad-resource-name', 16],
    [{ ...plain, port: 8080, resourceName: '/a b' }, 'bad-resource-name', 23],
  ] as const)('%j is invalid: %s', (uri, code, offset) => {
    expect(validateUri(uri)).toEqual({ code, ...uriRefusals[code], offset });
  });
});
