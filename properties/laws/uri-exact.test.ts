import { describe, expect, test } from 'vitest';
import type { ReadingChoices } from '../../spec/readings.js';
import { basicCredentials, isPort } from '../../model/uri-authority.js';
import { parseUri } from '../../model/uri.js';
import { law } from './law.js';
import { under } from './under.js';

/** What parsing comes to: the host, or the code of the refusal and where it points. */
function outcome(text: string, choices: Partial<ReadingChoices> = {}): string {
  const parsed = parseUri(text, under(choices));
  return parsed.ok ? parsed.uri.host : `${parsed.refusal.code} at ${parsed.refusal.offset}`;
}

const resourceNameOf = (text: string, choices: Partial<ReadingChoices>): string | undefined => {
  const parsed = parseUri(text, under(choices));
  return parsed.ok ? parsed.uri.resourceName : undefined;
};

describe('an address in brackets', () => {
  law('has eight groups, or up to seven beside a double colon', ['draft-06/3.1/resolve'], () => {
    expect(outcome('ws://[1:2:3:4:5:6:7::]/')).toBe('[1:2:3:4:5:6:7::]');
    expect(outcome('ws://[1:2:3:4:5:6:7:8::]/')).toBe('bad-host at 5');
    expect(outcome('ws://[1:2:3:4:5:6:7]/')).toBe('bad-host at 5');
  });

  law('ends in the four numbers of an IPv4 address and nothing else', ['draft-06/3.1/resolve'], () => {
    expect(outcome('ws://[::1.2.3.4]/')).toBe('[::1.2.3.4]');
    for (const wrong of ['x1.2.3.4', '01.2.3.4', '1.2.3.4.5', '1.2.3', '1.2.3.256', '1.2.3.4.']) {
      expect(outcome(`ws://[::${wrong}]/`), wrong).toBe('bad-host at 5');
    }
  });

  test('is no name: the rules for names do not hold it, whatever else they hold', () => {
    expect(outcome('ws://[::1]/', { hostSyntax: 'ascii-only', std3Hosts: 'every-name' })).toBe('[::1]');
  });
});

describe('a host', () => {
  law('that is empty is refused as such where any ASCII is a host', ['draft-06/3.1/resolve'], () => {
    expect(outcome('ws:///', { hostSyntax: 'ascii-only' })).toBe('empty-host at 5');
  });

  law('is refused at its first fault', ['draft-06/3.1/resolve'], () => {
    expect(outcome('ws://a b%4g/', { escapedHost: 'refuse' })).toBe('bad-host at 6');
    expect(outcome('ws://ab%41/', { escapedHost: 'refuse' })).toBe('bad-host at 7');
    expect(outcome('ws://ab%4g/', { escapedHost: 'keep' })).toBe('bad-host at 7');
    expect(outcome('ws://ab%4F/', { escapedHost: 'keep' })).toBe('ab%4f');
    expect(outcome('ws://a b/\u00e9', { uriComponents: 'given' })).toBe('bad-host at 6');
  });

  law('has labels of at most 63 characters under STD 3, each of them', ['draft-06/10.1/idna-flags'], () => {
    const choices = { std3Hosts: 'every-name' } as const;
    expect(outcome(`ws://a.${'b'.repeat(63)}/`, choices)).toBe(`a.${'b'.repeat(63)}`);
    expect(outcome(`ws://a.${'b'.repeat(64)}/`, choices)).toBe('bad-host at 7');
  });

  law(
    'comes behind user information, which may have brackets unless RFC 3986 is kept',
    ['draft-06/3.1/resolve'],
    () => {
      expect(outcome('ws://a[b@example.com/')).toBe('example.com');
      expect(outcome('ws://a[b@example.com/', { uriResolution: 'strict' })).toBe('stray-character at 6');
    },
  );
});

describe('the parts', () => {
  test('have no user information where there is none', () => {
    expect(parseUri('ws://a/', under({ userInformation: 'authenticate' }))).toStrictEqual({
      ok: true,
      uri: { host: 'a', port: 80, resourceName: '/', secure: false },
    });
  });

  test('make the credentials of user information from its UTF-8 and its escapes', () => {
    expect(basicCredentials('a:b')).toBe('Basic YTpi');
    expect(basicCredentials('\u{1f600}%ff%')).toBe(`Basic ${Buffer.from('f09f9880ff25', 'hex').toString('base64')}`);
  });

  law('have a port from 0 on, in whole numbers, where any number is one', ['draft-06/3.1/explicit-port'], () => {
    const any = under({ portRange: 'any' });
    expect([0, 1, 65536, -1, 0.5, 2 ** 53].map((port) => isPort(port, any))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([0, 1, 65535, 65536].map((port) => isPort(port, under({ portRange: 'from-one' })))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  law('have escaped dots resolved where they are all of a segment', ['draft-06/3.1/resolve'], () => {
    const choices = { escapedDots: 'encoded-too' } as const;
    expect(resourceNameOf('ws://a/b/%2e%2E/c', choices)).toBe('/c');
    expect(resourceNameOf('ws://a/b%2e/c', choices)).toBe('/b%2e/c');
    expect(resourceNameOf('ws://a/%2eb/c', choices)).toBe('/%2eb/c');
  });
});

test('a refused backslash, white space or percent sign is pointed at', () => {
  expect(outcome('ws://a\\b/', { backslash: 'refuse' })).toBe('stray-character at 6');
  expect(outcome('ws://a/?\\', { backslash: 'refuse' })).toBe('a');
  expect(outcome('ws://a/ b', { whiteSpace: 'refuse' })).toBe('stray-character at 7');
  expect(outcome('ws://a/%4g', { strayPercent: 'refuse' })).toBe('stray-character at 7');
  expect(outcome('WS://a/', { schemeCase: 'lower-only' })).toBe('wrong-scheme at 0');
  expect(outcome('ws://a:/', { emptyPort: 'fail' })).toBe('bad-port at 6');
});
