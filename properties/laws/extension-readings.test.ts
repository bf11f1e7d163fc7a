import fc from 'fast-check';
import { expect } from 'vitest';
import { acceptOfKey, keyOfNonce } from '../../model/accept.js';
import {
  type Extension,
  isPrivateExtension,
  parseExtensions,
  serializeExtensions,
} from '../../model/extension-header.js';
import { selectExtensions, type SupportedExtension } from '../../model/negotiation.js';
import { readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { readOpeningResponse, writeOpeningResponse } from '../../model/opening-response.js';
import { type ReadingChoices, type ReadingName, readings } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { spelledExtensionLists } from '../arbitraries/extension-header.js';
import { tokens } from '../arbitraries/header-list.js';
import { readingChoices } from '../arbitraries/reading-choices.js';
import { adding } from '../arbitraries/head-changes.js';
import { law } from './law.js';
import { under } from './under.js';

const extensionReadings = (Object.keys(readings) as ReadingName[]).filter((name) =>
  /^R-8\d\d$/.test(readings[name].number),
);
const plain = writeOpeningRequest({
  uri: { host: 'a.test', port: 80, resourceName: '/', secure: false },
  nonce: new Uint8Array(16),
});
const key = keyOfNonce(new Uint8Array(16));

const parse = (value: string, choices: Partial<ReadingChoices> = {}) => parseExtensions([value], under(choices));
const named = (...names: readonly string[]): readonly Extension[] => names.map((name) => ({ name, parameters: [] }));

/** What a client that offers some extensions makes of values in the response. */
function accepted(offers: readonly Extension[], values: readonly string[], choices: Partial<ReadingChoices>): unknown {
  const fields = [
    { name: headerNames.upgrade, value: 'websocket' },
    { name: headerNames.connection, value: 'Upgrade' },
    { name: headerNames.accept, value: acceptOfKey(key) },
    ...values.map((value) => ({ name: headerNames.extensions, value })),
  ];
  const head = { kind: 'response', version: { major: 1, minor: 1 }, status: 101, reason: '', fields } as const;
  const reading = readOpeningResponse(head, { key, extensions: offers, readings: under(choices) });
  return reading.kind === 'accepted' ? reading.agreement.extensions : reading.violation.code;
}

/** Different names for private use, in small letters. */
function privateNames(): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(
    tokens().map((name) => `x-${name.toLowerCase()}`),
    { minLength: 1, maxLength: 4 },
  );
}

law('a list of private names means the same under all readings', ['draft-06/8.1/extension-list'], () => {
  const parametersOf = fc.constantFrom('', ';a', ';a=1', ';a="1"');
  fc.assert(
    fc.property(privateNames(), parametersOf, readingChoices(extensionReadings), (names, parameters, choices) => {
      const value = names.map((name) => name + parameters).join(', ');
      const read = parse(value, choices);
      expect(read).toEqual(parse(value));
      expect(accepted(read ?? [], [value], choices)).toEqual(read);
      const reading = readOpeningRequest(adding(plain, [headerNames.extensions, value]), { readings: choices });
      expect(reading).toMatchObject({ kind: 'opening', request: { extensions: read } });
    }),
  );
});

law(
  'under all readings a list is refused, or read as by default but for the case of names',
  ['draft-06/8.1/list-grammar'],
  () => {
    const inLower = (list: readonly Extension[] = []): string =>
      list.length === 0 ? '' : serializeExtensions(list).toLowerCase();
    fc.assert(
      fc.property(spelledExtensionLists(), readingChoices(extensionReadings), ({ extensions, values }, choices) => {
        const read = parseExtensions(values, choices);
        if (read !== undefined) expect(inLower(read)).toBe(inLower(extensions));
      }),
    );
  },
);

law('R-801: under "rfc-5234" no white space stands inside an element', ['draft-06/8.1/extension'], () => {
  const tight = { extensionBlanks: 'rfc-5234' } as const;
  for (const value of ['a ;b', 'a; b', 'a;b =1', 'a;b= 1', 'a, b ;c']) {
    expect(parse(value)).not.toBeUndefined();
    expect(parse(value, tight)).toBeUndefined();
  }
  for (const value of ['a;b=1', ' a , b ', 'a;b="c ; d"', 'a,b']) expect(parse(value, tight)).toEqual(parse(value));
});

law('R-802: "x-" alone is a token, one for private use, or none', ['draft-06/8.1/private-use-token'], () => {
  for (const prefix of ['x-', 'X-']) {
    const options = ['unregistered', 'private', 'malformed'] as const;
    const row = options.map((barePrivatePrefix) => [
      parse(prefix, { barePrivatePrefix }) !== undefined,
      isPrivateExtension(prefix, under({ barePrivatePrefix })),
    ]);
    expect(row).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
    for (const barePrivatePrefix of options) {
      expect(isPrivateExtension('x-a', under({ barePrivatePrefix }))).toBe(true);
      expect(isPrivateExtension('a-', under({ barePrivatePrefix }))).toBe(false);
    }
  }
});

