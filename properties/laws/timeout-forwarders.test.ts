import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldValues, type HeaderField } from '../../model/http-head.js';
import { withoutField, withTimeouts } from '../../model/timeout-fields.js';
import { forward, type Intermediary } from '../../model/timeout-intermediary.js';
import { intermediaries } from '../arbitraries/timeout.js';
import { type Forwarder, judgeForwarder } from '../conformance/timeout-forwarders.js';
import { law } from './law.js';

law(
  'every intermediary of the model that complies passes all questions, whatever its policy',
  [
    'http-timeout-00/3/not-increased',
    'http-timeout-00/3/not-removed',
    'http-timeout-00/3/intermediary-may-reduce',
    'http-timeout-00/3/intermediary-may-add',
    'http-timeout-00/3.1/passed-on',
    'http-timeout-00/4/hop-by-hop',
    'http-timeout-00/4/removed-by-the-unknowing',
    'http-timeout-00/4/intermediary-request-timeout',
    'http-timeout-00/4.1/discarded',
  ],
  () =>
    fc.assert(
      fc.asyncProperty(intermediaries('knowing', 'unknowing'), async (intermediary) => {
        expect(await judgeForwarder((head) => forward(head, intermediary))).toEqual([]);
      }),
      { numRuns: 50 },
    ),
);

law(
  'what is transparent is told that it passed Connection-Timeout on, and what does not comply that it removed Request-Timeout',
  ['http-timeout-00/3.1/transparent', 'http-timeout-00/3.1/non-compliant', 'http-timeout-00/4.1/transparent'],
  async () => {
    const codesOf = async (kind: Intermediary['kind']) =>
      new Set((await judgeForwarder((head) => forward(head, { kind }))).map(({ code }) => code));
    expect(await codesOf('transparent')).toEqual(new Set(['passed-on']));
    expect(await codesOf('non-compliant')).toEqual(new Set(['passed-on', 'removed']));
  },
);

type Change = (fields: readonly HeaderField[]) => readonly HeaderField[];

/** Intermediaries that know the header fields and do one thing wrong. */
const faulty: readonly (readonly [what: string, code: string, change: Change])[] = [
  ['gives everybody an hour', 'increased', (fields) => withTimeouts(fields, { request: 3600 })],
  ['forgets Request-Timeout', 'removed', (fields) => withoutField(fields, 'Request-Timeout')],
  [
    'promises a minute and asks for more',
    'forwarded-above-connection-timeout',
    (fields) => [
      ...fields,
      { name: 'Connection', value: 'Connection-Timeout' },
      { name: 'Connection-Timeout', value: '60' },
    ],
  ],
  [
    'writes milliseconds',
    'bad-request-timeout',
    (fields) =>
      fields.map((field) => (field.name === 'Request-Timeout' ? { ...field, value: `${field.value}000 ms` } : field)),
  ],
  [
    'names no token',
    'connection-token-missing',
    (fields) => [...fields, { name: 'Connection-Timeout', value: '90000' }],
  ],
  [
    'tells a form of Keep-Alive',
    'bad-connection-timeout',
    (fields) => [
      ...fields,
      { name: 'Connection', value: 'Connection-Timeout' },
      { name: 'Connection-Timeout', value: 'timeout=5' },
    ],
  ],
];

describe('an intermediary that does one thing wrong is told so, and nothing else', () => {
  test.each(faulty)('%s: %s', async (_, code, change) => {
    const forwarder: Forwarder = (head) => ({ ...head, fields: change(forward(head, { kind: 'knowing' }).fields) });
    const codes = new Set((await judgeForwarder(forwarder)).map((finding) => finding.code));
    expect([...codes]).toEqual([code]);
  });
});

test('by reading R-3014 the promise to the client is the bound', async () => {
  const transparent: Forwarder = (head) => ({ ...head, fields: withoutField(head.fields, 'Connection-Timeout') });
  const bySide = (boundingSide: 'next-hop' | 'client-side') =>
    judgeForwarder(transparent, 'server.example', 60, { boundingSide });
  expect(await bySide('next-hop')).toEqual([]);
  expect((await bySide('client-side')).map(({ probe }) => probe)).toContain('request-timeout');
});

test('the handshake of WebSocket gets through all of them', async () => {
  await judgeForwarder((head) => {
    const forwarded = forward(head, { kind: 'knowing', towardsServer: 5 });
    expect(fieldValues(forwarded, 'Upgrade')).toEqual(fieldValues(head, 'Upgrade'));
    return forwarded;
  });
});
