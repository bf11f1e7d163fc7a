import fc from 'fast-check';
import { expect } from 'vitest';
import { isPrivateExtension, parseExtensions, serializeExtensions } from '../../model/extension-header.js';
import { extensionLists, spelledExtensionLists } from '../arbitraries/extension-header.js';
import { doubtfulValues, tokens } from '../arbitraries/header-list.js';
import { law } from './law.js';

const anyValues = () =>
  fc.oneof(
    doubtfulValues(),
    spelledExtensionLists().map(({ values }) => values),
  );

law('parsing extensions inverts serializing them', ['draft-06/8.1/list-grammar'], () => {
  fc.assert(
    fc.property(extensionLists(), (extensions) => {
      expect(parseExtensions([serializeExtensions(extensions)])).toStrictEqual(extensions);
    }),
  );
});

law('every spelling of extensions reads the same', ['draft-06/8.1/list-grammar'], () => {
  fc.assert(
    fc.property(spelledExtensionLists(), ({ extensions, values }) => {
      expect(parseExtensions(values)).toEqual(extensions);
    }),
  );
});

law('extensions over several header fields mean what they mean in one', ['draft-06/8.1/split-equals-combined'], () => {
  fc.assert(
    fc.property(anyValues(), (values) => {
      expect(parseExtensions(values)).toEqual(parseExtensions([values.join(',')]));
    }),
  );
  const combined = parseExtensions(['foo, bar; baz=2']);
  expect(combined).toEqual([
    { name: 'foo', parameters: [] },
    { name: 'bar', parameters: [{ name: 'baz', value: '2' }] },
  ]);
  expect(parseExtensions(['foo', 'bar; baz=2'])).toEqual(combined);
});

law(
  'whatever stands in Sec-WebSocket-Extensions, it is read or refused',
  ['draft-06/9/input-not-trusted', 'draft-06/8.1/list-grammar'],
  () => {
    fc.assert(
      fc.property(anyValues(), (values) => {
        const extensions = parseExtensions(values);
        if (extensions !== undefined) expect(parseExtensions([serializeExtensions(extensions)])).toEqual(extensions);
      }),
    );
  },
);

law('the examples of the draft read as it explains them', ['draft-06/8.1/list-grammar'], () => {
  expect(parseExtensions(['deflate-stream'])).toEqual([{ name: 'deflate-stream', parameters: [] }]);
  expect(parseExtensions(['mux; max-channels=4; flow-control, deflate-stream'])).toEqual([
    { name: 'mux', parameters: [{ name: 'max-channels', value: '4' }, { name: 'flow-control' }] },
    { name: 'deflate-stream', parameters: [] },
  ]);
  expect(parseExtensions(['x-private-extension'])).toEqual([{ name: 'x-private-extension', parameters: [] }]);
});

law('a parameter may be quoted, and an empty value is not a missing one', ['draft-06/8.1/list-grammar'], () => {
  expect(parseExtensions(['a; b="c, \\"d\\"; e"; f=""; g'])).toStrictEqual([
    { name: 'a', parameters: [{ name: 'b', value: 'c, "d"; e' }, { name: 'f', value: '' }, { name: 'g' }] },
  ]);
});

law('what does not follow the grammar of 8.1 is refused', ['draft-06/8.1/list-grammar'], () => {
  const wrong = ['', ',', ';', ';a', 'a;', 'a;;b', 'a; =b', 'a; b=', 'a; b=c d', 'a; b==c', 'a; b=c=d', 'a; b c'];
  const words = ['"a"', 'a; "b"', 'a; "b"=c', 'a b', 'a=b', 'a; b="c', 'a; b=/', '=', 'a; b=;c', 'a, ;b', 'a/b'];
  for (const value of [...wrong, ...words]) expect(parseExtensions([value]), value).toBeUndefined();
  expect(parseExtensions([])).toBeUndefined();
});

law('an extension is private when its token is "x-" and a token', ['draft-06/8.1/registered-or-private'], () => {
  fc.assert(
    fc.property(fc.constantFrom('x-', 'X-'), tokens(), (prefix, token) => {
      expect(isPrivateExtension(prefix + token)).toBe(true);
      expect(isPrivateExtension(`a${prefix}${token}`)).toBe(false);
    }),
  );
  for (const name of ['', 'x', 'x-', 'xa', 'mux', 'x-a b']) expect(isPrivateExtension(name), name).toBe(false);
});

law('extensions that no header can name are not serialized', ['draft-06/8.1/list-grammar'], () => {
  const withParameter = (name: string, value: string) => [{ name: 'a', parameters: [{ name, value }] }];
  expect(() => serializeExtensions([])).toThrow(RangeError);
  expect(() => serializeExtensions([{ name: 'a b', parameters: [] }])).toThrow(RangeError);
  expect(() => serializeExtensions([{ name: 'a', parameters: [{ name: '' }] }])).toThrow(RangeError);
  expect(() => serializeExtensions(withParameter('b;', 'c'))).toThrow(RangeError);
  expect(() => serializeExtensions(withParameter('b', 'c\r\nd'))).toThrow(RangeError);
});
