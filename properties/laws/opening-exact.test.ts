import { describe, expect } from 'vitest';
import type { RequestHead, ResponseHead } from '../../model/http-head.js';
import { fieldValues, serializeHead } from '../../model/http-head.js';
import { readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import {
  readOpeningResponse,
  rejectionOfViolation,
  writeOpeningResponse,
  writeRejection,
} from '../../model/opening-response.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { sampleOffer } from '../simulation/reach.js';
import { adding, setting, without } from '../arbitraries/head-changes.js';
import { law } from './law.js';
import { under } from './under.js';

const { host, upgrade, connection, key, version, accept, subprotocol, extensions, origin } = headerNames;

const request = writeOpeningRequest(sampleOffer);
const reading = readOpeningRequest(request);
const asked = reading.kind === 'opening' ? reading.request : undefined;
if (asked === undefined) throw new Error('the sample offer is not an opening handshake');
const response = writeOpeningResponse(asked, { subprotocol: 'chat' });

/** The code of the violation that a server finds, and what of the request it shows. */
function ofRequest(
  head: RequestHead,
  choices: Partial<ReadingChoices> = {},
  authorities: readonly string[] = [],
): readonly unknown[] {
  const read = readOpeningRequest(head, { readings: under(choices), authorities });
  return read.kind === 'violation' ? [read.violation.code, read.violation.observed] : [read.kind];
}

/** The code of the violation that a client finds, and what of the response it shows. */
function ofResponse(head: ResponseHead, choices: Partial<ReadingChoices> = {}): readonly unknown[] {
  const { origin: own, ...expected } = { ...asked, origin: 'http://a.test' };
  const read = readOpeningResponse(head, { key: '', ...expected, origin: own, readings: under(choices) });
  return read.kind === 'violation' ? [read.violation.code, read.violation.observed] : [read.kind];
}

const twice = <Head extends RequestHead | ResponseHead>(head: Head, name: string, one: string, other: string): Head =>
  adding(without(head, name), [name, one], [name, other]);

describe('a violation shows what was read', () => {
  law(
    'in a request: the part that is wrong, and of a repeated header field all values',
    ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/5.2.1/get-request', 'draft-06/5.2.1/host', 'draft-06/5.1/upgrade'],
    () => {
      const speaking = (major: number, minor: number): RequestHead => ({ ...request, version: { major, minor } });
      const to = (target: string): RequestHead => ({ ...request, target });
      const match = { hostOfRequest: 'match' } as const;
      expect(ofRequest({ ...request, method: 'PUT' })).toEqual(['method-not-get', 'PUT']);
      expect(ofRequest(speaking(1, 0))).toEqual(['http-version-too-low', 'HTTP/1.0']);
      expect(ofRequest(speaking(0, 9))).toEqual(['http-version-too-low', 'HTTP/0.9']);
      expect(ofRequest(speaking(2, 0))).toEqual(['opening']);
      expect(ofRequest(speaking(2, 0), { httpVersionOfRequest: 'major-1' })).toEqual([
        'other-http-version',
        'HTTP/2.0',
      ]);
      expect(ofRequest(speaking(1, 2), { httpVersionOfRequest: 'exactly' })).toEqual([
        'other-http-version',
        'HTTP/1.2',
      ]);
      expect(ofRequest(to('http://a.test:x/chat'))).toEqual(['bad-request-uri', 'http://a.test:x/chat']);
      expect(ofRequest(setting(request, host, ''))).toEqual(['no-host', undefined]);
      expect(ofRequest(to('http://u@a.test/chat'), { hostOfAbsoluteUri: 'refuse' })).toEqual([
        'wrong-host',
        'a.test, example.com',
      ]);
      expect(ofRequest(request, match, ['a.test', 'b.test'])).toEqual(['wrong-host', 'example.com']);
      expect(ofRequest(request, match, ['a.test', 'EXAMPLE.com'])).toEqual(['opening']);
      expect(ofRequest(twice(request, upgrade, 'h2c', 'x'))).toEqual(['no-upgrade-in-request', 'h2c, x']);
      expect(ofRequest(twice(request, connection, 'close', 'x'))).toEqual(['no-connection-in-request', 'close, x']);
      expect(ofRequest(twice(request, connection, 'close', 'Upgrade'))).toEqual(['opening']);
      expect(ofRequest(setting(request, connection, ','))).toEqual(['no-connection-in-request', ',']);
      expect(ofRequest(setting(request, version, '8'))).toEqual(['wrong-version', '8']);
      expect(ofRequest(twice(request, version, '8', '13'), { versionForm: 'list' })).toEqual([
        'wrong-version',
        '8, 13',
      ]);
      expect(ofRequest(without(request, version), { versionForm: 'list' })).toEqual(['no-version', undefined]);
      expect(ofRequest(setting(request, version, '106'), { versionForm: 'number' })).toEqual(['wrong-version', '106']);
      expect(ofRequest(setting(request, key, 'short'))).toEqual(['bad-key', 'short']);
    },
  );

  law(
    'in a response: the part that is wrong, and of a repeated header field all values',
    [
      'draft-06/5.1/response-validated',
      'draft-06/5.1/status-101',
      'draft-06/5.1/response-upgrade',
      'draft-06/5.1/response-connection',
      'draft-06/5.1/response-accept',
      'draft-06/8/no-unrequested-extension',
    ],
    () => {
      const old: ResponseHead = { ...response, version: { major: 1, minor: 0 } };
      expect(ofResponse(response)).toEqual(['accepted']);
      expect(ofResponse(old, { httpVersionOfResponse: 'at-least' })).toEqual(['response-version-too-low', 'HTTP/1.0']);
      expect(ofResponse({ ...response, status: 404, reason: 'Not Found' })).toEqual([
        'status-not-101',
        '404 Not Found',
      ]);
      expect(ofResponse(twice(response, upgrade, 'h2c', 'x'))).toEqual(['no-upgrade', 'h2c, x']);
      expect(ofResponse(twice(response, connection, 'close', 'x'))).toEqual(['no-connection', 'close, x']);
      expect(ofResponse(twice(response, accept, 'one', 'other'))).toEqual(['wrong-accept', 'one, other']);
      expect(ofResponse(twice(response, subprotocol, 'a b', ';'))).toEqual(['bad-response-list', 'a b, ;']);
      expect(ofResponse(twice(response, subprotocol, 'chat', 'x'))).toEqual(['uninvited-subprotocol', 'chat, x']);
      expect(ofResponse(twice(response, extensions, '=', ';'))).toEqual(['bad-response-list', '=, ;']);
      expect(ofResponse(setting(response, extensions, 'mux; a'))).toEqual(['uninvited-extension', 'mux']);
      const differ = { originOfResponse: 'fail-if-other' } as const;
      expect(ofResponse(twice(response, origin, 'http://b.test', 'x'), differ)).toEqual([
        'wrong-origin',
        'http://b.test, x',
      ]);
    },
  );
});

describe('what is wrong with a request', () => {
  law('is told alone, without what is right beside it', ['draft-06/5.2.1/abort-on-mismatch'], () => {
    const inOrder = under({ versionCheck: 'in-order' });
    const refusal = (head: RequestHead, readings = under({})) => readOpeningRequest(head, { readings });
    const wrong = (code: string, observed?: string) => ({
      kind: 'violation',
      violation: observed === undefined ? { code, offset: 0 } : { code, offset: 0, observed },
    });
    expect(refusal(without(request, host))).toEqual(wrong('no-host'));
    expect(refusal(setting(request, version, '8'), inOrder)).toEqual(wrong('wrong-version', '8'));
    expect(refusal(twice(request, origin, 'a', 'b'))).toEqual(wrong('repeated-origin'));
  });
});

describe('an absolute Request-URI', () => {
  const to = (target: string, choices: Partial<ReadingChoices> = {}): unknown => {
    const read = readOpeningRequest({ ...request, target }, { readings: under(choices) });
    return read.kind === 'opening' ? [read.request.resourceName, read.request.host] : read.kind;
  };
  const named = { hostOfAbsoluteUri: 'request-uri' } as const;

  law(
    'gives the host behind its last "@", and the path behind its authority',
    ['draft-06/5.2.1/request-uri', 'draft-06/5.2.1/request-uri-is-resource-name'],
    () => {
      expect(to('http://u:p@a.test:81/x?y=http://b@c/', named)).toEqual(['/x?y=http://b@c/', 'a.test:81']);
      expect(to('ws://a.test', named)).toEqual(['/', 'a.test']);
      expect(to('ws://a.test?x', named)).toEqual(['/?x', 'a.test']);
      expect(to('/x', named)).toEqual(['/x', 'example.com']);
      expect(to('/x?y=http://b/z', named)).toEqual(['/x?y=http://b/z', 'example.com']);
    },
  );

  law('is a path, or has a scheme and an authority: nothing else', ['draft-06/5.2.1/request-uri'], () => {
    for (const choices of [{}, { numberSignInName: 'allow' }] as const) {
      for (const target of [
        '',
        '*',
        'x',
        'x/y',
        '?x',
        'a.test:80',
        'http:',
        'http:///x',
        '\\x',
        '/\xe9',
        '/a b',
        ' /x',
      ]) {
        expect(to(target, choices), target).toBe('violation');
      }
      expect(to('/x', choices)).toEqual(['/x', 'example.com']);
    }
    expect(to('/a#b')).toBe('violation');
    expect(to('/a#b', { numberSignInName: 'allow' })).toEqual(['/a#b', 'example.com']);
  });
});

describe('what a client offers', () => {
  law(
    'names each subprotocol once, in characters that are allowed, and tells who asks',
    ['draft-06/5.1/subprotocol-characters', 'draft-06/5.1/subprotocols-unique'],
    () => {
      const offering = (...subprotocols: readonly string[]) => writeOpeningRequest({ ...sampleOffer, subprotocols });
      expect(fieldValues(offering('a', 'b'), subprotocol)).toEqual(['a, b']);
      for (const wrong of [['a b'], ['a', 'b\x7f'], ['']]) expect(() => offering(...wrong)).toThrow(RangeError);
      expect(() => offering('a', 'b', 'a')).toThrow(RangeError);
      expect(fieldValues(offering('a'), 'Authorization')).toEqual([]);
      const uri = { ...sampleOffer.uri, userInformation: 'me:secret' };
      expect(fieldValues(writeOpeningRequest({ ...sampleOffer, uri }), 'Authorization')).toEqual([
        'Basic bWU6c2VjcmV0',
      ]);
    },
  );
});

describe('what a server answers', () => {
  law(
    'has the timeout that it is told, and no token in Connection for it otherwise',
    ['draft-06/5.2.2/valid-http-response', 'draft-06/5.2.2/status-101'],
    () => {
      const told = writeOpeningResponse(asked, { connectionTimeout: 20 });
      expect(fieldValues(told, 'Connection-Timeout')).toEqual(['20']);
      expect(fieldValues(response, connection)).toEqual(['Upgrade']);
      expect(fieldValues(response, 'Connection-Timeout')).toEqual([]);
      expect(response.kind).toBe('response');
      expect(new TextDecoder().decode(serializeHead(response))).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    },
  );

  law(
    'names a subprotocol of its own only to who asked for none, by R-580',
    ['draft-06/5.2.2/subprotocol-selected'],
    () => {
      const own = { unaskedSubprotocol: 'its-own' } as const;
      const nobody = { ...asked, subprotocols: [] };
      const answer = (to: typeof asked, choices: Partial<ReadingChoices>) => () =>
        fieldValues(writeOpeningResponse(to, { subprotocol: 'other' }, under(choices)), subprotocol);
      expect(answer(nobody, own)()).toEqual(['other']);
      expect(answer(nobody, {})).toThrow(RangeError);
      expect(answer(asked, own)).toThrow(RangeError);
      expect(answer(asked, {})).toThrow(RangeError);
    },
  );

  law(
    'when it refuses, is a line of text with the status and reason that say so',
    ['draft-06/7.2.2/abort-is-close', 'draft-06/5.2.2/version-response'],
    () => {
      const startOf = (code: 'no-key' | 'wrong-version', choices: Partial<ReadingChoices> = {}): string =>
        new TextDecoder()
          .decode(serializeHead(writeRejection(rejectionOfViolation(code, under(choices))).head))
          .split('\r\n', 3)
          .join('|');
      const type = 'Content-Type: text/plain; charset=utf-8';
      expect(startOf('no-key')).toBe(`HTTP/1.1 400 Bad Request|Connection: close|${type}`);
      expect(startOf('wrong-version')).toBe(`HTTP/1.1 426 Upgrade Required|Connection: close, Upgrade|${type}`);
      expect(startOf('wrong-version', { refusalStatus: 'only-400' })).toBe(
        `HTTP/1.1 400 Bad Request|Connection: close|${type}`,
      );
      const { head } = writeRejection(rejectionOfViolation('wrong-version'));
      expect(fieldValues(head, upgrade)).toEqual(['websocket']);
    },
  );

  law('is compared with what was offered, which may be nothing', ['draft-06/5.1/response-validated'], () => {
    const bare = { key: asked.key };
    expect(readOpeningResponse(without(response, subprotocol), bare)).toEqual({
      kind: 'accepted',
      agreement: { extensions: [] },
    });
    expect(readOpeningResponse(response, bare)).toMatchObject({ violation: { code: 'uninvited-subprotocol' } });
    const readings = under({ noSubprotocolSelected: 'fail', extensionCase: 'none' });
    expect(readOpeningResponse(without(response, subprotocol), { ...bare, readings }).kind).toBe('accepted');
    expect(
      readOpeningResponse(setting(without(response, subprotocol), extensions, 'mux'), { ...bare, readings }),
    ).toEqual({
      kind: 'violation',
      violation: { code: 'uninvited-extension', offset: 0, observed: 'mux' },
    });
    expect(readOpeningResponse(setting(response, connection, ''), asked)).toMatchObject({
      violation: { code: 'no-connection' },
    });
  });
});

describe('a reading that asks for more or less', () => {
  const speaking = (major: number, minor: number): RequestHead => ({ ...request, version: { major, minor } });
  const codeOf = (head: RequestHead, choices: Partial<ReadingChoices>): unknown => ofRequest(head, choices)[0];

  law('changes what it names in a request, and nothing else', ['draft-06/5.2.1/parse-request'], () => {
    const other = 'other-http-version';
    const none = 'no-upgrade-in-request';
    const absolute = { ...request, target: 'http://example.com/chat' };
    const beside = setting(request, upgrade, 'h2c, websocket');
    const rows: readonly (readonly [RequestHead, Partial<ReadingChoices>, string])[] = [
      [speaking(1, 1), { httpVersionOfRequest: 'exactly' }, 'opening'],
      [speaking(1, 2), { httpVersionOfRequest: 'exactly' }, other],
      [speaking(2, 1), { httpVersionOfRequest: 'exactly' }, other],
      [speaking(2, 0), { httpVersionOfRequest: 'exactly' }, other],
      [speaking(1, 1), { httpVersionOfRequest: 'major-1' }, 'opening'],
      [speaking(1, 2), { httpVersionOfRequest: 'major-1' }, 'opening'],
      [request, { absoluteRequestUri: 'refuse' }, 'opening'],
      [absolute, { absoluteRequestUri: 'refuse' }, 'bad-request-uri'],
      [absolute, {}, 'opening'],
      [beside, {}, 'opening'],
      [beside, { upgradeListOfRequest: 'alone' }, none],
      [request, { upgradeListOfRequest: 'alone' }, 'opening'],
      [setting(request, upgrade, 'h2c'), { upgradeOfRequest: 'ignore' }, 'opening'],
      [setting(request, key, 'short'), { keyOfRequest: 'presence' }, 'opening'],
      [setting(without(request, key), version, '8'), {}, 'wrong-version'],
      [setting(without(request, key), version, '8'), { versionCheck: 'in-order' }, 'no-key'],
      [setting(request, version, '8'), { versionCheck: 'in-order' }, 'wrong-version'],
      [setting(request, origin, 'HTTP://a.test'), { originCapitals: 'abort' }, 'bad-origin'],
      [without(request, host), {}, 'no-host'],
    ];
    for (const [head, choices, expected] of rows) expect(codeOf(head, choices), JSON.stringify(choices)).toBe(expected);
  });

  law(
    'changes what it names in a response, and nothing else',
    ['draft-06/5.1/response-validated', 'draft-06/8/no-unrequested-extension'],
    () => {
      const offered = [
        { name: 'a', parameters: [] },
        { name: 'b', parameters: [] },
      ];
      const listed = (choices: Partial<ReadingChoices>, ...values: readonly string[]): unknown => {
        const fields = values.map((value) => [extensions, value] as const);
        const read = readOpeningResponse(adding(response, ...fields), {
          ...asked,
          extensions: offered,
          readings: under(choices),
        });
        return read.kind === 'violation' ? [read.violation.code, read.violation.observed] : read.kind;
      };
      expect(ofResponse(setting(response, upgrade, 'h2c, websocket'))[0]).toBe('no-upgrade');
      expect(ofResponse(setting(response, upgrade, 'h2c, websocket'), { upgradeOfResponse: 'token' })[0]).toBe(
        'accepted',
      );
      expect(listed({}, 'a', 'b')).toBe('accepted');
      expect(listed({ splitResponseExtensions: 'one' }, 'a', 'b')).toEqual(['bad-response-list', 'a, b']);
      expect(listed({ splitResponseExtensions: 'one' }, 'a, b')).toBe('accepted');
      expect(listed({ extensionAcceptedTwice: 'fail' }, 'b, b')).toEqual(['repeated-extension', 'b, b']);
      expect(listed({ extensionOrder: 'kept' }, 'b, a')).toEqual(['reordered-extensions', 'b, a']);
    },
  );

  law(
    'leaves the quotes of a subprotocol as they are only where they are part of it',
    ['draft-06/5.2.2/subprotocol-selected'],
    () => {
      const words = (name: string, choices: Partial<ReadingChoices>) =>
        fieldValues(
          writeOpeningResponse({ ...asked, subprotocols: [name] }, { subprotocol: name }, under(choices)),
          subprotocol,
        );
      expect(words('"a"', {})).toEqual(['"\\"a\\""']);
      expect(words('"a"', { subprotocolQuotes: 'part' })).toEqual(['"a"']);
      expect(words('b"a"', { subprotocolQuotes: 'part' })).toEqual(['"b\\"a\\""']);
      expect(words('"a"b', { subprotocolQuotes: 'part' })).toEqual(['"\\"a\\"b"']);
      for (const status of [300, 404, 599]) {
        expect(writeRejection({ status, reason: 'No' }).head.kind).toBe('response');
      }
    },
  );
});
