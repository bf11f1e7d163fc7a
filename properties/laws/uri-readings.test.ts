import fc from 'fast-check';
import { expect } from 'vitest';
import { authorityOf, constructUri, parseUri, validateUri } from '../../model/uri.js';
import { readings, type ReadingChoices, type ReadingName } from '../../spec/readings.js';
import { hostileUris, spelledUris } from '../arbitraries/uri.js';
import { readingChoices } from '../arbitraries/reading-choices.js';
import { law } from './law.js';
import { under } from './under.js';

const uriReadings = (Object.keys(readings) as ReadingName[]).filter(
  (name) => /^R-3\d\d$/.test(readings[name].number) || name === 'std3Hosts',
);

/** URIs about which no reading has anything to say. */
function plainUris(): fc.Arbitrary<string> {
  const word = fc.string({ unit: fc.constantFrom(...'abcxyz09'.split('')), minLength: 1, maxLength: 6 });
  const host = fc.array(word, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, 'test'].join('.'));
  const path = fc.array(word, { maxLength: 3 }).map((segments) => ['', ...segments].join('/'));
  const port = fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined });
  const query = fc.option(word, { nil: undefined });
  return fc
    .tuple(fc.constantFrom('ws', 'wss'), host, port, path, query)
    .map(([scheme, name, number, resource, asked]) =>
      [`${scheme}://${name}`, number === undefined ? '' : `:${number}`, resource, asked && `?${asked}`].join(''),
    );
}

/** What a text means under some options: the URI, or the code of the refusal. */
function meaning(text: string, choices: Partial<ReadingChoices> = {}): unknown {
  const parsed = parseUri(text, under(choices));
  return parsed.ok ? parsed.uri : parsed.refusal.code;
}

/** The options agree on every text without what they are about. */
function agreeWithout(pattern: RegExp, ...choices: readonly Partial<ReadingChoices>[]): void {
  fc.assert(
    fc.property(
      fc.oneof(
        spelledUris().map(({ text }) => text),
        hostileUris(),
      ),
      (text) => {
        fc.pre(!pattern.test(text));
        for (const choice of choices) expect(meaning(text, choice)).toEqual(meaning(text));
      },
    ),
    { numRuns: 60 },
  );
}

