import fc from 'fast-check';
import { expect } from 'vitest';
import { serializeHead } from '../../model/http-head.js';
import { readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { parseUri, validateUri } from '../../model/uri.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { spelledUris } from '../arbitraries/uri.js';
import { law } from './law.js';
import { under } from './under.js';

const plain = { host: 'example.com', port: 80, resourceName: '/', secure: false };

/** What a text means under some options: the URI, or the code of the refusal. */
function meaning(text: string, choices: Partial<ReadingChoices> = {}): unknown {
  const parsed = parseUri(text, under(choices));
  return parsed.ok ? parsed.uri : parsed.refusal.code;
}

/** The options agree on every text without what they are about. */
function agreeWithout(pattern: RegExp, ...choices: readonly Partial<ReadingChoices>[]): void {
  fc.assert(
    fc.property(spelledUris(), ({ text }) => {
      fc.pre(!pattern.test(text));
      for (const choice of choices) expect(meaning(text, choice)).toEqual(meaning(text));
    }),
    { numRuns: 60 },
  );
}

law('R-312: under "ascii-only" any ASCII text is a host', ['draft-06/3.3/host-ascii'], () => {
  const readings = under({ hostSyntax: 'ascii-only' });
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 8 }), (text) => {
      const host = text.replaceAll('\x7f', '');
      fc.pre(host !== '');
      const isName = /^[A-Za-z0-9._~!$&'()*+,;=-]+$/.test(host);
      expect(validateUri({ ...plain, host }, readings)).toBeUndefined();
      expect(validateUri({ ...plain, host }) === undefined).toBe(isName);
    }),
  );
  expect(validateUri({ ...plain, host: 'a\u00e9' }, readings)).toMatchObject({ code: 'non-ascii-host', offset: 6 });
  expect(meaning('ws://a%2Fb/', { hostSyntax: 'ascii-only' })).toMatchObject({ host: 'a/b' });
  const injected = { ...plain, host: 'a\r\nb' };
  expect(() => serializeHead(writeOpeningRequest({ uri: injected, nonce: new Uint8Array(16) }))).toThrow(RangeError);
});

law('R-313: under "allow" the host may be empty', ['draft-06/3.3/host-ascii'], () => {
  agreeWithout(/[/\\]{3}|[/\\]{2}[^/\\?]*@?(?<=[/\\@])(?:[:/\\?]|\s*$)/, { emptyHost: 'allow' });
  for (const text of ['ws:///chat', 'ws://', 'ws://:81/', 'wss://user@/?a']) {
    expect(meaning(text)).toBe('empty-host');
    expect(meaning(text, { emptyHost: 'allow' })).toMatchObject({ host: '' });
    expect(meaning(text, { emptyHost: 'allow', hostSyntax: 'ascii-only' })).toMatchObject({ host: '' });
  }
});

law(
  'R-314: under "convert" a name in another script takes its ASCII form',
  [
    'draft-06/3.3/host-punycode',
    'draft-06/10.1/host-by-idna',
    'draft-06/10.1/idna-flags',
    'draft-06/10.1/converted-host',
    'draft-06/10.2/host-by-idna',
    'draft-06/10.2/idna-flags',
    'draft-06/10.2/converted-host',
  ],
  () => {
    const convert = { hostOutsideAscii: 'convert' } as const;
    agreeWithout(/[^\0-\x7e]|%[89A-F]/i, convert);
    const forms = [
      ['b\u00fccher.de', 'xn--bcher-kva.de'],
      ['B%C3%9Ccher.de', 'xn--bcher-kva.de'],
      ['\u4f8b\u3048.test', 'xn--r8jz45g.test'],
    ] as const;
    for (const [name, host] of forms) {
      expect(meaning(`ws://u@${name}:81/a`)).toBe('non-ascii-host');
      expect(meaning(`ws://u@${name}:81/a`, convert)).toMatchObject({ host, port: 81, resourceName: '/a' });
      expect(meaning(`wss://${name}`, convert)).toMatchObject({ host, port: 443, secure: true });
      expect(meaning(`ws://${name}/`, { ...convert, escapedHost: 'keep' })).toMatchObject(
        name.includes('%') ? { host: name.toLowerCase() } : { host },
      );
    }
    // Whatever is converted keeps the rules of STD 3, and nothing else becomes valid by it.
    for (const name of ['\u00fc_b', '\u00fc-.de', 'a\u00fc b', 'a\u00fc|', '[\u00fc]', '\ud800', '\u00ad']) {
      expect([name, meaning(`ws://${name}/`, convert)]).toEqual([name, expect.stringMatching(/-host$/)]);
    }
  },
);

