import { expect } from 'vitest';
import { bytesFromLatin1 } from '../../model/bytes.js';
import { type RequestHead, type ResponseHead, serializeHead } from '../../model/http-head.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import { law } from './law.js';

const request: RequestHead = {
  kind: 'request',
  method: 'GET',
  target: '/',
  version: { major: 1, minor: 1 },
  fields: [],
};
const response: ResponseHead = { ...request, kind: 'response', status: 999, reason: '' };

law('who writes a wrong head is told which part is none', ['draft-06/5.1/valid-http-request'], () => {
  const says = (head: RequestHead | ResponseHead) => () => serializeHead(head);
  expect(says({ ...request, method: 'a b' })).toThrow('"a b" is not a method');
  expect(says({ ...request, target: '/ /' })).toThrow('"/ /" is not a Request-URI');
  expect(says({ ...response, reason: '\0' })).toThrow('"\\u0000" is not a reason');
  expect(says({ ...request, fields: [{ name: 'a:', value: '' }] })).toThrow('"a:" is not a field name');
  expect(says({ ...request, fields: [{ name: 'a', value: '\n' }] })).toThrow('"\\n" is not a field value');
  for (const status of [-1, 1000]) expect(says({ ...response, status })).toThrow(`${status} is not a status code`);
  for (const status of [0, 999]) expect(says({ ...response, status })).not.toThrow();
});

law('a status line goes wrong at the first character that does not fit', ['draft-06/5.2.2/valid-http-response'], () => {
  const offsetOf = (line: string): unknown => {
    const read = readHead(createHeadReader('response'), bytesFromLatin1(`${line}\r\n`));
    return read.kind === 'violation' ? read.violation.offset : read.kind;
  };
  expect(offsetOf('HTTP/1.1x 20 OK')).toBe(8);
  expect(offsetOf('HTTP/1.1 2x0 OK')).toBe(10);
  expect(offsetOf('HTTP/1.1  200 OK')).toBe(9);
  expect(offsetOf('HTTP/1.1 200')).toBe(12);
  expect(offsetOf('HTTP/1.1 200 OK')).toBe('need-more');
});
