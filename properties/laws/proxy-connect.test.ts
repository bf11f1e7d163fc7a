import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serializeHead } from '../../model/http-head.js';
import { opensTunnel, writeProxyRequest } from '../../model/proxy-connect.js';
import { parseUri, type WebSocketUri } from '../../model/uri.js';
import { utf8Text } from '../../model/utf8.js';
import { parseProxy } from '../../impl/proxy.js';
import { law } from './law.js';

const uriOf = (text: string): WebSocketUri => {
  const parsed = parseUri(text);
  if (!parsed.ok) throw new Error(parsed.refusal.says);
  return parsed.uri;
};

const lines = (...args: Parameters<typeof writeProxyRequest>): readonly string[] =>
  utf8Text(serializeHead(writeProxyRequest(...args))).split('\r\n');

describe('the request to an HTTP proxy', () => {
  law('is that of the examples of the text', ['draft-06/5.1/proxy-opens'], () => {
    const uri = uriOf('ws://example.com/');
    expect(lines(uri)).toEqual(['CONNECT example.com:80 HTTP/1.1', 'Host: example.com', '', '']);
    expect(lines(uri, { user: 'ednamode', password: 'nocapes!' })[2]).toMatch(
      /^Proxy-authorization: Basic ZWRuYW1vZGU6bm9jYXBlcyE=$/i,
    );
  });

  law('names host and port whatever the scheme', ['draft-06/5.1/proxy-opens', 'draft-06/5.1/proxy-connected'], () => {
    expect(lines(uriOf('wss://example.com/chat?a'))[0]).toBe('CONNECT example.com:443 HTTP/1.1');
    expect(lines(uriOf('ws://[2001:db8::1]:8080/'))[0]).toBe('CONNECT [2001:db8::1]:8080 HTTP/1.1');
  });

  test('carries user and password in UTF-8, and no user with a colon', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (name, password) => {
        const user = name.replaceAll(':', '');
        const field = lines(uriOf('ws://example.com/'), { user, password })[2] ?? '';
        const decoded = Buffer.from(field.replace('Proxy-Authorization: Basic ', ''), 'base64').toString();
        expect(decoded).toBe(`${user}:${password}`);
      }),
    );
    expect(() => writeProxyRequest(uriOf('ws://example.com/'), { user: 'a:b', password: '' })).toThrow(RangeError);
  });
});

law(
  'the answers of a proxy that open the way are those from 200 to 299',
  ['draft-06/5.1/proxy-opens', 'draft-06/5.1/connection-not-opened'],
  () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (status) => {
        const head = { kind: 'response', version: { major: 1, minor: 1 }, status, reason: '', fields: [] } as const;
        expect(opensTunnel(head)).toBe(Math.floor(status / 100) === 2);
      }),
    );
  },
);

describe('the address of a proxy', () => {
  test.each([
    ['http://127.0.0.1:3128', { kind: 'http', host: '127.0.0.1', port: 3128, resolvesNames: true }],
    ['http://proxy.example/', { kind: 'http', host: 'proxy.example', port: 80, resolvesNames: true }],
    ['socks5://[::1]', { kind: 'socks5', host: '::1', port: 1080, resolvesNames: false }],
    ['socks5h://proxy.example:9', { kind: 'socks5', host: 'proxy.example', port: 9, resolvesNames: true }],
  ])('%s', (text, proxy) => {
    expect(parseProxy(text)).toEqual(proxy);
  });

  test('has user and password, percent-encoded', () => {
    expect(parseProxy('http://a%40b:c%3Ad@p:1').credentials).toEqual({ user: 'a@b', password: 'c:d' });
    expect(parseProxy('socks5://only@p:1').credentials).toEqual({ user: 'only', password: '' });
  });

  test.each([
    ['', 'is no proxy'],
    ['127.0.0.1:3128', 'is no proxy'],
    ['https://p:1', 'is no proxy'],
    ['socks4://p', 'is no proxy'],
    ['http://u:secret@p:1/path', '***'],
    ['http://p:99999', 'is no proxy'],
    ['http://a%3Ab:c@p', 'no colon'],
    ['http://%ff@p', 'percent-encoded'],
    [`socks5://${'u'.repeat(256)}@p`, '255 bytes'],
  ])('%s is refused', (text, word) => {
    expect(() => parseProxy(text)).toThrow(RangeError);
    expect(() => parseProxy(text)).toThrow(word);
    expect(() => parseProxy(text)).not.toThrow('secret');
  });
});
