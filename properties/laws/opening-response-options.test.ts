import fc from 'fast-check';
import { expect } from 'vitest';
import type { ResponseHead } from '../../model/http-head.js';
import { fieldValues, serializeHead } from '../../model/http-head.js';
import type { OpeningRequest } from '../../model/opening-request.js';
import { readOpeningResponse, rejectionOfViolation } from '../../model/opening-response.js';
import { createConnection, step } from '../../model/step.js';
import { concatBytes } from '../../model/bytes.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { openingAnswers } from '../arbitraries/opening-handshake.js';
import { headTo, sampleOffer } from '../simulation/reach.js';
import { adding, setting, without } from '../arbitraries/head-changes.js';
import { law } from './law.js';
import { under } from './under.js';

const { upgrade, accept, subprotocol, origin, version } = headerNames;

interface Exchange {
  readonly request: OpeningRequest;
  readonly head: ResponseHead;
}

/** What the client makes of a response: `accepted`, or the code of the violation. */
function verdict({ request, head }: Exchange, choices: Partial<ReadingChoices> = {}): string {
  const { key, subprotocols, extensions, origin: own } = request;
  const expectations = { key, subprotocols, extensions, ...(own === undefined ? {} : { origin: own }) };
  const reading = readOpeningResponse(head, { ...expectations, readings: under(choices) });
  return reading.kind === 'violation' ? reading.violation.code : reading.kind;
}

/** A law on right exchanges, of which few are enough: what is changed in them is what counts. */
function forEachExchange(check: (exchange: Exchange, changed: (head: ResponseHead) => Exchange) => void): void {
  fc.assert(
    fc.property(openingAnswers(), ({ request, head }) => {
      check({ request, head }, (other) => ({ request, head: other }));
    }),
    { numRuns: 20 },
  );
}

law('R-553: under "at-least" the response speaks HTTP 1.1 or higher', ['draft-06/5.2.2/valid-http-response'], () => {
  forEachExchange(({ head }, changed) => {
    for (const [major, minor] of [
      [0, 9],
      [1, 0],
      [1, 1],
      [2, 0],
    ] as const) {
      const isLow = major === 0 || (major === 1 && minor === 0);
      const other = changed({ ...head, version: { major, minor } });
      expect(verdict(other)).toBe('accepted');
      expect(verdict(other, { httpVersionOfResponse: 'at-least' })).toBe(
        isLow ? 'response-version-too-low' : 'accepted',
      );
    }
  });
});

law('R-554: under "token" Upgrade may name others beside "websocket"', ['draft-06/5.1/response-upgrade'], () => {
  const token = { upgradeOfResponse: 'token' } as const;
  forEachExchange((right, changed) => {
    for (const value of ['h2c, WebSocket', 'websocket, x']) {
      expect(verdict(changed(setting(right.head, upgrade, value)))).toBe('no-upgrade');
      expect(verdict(changed(setting(right.head, upgrade, value)), token)).toBe('accepted');
    }
    for (const other of [without(right.head, upgrade), setting(right.head, upgrade, 'h2c')]) {
      expect(verdict(changed(other), token)).toBe('no-upgrade');
    }
    expect(verdict(right, token)).toBe(verdict(right));
  });
});

law('R-555: under "fail" one of the subprotocols has to be selected', ['draft-06/5.2.2/subprotocol-meaning'], () => {
  const fail = { noSubprotocolSelected: 'fail' } as const;
  forEachExchange((right, changed) => {
    const none = changed(without(right.head, subprotocol));
    const isOffered = right.request.subprotocols.length > 0;
    expect(verdict(none)).toBe('accepted');
    expect(verdict(none, fail)).toBe(isOffered ? 'no-subprotocol' : 'accepted');
    if (fieldValues(right.head, subprotocol).length > 0) expect(verdict(right, fail)).toBe('accepted');
    const stranger = changed(setting(right.head, subprotocol, 'nobody-asked-for-this'));
    const both = { ...fail, subprotocolOfResponse: 'accept' } as const;
    expect(verdict(stranger, both)).toBe(isOffered ? 'no-subprotocol' : 'accepted');
  });
});

law(
  'R-556: under "several" the response may name several of those offered',
  ['draft-06/5.2.2/subprotocol-selected'],
  () => {
    const several = { severalSubprotocols: 'several' } as const;
    forEachExchange(({ request, head }) => {
      const asked = { ...request, subprotocols: ['chat', 'superchat'] };
      const both = { request: asked, head: setting(head, subprotocol, 'superchat, chat') };
      expect(verdict(both)).toBe('uninvited-subprotocol');
      const reading = readOpeningResponse(both.head, { ...asked, readings: under(several) });
      expect(reading).toMatchObject({ agreement: { subprotocol: 'superchat' } });
      const stranger = { request: asked, head: setting(head, subprotocol, 'superchat, other') };
      expect(verdict(stranger, several)).toBe('uninvited-subprotocol');
    });
  },
);

