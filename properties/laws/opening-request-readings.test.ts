import fc from 'fast-check';
import { expect } from 'vitest';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import type { RequestHead } from '../../model/http-head.js';
import { readOpeningRequest, type RequestReading, writeOpeningRequest } from '../../model/opening-request.js';
import { authorityOf } from '../../model/uri.js';
import { requestHeads } from '../arbitraries/http-head.js';
import { furtherFields, openingOffers, respelled } from '../arbitraries/opening-handshake.js';
import { adding, setting, without } from '../arbitraries/head-changes.js';
import { law } from './law.js';

const { host, upgrade, connection, key, version, origin, extensions } = headerNames;

function under(choices: Partial<ReadingChoices>): ReadingChoices {
  return { ...defaultReadings, ...choices };
}

/** What was read, without the header fields themselves. */
function outcome(reading: RequestReading): unknown {
  return reading.kind === 'opening' ? { ...reading.request, fields: undefined } : reading;
}

law('header fields may come in any order and their names in any case', ['draft-06/5.2.1/parse-request'], () => {
  const spelled = openingOffers().chain((offer) => {
    const head = writeOpeningRequest(offer);
    return respelled(head).map((other) => ({ head, other }));
  });
  fc.assert(
    fc.property(spelled, ({ head, other }) => {
      expect(other.fields.length).toBe(head.fields.length);
      expect(outcome(readOpeningRequest(other))).toEqual(outcome(readOpeningRequest(head)));
    }),
  );
});

law('header fields that nobody knows change nothing', ['draft-06/5.2.1/unknown-headers-ignored'], () => {
  const doubtful = fc.tuple(openingOffers(), furtherFields()).chain(([offer, further]) => {
    const head = writeOpeningRequest(offer);
    const broken = Object.values(headerNames).map((name) => without(head, name));
    return fc.constantFrom(head, ...broken).map((some) => ({ head: some, further }));
  });
  fc.assert(
    fc.property(doubtful, ({ head, further }) => {
      const more = { ...head, fields: [...further, ...head.fields, { name: 'Sec-WebSocket-Draft', value: '76' }] };
      expect(outcome(readOpeningRequest(more))).toEqual(outcome(readOpeningRequest(head)));
    }),
  );
});

law('a request that does not ask for WebSocket is plain HTTP', ['draft-06/5.2.1/parse-request'], () => {
  fc.assert(
    fc.property(requestHeads(), furtherFields(), (head, fields) => {
      const plain = without({ ...head, fields }, upgrade);
      expect(readOpeningRequest(plain)).toEqual({ kind: 'http' });
      expect(readOpeningRequest(setting(plain, upgrade, 'h2c, irc/6.9'))).toEqual({ kind: 'http' });
      expect(readOpeningRequest(setting(plain, upgrade, 'h2c, WebSocket')).kind).not.toBe('http');
      expect(readOpeningRequest(setting(plain, 'sec-websocket-anything', '')).kind).not.toBe('http');
    }),
  );
});