law('R-315: a stray percent sign is kept, encoded or refused', ['draft-06/3.1/resolve'], () => {
  agreeWithout(/%/, { strayPercent: 'encode' }, { strayPercent: 'refuse' });
  const stray = fc.constantFrom('%', '%4', '%zz', '%%41');
  fc.assert(
    fc.property(stray, fc.constantFrom('/', '/?', '/a/'), (percent, before) => {
      const text = `ws://a${before}${percent}g`;
      expect(meaning(text)).toMatchObject({ resourceName: `${before}${percent}g` });
      expect(meaning(text, { strayPercent: 'encode' })).toMatchObject({
        resourceName: `${before}${percent.replace('%', '%25')}g`,
      });
      expect(parseUri(text, under({ strayPercent: 'refuse' }))).toMatchObject({
        refusal: { code: 'stray-character', offset: 6 + before.length },
      });
    }),
  );
  expect(meaning('ws://a/%41', { strayPercent: 'encode' })).toMatchObject({ resourceName: '/%41' });
});

law(
  'R-316: under "allow" a resource name may have a number sign, on both sides',
  ['draft-06/3.3/resource-name-characters', 'draft-06/5.2.1/request-uri'],
  () => {
    const readings = under({ numberSignInName: 'allow' });
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('#', 'a', '/', '?', ' '), maxLength: 6 }), (rest) => {
        const uri = { ...plain, resourceName: `/${rest}` };
        const isPrintable = !rest.includes(' ');
        expect(validateUri(uri, readings) === undefined).toBe(isPrintable);
        expect(validateUri(uri) === undefined).toBe(isPrintable && !rest.includes('#'));
        fc.pre(isPrintable);
        const head = writeOpeningRequest({ uri, nonce: new Uint8Array(16) });
        expect(readOpeningRequest(head, { readings })).toMatchObject({ request: { resourceName: uri.resourceName } });
        expect(readOpeningRequest(head).kind).toBe(rest.includes('#') ? 'violation' : 'opening');
      }),
    );
  },
);

law('R-317: user information is passed over, refused or sent', ['draft-06/3.1/components-or-failure'], () => {
  agreeWithout(/@/, { userInformation: 'fail' }, { userInformation: 'authenticate' });
  const given = fc.constantFrom('user', 'user:word', '', ':', 'p%3A%C3%A9', 'p\u00e9%', '%zz');
  fc.assert(
    fc.property(given, (userInformation) => {
      const text = `ws://${userInformation}@a/b`;
      expect(meaning(text)).toEqual(meaning('ws://a/b'));
      expect(parseUri(text, under({ userInformation: 'fail' }))).toMatchObject({
        refusal: { code: 'user-information', offset: 5 },
      });
      const parsed = parseUri(text, under({ userInformation: 'authenticate' }));
      expect(parsed).toMatchObject({ uri: { userInformation } });
      if (!parsed.ok) return;
      const { fields } = writeOpeningRequest({ uri: parsed.uri, nonce: new Uint8Array(16) });
      const [credentials] = fields.filter(({ name }) => name === 'Authorization');
      const expected = Buffer.from(userInformation.replace('%3A', ':').replace('%C3%A9', '\u00e9'), 'utf8');
      expect(credentials?.value).toBe(`Basic ${expected.toString('base64')}`);
    }),
  );
});

