import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { parseExtensions } from '../../model/extension-header.js';
import { serializeHead } from '../../model/http-head.js';
import { type OpeningOffer, readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { createConnection, step } from '../../model/step.js';
import { nonces, openingOffers, subprotocolLists } from '../arbitraries/opening-handshake.js';
import { headTo, optionsOf } from '../simulation/reach.js';
import { law } from './law.js';

const uri = { host: 'example.com', port: 80, resourceName: '/chat', secure: false };

/** The lines of the request that an offer makes, without the empty one at the end. */
function linesOf(offer: OpeningOffer): readonly string[] {
  return latin1FromBytes(serializeHead(writeOpeningRequest(offer)))
    .split('\r\n')
    .slice(0, -2);
}

/** The values of a header field, in lines. */
function valuesIn(lines: readonly string[], name: string): readonly string[] {
  const start = `${name.toLowerCase()}: `;
  return lines.filter((line) => line.toLowerCase().startsWith(start)).map((line) => line.slice(start.length));
}

function valuesOf(offer: OpeningOffer, name: string): readonly string[] {
  return valuesIn(linesOf(offer), name);
}

describe('the opening handshake of a client', () => {
  law(
    'is a GET with Upgrade, and has each required header field once',
    [
      'draft-06/5.1/handshake-is-upgrade',
      'draft-06/5.1/request-uri-present',
      'draft-06/5.1/connection-present',
      'draft-06/5.1/version',
      'draft-06/5.1/meets-requirements',
      'draft-06/5.2.1/parts-of-the-request',
      'draft-06/5.2.2/version-meaning',
      'draft-06/10.4/in-handshake',
      'draft-06/10.4/from-client',
      'draft-06/10.9/in-handshake',
      'draft-06/10.9/from-client',
    ],
    () => {
      fc.assert(
        fc.property(openingOffers(), (offer) => {
          const lines = linesOf(offer);
          expect(lines[0]).toMatch(/^GET \/\S* HTTP\/1\.1$/);
          for (const name of ['Host', 'Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version']) {
            expect(valuesIn(lines, name), name).toHaveLength(1);
          }
          expect(valuesIn(lines, 'Upgrade')).toEqual(['websocket']);
          expect(valuesIn(lines, 'Connection')).toEqual(['Upgrade']);
          expect(valuesIn(lines, 'Sec-WebSocket-Version')).toEqual(['6']);
          // What only a server sends.
          expect(valuesIn(lines, 'Sec-WebSocket-Accept')).toEqual([]);
        }),
      );
    },
  );

  law('has a key that decodes to 16 bytes', ['draft-06/5.2.2/key-16-bytes', 'draft-06/5.1/key'], () => {
    fc.assert(
      fc.property(nonces(), (nonce) => {
        const [key = ''] = valuesOf({ uri, nonce }, 'Sec-WebSocket-Key');
        expect(new Uint8Array(Buffer.from(key, 'base64'))).toEqual(nonce);
      }),
    );
  });

  law(
    'has an origin in lower case and in ASCII where it is told one',
    ['draft-06/5.2.2/origin-form', 'draft-06/5.1/origin-from-others'],
    () => {
      const origin = fc.webUrl({ validSchemes: ['http', 'https'] }).map((url) => new URL(url).origin.toUpperCase());
      fc.assert(
        fc.property(fc.option(origin, { nil: undefined }), nonces(), (named, nonce) => {
          const values = valuesOf(
            { uri, nonce, ...(named === undefined ? {} : { origin: named }) },
            'Sec-WebSocket-Origin',
          );
          expect(values).toEqual(named === undefined ? [] : [named.toLowerCase()]);
          for (const value of values) expect(value).toMatch(/^[!-@[-~]+$/);
        }),
      );
    },
  );

  law(
    'names the subprotocols that it is told, in their order, and none unless it is told one',
    [
      'draft-06/5.1/subprotocols-may-be-sent',
      'draft-06/5.1/subprotocols-meaning',
      'draft-06/5.2.1/subprotocols-by-preference',
      'draft-06/10.8/in-handshake',
    ],
    () => {
      fc.assert(
        fc.property(subprotocolLists(), nonces(), (subprotocols, nonce) => {
          const values = valuesOf({ uri, nonce, subprotocols }, 'Sec-WebSocket-Protocol');
          const places = subprotocols.map((name) => values.join().indexOf(name.replace(/["\\]/g, '\\$&')));
          expect(values).toHaveLength(subprotocols.length === 0 ? 0 : 1);
          expect(places).not.toContain(-1);
          const reading = readOpeningRequest(writeOpeningRequest({ uri, nonce, subprotocols }));
          expect(reading).toMatchObject({ request: { subprotocols } });
        }),
      );
    },
  );

  law(
    'offers the extensions that it is told, in the form of section 8.1, and none unless it is told one',
    [
      'draft-06/5.1/extensions-may-be-sent',
      'draft-06/5.1/extensions-meaning',
      'draft-06/5.1/extensions-format',
      'draft-06/5.2.1/extensions-wished',
      'draft-06/8/client-may-request',
      'draft-06/8.1/requested-by-header',
      'draft-06/10.5/in-handshake',
    ],
    () => {
      fc.assert(
        fc.property(openingOffers(), (offer) => {
          const values = valuesOf(offer, 'Sec-WebSocket-Extensions');
          const { extensions = [] } = offer;
          expect(values).toHaveLength(extensions.length === 0 ? 0 : 1);
          expect(parseExtensions(values) ?? []).toEqual(extensions);
        }),
      );
    },
  );

  law('carries cookies where it is given some', ['draft-06/5.1/cookies-may-be-sent'], () => {
    const fields = [{ name: 'Cookie', value: 'id=1; theme="dark"' }];
    expect(valuesOf({ uri, nonce: new Uint8Array(16), fields }, 'Cookie')).toEqual(['id=1; theme="dark"']);
  });
});

describe('a client that connects', () => {
  law(
    'opens TCP to the host and the port of the URI, and speaks first',
    [
      'draft-06/5.1/direct-connection',
      'draft-06/5.2.1/client-starts',
      'draft-06/9/direct-use',
      'draft-06/10.1/only-operation',
    ],
    () => {
      fc.assert(
        fc.property(openingOffers(), (offer) => {
          const [client, effects] = createConnection({ role: 'client', offer });
          const { host, port, secure } = offer.uri;
          expect(effects[0]).toEqual({ type: 'open-transport', host, port, secure });
          const [, opened] = step(client, { type: 'transport.opened' });
          expect(opened.map(({ type }) => type)).toContain('write-head');
        }),
      );
    },
  );

  law('gives up where TCP cannot be opened', ['draft-06/5.1/attempt-aborted'], () => {
    const [client] = createConnection(optionsOf('client'));
    const [failed, effects] = step(client, { type: 'transport.failed' });
    expect(failed.state).toBe('closed.failed');
    expect(effects.map(({ type }) => type)).not.toContain('write-head');
  });

  law(
    'fails as soon as a response cannot become right any more, and discards what follows',
    ['draft-06/5.1/may-fail-early', 'draft-06/5.1/may-read-on'],
    () => {
      const [begun] = createConnection(optionsOf('client'));
      const [waiting] = step(begun, { type: 'transport.opened' });
      const right = latin1FromBytes(headTo('client'));
      const wrong = bytesFromLatin1(right.replace('HTTP/1.1', 'HTTP/x'));
      const length =
        1 +
        Array.from(wrong.keys()).findIndex((at) => {
          const [, effects] = step(waiting, { type: 'bytes', bytes: wrong.subarray(0, at + 1) });
          return effects.some(({ type }) => type === 'violation');
        });
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThan(wrong.length);
      const [failing] = step(waiting, { type: 'bytes', bytes: wrong.subarray(0, length) });
      const [same, more] = step(failing, { type: 'bytes', bytes: wrong.subarray(length) });
      expect([same.state, more]).toEqual([failing.state, []]);
    },
  );

  law(
    'uses no extension that the server did not accept, whatever it offered',
    ['draft-06/8.1/client-only-offers', 'draft-06/8.1/only-if-accepted'],
    () => {
      const asked: string[] = [];
      const options = optionsOf('client');
      if (options.role !== 'client') throw new Error('these are the options of a client');
      const offer = { ...options.offer, extensions: [{ name: 'x-a', parameters: [] }] };
      const [begun] = createConnection({ ...options, offer });
      const [waiting] = step(begun, { type: 'transport.opened' });
      const [open, effects] = step(waiting, { type: 'bytes', bytes: headTo('client') });
      for (const effect of effects)
        if (effect.type === 'opened') asked.push(...effect.agreement.extensions.map(({ name }) => name));
      expect([open.state, asked]).toEqual(['open', []]);
      const sent = step(open, { type: 'local.send', kind: 'text', data: bytesFromLatin1('plain') })[1];
      for (const effect of sent) {
        if (effect.type !== 'write-frame') continue;
        expect(effect.frame).toMatchObject({ rsv1: false, rsv2: false, rsv3: false, rsv4: false, opcode: 4 });
        expect(effect.frame.extensionData).toHaveLength(0);
      }
    },
  );
});