law('R-803: under "fault" a token is registered or private', ['draft-06/8.1/registered-or-private'], () => {
  fc.assert(
    fc.property(tokens(), (name) => {
      const isKnown = name === 'deflate-stream' || /^x-./i.test(name);
      expect(parse(name)).toEqual(named(name));
      expect(parse(name, { unregisteredExtension: 'fault' })).toEqual(isKnown ? named(name) : undefined);
    }),
  );
  expect(parse('deflate-stream, x-a', { unregisteredExtension: 'fault' })).toEqual(named('deflate-stream', 'x-a'));
});

law('R-804: under "none" names are compared without case, on both sides', ['draft-06/8.1/accepted-by-header'], () => {
  const none = { extensionCase: 'none' } as const;
  const supported: readonly SupportedExtension[] = [{ name: 'X-Foo', answer: (parameters) => parameters }];
  expect(accepted(named('x-FOO'), ['X-foo'], {})).toBe('uninvited-extension');
  expect(accepted(named('x-FOO'), ['X-foo'], none)).toEqual(named('x-FOO'));
  expect(parse('a; B=C', none)).toEqual([{ name: 'a', parameters: [{ name: 'b', value: 'C' }] }]);
  expect(selectExtensions(named('x-foo'), supported)).toEqual([]);
  expect(selectExtensions(named('x-foo'), supported, under(none))).toEqual(named('X-Foo'));
  const reading = readOpeningRequest(adding(plain, [headerNames.extensions, 'x-foo']));
  if (reading.kind !== 'opening') throw new Error('refused');
  expect(() => writeOpeningResponse(reading.request, { extensions: named('X-Foo') })).toThrow(RangeError);
  expect(writeOpeningResponse(reading.request, { extensions: named('X-Foo') }, under(none)).status).toBe(101);
});

law('R-805: what it means that a client names one extension again', ['draft-06/8.1/order-is-preference'], () => {
  const supported: readonly SupportedExtension[] = [
    { name: 'x-a', answer: (parameters) => (parameters.length === 0 ? undefined : parameters) },
    { name: 'x-b', claims: { reservedBits: ['rsv1'] }, answer: (parameters) => parameters },
  ];
  const head = adding(plain, [headerNames.extensions, 'x-a, x-a; one, x-a; two, x-b, x-b']);
  const chosen = (repeatedExtension: ReadingChoices['repeatedExtension']) => {
    const reading = readOpeningRequest(head, { readings: under({ repeatedExtension }) });
    if (reading.kind !== 'opening') return reading;
    return serializeExtensions(selectExtensions(reading.request.extensions, supported, under({ repeatedExtension })));
  };
  expect(chosen('alternatives')).toBe('x-a; one, x-b');
  expect(chosen('stacked')).toBe('x-a; one, x-a; two, x-b');
  expect(chosen('refuse')).toMatchObject({ violation: { code: 'bad-extension-list' } });
});

law(
  'R-806, R-810 and R-811: an extension twice, in another order, or on several lines in the response',
  ['draft-06/8.1/accepted-by-header', 'draft-06/8.1/order-of-operations', 'draft-06/8.1/split-equals-combined'],
  () => {
    fc.assert(
      fc.property(privateNames(), fc.nat(3), (names, at) => {
        const offers = named(...names);
        const all = names.join(', ');
        const one = names[at % names.length] ?? '';
        const isKept = {
          extensionOrder: 'kept',
          splitResponseExtensions: 'one',
          extensionAcceptedTwice: 'fail',
        } as const;
        expect(accepted(offers, [all], isKept)).toEqual(offers);
        expect(accepted(offers, [`${one}, ${one}`], {})).toEqual(named(one, one));
        expect(accepted(offers, [`${one}, ${one}`], { extensionAcceptedTwice: 'fail' })).toBe('repeated-extension');
        const reversed = [...names].reverse();
        const reordered = accepted(offers, [reversed.join(', ')], { extensionOrder: 'kept' });
        expect(accepted(offers, [reversed.join(', ')], {})).toEqual(named(...reversed));
        expect(reordered).toEqual(names.length === 1 ? offers : 'reordered-extensions');
        const split = accepted(offers, names, { splitResponseExtensions: 'one' });
        expect(accepted(offers, names, {})).toEqual(offers);
        expect(split).toEqual(names.length === 1 ? offers : 'bad-response-list');
      }),
    );
  },
);

law('R-807: under "token" quotes hold a token', ['draft-06/8.1/extension-param'], () => {
  const token = { quotedParameter: 'token' } as const;
  for (const value of ['a; b="c d"', 'a; b=""', 'a; b="c,d"']) {
    expect(parse(value)).not.toBeUndefined();
    expect(parse(value, token)).toBeUndefined();
  }
  expect(parse('a; b="c"; d; e=f', token)).toEqual(parse('a; b="c"; d; e=f'));
});
