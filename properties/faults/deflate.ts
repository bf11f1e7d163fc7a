import type { ByteTransform } from '../../model/byte-transform.js';
import { concatBytes, latin1FromBytes, noBytes } from '../../model/bytes.js';
import { deflateStreamName } from '../../model/extension-header.js';
import { type Frame, isControl } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { selectExtensions } from '../../model/negotiation.js';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import {
  createDeflater,
  type DeflateChoices,
  type Flush,
  syncDeflateStream,
  syncDeflateTransform,
} from '../drivers/deflate.js';
import { memoryClient } from '../drivers/memory-client.js';
import type { Application } from '../drivers/memory-line.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { ClientPeer, Peer } from '../verifier/line.js';
import { changingClient } from './altered-client.js';
import { clientFault, type ClientFault, type ServerFault, serverFault } from './fault.js';

/*
 * Section 8.2.1: compression that is not as it should be, by either role, for each connection anew.
 */

/** What is other than in the right transform of a connection; the role tells what frames look like. */
type Change = (right: ByteTransform, role: Role) => Partial<ByteTransform>;

const extensionBy = (change: Change, role: Role) => ({
  ...syncDeflateStream,
  transform: (): ByteTransform => {
    const right = syncDeflateTransform();
    return { ...right, ...change(right, role) };
  },
});

const offer = { extensions: [{ name: deflateStreamName, parameters: [] }] };

const compressingServer = (change: Change) => (): Peer =>
  memoryServer(echoApplication, { extensions: [extensionBy(change, 'server')] });

const compressingClient = (change: Change) => (): ClientPeer =>
  memoryClient(undefined, { extensions: [extensionBy(change, 'client')], offer });

/** Encodes in some other way, all at once. */
const encodingBy = (encode: (clear: Uint8Array) => Uint8Array): Partial<ByteTransform> => ({
  encode: (clear, then) => {
    then(encode(clear));
  },
});

/** The opcode of a frame as a role sends it. */
const opcodeOf = (clear: Uint8Array, role: Role): number => {
  const [first = 0, , , , fifth = 0] = clear;
  return (role === 'client' ? first ^ fifth : first) & 0x0f;
};

/** Frames of data are changed before they are compressed. */
const reframing =
  (change: (frame: Frame) => Frame): Change =>
  (_, role) => {
    const deflate = createDeflater();
    return encodingBy((clear) => {
      const { frames } = decodeFrames(createDecoder({ masked: role === 'client' }), clear);
      const made = frames.map(({ frame, maskingKey }) =>
        layOutFrame(isControl(frame.opcode) ? frame : change(frame), maskingKey === undefined ? {} : { maskingKey }),
      );
      return deflate(concatBytes(made));
    });
  };

type Row = readonly [name: string, clause: ClauseId, says: string, change: Change];

