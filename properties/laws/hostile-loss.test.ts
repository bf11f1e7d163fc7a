import { afterAll, beforeAll, describe, expect } from 'vitest';
import { connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
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
