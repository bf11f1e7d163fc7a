import type { ByteTransform } from '../../model/byte-transform.js';
import type { ClauseId } from '../../spec/clauses.js';
import { createDeflater, syncDeflateStream, syncDeflateTransform } from '../drivers/deflate.js';
import { memoryClient } from '../drivers/memory-client.js';
import type { ClientPeer } from '../verifier/line.js';
import { clientFault, type ClientFault } from './fault.js';

/** The model as a client that offers a compression which is not right, for each connection anew. */
const compressing = (change: (right: ByteTransform) => Partial<ByteTransform>) => (): ClientPeer => {
  const transform = (): ByteTransform => {
    const right = syncDeflateTransform();
    return { ...right, ...change(right) };
  };
  const extensions = [{ ...syncDeflateStream, transform }];
  return memoryClient(undefined, { extensions, offer: { extensions: [{ name: 'deflate-stream', parameters: [] }] } });
};

/** Encodes in some other way, all at once. */
const encodingBy = (encode: (clear: Uint8Array) => Uint8Array): Partial<ByteTransform> => ({
  encode: (clear, then) => {
    then(encode(clear));
  },
});

type Row = readonly [name: string, clause: ClauseId, says: string, client: () => ClientPeer];

const rows: readonly Row[] = [
  [
    'clear',
    'draft-06/8.2.1/all-bytes-deflated',
    'Offers the compression and sends clear frames.',
    compressing(() => encodingBy((clear) => clear)),
  ],
  [
    'with-header',
    'draft-06/8.2.1/all-bytes-deflated',
    'Puts the header of RFC 1950 in front of the compressed stream.',
    compressing(() => {
      const deflate = createDeflater();
      let header = Uint8Array.of(0x78, 0x9c);
      return encodingBy((clear) => {
        const coded = Uint8Array.of(...header, ...deflate(clear));
        header = new Uint8Array(0);
        return coded;
      });
    }),
  ],
  [
    'short-frames-clear',
    'draft-06/8.2.1/control-messages-too',
    'Compresses nothing that is shorter than 30 bytes.',
    compressing(() => {
      const deflate = createDeflater();
      return encodingBy((clear) => (clear.length < 30 ? clear : deflate(clear)));
    }),
  ],
  [
    'unread',
    'draft-06/8.1/response-is-in-use',
    'Accepts that the compression is in use and does not read by it.',
    compressing(() => ({
      decode: (coded, then) => {
        then({ kind: 'clear', bytes: coded, more: false });
      },
    })),
  ],
];

/** Section 8.2.1: compression by a client. */
export const clientDeflateFaults: readonly ClientFault[] = rows.map(([name, clause, says, client]) =>
  clientFault(`client-deflate/${name}`, clause, says, client),
);
