import fc from 'fast-check';
import { expect } from 'vitest';
import { nonceOfKey } from '../../model/accept.js';
import type { RequestHead } from '../../model/http-head.js';
import { readOpeningRequest, type RequestExpectations, writeOpeningRequest } from '../../model/opening-request.js';
import { type ReadingChoices, type ReadingName, readings } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { openingOffers } from '../arbitraries/opening-handshake.js';
import { readingChoices } from '../arbitraries/reading-choices.js';
import { adding, setting, without } from '../arbitraries/head-changes.js';
import { law } from './law.js';
import { under } from './under.js';

const { host, upgrade, key, version, origin } = headerNames;

/** `opening`, `http` or the code of the violation. */
function kindOf(head: RequestHead, choices: Partial<ReadingChoices> = {}, more: RequestExpectations = {}): string {
  const reading = readOpeningRequest(head, { ...more, readings: under(choices) });
  return reading.kind === 'violation' ? reading.violation.code : reading.kind;
}

/** What a server reads, apart from the header fields. */
function partOf(head: RequestHead, choices: Partial<ReadingChoices> = {}): unknown {
  const reading = readOpeningRequest(head, { readings: under(choices) });
  return reading.kind === 'opening' ? { ...reading.request, fields: undefined } : reading;
}

/** Right opening handshakes. */
function sent(): fc.Arbitrary<RequestHead> {
  return openingOffers().map((offer) => writeOpeningRequest(offer));
}

/** A law on right opening handshakes, of which few are enough: what is changed in them is what counts. */
function forEachSent(check: (head: RequestHead) => void): void {
  fc.assert(fc.property(sent(), check), { numRuns: 15 });
}

law(
  'an opening handshake without lists means the same under all readings but those on authorities',
  ['draft-06/5.2.1/parse-request'],
  () => {
    const names = (Object.keys(readings) as ReadingName[]).filter((name) => name !== 'hostOfRequest');
    const simple = openingOffers().map(({ uri, nonce, fields = [] }) => writeOpeningRequest({ uri, nonce, fields }));
    fc.assert(
      fc.property(simple, readingChoices(names), (head, choices) => {
        expect(partOf(head, choices)).toEqual(partOf(head));
        expect(kindOf(head)).toBe('opening');
      }),
    );
  },
);

law('R-525: which HTTP versions a request may have', ['draft-06/5.2.1/get-request'], () => {
  fc.assert(
    fc.property(sent(), fc.nat(3), fc.nat(3), (head, major, minor) => {
      const changed = { ...head, version: { major, minor } };
      const isEnough = major > 1 || (major === 1 && minor >= 1);
      const expected = (isRight: boolean) =>
        isRight ? 'opening' : isEnough ? 'other-http-version' : 'http-version-too-low';
      expect(kindOf(changed)).toBe(expected(isEnough));
      expect(kindOf(changed, { httpVersionOfRequest: 'major-1' })).toBe(expected(isEnough && major === 1));
      expect(kindOf(changed, { httpVersionOfRequest: 'exactly' })).toBe(expected(major === 1 && minor === 1));
    }),
  );
});

law('R-528: under "refuse" an absolute Request-URI is refused', ['draft-06/5.2.1/request-uri'], () => {
  const refuse = { absoluteRequestUri: 'refuse' } as const;
  forEachSent((head) => {
    for (const scheme of ['http', 'ws']) {
      const absolute = { ...head, target: `${scheme}://a.test${head.target}` };
      expect(partOf(absolute)).toEqual(partOf(head));
      expect(kindOf(absolute, refuse)).toBe('bad-request-uri');
    }
    expect(partOf(head, refuse)).toEqual(partOf(head));
  });
});

law('R-529: which names the host when an absolute Request-URI and Host differ', ['draft-06/5.2.1/host'], () => {
  const choice = (hostOfAbsoluteUri: ReadingChoices['hostOfAbsoluteUri']) => ({ hostOfAbsoluteUri });
  forEachSent((head) => {
    const same = { ...setting(head, host, 'a.test:81'), target: 'http://A.test:81/' };
    const other = { ...setting(head, host, 'b.test'), target: 'http://user@a.test:81/' };
    for (const option of ['host-field', 'request-uri', 'refuse'] as const) {
      expect(partOf(same, choice(option))).toMatchObject({ host: 'a.test:81' });
      expect(kindOf(without(other, host), choice(option))).toBe('no-host');
    }
    expect(partOf(other)).toMatchObject({ host: 'b.test' });
    expect(partOf(other, choice('request-uri'))).toMatchObject({ host: 'a.test:81' });
    expect(kindOf(other, choice('refuse'))).toBe('wrong-host');
    const match = { ...choice('request-uri'), hostOfRequest: 'match' } as const;
    expect(kindOf(other, match, { authorities: ['b.test'] })).toBe('wrong-host');
    expect(kindOf(other, match, { authorities: ['a.test:81'] })).toBe('opening');
  });
});

law('R-532 and R-533: the case of "websocket" in Upgrade, and others beside it', ['draft-06/5.1/upgrade'], () => {
  const values = fc.constantFrom('websocket', 'WebSocket', 'h2c, websocket', 'WEBSOCKET, h2c', 'h2c');
  fc.assert(
    fc.property(sent(), fc.array(values, { minLength: 1, maxLength: 2 }), (head, written) => {
      const changed = adding(without(head, upgrade), ...written.map((value) => [upgrade, value] as const));
      const tokens = written.flatMap((value) => value.split(', '));
      const expected = (isRight: boolean) => (isRight ? 'opening' : 'no-upgrade-in-request');
      const hasToken = tokens.some((token) => token.toLowerCase() === 'websocket');
      expect(kindOf(changed)).toBe(expected(hasToken));
      expect(kindOf(changed, { upgradeCaseOfRequest: 'lower' })).toBe(expected(tokens.includes('websocket')));
      const isAlone = tokens.every((token) => token.toLowerCase() === 'websocket');
      expect(kindOf(changed, { upgradeListOfRequest: 'alone' })).toBe(expected(isAlone));
    }),
  );
});