law('R-560: under "too-early" nothing comes in one piece with the response', ['draft-06/5.2.2/server-may-send'], () => {
  const bytes = headTo('client');
  const ping = Uint8Array.of(0x82, 0);
  const opened = (choices: Partial<ReadingChoices>, ...pieces: readonly Uint8Array[]) => {
    const [start] = createConnection({ role: 'client', offer: sampleOffer, readings: choices });
    let [connection] = step(start, { type: 'transport.opened' });
    for (const piece of pieces) [connection] = step(connection, { type: 'bytes', bytes: piece });
    return connection.state === 'open';
  };
  for (const framesWithResponse of ['take', 'too-early'] as const) {
    const isTaken = framesWithResponse === 'take';
    expect(opened({ framesWithResponse }, concatBytes([bytes, ping]))).toBe(isTaken);
    expect(opened({ framesWithResponse }, bytes, ping)).toBe(true);
  }
});

law('R-592: a repeated Sec-WebSocket-Accept has to agree, or not to be', ['draft-06/5.1/response-accept'], () => {
  forEachExchange((right, changed) => {
    const [value = ''] = fieldValues(right.head, accept);
    const twice = changed(adding(right.head, [accept, value]));
    const differing = changed(adding(right.head, [accept, 'another']));
    const choice = (repeatedField: ReadingChoices['repeatedField']) => ({ repeatedField });
    expect([twice, differing].map((one) => verdict(one))).toEqual(['accepted', 'wrong-accept']);
    expect([twice, differing].map((one) => verdict(one, choice('first')))).toEqual(['accepted', 'accepted']);
    expect([twice, differing].map((one) => verdict(one, choice('refuse')))).toEqual(['wrong-accept', 'wrong-accept']);
    for (const option of ['first', 'refuse'] as const) {
      expect(verdict(right, choice(option))).toBe('accepted');
      expect(verdict(changed(without(right.head, accept)), choice(option))).toBe('wrong-accept');
    }
  });
});

law('R-903: whether a client compares the origin of a response', ['draft-06/10.7/lets-clients-verify'], () => {
  const codes = (exchange: Exchange) =>
    (['no', 'fail-if-other', 'fail-if-absent'] as const).map((originOfResponse) =>
      verdict(exchange, { originOfResponse }),
    );
  forEachExchange(({ request, head }) => {
    const asked = { ...request, origin: 'http://a.test' };
    const told = (...values: readonly string[]) => ({
      request: asked,
      head: adding(without(head, origin), ...values.map((value) => [origin, value] as const)),
    });
    expect(codes(told('HTTP://a.test'))).toEqual(['accepted', 'accepted', 'accepted']);
    expect(codes(told('http://b.test'))).toEqual(['accepted', 'wrong-origin', 'wrong-origin']);
    expect(codes(told())).toEqual(['accepted', 'accepted', 'wrong-origin']);
    const { resourceName, host, key, subprotocols, extensions, fields } = request;
    const nameless = { resourceName, host, key, subprotocols, extensions, fields };
    expect(codes({ ...told('http://b.test'), request: nameless })).toEqual(['accepted', 'accepted', 'accepted']);
  });
});

law(
  'R-582 and R-1003: how a version is refused, and whether the right one is named',
  ['draft-06/5.2.2/version-response', 'draft-06/10.9/from-client'],
  () => {
    for (const [choices, status, named] of [
      [{}, 426, true],
      [{ refusalStatus: 'only-400' }, 400, true],
      [{ versionInRefusal: 'never' }, 426, false],
      [{ refusalStatus: 'only-400', versionInRefusal: 'never' }, 400, false],
    ] as const) {
      const { status: told, fields = [] } = rejectionOfViolation('wrong-version', under(choices));
      expect([told, fieldValues(fields, version).length > 0]).toEqual([status, named]);
      expect(fieldValues(fields, upgrade).length > 0).toBe(status === 426);
      expect(rejectionOfViolation('no-key', under(choices))).toEqual(rejectionOfViolation('no-key'));
    }
    const [server] = createConnection({ role: 'server', readings: { refusalStatus: 'only-400' } });
    const request = headTo('server');
    const wrong = new TextEncoder().encode(new TextDecoder().decode(request).replace('Version: 6', 'Version: 8'));
    const [, effects] = step(server, { type: 'bytes', bytes: wrong });
    const heads = effects.flatMap((effect) => (effect.type === 'write-head' ? [effect.head] : []));
    expect(heads).toMatchObject([{ status: 400 }]);
    expect(heads.map((head) => serializeHead(head).length > 0)).toEqual([true]);
  },
);
