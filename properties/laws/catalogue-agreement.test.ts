import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { openingOffers } from '../arbitraries/opening-handshake.js';
import { after, openingOf, optionsOf } from '../simulation/reach.js';
import { setting, without } from '../arbitraries/head-changes.js';
import { law } from './law.js';

const uri = { host: 'example.com', port: 80, resourceName: '/chat', secure: false };

describe('what a server gets to know', () => {
  law(
    'is the origin, the key, the version by the reading itself, the resource name, subprotocols and extensions',
    ['draft-06/5.2.2/information-established', 'draft-06/5.2.2/resource-name-meaning'],
    () => {
      fc.assert(
        fc.property(openingOffers(), (offer) => {
          const reading = readOpeningRequest(writeOpeningRequest(offer));
          if (reading.kind !== 'opening') throw new Error(`an offer reads as ${reading.kind}`);
          const { resourceName, key, origin, subprotocols, extensions } = reading.request;
          expect([resourceName, subprotocols, extensions]).toEqual([
            offer.uri.resourceName,
            offer.subprotocols ?? [],
            offer.extensions ?? [],
          ]);
          expect(Buffer.from(key, 'base64')).toEqual(Buffer.from(offer.nonce));
          expect(origin).toBe(offer.origin?.toLowerCase());
        }),
      );
    },
  );

  law(
    'no header field is no list, and an empty one is not the same',
    [
      'draft-06/5.2.2/subprotocol-absent-is-null',
      'draft-06/5.2.2/subprotocol-empty-is-not-null',
      'draft-06/5.2.2/extensions-absent-is-null',
      'draft-06/5.2.2/extensions-empty-is-not-null',
    ],
    () => {
      const head = writeOpeningRequest({ uri, nonce: new Uint8Array(16), subprotocols: ['a'] });
      for (const name of ['Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions']) {
        const absent = readOpeningRequest(without(head, name));
        expect(absent).toMatchObject({ kind: 'opening', request: { extensions: [] } });
        const empty = { ...head, fields: [...without(head, name).fields, { name, value: '' }] };
        expect(readOpeningRequest(empty).kind, name).toBe('violation');
      }
    },
  );

  law(
    'a version that is not understood is refused before anything else is read',
    ['draft-06/10.9/lets-server-read'],
    () => {
      const other = fc
        .nat(300)
        .map(String)
        .filter((version) => version !== '6');
      fc.assert(
        fc.property(openingOffers(), other, (offer, version) => {
          const head = setting(writeOpeningRequest(offer), 'Sec-WebSocket-Version', version);
          // What follows would be wrong in version 6, and may be right in another.
          for (const name of ['Sec-WebSocket-Key', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions']) {
            const reading = readOpeningRequest(setting(head, name, ';'));
            expect(reading).toMatchObject({ kind: 'violation', violation: { code: 'wrong-version' } });
          }
        }),
        { numRuns: 30 },
      );
    },
  );
});

describe('what an application gets to know', () => {
  law('is the subprotocol that the server has agreed to', ['draft-06/10.8/lets-scripts-select'], () => {
    const [, effects] = after(optionsOf('client'), ...openingOf('client'));
    expect(effects.find(({ type }) => type === 'opened')).toMatchObject({ agreement: { subprotocol: 'chat' } });
  });
});
