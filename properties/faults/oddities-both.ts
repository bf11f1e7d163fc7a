import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { OpcodeName } from '../../spec/wire.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { laidOut } from '../conformance/altered-server.js';
import type { DeflateChoices, Flush } from '../drivers/deflate.js';
import { memoryClient } from '../drivers/memory-client.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { ClientPeer, Line, Peer } from '../verifier/line.js';
import { changingClient } from './altered-client.js';
import { alteredClient, sending } from './altered-client-frames.js';
import { clientCompressing, serverCompressing } from './deflate.js';
import { altered, changing, type Oddity } from './fault.js';
import { inSingleBytes, inThree, latestPingOnly, trickling, withPingInside } from './unusual-line.js';

/*
 * Ways in which a peer of either role may be unusual and keep every clause.
 */

/** What differs from the model. */
type Way =
  /** Other options of readings. */
  | { readonly readings: Partial<ReadingChoices> }
  /** A limit of its own on messages, in bytes. */
  | { readonly maxMessage: number }
  /** What becomes of the frames of some kinds that it sends. */
  | { readonly of: readonly OpcodeName[]; readonly sends: (frame: Frame) => readonly Frame[] }
  /** What it reads of the frames of a chunk. */
  | { readonly reads: (frames: readonly Frame[]) => readonly Frame[] }
  | { readonly line: (line: Line) => Line }
  | { readonly compresses: DeflateChoices; readonly flush?: Flush };

function serverOf(way: Way): () => Peer {
  if ('readings' in way) return () => memoryServer(echoApplication, way);
  if ('maxMessage' in way) return () => memoryServer(echoApplication, way);
  if ('line' in way) return changing(way.line);
  if ('compresses' in way) return serverCompressing(way.compresses, way.flush);
  if ('reads' in way) return altered({ reads: way.reads });
  const opcodes = way.of.map((name) => frameOf(name).opcode);
  return altered({
    sends: (frame) => (opcodes.includes(frame.opcode) ? way.sends(frame) : [frame]).map((made) => laidOut(made)),
  });
}

function clientOf(way: Way): () => ClientPeer {
  if ('readings' in way) return () => memoryClient(undefined, way);
  if ('maxMessage' in way) return () => memoryClient(undefined, way);
  if ('line' in way) return changingClient(way.line);
  if ('compresses' in way) return clientCompressing(way.compresses, way.flush);
  if ('reads' in way) return alteredClient(() => ({ reads: way.reads }));
  return sending(way.of, way.sends);
}

const message: readonly OpcodeName[] = ['text', 'binary'];
const close: readonly OpcodeName[] = ['close'];

const closeWith = (frame: Frame, status: number, reason = ''): Frame => ({
  ...frame,
  applicationData: concatBytes([Uint8Array.of(status >> 8, status & 0xff), encodeUtf8(reason)]),
});

type Row = readonly [
  name: string,
  says: string,
  allowed: readonly [clauses: Oddity['clauses'], readings?: readonly string[]],
  way: Way,
  /** What allows it to servers alone. */
  ofServers?: Oddity['clauses'],
];

