import fc from 'fast-check';
import { expect, test } from 'vitest';
import { law } from '../laws/law.js';
import { isOriginValue } from './serialized-origin.js';

const hosts = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.ipV6().map((address) => `[${address}]`),
);

/** Of a port that no scheme below has for its own. */
const origins = fc
  .record({
    scheme: fc.constantFrom('http', 'https', 'ws', 'wss', 'app', 'chrome-extension'),
    host: hosts,
    port: fc.option(fc.integer({ min: 1024, max: 65_535 })),
  })
  .map(({ scheme, host, port }) => `${scheme}://${host}${port === null ? '' : `:${port}`}`);

law(
  'an origin is scheme, host and port, or the word "null", or several of the former (R-537)',
  ['draft-06/5.1/origin-ascii-serialization'],
  () => {
    expect(isOriginValue('null')).toBe(true);
    // What becomes of a file is left to the implementation.
    expect(isOriginValue('file://')).toBe(true);
    fc.assert(
      fc.property(fc.array(origins, { minLength: 1, maxLength: 3 }), (several) => {
        expect(isOriginValue(several.join(' '))).toBe(true);
      }),
    );
  },
);

law('no value without a scheme is an origin', ['draft-06/5.1/origin-ascii-serialization'], () => {
  fc.assert(
    fc.property(hosts, fc.option(fc.integer({ min: 1, max: 65_535 })), (host, port) => {
      expect(isOriginValue(host)).toBe(false);
      if (port !== null) expect(isOriginValue(`${host}:${port}`)).toBe(false);
    }),
  );
});

law('nothing else of a URL is part of an origin', ['draft-06/5.1/origin-ascii-serialization'], () => {
  fc.assert(
    fc.property(origins, fc.constantFrom('/', '/chat', '?q', '#top', ':', ',http://b.example'), (origin, rest) => {
      expect(isOriginValue(origin + rest)).toBe(false);
      expect(isOriginValue(origin.replace('://', '://user@'))).toBe(false);
    }),
  );
});

test.each([
  'http://a.example:80',
  'https://a.example:443',
  'http://',
  '',
  'null null',
  'null http://a.example',
  'http://a.example  http://b.example',
  'http://café.example',
])('%j is no origin', (value) => {
  expect(isOriginValue(value)).toBe(false);
});
