import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesFromLatin1 } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { serializeHead } from '../../model/http-head.js';
import { readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { writeOpeningResponse } from '../../model/opening-response.js';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import { openingOffers } from '../arbitraries/opening-handshake.js';
import {
  type Changes,
  createRecording,
  recordTalk,
  rewritten,
  sampleRequest,
  sampleResponse,
} from '../arbitraries/recorded-talk.js';
import { law } from '../laws/law.js';
import { judge } from './judge.js';

const silence = { blocks: [], closer: 'client' } as const;

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Where a line begins that begins so; the empty line when there is none. */
const lineOf = (head: Uint8Array, begin: string): number => {
  const at = textOf(head).indexOf(`\n${begin}`);
  return at === -1 ? head.length - 2 : at + 1;
};

function weightyOf(changes: Changes) {
  const { findings } = judge(recordTalk(silence, changes).events);
  return findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'advisory');
}

const requestFaults: readonly (readonly [string, string | RegExp, string, ClauseId, string])[] = [
  ['another method', 'GET', 'PUT', 'draft-06/5.1/method-get', ''],
  ['HTTP 1.0', 'HTTP/1.1', 'HTTP/1.0', 'draft-06/5.1/http-1.1', ''],
  ['no Host', /Host:.*\r\n/, '', 'draft-06/5.1/host', 'Host'],
  ['no Upgrade', /Upgrade:.*\r\n/, '', 'draft-06/5.1/upgrade', 'Upgrade'],
  ['no Connection', /Connection:.*\r\n/, '', 'draft-06/5.1/connection-present', 'Connection'],
  ['another Connection', 'Connection: Upgrade', 'Connection: close', 'draft-06/5.1/connection', 'Connection'],
  ['no key', /Sec-WebSocket-Key:.*\r\n/, '', 'draft-06/5.1/key', 'Sec-WebSocket-Key'],
  ['a short key', /Key: .*\r\n/, 'Key: AAAA\r\n', 'draft-06/5.1/key-is-16-byte-nonce', 'Sec-WebSocket-Key'],
  ['no version', /Sec-WebSocket-Version:.*\r\n/, '', 'draft-06/5.1/version', 'Sec-WebSocket-Version'],
  ['another version', 'Version: 6', 'Version: 13', 'draft-06/5.1/version-is-6', 'Sec-WebSocket-Version'],
  [
    'an origin without a scheme',
    /Sec-WebSocket-Version: /,
    'Sec-WebSocket-Origin: 127.0.0.1\r\nSec-WebSocket-Version: ',
    'draft-06/5.1/origin-ascii-serialization',
    'Sec-WebSocket-Origin',
  ],
  [
    'a subprotocol twice',
    /Protocol: .*\r\n/,
    'Protocol: a, a\r\n',
    'draft-06/5.1/subprotocols-unique',
    'Sec-WebSocket-Protocol',
  ],
  [
    'a bad list of extensions',
    /Extensions: .*\r\n/,
    'Extensions: ;\r\n',
    'draft-06/8.1/list-grammar',
    'Sec-WebSocket-Extensions',
  ],
];

law(
  'what is wrong with a request is held against the client, at the header field that shows it',
  ['draft-06/5.1/method-get', 'draft-06/5.1/host', 'draft-06/5.1/key', 'draft-06/5.1/version', 'draft-06/5.1/upgrade'],
  () => {
    for (const [what, from, to, clause, field] of requestFaults) {
      const request = rewritten(sampleRequest, from, to);
      const offset = field === '' ? 0 : lineOf(request, field);
      const found = weightyOf({ request }).filter(({ blamed }) => blamed === 'client');
      expect(found, what).toContainEqual(expect.objectContaining({ blamed: 'client', clause, offset }));
    }
  },
);

law(
  'a server that accepts what lacks a part that has to be there is blamed for it',
  ['draft-06/5.2.1/get-request', 'draft-06/5.2.1/host'],
  () => {
    for (const [from, to, clause] of [
      ['GET', 'PUT', 'draft-06/5.2.1/get-request'],
      [/Host:.*\r\n/, '', 'draft-06/5.2.1/host'],
    ] as const) {
      const found = weightyOf({ request: rewritten(sampleRequest, from, to) });
      expect(found).toContainEqual(expect.objectContaining({ blamed: 'server', clause, code: 'accepted' }));
    }
  },
);

