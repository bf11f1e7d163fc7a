import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { makeCertificate } from '../../impl/tls-certificate.js';
import { tlsLayer } from '../../impl/tls-server.js';
import type { ByteTransform } from '../../model/byte-transform.js';
import type { Outcome } from '../../model/connection.js';
import { deflateStreamBy } from '../../model/deflate-stream.js';
import { syncDeflateTransform } from '../drivers/deflate.js';
import { startRelay } from '../soak/relay.js';
import { law } from './law.js';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startServer({ port: 0 });
});
afterAll(() => server.stop());

/** Compression that takes its time to decode, and never answers once it is closed. */
function slowTransform(): ByteTransform {
  const inner = syncDeflateTransform();
  let isClosed = false;
  return {
    ...inner,
    decode: (coded, then) => {
      setTimeout(() => {
        if (!isClosed) inner.decode(coded, then);
      }, 5);
    },
    close: () => {
      isClosed = true;
    },
  };
}

describe('a connection that compresses', () => {
  law(
    'is told to be over when TCP breaks while something is being decoded',
    ['draft-06/7.1.3/closed', 'draft-06/8.2.1/all-bytes-deflated'],
    async () => {
      for (let budget = 420; budget < 700; budget += 20) {
        const relay = await startRelay(server.port, () => budget);
        const outcome = await new Promise<Outcome>((resolve) => {
          const client = connect(`ws://127.0.0.1:${relay.port}/messages?count=20000&size=1000`, {
            line: createConnectingLine(),
            extensions: [deflateStreamBy(slowTransform)],
            onOpen: () => {
              client.send('hello');
            },
            onEnd: resolve,
          });
        });
        expect(outcome.clean).toBe(false);
        relay.close();
      }
    },
  );
});

law(
  'TCP that ends or breaks inside a TLS handshake keeps no connection until the time for handshakes is over',
  ['draft-06/5.2.2/tls-failure', 'draft-06/2/limits'],
  async () => {
    const names = ['localhost'];
    const layer = tlsLayer({ ...(await makeCertificate({ names })), names, handshakeTimeout: 60_000 });
    const secure = await startServer({ port: 0, layer });
    // The beginning of a ClientHello that does not come, and nothing at all.
    for (const begin of ['', '\x16\x03\x01\x02\x00\x01']) {
      for (const leave of ['end', 'resetAndDestroy'] as const) {
        const socket = connectTcp({ host: '127.0.0.1', port: secure.port });
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(begin, 'latin1');
        setTimeout(() => socket[leave](), 20);
        await once(socket, 'close');
      }
    }
    while (secure.connections() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await secure.stop();
  },
);
