import fc from 'fast-check';
import { expect } from 'vitest';
import { bytesFromLatin1, concatBytes, latin1FromBytes, noBytes } from '../../model/bytes.js';
import { asciiLowerCase, equalsIgnoringAsciiCase, fieldValues, serializeHead } from '../../model/http-head.js';
import type { RequestHead, ResponseHead } from '../../model/http-head.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import { doubtfulHeads, headerFields, heads, spelledHeads } from '../arbitraries/http-head.js';
import { law } from './law.js';

const http = ['draft-06/5.1/valid-http-request', 'draft-06/5.2.2/valid-http-response'] as const;

function headOf(expects: 'request' | 'response', text: string): RequestHead | ResponseHead {
  const reading = readHead(createHeadReader(expects), bytesFromLatin1(text));
  if (reading.kind !== 'head') throw new Error(`no head but ${reading.kind}`);
  return reading.head;
}

law('reading inverts serializing, and leaves what lies behind the head', http, () => {
  fc.assert(
    fc.property(heads(), fc.uint8Array(), (head, rest) => {
      const bytes = serializeHead(head);
      expect(readHead(createHeadReader(head.kind), concatBytes([bytes, rest]))).toEqual({
        kind: 'head',
        head,
        length: bytes.length,
        rest,
      });
    }),
  );
});

law('every spelling of a head reads the same', http, () => {
  fc.assert(
    fc.property(spelledHeads(), ({ head, bytes }) => {
      const reading = readHead(createHeadReader(head.kind), bytes);
      expect(reading).toEqual({ kind: 'head', head, length: bytes.length, rest: noBytes });
    }),
  );
});

law('whatever head is read can be sent, and reads the same again', http, () => {
  fc.assert(
    fc.property(doubtfulHeads(), fc.constantFrom('request', 'response'), (bytes, expects) => {
      const reading = readHead(createHeadReader(expects), bytes);
      if (reading.kind !== 'head') return;
      expect(readHead(createHeadReader(expects), serializeHead(reading.head))).toMatchObject({ head: reading.head });
    }),
  );
});

law('LWS may stand before the colon, folded or not, and folds are one SP', http, () => {
  const text = `GET / HTTP/1.1\r\nHost \t: \r\n\ta  b\t\r\n \r\n c\r\nX\r\n : \xff\xa0\r\nY:\r\n\r\n`;
  expect(headOf('request', text).fields).toEqual([
    { name: 'Host', value: 'a  b c' },
    { name: 'X', value: '\xff\xa0' },
    { name: 'Y', value: '' },
  ]);
});

law('the numbers of a version are exact or the largest that are', ['draft-06/5.2.1/get-request'], () => {
  const largest = Number.MAX_SAFE_INTEGER;
  expect(headOf('request', `GET * http/0001.${'9'.repeat(400)}\r\n\r\n`).version).toEqual({ major: 1, minor: largest });
  expect(headOf('response', 'HTTP/12.010 007 \r\n\r\n')).toMatchObject({
    version: { major: 12, minor: 10 },
    status: 7,
  });
});

law('a head is serialized byte by byte as RFC 2616 writes it', http, () => {
  const version = { major: 1, minor: 1 };
  const fields = [
    { name: 'Host', value: 'a' },
    { name: 'X', value: '\xe9' },
  ];
  const text = (head: RequestHead | ResponseHead) => latin1FromBytes(serializeHead(head));
  expect(text({ kind: 'request', method: 'GET', target: '/a?b', version, fields })).toBe(
    'GET /a?b HTTP/1.1\r\nHost: a\r\nX: \xe9\r\n\r\n',
  );
  expect(text({ kind: 'response', version, status: 7, reason: '', fields: [] })).toBe('HTTP/1.1 007 \r\n\r\n');
});

law('a head that no bytes can carry is not serialized', http, () => {
  const right: RequestHead = { kind: 'request', method: 'A', target: '/', version: { major: 1, minor: 1 }, fields: [] };
  const answer: ResponseHead = { ...right, kind: 'response', status: 101, reason: '' };
  const wrong: readonly (RequestHead | ResponseHead)[] = [
    ...['', 'a b', 'a\r\n', '\xe9'].map((method) => ({ ...right, method })),
    ...['', '/ /', '/\r\n', '/\t', '/\u0394'].map((target) => ({ ...right, target })),
    ...[-1, 0.5, NaN, Infinity].map((minor) => ({ ...right, version: { major: 1, minor } })),
    ...[-1, 0.5, NaN, 1000].map((status) => ({ ...answer, status })),
    ...['a\r\nb', '\0', '\u0394'].map((reason) => ({ ...answer, reason })),
    ...['', 'a:', 'a\n'].map((name) => ({ ...right, fields: [{ name, value: '' }] })),
    ...['a\r\n b', '\n', '\x7f', '\u0394'].map((value) => ({ ...answer, fields: [{ name: 'a', value }] })),
  ];
  for (const head of wrong) expect(() => serializeHead(head), JSON.stringify(head)).toThrow(RangeError);
});

law('header fields are found by their name in any ASCII case, in order', ['draft-06/5.1/response-upgrade'], () => {
  const fields = [
    { name: 'Upgrade', value: '1' },
    { name: 'X', value: '2' },
    { name: 'uPGRADE', value: '3' },
  ];
  expect(fieldValues(fields, 'upgrade')).toEqual(['1', '3']);
  expect(fieldValues({ fields }, 'UPGRADE')).toEqual(['1', '3']);
  expect(fieldValues(fields, 'Y')).toEqual([]);
  fc.assert(
    fc.property(headerFields(), (some) => {
      for (const { name, value } of some) expect(fieldValues(some, name.toUpperCase())).toContain(value);
    }),
  );
});

law('only A to Z have two cases', ['draft-06/5.1/response-upgrade', 'draft-06/5.1/response-connection'], () => {
  for (let code = 0; code < 0x250; code++) {
    const character = String.fromCharCode(code);
    const capital = code >= 0x41 && code <= 0x5a;
    expect(asciiLowerCase(character)).toBe(capital ? String.fromCharCode(code + 32) : character);
  }
  expect(equalsIgnoringAsciiCase('WebSocket', 'wEBsOCKET')).toBe(true);
  expect(equalsIgnoringAsciiCase('websoc\u212aet', 'websocket')).toBe(false);
  expect(equalsIgnoringAsciiCase('\xc9', '\xe9')).toBe(false);
});
