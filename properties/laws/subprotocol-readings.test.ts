import fc from 'fast-check';
import { expect } from 'vitest';
import { quoteIfNeeded } from '../../model/header-list.js';
import { lacksSubprotocol, selectSubprotocol } from '../../model/negotiation.js';
import { type OpeningOffer, readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { readOpeningResponse, writeOpeningResponse } from '../../model/opening-response.js';
import { acceptOfKey, keyOfNonce } from '../../model/accept.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { tokens } from '../arbitraries/header-list.js';
import { adding, setting } from '../arbitraries/head-changes.js';
import { law } from './law.js';
import { under } from './under.js';

const { subprotocol, extensions, origin } = headerNames;
const nonce = new Uint8Array(16);
const uri = { host: 'a.test', port: 80, resourceName: '/', secure: false };
const offer: OpeningOffer = { uri, nonce };
const plain = writeOpeningRequest(offer);

/** The subprotocols that a server reads in these values, or the code of what is wrong with them. */
function offered(values: string | readonly string[], choices: Partial<ReadingChoices> = {}): unknown {
  const fields = [values].flat().map((value) => [subprotocol, value] as const);
  const reading = readOpeningRequest(adding(plain, ...fields), { readings: under(choices) });
  if (reading.kind === 'http') throw new Error('not an opening handshake');
  return reading.kind === 'opening' ? reading.request.subprotocols : reading.violation.code;
}

/** What a client that offers these names makes of a value in the response. */
function selected(names: readonly string[], value: string | undefined, choices: Partial<ReadingChoices> = {}): unknown {
  const fields = [
    { name: headerNames.upgrade, value: 'websocket' },
    { name: headerNames.connection, value: 'Upgrade' },
    { name: headerNames.accept, value: acceptOfKey(keyOfNonce(nonce)) },
    ...(value === undefined ? [] : [{ name: subprotocol, value }]),
  ];
  const head = { kind: 'response', version: { major: 1, minor: 1 }, status: 101, reason: '', fields } as const;
  const expectations = { key: keyOfNonce(nonce), subprotocols: names, readings: under(choices) };
  const reading = readOpeningResponse(head, expectations);
  return reading.kind === 'accepted' ? (reading.agreement.subprotocol ?? 'none') : reading.violation.code;
}

/** One or more different names in small letters. */
function names(): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(
    tokens().map((name) => name.toLowerCase()),
    { minLength: 1, maxLength: 4 },
  );
}

law(
  'a list of tokens in small letters means the same under all readings of subprotocols',
  ['draft-06/5.1/subprotocol-grammar'],
  () => {
    const choices = [
      { subprotocolWithSpace: 'grammar' },
      { subprotocolQuotes: 'part' },
      { subprotocolCase: 'none' },
      { malformedOptionalField: 'ignore' },
      { emptyOffer: 'absent' },
      { subprotocolForm: 'lenient' },
      { emptyElements: 'refuse' },
    ] as const;
    fc.assert(
      fc.property(names(), fc.constantFrom(...choices), (list, choice) => {
        expect(offered(list.join(', '), choice)).toEqual(list);
        expect(offered(list, choice)).toEqual(list);
        const [first = ''] = list;
        expect(selected(list, first, choice)).toBe(first);
        expect(selected(list, undefined, choice)).toBe('none');
      }),
    );
  },
);

law('R-542: under "grammar" a subprotocol may have spaces', ['draft-06/5.1/subprotocol-characters'], () => {
  const grammar = { subprotocolWithSpace: 'grammar' } as const;
  for (const name of ['a b', ' ', 'chat one, two']) {
    const value = quoteIfNeeded(name);
    expect(offered(value)).toBe('bad-subprotocol');
    expect(offered(value, grammar)).toEqual([name]);
    expect(() => writeOpeningRequest({ ...offer, subprotocols: [name] })).toThrow(RangeError);
    expect(writeOpeningRequest({ ...offer, subprotocols: [name] }, under(grammar)).fields).toContainEqual({
      name: subprotocol,
      value,
    });
  }
  for (const value of ['""', '"\xe9"', '"a\tb"']) expect(offered(value, grammar)).toBe('bad-subprotocol');
});