const frames: readonly Row[] = [
  [
    'fragments',
    'Fragments its messages, with an empty fragment.',
    [['draft-06/4.4/any-fragment-size'], ['R-422']],
    { of: message, sends: inThree },
    ['draft-06/4.4/buffer-size'],
  ],
  [
    'single-bytes',
    'Fragments its messages into single bytes.',
    [['draft-06/4.4/any-fragment-size'], ['R-606']],
    { of: message, sends: inSingleBytes },
  ],
  [
    'pings-inside',
    'Puts Pings between the fragments of its messages.',
    [['draft-06/4.4/control-between-fragments', 'draft-06/4.5/control-interjected']],
    { of: message, sends: withPingInside },
  ],
  [
    'latest-ping',
    'Answers the latest Ping of a chunk only.',
    [['draft-06/4.5.3/pong-only-for-latest-ping'], ['R-462']],
    { reads: latestPingOnly },
  ],
  ['byte-by-byte', 'Sends everything byte by byte.', [['draft-06/2.1/send-may-delay']], { line: trickling }],
  ['small-messages', 'Takes no message above 999 bytes.', [['draft-06/2/limits'], ['R-105']], { maxMessage: 999 }],
  [
    'reserved-ignored',
    'Ignores what is reserved.',
    [[], ['R-417', 'R-418']],
    { readings: { reservedBits: 'ignore', reservedOpcode: 'skip' } },
  ],
  [
    'orphans-ignored',
    'Ignores fragments that belong to no message, and drops messages that are interrupted.',
    [[], ['R-402', 'R-403']],
    { readings: { orphanContinuation: 'ignore', interleavedMessage: 'abandon' } },
  ],
  [
    'fixed-codes',
    'Compresses by blocks of fixed codes only.',
    [['draft-06/8.2.1/blocks-of-both-kinds'], ['R-843']],
    { compresses: { strategy: 'fixed' } },
  ],
  [
    'stored-blocks',
    'Puts its compressed stream into stored blocks.',
    [['draft-06/8.2.1/blocks-of-both-kinds'], ['R-844']],
    { compresses: { level: 0 } },
  ],
  [
    'shared-bytes',
    'Begins a compressed message in the byte in which the one before ends.',
    [['draft-06/8.2.1/messages-may-share-byte']],
    { compresses: {}, flush: 'partial' },
  ],
];

const closing: readonly Row[] = [
  [
    'last-words',
    'Sends a message before it answers a Close.',
    [[], ['R-444', 'R-465']],
    { of: close, sends: (frame) => [frameOf('text', encodeUtf8('good bye')), frame] },
  ],
  [
    'ping-behind-close',
    'Sends a Ping behind its Close.',
    [[], ['R-466']],
    { of: close, sends: (frame) => [frame, frameOf('ping')] },
  ],
  ['close-twice', 'Sends its Close twice.', [[], ['R-469']], { of: close, sends: (frame) => [frame, frame] }],
  [
    'close-without-body',
    'Sends a Close without a body.',
    [['draft-06/4.5.1/close-may-have-body', 'draft-06/7.4/optional-parts', 'draft-06/7.4/may-give-reason'], ['R-472']],
    { of: close, sends: () => [frameOf('close')] },
  ],
  [
    'close-with-reason',
    'Sends a Close with a status and a reason of its own.',
    [['draft-06/4.5.1/body-may-have-reason', 'draft-06/7.4.2/4000-4999-applications', 'draft-06/7.4/may-give-reason']],
    { of: close, sends: (frame) => [closeWith(frame, 4000, 'b\u00f6se')] },
  ],
  [
    'library-status',
    'Closes with a status code of libraries.',
    [['draft-06/7.4.2/3000-3999-libraries']],
    { of: close, sends: (frame) => [closeWith(frame, 3000)] },
  ],
  [
    'drops-on-violation',
    'Ends TCP without a word when the framing is broken.',
    [['draft-06/7.1.1/any-means'], ['R-701', 'R-720']],
    { readings: { onViolation: 'drop' } },
  ],
  [
    'waits-on-violation',
    'Completes the closing handshake when the framing is broken.',
    [[], ['R-719']],
    { readings: { closeAfterViolation: 'yes' } },
  ],
  [
    'own-status',
    'Answers a Close with a status of its own.',
    [['draft-06/7.4.1/defined-codes'], ['R-472']],
    { readings: { answeringStatus: 'own' } },
  ],
];

/** Each way by both roles. */
const oddities: readonly Oddity[] = [...frames, ...closing].flatMap(
  ([name, says, [clauses, readings = []], way, ofServers = []]): readonly Oddity[] => {
    const facts = { says, readings };
    return [
      { ...facts, name: `oddity/${name}`, role: 'server', clauses: [...clauses, ...ofServers], peer: serverOf(way) },
      { ...facts, clauses, name: `oddity/client-${name}`, role: 'client', client: clientOf(way) },
    ];
  },
);

/** Servers that keep every clause, each in a way that a client may have as well. */
export const unusualServers: readonly Oddity[] = oddities.filter(({ role }) => role === 'server');

/** Clients that keep every clause, each in a way that a server may have as well. */
export const unusualClients: readonly Oddity[] = oddities.filter(({ role }) => role === 'client');
