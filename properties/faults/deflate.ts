import { noBytes } from '../../model/bytes.js';
import type { ByteTransform } from '../../model/byte-transform.js';
import { isControl } from '../../model/frame.js';
import { selectExtensions } from '../../model/negotiation.js';
import { createDeflater, syncDeflateStream, syncDeflateTransform } from '../drivers/deflate.js';
import type { Application } from '../drivers/memory-line.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { Peer } from '../verifier/line.js';
import { type ServerFault, serverFault } from './fault.js';

/** The model with a compression that is not right, for each connection anew. */
const compressing = (change: (right: ByteTransform) => Partial<ByteTransform>) => (): Peer => {
  const transform = (): ByteTransform => {
    const right = syncDeflateTransform();
    return { ...right, ...change(right) };
  };
  return memoryServer(echoApplication, { extensions: [{ ...syncDeflateStream, transform }] });
};

/** Encodes in some other way, all at once. */
const encodingBy = (encode: (clear: Uint8Array) => Uint8Array): Partial<ByteTransform> => ({
  encode: (clear, then) => {
    then(encode(clear));
  },
});

/** Answers every offer of the extension with a parameter. */
const withParameter: Application = (effect) => {
  if (effect.type !== 'requested') return echoApplication(effect);
  const known = { ...syncDeflateStream, answer: () => [{ name: 'level', value: '9' }] };
  return [{ type: 'local.accept', acceptance: { extensions: selectExtensions(effect.request.extensions, [known]) } }];
};

/** Section 8.2.1: compression. */
export const deflateFaults: readonly ServerFault[] = [
  serverFault(
    'deflate/clear',
    'draft-06/8.2.1/all-bytes-deflated',
    'Accepts the compression and sends clear frames.',
    compressing(() => encodingBy((clear) => clear)),
  ),
  serverFault(
    'deflate/with-header',
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
  ),
  serverFault(
    'deflate/clear-control',
    'draft-06/8.2.1/control-messages-too',
    'Compresses messages only.',
    compressing(() => {
      const deflate = createDeflater();
      return encodingBy((clear) => (isControl((clear[0] ?? 0) & 0x0f) ? clear : deflate(clear)));
    }),
  ),
  serverFault(
    'deflate/delayed',
    'draft-06/8.2.1/not-delayed',
    'Holds the last byte of each message back until there is another one.',
    compressing(() => {
      const deflate = createDeflater();
      let held: Uint8Array = noBytes;
      return encodingBy((clear) => {
        const coded = Uint8Array.of(...held, ...deflate(clear, 'partial'));
        const whole = coded.length - 3;
        held = coded.slice(whole);
        return coded.slice(0, whole);
      });
    }),
  ),
  serverFault(
    'deflate/dynamic-only',
    'draft-06/8.1/response-is-in-use',
    'Does not understand blocks of fixed codes.',
    compressing(({ decode }) => ({
      decode: (coded, then) => {
        if (((coded[0] ?? 0) & 0x06) === 0x02) then({ kind: 'wrong', says: 'a block of fixed codes' });
        else decode(coded, then);
      },
    })),
  ),
  serverFault(
    'deflate/own-parameter',
    'draft-06/8.1/parameters-defined',
    'Answers with a parameter that the compression does not have.',
    () => memoryServer(withParameter),
  ),
];