law('a plain URI means the same under all readings', ['draft-06/3.1/components-or-failure'], () => {
  fc.assert(
    fc.property(plainUris(), readingChoices(uriReadings), (text, choices) => {
      expect(meaning(text, choices)).toEqual(meaning(text));
      expect(meaning(text)).toMatchObject({ resourceName: expect.stringMatching(/^\//) as string });
    }),
    { numRuns: 300 },
  );
});

law(
  'under all readings a text is parsed or refused, and what is parsed is valid under the same',
  ['draft-06/3.3/parse-external', 'draft-06/3.1/components-or-failure'],
  () => {
    fc.assert(
      fc.property(hostileUris(), readingChoices(uriReadings), (text, choices) => {
        const parsed = parseUri(text, choices);
        if (parsed.ok) {
          expect(validateUri(parsed.uri, choices)).toBeUndefined();
          expect(constructUri(parsed.uri).startsWith(parsed.uri.secure ? 'wss://' : 'ws://')).toBe(true);
        } else {
          expect(parsed.refusal.offset).toBeGreaterThanOrEqual(0);
          expect(parsed.refusal.offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  },
);

law('R-302: under "lower-only" capitals in the scheme are refused', ['draft-06/3.1/scheme'], () => {
  agreeWithout(/[WS]/, { schemeCase: 'lower-only' });
  fc.assert(
    fc.property(plainUris(), (text) => {
      const capital = text.replace(/^wss?/, (scheme) => scheme.toUpperCase());
      expect(meaning(capital)).toEqual(meaning(text));
      expect(meaning(capital, { schemeCase: 'lower-only' })).toBe('wrong-scheme');
    }),
    { numRuns: 20 },
  );
});

law(
  'R-303: "strict" refuses what lies outside RFC 3986, "living-standard" rewrites addresses and whatever else',
  ['draft-06/3.1/resolve'],
  () => {
    agreeWithout(/[^A-Za-z0-9._~:/?@!$&'()*+,;=-]/, { uriResolution: 'strict' });
    const strict = { uriResolution: 'strict' } as const;
    const odd = fc.constantFrom(' ', '"', '<', '\\', '^', '`', '{', '|', '\u00e9', '%', '%4', '%zz', '[', ']', '\t');
    fc.assert(
      fc.property(plainUris(), odd, fc.constantFrom('/', '/?'), (text, character, place) => {
        const spoilt = `${text.replace(/\?.*$/, '')}${place}${character}z`;
        expect(meaning(spoilt)).toMatchObject({ host: expect.any(String) as string });
        expect(meaning(spoilt, strict)).toBe('stray-character');
      }),
    );
    expect(parseUri('ws://u[@h/', under(strict))).toMatchObject({ refusal: { code: 'stray-character', offset: 6 } });
    const living = { uriResolution: 'living-standard' } as const;
    expect(meaning('ws://0x7f.1/')).toMatchObject({ host: '0x7f.1' });
    expect(meaning('ws://0x7f.1/', living)).toMatchObject({ host: '127.0.0.1' });
    expect(meaning('ws://[0:0::1]/%2e/a', living)).toMatchObject({ host: '[::1]', resourceName: '/a' });
    expect(meaning('ws://[0:0::1]/%2e/a')).toMatchObject({ host: '[0:0::1]', resourceName: '/%2e/a' });
    expect(meaning('ws:chat', living)).toMatchObject({ host: 'chat', resourceName: '/' });
    expect(parseUri(' ws://a b/', under(living))).toMatchObject({ refusal: { code: 'unresolvable', offset: 1 } });
    expect(parseUri(' ws://a/#b', under(living))).toMatchObject({ refusal: { code: 'has-fragment', offset: 1 } });
    expect(meaning('ws://0x7f.1/', { ...living, uriComponents: 'given' })).toMatchObject({ host: '0x7f.1' });
  },
);

law('R-304: under "given" nothing is resolved in path and query', ['draft-06/3.1/path'], () => {
  const given = { uriComponents: 'given' } as const;
  agreeWithout(/[^A-Za-z0-9_~:/?@!$&'()*+,;=-]/, given);
  fc.assert(
    fc.property(plainUris(), fc.constantFrom('/a/../b', '/.', '/..', '/a/./b?c'), (text, path) => {
      const dotted = `${text.replace(/(?<=\w)[/?].*$/, '')}${path}`;
      expect(meaning(dotted, given)).toMatchObject({ resourceName: path });
      expect(meaning(dotted)).not.toMatchObject({ resourceName: path });
    }),
    { numRuns: 30 },
  );
  expect(meaning('ws://a?b', given)).toMatchObject({ resourceName: '/?b' });
  for (const path of ['/a b', '/\u00e9', '\\a', '?a b']) {
    expect(meaning(`ws://a${path}`)).toMatchObject({ host: 'a' });
    expect(meaning(`ws://a${path}`, given)).toBe('bad-resource-name');
  }
});

law('R-305: under "accept" a URI needs no authority, and then has no host', ['draft-06/3.1/absolute'], () => {
  const accept = { missingAuthority: 'accept' } as const;
  agreeWithout(/^\s*wss?:(?![/\\]{2})/i, accept);
  for (const path of ['', '/', '/chat', '/a/b?c']) {
    expect(meaning(`ws:${path}`)).toBe('no-authority');
    expect(meaning(`ws:${path}`, accept)).toBe('empty-host');
    expect(meaning(`ws:${path}`, { ...accept, emptyHost: 'allow' })).toMatchObject({ host: '', port: 80 });
  }
  expect(meaning('ws:chat', { ...accept, emptyHost: 'allow' })).toBe('bad-resource-name');
});

law('R-306: under "no" a bare number sign at the end is no fragment', ['draft-06/3.1/no-fragment'], () => {
  const no = { bareNumberSign: 'no' } as const;
  agreeWithout(/#/, no);
  fc.assert(
    fc.property(plainUris(), (text) => {
      expect(meaning(`${text}#`)).toBe('has-fragment');
      expect(meaning(`${text}# `, no)).toEqual(meaning(text));
      for (const fragment of ['#a', '##']) expect(meaning(text + fragment, no)).toBe('has-fragment');
    }),
    { numRuns: 20 },
  );
});

law(
  'R-307 and R-308: a colon without digits, and which numbers a port may have',
  ['draft-06/3.1/explicit-port'],
  () => {
    agreeWithout(/:(?:[/?\\\s]|$)/, { emptyPort: 'fail' });
    agreeWithout(/:0*(?:[/?\\\s]|$)/, { portRange: 'from-one' });
    agreeWithout(/:\d{5}/, { portRange: 'any' });
    expect(meaning('ws://a:/')).toMatchObject({ port: 80 });
    expect(meaning('ws://a:/', { emptyPort: 'fail' })).toBe('bad-port');
    expect(meaning('ws://a:0/')).toMatchObject({ port: 0 });
    expect(meaning('ws://a:0/', { portRange: 'from-one' })).toBe('bad-port');
    fc.assert(
      fc.property(fc.integer({ min: 65536, max: Number.MAX_SAFE_INTEGER }), (port) => {
        expect(meaning(`ws://a:${port}/`)).toBe('bad-port');
        expect(meaning(`ws://a:${port}/`, { portRange: 'from-one' })).toBe('bad-port');
        expect(meaning(`ws://a:${port}/`, { portRange: 'any' })).toMatchObject({ port });
      }),
      { numRuns: 20 },
    );
    expect(meaning(`ws://a:${'9'.repeat(400)}/`, { portRange: 'any' })).toMatchObject({
      port: Number.MAX_SAFE_INTEGER,
    });
  },
);

law('R-309: under "text" the digits of a port stay as they are', ['draft-06/3.2/construct-port'], () => {
  const text = { portForm: 'text' } as const;
  agreeWithout(/:0\d/, text);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65535 }), fc.constantFrom('0', '000'), (port, zeros) => {
      const parsed = parseUri(`ws://a:${zeros}${port}/`, under(text));
      expect(parsed).toMatchObject({ uri: { port, portText: `${zeros}${port}` } });
      if (parsed.ok) expect(authorityOf(parsed.uri)).toBe(`a:${zeros}${port}`);
    }),
    { numRuns: 20 },
  );
});

law('R-310: under "drop" an empty query leaves no question mark', ['draft-06/3.1/query-appended'], () => {
  const drop = { emptyQuery: 'drop' } as const;
  agreeWithout(/\?\s*$/, drop);
  fc.assert(
    fc.property(plainUris(), (text) => {
      const bare = text.replace(/\?.*$/, '');
      expect(meaning(`${bare}?`, drop)).toEqual(meaning(bare));
      expect(meaning(`${bare}?`)).not.toEqual(meaning(bare));
    }),
    { numRuns: 20 },
  );
});

law('R-311: an escaped host is decoded, kept or refused', ['draft-06/3.1/host-lower-case'], () => {
  agreeWithout(/%/, { escapedHost: 'keep' }, { escapedHost: 'refuse' });
  fc.assert(
    fc.property(plainUris(), (text) => {
      const escaped = text.replace('test', '%74es%54');
      expect(meaning(escaped)).toEqual(meaning(text));
      expect(meaning(escaped, { escapedHost: 'refuse' })).toBe('bad-host');
      expect(meaning(escaped, { escapedHost: 'keep' })).toMatchObject({
        host: expect.stringMatching(/%74es%54$/) as string,
      });
    }),
    { numRuns: 20 },
  );
  expect(meaning('ws://a%zz/', { escapedHost: 'keep' })).toBe('bad-host');
});