law('any method, version and target is read or refused', ['draft-06/9/input-not-trusted'], () => {
  fc.assert(
    fc.property(openingOffers(), requestHeads(), (offer, { method, target, version: number }) => {
      const reading = readOpeningRequest({ ...writeOpeningRequest(offer), method, target, version: number });
      const isHighEnough = number.major > 1 || (number.major === 1 && number.minor >= 1);
      if (method !== 'GET' || !isHighEnough) expect(reading.kind).toBe('violation');
      else if (reading.kind === 'opening') expect(reading.request.resourceName).toMatch(/^\/[!"$-~]*$/);
      else expect(reading).toMatchObject({ violation: { code: 'bad-request-uri', observed: target } });
    }),
  );
});

law(
  'the resource name is read from a path and from an absolute URI',
  ['draft-06/5.2.1/request-uri-is-resource-name'],
  () => {
    fc.assert(
      fc.property(openingOffers(), fc.constantFrom('http', 'https', 'ws', 'WSS', 'a+b-c.1'), (offer, scheme) => {
        const head = writeOpeningRequest(offer);
        const nameOf = (target: string) => outcome(readOpeningRequest({ ...head, target }));
        const { resourceName } = offer.uri;
        expect(nameOf(`${scheme}://${authorityOf(offer.uri)}${resourceName}`)).toMatchObject({ resourceName });
        expect(nameOf(`${scheme}://example.com`)).toMatchObject({ resourceName: '/' });
        expect(nameOf(`${scheme}://example.com?a=//b`)).toMatchObject({ resourceName: '/?a=//b' });
        for (const wrong of ['[', '[::1', 'a:b', 'a:65536', 'exa mple', '', '?a', 'a\\b', '%5b']) {
          const target = `${scheme}://${wrong}`;
          expect(nameOf(target)).toMatchObject({ violation: { code: 'bad-request-uri', observed: target } });
        }
      }),
    );
  },
);

law(
  'R-501: Upgrade and Connection may be lists, and are not looked at under "ignore"',
  ['draft-06/5.1/upgrade', 'draft-06/5.1/connection'],
  () => {
    const readings = under({ upgradeOfRequest: 'ignore' });
    fc.assert(
      fc.property(openingOffers(), (offer) => {
        const head = writeOpeningRequest(offer);
        const lists = adding(setting(setting(head, upgrade, 'h2c , WEBSOCKET'), connection, 'keep-alive'), [
          connection,
          'x, upGRADE',
        ]);
        expect(readOpeningRequest(lists).kind).toBe('opening');
        for (const changed of [without(head, upgrade), without(head, connection), setting(head, upgrade, 'h2c')]) {
          expect(readOpeningRequest(changed).kind).toBe('violation');
          expect(readOpeningRequest(changed, { readings }).kind).toBe('opening');
        }
      }),
    );
  },
);

law('R-502: under "presence" any single key will do', ['draft-06/5.2.1/key'], () => {
  const readings = under({ keyOfRequest: 'presence' });
  fc.assert(
    fc.property(openingOffers(), fc.constantFrom('', 'x', 'not base64!'), (offer, value) => {
      const head = setting(writeOpeningRequest(offer), key, value);
      expect(readOpeningRequest(head, { readings })).toMatchObject({ kind: 'opening', request: { key: value } });
      const missing = readOpeningRequest(without(head, key), { readings });
      expect(missing).toMatchObject({ violation: { code: 'no-key' } });
    }),
  );
});

law('R-508: under "match" Host has to be one of the authorities, in any case', ['draft-06/5.2.1/host'], () => {
  fc.assert(
    fc.property(openingOffers(), (offer) => {
      const head = writeOpeningRequest(offer);
      const readings = under({ hostOfRequest: 'match' });
      const authority = authorityOf(offer.uri);
      const among = (...authorities: readonly string[]) => readOpeningRequest(head, { readings, authorities }).kind;
      expect(among('else.where:1', authority.toUpperCase())).toBe('opening');
      expect(among(`${authority}.`, `x${authority}`)).toBe('violation');
      expect(readOpeningRequest(head, { readings }).kind).toBe('violation');
      expect(readOpeningRequest(setting(head, host, 'any.example')).kind).toBe('opening');
    }),
  );
});

law(
  'an origin is compared in ASCII lower case',
  ['draft-06/5.1/origin-lower-case', 'draft-06/5.2.1/origin-optional'],
  () => {
    fc.assert(
      fc.property(openingOffers(), (offer) => {
        const head: RequestHead = setting(writeOpeningRequest(offer), origin, 'HTTP://\xc9.Example');
        expect(readOpeningRequest(head)).toMatchObject({ request: { origin: 'http://\xc9.example' } });
        expect(outcome(readOpeningRequest(without(head, origin)))).not.toHaveProperty('origin');
      }),
      { numRuns: 10 },
    );
  },
);

law(
  'an offer that no client may make is not written',
  ['draft-06/5.1/key-is-16-byte-nonce', 'draft-06/5.1/subprotocol-characters', 'draft-06/5.1/subprotocols-unique'],
  () => {
    const ownNames = fc.constantFrom(...Object.values(headerNames)).chain((name) => fc.mixedCase(fc.constant(name)));
    fc.assert(
      fc.property(openingOffers(), ownNames, fc.nat(40), (offer, name, length) => {
        fc.pre(length !== 16);
        const refuses = (changes: object) => {
          expect(() => writeOpeningRequest({ ...offer, ...changes })).toThrow(RangeError);
        };
        refuses({ nonce: new Uint8Array(length) });
        refuses({ fields: [{ name, value: 'x' }] });
        refuses({ subprotocols: ['a', 'b', 'a'] });
        for (const subprotocol of ['', 'a b', '\x7f', '\xe9', '\u0394']) refuses({ subprotocols: ['a', subprotocol] });
        refuses({ extensions: [{ name: 'a b', parameters: [] }] });
      }),
    );
  },
);

law('empty lists of subprotocols and extensions send no header field', ['draft-06/5.1/subprotocol-grammar'], () => {
  fc.assert(
    fc.property(openingOffers(), (offer) => {
      const names = writeOpeningRequest({ ...offer, subprotocols: [], extensions: [] }).fields.map(({ name }) => name);
      expect(names).not.toContain(headerNames.subprotocol);
      expect(names).not.toContain(extensions);
      expect(names).toContain(version);
    }),
    { numRuns: 10 },
  );
});