law('R-534 and R-535: spare bits and the alphabet of the key', ['draft-06/5.1/key-is-16-byte-nonce'], () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.integer({ min: 1, max: 15 }), (bytes, bits) => {
      const right = Buffer.from(bytes).toString('base64');
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
      const last = alphabet.indexOf(right.charAt(21)) + bits;
      const spare = `${right.slice(0, 21)}${alphabet.charAt(last)}==`;
      const urlSafe = `_-${right.slice(2)}`;
      expect(nonceOfKey(spare)).toEqual(bytes);
      for (const [text, choices, isRight] of [
        [right, { spareKeyBits: 'refuse', keyAlphabet: 'url-safe' }, true],
        [spare, { spareKeyBits: 'refuse' }, false],
        [urlSafe, {}, false],
        [urlSafe, { keyAlphabet: 'url-safe', spareKeyBits: 'refuse' }, true],
      ] as const) {
        expect([text, nonceOfKey(text, under(choices)) !== undefined]).toEqual([text, isRight]);
      }
    }),
  );
  // The example of section 5.1 has such bits.
  forEachSent((head) => {
    const sample = setting(head, key, 'AQIDBAUGBwgJCgsMDQ4PEC==');
    expect(kindOf(sample)).toBe('opening');
    expect(kindOf(sample, { spareKeyBits: 'refuse' })).toBe('bad-key');
  });
});

law('R-539: under "abort" an origin has no capitals', ['draft-06/5.1/origin-no-capitals'], () => {
  forEachSent((head) => {
    const capitals = setting(head, origin, 'HTTP://a.test');
    expect(partOf(capitals)).toMatchObject({ origin: 'http://a.test' });
    expect(kindOf(capitals, { originCapitals: 'abort' })).toBe('bad-origin');
    expect(partOf(head, { originCapitals: 'abort' })).toEqual(partOf(head));
  });
});

law('R-541: the version is a text, a number or a list', ['draft-06/5.2.1/version'], () => {
  const rows = [
    [['6'], 'text number list'],
    [['06'], 'number'],
    [['0006'], 'number'],
    [['8, 6'], 'list'],
    [['6', '8'], 'list'],
    [['6.0'], ''],
    [['+6'], ''],
    [['0'], ''],
    [['8, 13'], ''],
    [[''], ''],
    [[], ''],
  ] as const;
  forEachSent((head) => {
    for (const [values, forms] of rows) {
      const changed = adding(without(head, version), ...values.map((value) => [version, value] as const));
      for (const versionForm of ['text', 'number', 'list'] as const) {
        const isRight = forms.split(' ').includes(versionForm);
        expect([values, kindOf(changed, { versionForm }) === 'opening']).toEqual([values, isRight]);
      }
    }
  });
});

law('R-576: which violation is told when there are two', ['draft-06/5.2.2/version-not-understood'], () => {
  forEachSent((head) => {
    const both = setting(without(head, key), version, '8');
    expect(kindOf(both)).toBe('wrong-version');
    expect(kindOf(both, { versionCheck: 'in-order' })).toBe('no-key');
    for (const one of [head, setting(head, version, '8'), without(head, key), without(head, version)]) {
      expect(kindOf(one, { versionCheck: 'in-order' })).toBe(kindOf(one));
    }
  });
});

law('R-577: under "abort" a server accepts version 6 alone', ['draft-06/5.2.1/version'], () => {
  forEachSent((head) => {
    const versions = ['8', '13'];
    const other = setting(head, version, '8');
    expect(partOf(head)).not.toHaveProperty('version');
    expect(readOpeningRequest(other, { versions })).toMatchObject({ kind: 'opening', request: { version: '8' } });
    expect(kindOf(other, { otherVersions: 'abort' }, { versions })).toBe('wrong-version');
    for (const otherVersions of ['may', 'abort'] as const) {
      expect(kindOf(setting(head, version, '7'), { otherVersions }, { versions })).toBe('wrong-version');
      expect(kindOf(head, { otherVersions }, { versions })).toBe('opening');
    }
  });
});

law('R-572: under "abort" a request without any sign of WebSocket is refused', ['draft-06/5.2.1/client-starts'], () => {
  forEachSent((head) => {
    const plain = { ...head, fields: head.fields.filter(({ name }) => !/^(?:sec-|upgrade$)/i.test(name)) };
    expect(kindOf(plain)).toBe('http');
    expect(kindOf(plain, { requestWithoutSign: 'abort' })).toBe('no-version');
    expect(partOf(head, { requestWithoutSign: 'abort' })).toEqual(partOf(head));
  });
});

law(
  'R-592: under "first" the first of repeated header fields counts',
  ['draft-06/5.2.1/key', 'draft-06/5.2.1/version', 'draft-06/5.2.1/host', 'draft-06/5.2.1/origin-optional'],
  () => {
    forEachSent((head) => {
      const written = setting(head, origin, 'http://a.test');
      for (const name of [host, key, version, origin]) {
        const repeated = adding(written, [name, 'another']);
        expect(partOf(repeated, { repeatedField: 'first' })).toEqual(partOf(written));
        expect(kindOf(repeated)).toMatch(/^(?:no-|repeated-origin)/);
        expect(kindOf(repeated, { repeatedField: 'refuse' })).toBe(kindOf(repeated));
      }
    });
  },
);