law(
  'R-543: under "part" a name in quotes is another than the name without, and comes back in quotes',
  ['draft-06/5.1/subprotocols-unique', 'draft-06/5.2.2/subprotocol-selected'],
  () => {
    const part = { subprotocolQuotes: 'part' } as const;
    expect(offered('chat, "chat"')).toBe('repeated-subprotocol');
    expect(offered('chat, "chat"', part)).toEqual(['chat', '"chat"']);
    expect(offered('"a\\"b"', part)).toEqual(['"a\\"b"']);
    const reading = readOpeningRequest(adding(plain, [subprotocol, 'chat, "chat"']), { readings: under(part) });
    if (reading.kind !== 'opening') throw new Error('refused');
    const { fields } = writeOpeningResponse(reading.request, { subprotocol: '"chat"' }, under(part));
    expect(fields).toContainEqual({ name: subprotocol, value: '"chat"' });
    expect(selected(['chat'], '"chat"')).toBe('chat');
    expect(selected(['chat'], '"chat"', part)).toBe('uninvited-subprotocol');
    expect(selected(['a,b'], '"a,b"', part)).toBe('a,b');
  },
);

law(
  'R-544: under "none" subprotocols are compared without case',
  ['draft-06/5.1/subprotocols-unique', 'draft-06/5.2.2/subprotocol-selected'],
  () => {
    const none = { subprotocolCase: 'none' } as const;
    fc.assert(
      fc.property(names(), (list) => {
        const [first = ''] = list;
        const upper = first.toUpperCase();
        fc.pre(upper !== first);
        expect(offered([first, upper])).toEqual([first, upper]);
        expect(offered([first, upper], none)).toBe('repeated-subprotocol');
        expect(() => writeOpeningRequest({ ...offer, subprotocols: [first, upper] }, under(none))).toThrow(RangeError);
        expect(selected(list, upper, none)).toBe(first);
        expect(selected(list, upper)).toBe('uninvited-subprotocol');
        expect(selectSubprotocol(list, [upper], under(none))).toBe(first);
        expect(selectSubprotocol(list, [upper])).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  },
);

law(
  'R-573: under "ignore" a malformed optional field is as if it were absent',
  ['draft-06/5.2.1/abort-on-mismatch'],
  () => {
    const readings = under({ malformedOptionalField: 'ignore' });
    const wrong = [
      adding(plain, [subprotocol, '"']),
      adding(plain, [subprotocol, 'a, a']),
      adding(plain, [extensions, 'a=']),
      adding(plain, [origin, 'null'], [origin, 'null']),
    ];
    for (const head of wrong) {
      expect(readOpeningRequest(head).kind).toBe('violation');
      expect(readOpeningRequest(head, { readings })).toMatchObject({
        kind: 'opening',
        request: { subprotocols: [], extensions: [] },
      });
    }
    const one = adding(setting(plain, subprotocol, 'chat'), [extensions, '='], [origin, 'null']);
    expect(readOpeningRequest(one, { readings })).toMatchObject({
      request: { subprotocols: ['chat'], origin: 'null' },
    });
  },
);

law(
  'R-578: an empty list is malformed, or nothing in either way to say so',
  ['draft-06/5.2.2/subprotocol-empty-is-not-null', 'draft-06/5.2.2/extensions-empty-is-not-null'],
  () => {
    for (const emptyOffer of ['empty-list', 'absent'] as const) {
      for (const value of ['', ' ', '\t']) {
        expect(offered(value)).toBe('bad-subprotocol-list');
        expect(offered(value, { emptyOffer })).toEqual([]);
        const extended = adding(plain, [extensions, value]);
        expect(readOpeningRequest(extended)).toMatchObject({ violation: { code: 'bad-extension-list' } });
        const readings = under({ emptyOffer });
        expect(readOpeningRequest(extended, { readings })).toMatchObject({ request: { extensions: [] } });
        expect(selected(['chat'], value)).toBe('bad-response-list');
        expect(selected(['chat'], value, { emptyOffer })).toBe('none');
      }
      for (const value of [',', ' , ', '""']) expect(offered(value, { emptyOffer })).toBe(offered(value));
    }
  },
);

law('R-579: under "refuse" a server needs a subprotocol that was offered', ['draft-06/5.2.2/subprotocol-sent'], () => {
  fc.assert(
    fc.property(names(), names(), (list, spoken) => {
      const refuse = under({ noSubprotocolSpoken: 'refuse' });
      const isCommon = list.some((name) => spoken.includes(name));
      expect(lacksSubprotocol(list, spoken)).toBe(false);
      expect(lacksSubprotocol(list, spoken, refuse)).toBe(!isCommon);
      expect(lacksSubprotocol(list, list, refuse)).toBe(false);
      expect(lacksSubprotocol([], spoken, refuse)).toBe(false);
    }),
  );
});

law(
  'R-580: under "its-own" a server may name a subprotocol where none was offered',
  ['draft-06/5.2.2/subprotocol-selected'],
  () => {
    const own = under({ unaskedSubprotocol: 'its-own' });
    const requestOf = (subprotocols: readonly string[]) => {
      const reading = readOpeningRequest(writeOpeningRequest({ ...offer, subprotocols }));
      if (reading.kind !== 'opening') throw new Error('refused');
      return reading.request;
    };
    fc.assert(
      fc.property(names(), (list) => {
        const acceptance = { subprotocol: 'Not-Of-Them' };
        expect(() => writeOpeningResponse(requestOf([]), acceptance)).toThrow(RangeError);
        expect(writeOpeningResponse(requestOf([]), acceptance, own).fields).toContainEqual({
          name: subprotocol,
          value: 'Not-Of-Them',
        });
        expect(() => writeOpeningResponse(requestOf(list), acceptance, own)).toThrow(RangeError);
      }),
      { numRuns: 20 },
    );
  },
);

law('R-586: under "lenient" a server takes what it can find', ['draft-06/5.2.1/parts-of-the-request'], () => {
  const lenient = { subprotocolForm: 'lenient' } as const;
  const rows = [
    ['a, b, a', 'repeated-subprotocol', ['a', 'b']],
    ['a;b, "c', 'bad-subprotocol-list', ['a;b', '"c']],
    ['a b, c', 'bad-subprotocol-list', ['c']],
    ['"a", \xe9, ,', 'bad-subprotocol-list', ['a']],
    ['', 'bad-subprotocol-list', []],
  ] as const;
  for (const [value, code, found] of rows) {
    expect(offered(value)).toBe(code);
    expect(offered(value, lenient)).toEqual(found);
  }
  expect(offered('"a", a', { ...lenient, subprotocolQuotes: 'part' })).toEqual(['"a"', 'a']);
  expect(offered('a, A', { ...lenient, subprotocolCase: 'none' })).toEqual(['a']);
});

law(
  'R-596: under "refuse" a list has no empty elements',
  ['draft-06/5.1/subprotocol-grammar', 'draft-06/8.1/list-grammar'],
  () => {
    const refuse = { emptyElements: 'refuse' } as const;
    for (const value of ['a, , b', ', a, b', 'a, b,', 'a,,b']) {
      expect(offered(value)).toEqual(['a', 'b']);
      expect(offered(value, refuse)).toBe('bad-subprotocol-list');
      const extended = adding(plain, [extensions, value]);
      expect(readOpeningRequest(extended)).toMatchObject({ request: { extensions: [{ name: 'a' }, { name: 'b' }] } });
      expect(readOpeningRequest(extended, { readings: under(refuse) }).kind).toBe('violation');
    }
  },
);