law(
  'what is wrong with a response is held against the server, and what the client makes of it against the client',
  ['draft-06/5.2.2/accept', 'draft-06/5.2.2/accept-present', 'draft-06/8/no-unrequested-extension'],
  () => {
    const faults: readonly (readonly [string | RegExp, string, ClauseId, string, ClauseId])[] = [
      [/Accept: ./, 'Accept: *', 'draft-06/5.2.2/accept', 'Sec-WebSocket-Accept', 'draft-06/5.1/response-accept'],
      [
        /Sec-WebSocket-Accept:.*\r\n/,
        '',
        'draft-06/5.2.2/accept-present',
        'Sec-WebSocket-Accept',
        'draft-06/5.1/response-accept',
      ],
      [/Upgrade: .*\r\n/, '', 'draft-06/5.2.2/valid-http-response', 'Upgrade', 'draft-06/5.1/response-upgrade'],
      [
        /Connection: .*\r\n/,
        '',
        'draft-06/5.2.2/valid-http-response',
        'Connection',
        'draft-06/5.1/response-connection',
      ],
      [
        /Protocol: .*\r\n/,
        'Protocol: other\r\n',
        'draft-06/5.2.2/subprotocol-selected',
        'Sec-WebSocket-Protocol',
        'draft-06/5.1/response-validated',
      ],
    ];
    for (const [from, to, clause, field, clauseOfClient] of faults) {
      const response = rewritten(sampleResponse, from, to);
      const insert: Changes['insert'] = (recording) => {
        recording.frame('client', frameOf('text'));
      };
      const [first, second] = weightyOf({ response, insert });
      expect(first).toMatchObject({ blamed: 'server', clause, offset: lineOf(response, field) });
      expect(second).toMatchObject({ blamed: 'client', clause: clauseOfClient, code: 'went-on' });
    }
    const uninvited = rewritten(sampleResponse, '\r\n\r\n', '\r\nSec-WebSocket-Extensions: x-other\r\n\r\n');
    expect(weightyOf({ response: uninvited })[0]).toMatchObject({
      blamed: 'server',
      clause: 'draft-06/8/no-unrequested-extension',
      offset: lineOf(uninvited, 'Sec-WebSocket-Extensions'),
    });
  },
);

law('bytes before the response are held against the client', ['draft-06/5.1/waits-for-response'], () => {
  const recording = createRecording();
  recording.bytes('client', sampleRequest);
  recording.frame('client', frameOf('text'));
  recording.bytes('server', sampleResponse);
  const { findings, sides } = judge(recording.events);
  expect(findings).toMatchObject([
    { blamed: 'client', clause: 'draft-06/5.1/waits-for-response', offset: sampleRequest.length },
  ]);
  expect(sides.client.messages).toBe(1);
});

law('a client that goes on behind a refusal is blamed', ['draft-06/5.1/status-101'], () => {
  const refusal = bytesFromLatin1('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  const quiet = createRecording();
  quiet.bytes('client', sampleRequest);
  quiet.bytes('server', refusal);
  quiet.end('client');
  expect(judge(quiet.events)).toMatchObject({ kind: 'refused', findings: [] });
  quiet.bytes('client', sampleRequest);
  expect(judge(quiet.events).findings).toMatchObject([
    { blamed: 'client', clause: 'draft-06/5.1/status-101', offset: sampleRequest.length },
  ]);
});

law(
  'right requests and right responses have nothing against them, in any order of their header fields',
  ['draft-06/5.1/valid-http-request', 'draft-06/5.2.2/valid-http-response'],
  () => {
    fc.assert(
      fc.property(openingOffers(), (offer) => {
        const request = writeOpeningRequest(offer);
        const reading = readOpeningRequest(request);
        if (reading.kind !== 'opening') throw new Error('an offer is not read as one');
        const subprotocol = reading.request.subprotocols[0];
        const response = writeOpeningResponse(reading.request, subprotocol === undefined ? {} : { subprotocol });
        const recording = createRecording();
        recording.bytes('client', serializeHead(request));
        recording.bytes('server', serializeHead(response));
        const { findings, kind } = judge(recording.events);
        expect(kind).toBe('websocket');
        // The offers give parameters to an extension that has none.
        const weighty = findings.filter(
          ({ verdict, code }) => verdict !== 'informational' && code !== 'undefined-parameter',
        );
        expect(weighty).toEqual([]);
      }),
    );
  },
);

test('what is not WebSocket is said not to be, and nobody is blamed', () => {
  const talks: readonly (readonly [Role, string])[][] = [
    [
      ['client', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
      ['server', 'HTTP/1.1 200 OK\r\n\r\n'],
    ],
    [['server', 'SSH-2.0-OpenSSH_9.2\r\n']],
    [['client', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03']],
    [
      ['server', '220 mail.example ESMTP\r\n'],
      ['client', 'EHLO a.example\r\n'],
    ],
    [],
  ];
  for (const talk of talks) {
    const recording = createRecording();
    for (const [from, text] of talk) recording.bytes(from, bytesFromLatin1(text));
    const { kind, findings, clauses, notes } = judge(recording.events);
    expect(['http', 'other']).toContain(kind);
    expect(findings).toEqual([]);
    expect(clauses.client.size + clauses.server.size).toBe(0);
    expect(notes).not.toEqual([]);
  }
});