const ofBoth: readonly Row[] = [
  [
    'clear',
    'draft-06/8.2.1/all-bytes-deflated',
    'Agrees on the compression and sends clear frames.',
    () => encodingBy((clear) => clear),
  ],
  [
    'with-header',
    'draft-06/8.2.1/all-bytes-deflated',
    'Puts the header of RFC 1950 in front of the compressed stream.',
    () => {
      const deflate = createDeflater();
      let header = Uint8Array.of(0x78, 0x9c);
      return encodingBy((clear) => {
        const coded = concatBytes([header, deflate(clear)]);
        header = new Uint8Array(0);
        return coded;
      });
    },
  ],
  [
    'clear-control',
    'draft-06/8.2.1/control-messages-too',
    'Compresses messages only.',
    (_, role) => {
      const deflate = createDeflater();
      return encodingBy((clear) => (isControl(opcodeOf(clear, role)) ? clear : deflate(clear)));
    },
  ],
  [
    'delayed',
    'draft-06/8.2.1/not-delayed',
    'Holds the last bytes of each message back until there is another one.',
    () => {
      const deflate = createDeflater();
      let held: Uint8Array = noBytes;
      return encodingBy((clear) => {
        const coded = concatBytes([held, deflate(clear, 'partial')]);
        const whole = coded.length - 3;
        held = coded.slice(whole);
        return coded.slice(0, whole);
      });
    },
  ],
  [
    'reserved-bit',
    'draft-06/8.2.1/no-reserved-bits',
    'Marks compressed messages by RSV1, as a later extension does.',
    reframing((frame) => ({ ...frame, rsv1: true })),
  ],
  [
    'extension-data',
    'draft-06/8.2.1/no-extension-data',
    'Puts an octet of its own in front of the data of each frame that it compresses.',
    reframing((frame) => ({ ...frame, extensionData: Uint8Array.of(0x20) })),
  ],
  [
    'dynamic-only',
    'draft-06/8.1/response-is-in-use',
    'Does not understand blocks of fixed codes.',
    ({ decode }) => ({
      decode: (coded, then) => {
        if (((coded[0] ?? 0) & 0x06) === 0x02) then({ kind: 'wrong', says: 'a block of fixed codes' });
        else decode(coded, then);
      },
    }),
  ],
  [
    'unread',
    'draft-06/8.1/response-is-in-use',
    'Agrees on the compression and does not read by it.',
    () => ({
      decode: (coded, then) => {
        then({ kind: 'clear', bytes: coded, more: false });
      },
    }),
  ],
];

/** Answers every offer of the extension with a parameter. */
const withParameter: Application = (effect) => {
  if (effect.type !== 'requested') return echoApplication(effect);
  const known = { ...syncDeflateStream, answer: () => [{ name: 'level', value: '9' }] };
  return [{ type: 'local.accept', acceptance: { extensions: selectExtensions(effect.request.extensions, [known]) } }];
};

/** Compresses behind its request, whatever the response says. */
const compressingUnasked = changingClient(
  (line) => {
    const deflate = createDeflater();
    let isOpen = false;
    let isAccepted = false;
    return {
      ...line,
      send: (bytes) => {
        isAccepted ||= latin1FromBytes(bytes).includes('\r\nSec-WebSocket-Extensions:');
        line.send(bytes);
      },
      next: async (timeout) => {
        const event = await line.next(timeout);
        if (event.type !== 'bytes') return event;
        const bytes = isOpen && !isAccepted ? deflate(event.bytes) : event.bytes;
        isOpen = true;
        return { type: 'bytes', bytes };
      },
    };
  },
  () => memoryClient(undefined, { offer }),
);

/** Section 8.2.1: compression by a server. */
export const deflateFaults: readonly ServerFault[] = [
  ...ofBoth.map(([name, clause, says, change]) =>
    serverFault(`deflate/${name}`, clause, says, compressingServer(change)),
  ),
  serverFault(
    'deflate/own-parameter',
    'draft-06/8.1/parameters-defined',
    'Answers with a parameter that the compression does not have.',
    () => memoryServer(withParameter),
  ),
];

/** Section 8.2.1: compression by a client. */
export const clientDeflateFaults: readonly ClientFault[] = [
  ...ofBoth.map(([name, clause, says, change]) =>
    clientFault(`client-deflate/${name}`, clause, says, compressingClient(change)),
  ),
  clientFault(
    'client-deflate/unaccepted',
    'draft-06/8.1/only-if-accepted',
    'Compresses what it sends although the server did not accept that.',
    compressingUnasked,
  ),
];

/** A right server with another way to compress. */
export const serverCompressing = (choices: DeflateChoices, flush?: Flush): (() => Peer) =>
  compressingServer(otherwise(choices, flush));

/** A right client with another way to compress. */
export const clientCompressing = (choices: DeflateChoices, flush?: Flush): (() => ClientPeer) =>
  compressingClient(otherwise(choices, flush));

const otherwise =
  (choices: DeflateChoices, flush: Flush = 'sync') =>
  (): Partial<ByteTransform> => {
    const deflate = createDeflater(choices);
    return encodingBy((clear) => deflate(clear, flush));
  };
