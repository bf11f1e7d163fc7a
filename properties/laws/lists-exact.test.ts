import { describe, expect, test } from 'vitest';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { isPrivateExtension, parseExtensions } from '../../model/extension-header.js';
import { extensionsInUse, noExtensionsInUse } from '../../model/extension-registry.js';
import { parseTokenList, parseTokenOrQuotedList } from '../../model/header-list.js';
import { isTokenCode } from '../../model/header-scanner.js';
import type { RequestHead } from '../../model/http-head.js';
import { claimsMeet } from '../../model/negotiation.js';
import { isEmptyOffer, readOptionalFields } from '../../model/optional-fields.js';
import { opensTunnel } from '../../model/proxy-connect.js';
import { asWord, offeredAs, readAccepted, readSelected } from '../../model/response-lists.js';
import { clauseOfViolation, violation } from '../../model/violation.js';
import { law } from './law.js';
import { under } from './under.js';

const { subprotocol, extensions } = headerNames;

/** What a server makes of a request with these values of one header field. */
function optional(name: string, values: readonly string[], choices: Partial<ReadingChoices> = {}): unknown {
  const version = { major: 1, minor: 1 };
  const fields = values.map((value) => ({ name, value }));
  const head: RequestHead = { kind: 'request', method: 'GET', target: '/', version, fields };
  return readOptionalFields(head, under(choices));
}

describe('a list in a request', () => {
  law('that is refused is shown whole', ['draft-06/5.1/subprotocol-grammar', 'draft-06/8.1/list-grammar'], () => {
    expect(optional(subprotocol, ['a', '(b'])).toEqual(violation('bad-subprotocol-list', 0, 'a, (b'));
    expect(optional(subprotocol, ['a', 'b, a'])).toEqual(violation('repeated-subprotocol', 0, 'a, b, a'));
    expect(optional(extensions, ['x-a', '('])).toEqual(violation('bad-extension-list', 0, 'x-a, ('));
  });

  law('says nothing only when all of its values do', ['draft-06/5.1/subprotocol-grammar'], () => {
    const nothing = under({ emptyOffer: 'absent' });
    expect(isEmptyOffer(['', ' '], nothing)).toBe(true);
    expect(isEmptyOffer(['', 'a'], nothing)).toBe(false);
    expect(isEmptyOffer([''], under({ emptyOffer: 'malformed' }))).toBe(false);
  });

  law('loses the quotes that are around a word and no others', ['draft-06/5.1/subprotocol-grammar'], () => {
    const names = (value: string): unknown => {
      const read = optional(subprotocol, [value], { subprotocolForm: 'lenient' });
      return (read as { readonly subprotocols: unknown }).subprotocols;
    };
    expect(names('"a", "bc"')).toEqual(['a', 'bc']);
    expect(names('a"b"')).toEqual(['a"b"']);
    expect(names('"a"b')).toEqual(['"a"b']);
  });

  law('has tokens without spaces', ['draft-06/5.1/subprotocol-grammar'], () => {
    expect(isTokenCode(0x20)).toBe(false);
    expect(isTokenCode(0x21)).toBe(true);
    expect(parseTokenList(['a,, b'])).toEqual(['a', 'b']);
    expect(parseTokenList(['"a"'])).toBeUndefined();
    expect(parseTokenOrQuotedList(['"a\\\x7f"'], defaultReadings)).toBeUndefined();
    expect(parseTokenOrQuotedList(['"a'], defaultReadings)).toBeUndefined();
    expect(parseTokenOrQuotedList(['"a", b'], defaultReadings)).toEqual(['a', 'b']);
  });

  law('has white space nowhere by one reading', ['draft-06/8.1/list-grammar'], () => {
    const tight = under({ extensionBlanks: 'rfc-5234' });
    expect(parseExtensions([' x-a;b'], tight)).toEqual([{ name: 'x-a', parameters: [{ name: 'b' }] }]);
    expect(parseExtensions(['x-a ;b'], tight)).toBeUndefined();
    expect(parseExtensions(['x-a; b'], tight)).toBeUndefined();
    expect(parseExtensions(['x-a=b'], tight)).toBeUndefined();
    expect(parseExtensions(['x-a;b;c "d"'], defaultReadings)).toBeUndefined();
    expect(parseExtensions(['x-a;b c d'], defaultReadings)).toBeUndefined();
  });
});