law('R-318: a backslash in front of the query is a slash, a character or refused', ['draft-06/3.1/path'], () => {
  agreeWithout(/\\/, { backslash: 'encode' }, { backslash: 'refuse' });
  const encode = { backslash: 'encode' } as const;
  expect(meaning('ws://a/b\\c?\\')).toMatchObject({ resourceName: '/b/c?%5C' });
  expect(meaning('ws://a/b\\c?\\', encode)).toMatchObject({ resourceName: '/b%5Cc?%5C' });
  expect(parseUri('ws://a/b\\c', under({ backslash: 'refuse' }))).toMatchObject({ refusal: { offset: 8 } });
  expect(meaning('ws://a/b?\\', { backslash: 'refuse' })).toMatchObject({ resourceName: '/b?%5C' });
  expect(meaning('ws:\\\\a')).toMatchObject({ host: 'a' });
  expect(meaning('ws:\\\\a', encode)).toBe('no-authority');
  expect(meaning('ws://a\\b', encode)).toBe('bad-host');
});

law('R-319: white space falls away around a URI, also inside, or is refused', ['draft-06/3.1/resolve'], () => {
  agreeWithout(/[ \t\n\f\r]/, { whiteSpace: 'strip' }, { whiteSpace: 'refuse' });
  const blank = fc.constantFrom(' ', '\t', '\n', '\f', '\r\n');
  fc.assert(
    fc.property(blank, blank, (around, inside) => {
      const text = `${around}ws://a/b${inside}c${around}`;
      const isKept = inside === ' ' || inside === '\f';
      const encoded = encodeURIComponent(inside);
      expect(meaning(text)).toMatchObject({ resourceName: `/b${encoded}c` });
      expect(meaning(text, { whiteSpace: 'strip' })).toMatchObject({ resourceName: `/b${isKept ? encoded : ''}c` });
      expect(meaning(text, { whiteSpace: 'refuse' })).toBe('stray-character');
      expect(meaning(`ws://a/${inside}c`, { whiteSpace: 'refuse' })).toBe('stray-character');
    }),
  );
  // Offsets count in the text as it was given.
  const strip = under({ whiteSpace: 'strip' });
  expect(parseUri('w\ts://a/\n#', strip)).toMatchObject({ refusal: { code: 'has-fragment', offset: 9 } });
  expect(parseUri('ws://\n', strip)).toMatchObject({ refusal: { code: 'empty-host', offset: 6 } });
});

law('R-320: under "encoded-too" an escaped dot makes a dot segment', ['draft-06/3.1/path'], () => {
  agreeWithout(/%2e/i, { escapedDots: 'encoded-too' });
  const dots = fc.constantFrom('%2e', '%2E', '.%2e', '%2E.', '%2e%2E');
  fc.assert(
    fc.property(dots, (written) => {
      const meant = written.replace(/%2e/gi, '.');
      const path = `/a/b/${written}/c`;
      expect(meaning(`ws://h${path}`)).toMatchObject({ resourceName: path });
      expect(meaning(`ws://h${path}`, { escapedDots: 'encoded-too' })).toEqual(meaning(`ws://h/a/b/${meant}/c`));
      expect(meaning(`ws://h/${written}x`, { escapedDots: 'encoded-too' })).toEqual(meaning(`ws://h/${written}x`));
    }),
  );
});

law('R-1002: under "every-name" ASCII hosts keep the rules of STD 3 too', ['draft-06/10.1/idna-flags'], () => {
  const readings = under({ std3Hosts: 'every-name' });
  const label = fc.string({ unit: fc.constantFrom('a', '9', '-', '_', '~'), maxLength: 4 });
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
      const host = labels.join('.');
      const isRight = (one: string, at: number): boolean =>
        /^(?!-)[a9-]+(?<!-)$/.test(one) || (one === '' && at > 0 && at === labels.length - 1);
      fc.pre(host !== '');
      expect(validateUri({ ...plain, host })).toBeUndefined();
      expect(validateUri({ ...plain, host }, readings) === undefined).toBe(labels.every(isRight));
    }),
    { numRuns: 200 },
  );
  expect(validateUri({ ...plain, host: 'a'.repeat(63) }, readings)).toBeUndefined();
  expect(validateUri({ ...plain, host: 'a'.repeat(64) }, readings)).toMatchObject({ code: 'bad-host' });
  expect(validateUri({ ...plain, host: '[::1]' }, under({ std3Hosts: 'every-name' }))).toBeUndefined();
  const ascii = under({ std3Hosts: 'every-name', hostSyntax: 'ascii-only' });
  expect(validateUri({ ...plain, host: 'a b' }, ascii)).toMatchObject({ code: 'bad-host' });
});