describe('a list in a response', () => {
  law('that is refused is shown whole', ['draft-06/8/no-unrequested-extension'], () => {
    const offers = ['x-a', 'x-b'].map((name) => ({ name, parameters: [] }));
    expect(readSelected(['a', '('], ['a'], defaultReadings)).toEqual(violation('bad-response-list', 0, 'a, ('));
    expect(readSelected(['b', 'c'], ['a'], defaultReadings)).toEqual(violation('uninvited-subprotocol', 0, 'b, c'));
    expect(readAccepted(['x-a', '('], offers, defaultReadings)).toEqual(violation('bad-response-list', 0, 'x-a, ('));
    expect(readAccepted(['x-a, x-a'], offers, under({ extensionAcceptedTwice: 'fail' }))).toEqual(
      violation('repeated-extension', 0, 'x-a, x-a'),
    );
    expect(readAccepted(['x-b, x-a'], offers, under({ extensionOrder: 'kept' }))).toEqual(
      violation('reordered-extensions', 0, 'x-b, x-a'),
    );
  });

  law('may have to stand in one header field', ['draft-06/8.1/list-grammar'], () => {
    const offers = ['x-a', 'x-b'].map((name) => ({ name, parameters: [] }));
    const one = under({ splitResponseExtensions: 'one' });
    expect(readAccepted(['x-a', 'x-b'], offers, one)).toEqual(violation('bad-response-list', 0, 'x-a, x-b'));
    expect(readAccepted(['x-a, x-b'], offers, one)).toEqual({ extensions: offers });
    expect(readAccepted(['x-a', 'x-b'], offers, defaultReadings)).toEqual({ extensions: offers });
  });

  law('keeps the quotes that are part of a name', ['draft-06/5.2.2/subprotocol-selected'], () => {
    const part = under({ subprotocolQuotes: 'part' });
    expect(asWord('"a b"', part)).toBe('"a b"');
    expect(asWord('a"b"', part)).toBe('"a\\"b\\""');
    expect(asWord('"a"b', part)).toBe('"\\"a\\"b"');
    expect(asWord('"a b"', defaultReadings)).toBe('"\\"a b\\""');
    expect(offeredAs('"a b"', ['a b'], part)).toBe('a b');
    expect(offeredAs('"a b"', ['a b'], defaultReadings)).toBeUndefined();
  });
});

describe('extensions', () => {
  law('are private with something behind the prefix, or by one reading without', ['draft-06/8.1/list-grammar'], () => {
    const bare = under({ barePrivatePrefix: 'private' });
    expect(isPrivateExtension('x-', bare)).toBe(true);
    expect(isPrivateExtension('x-a', bare)).toBe(true);
    expect(isPrivateExtension('x-a b', bare)).toBe(false);
    expect(isPrivateExtension('x-', defaultReadings)).toBe(false);
  });

  law('together have the bits that each of them claims', ['draft-06/4.8/room-for-extensions'], () => {
    for (const bit of ['rsv1', 'rsv2', 'rsv3', 'rsv4'] as const) {
      const definition = { name: 'x-a', claims: { reservedBits: [bit] }, answer: () => [] };
      const { frames } = extensionsInUse([{ name: 'x-a', parameters: [] }], [definition]);
      const none = { rsv1: false, rsv2: false, rsv3: false, rsv4: false };
      expect(frames.reservedBits).toEqual({ ...none, [bit]: true });
    }
  });

  test('that nobody knows leave the base protocol as it is', () => {
    expect(extensionsInUse([{ name: 'x-a', parameters: [] }], [])).toBe(noExtensionsInUse);
  });

  test('without claims never meet', () => {
    const answer = (): readonly [] => [];
    const greedy = { name: 'x-a', claims: { reservedBits: ['rsv1'], opcodes: [6] }, answer } as const;
    expect(claimsMeet({ name: 'x-b', answer }, greedy)).toBe(false);
    expect(claimsMeet(greedy, greedy)).toBe(true);
  });
});

law('every status code from 200 to 299 opens the way through a proxy', ['draft-06/5.1/proxy-opens'], () => {
  const opens = (status: number): boolean =>
    opensTunnel({ kind: 'response', version: { major: 1, minor: 1 }, status, reason: '', fields: [] });
  expect([199, 200, 299, 300].map(opens)).toEqual([false, true, true, false]);
});

test('a violation has what was seen only where something was, and a clause by who broke it', () => {
  expect(Object.keys(violation('no-host', 3))).toEqual(['code', 'offset']);
  const broken = clauseOfViolation('bare-line-feed', 'client');
  expect(broken).toBe('draft-06/5.1/valid-http-request');
  expect(clauseOfViolation('bare-line-feed')).toBe(broken);
  expect(clauseOfViolation('bare-line-feed', 'server')).toBe('draft-06/5.2.2/valid-http-response');
});
