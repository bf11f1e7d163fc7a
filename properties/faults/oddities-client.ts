import { concatBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { echoingClient, memoryClient } from '../drivers/memory-client.js';
import type { ClientPeer } from '../verifier/line.js';
import { changingClient, offeringClient, requesting } from './altered-client.js';
import { alteredClient, dataKinds, laidOut, maskedFrame, sending, withBody } from './altered-client-frames.js';
import type { Oddity } from './fault.js';
import { inSingleBytes, inThree, lateLine, latestPingOnly, trickling, withPingInside } from './unusual-line.js';

/** The header lines of a request in another order, and their names in small letters. */
function otherHead(request: string): string {
  const [first = '', ...fields] = request.slice(0, -4).split('\r\n');
  const small = fields.map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase()));
  return `${[first, ...small.toReversed()].join('\r\n')}\r\n\r\n`;
}

/** The model with options of readings. */
const readingAs = (readings: Partial<ReadingChoices>) => (): ClientPeer => memoryClient(undefined, { readings });

/** A run of bad bytes as one U+FFFD: a way that reading R-601 does not name, and that the text allows. */
const oneForEachRun = (): ClientPeer =>
  memoryClient((effect) => {
    if (effect.type !== 'message' || effect.message.kind !== 'text') return echoingClient(effect);
    const data = encodeUtf8(effect.message.text.replace(/\ufffd+/g, '\ufffd'));
    return [{ type: 'local.send', kind: 'text', data }];
  });

type Row = readonly [
  name: string,
  says: string,
  allowed: readonly [clauses: Oddity['clauses'], readings?: readonly string[]],
  client: () => ClientPeer,
];

const opening: readonly Row[] = [
  [
    'other-head',
    'Writes its header fields in small letters, in another order.',
    [['draft-06/5.1/valid-http-request'], ['R-591']],
    requesting(otherHead),
  ],
  [
    'folded-head',
    'Folds each header field over two lines.',
    [[], ['R-589']],
    requesting((request) =>
      request
        .slice(0, -4)
        .replace(/\r\n([^:\r]*): */g, '\r\n$1:\r\n\t ')
        .concat('\r\n\r\n'),
    ),
  ],
  [
    'further-fields',
    'Sends further header fields, among them cookies.',
    [['draft-06/5.1/cookies-may-be-sent', 'draft-06/5.2.1/other-headers-optional'], ['R-546']],
    requesting((request) =>
      request.replace(
        /\r\n\r\n$/,
        '\r\nUser-Agent: unusual/1.0\r\nCookie: a=b; c=d\r\nX-Long: '.concat('x'.repeat(2000), '\r\n\r\n'),
      ),
    ),
  ],
  [
    'offers-everything',
    'Offers whatever there is to offer.',
    [
      [
        'draft-06/5.1/origin-from-others',
        'draft-06/5.1/subprotocols-may-be-sent',
        'draft-06/5.1/extensions-may-be-sent',
        'draft-06/8/client-may-request',
        'draft-06/8.2/others-allowed',
        'draft-06/9/direct-use',
      ],
    ],
    offeringClient,
  ],
  [
    'several-origins',
    'Names several origins, one behind the other.',
    [['draft-06/5.1/origin-from-others'], ['R-537', 'R-540']],
    requesting((request) =>
      request.replace(/(\r\nSec-WebSocket-Origin: )[^\r]*/i, '$1http://app.example https://other.example:8443'),
    ),
  ],
  [
    'null-origin',
    'Has no origin that can be written.',
    [['draft-06/5.1/origin-from-others'], ['R-538', 'R-540']],
    requesting((request) => request.replace(/(\r\nSec-WebSocket-Origin: )[^\r]*/i, '$1null')),
  ],
  [
    'further-tokens',
    'Names other protocols and other tokens beside the right ones in Upgrade and Connection.',
    [['draft-06/5.1/connection'], ['R-533']],
    requesting((request) =>
      request
        .replace(/\r\nUpgrade: *[^\r]*/i, '\r\nUpgrade: WebSocket, other/2.0')
        .replace(/\r\nConnection: *([^\r]*)/i, '\r\nConnection: keep-alive, $1'),
    ),
  ],
  [
    'tells-its-timeouts',
    'Tells how long it waits and how long it keeps the connection.',
    [['http-timeout-00/4/either-host', 'http-timeout-00/4.2/can-apply', 'http-timeout-00/4.2/may-assume'], ['R-3026']],
    () => memoryClient(undefined, { offer: { timeouts: { request: 20, connection: 30 } } }),
  ],
  [
    'strict-responses',
    'Fails where it may: at a subprotocol that is not selected, at folds, at fields that come twice.',
    [['draft-06/5.1/may-fail-early'], ['R-555', 'R-589', 'R-592', 'R-594', 'R-903']],
    readingAs({
      noSubprotocolSelected: 'fail',
      foldedField: 'refuse',
      repeatedField: 'refuse',
      bytesAboveAscii: 'refuse',
      originOfResponse: 'fail-if-other',
    }),
  ],
  [
    'lenient-responses',
    'Goes on where it may: at tokens beside Upgrade, at what it did not ask for, at a 100 in front.',
    [[], ['R-503', 'R-504', 'R-505', 'R-552', 'R-554', 'R-588']],
    readingAs({
      connectionOfResponse: 'token',
      subprotocolOfResponse: 'accept',
      extensionOfResponse: 'accept',
      continueResponse: 'skip',
      upgradeOfResponse: 'token',
      lineFeedAlone: 'accept',
    }),
  ],
];

const frames: readonly Row[] = [
  [
    'fragments',
    'Fragments its messages, with an empty fragment.',
    [['draft-06/4.4/any-fragment-size', 'draft-06/4.3/first-may-be-final'], ['R-422']],
    sending(['text', 'binary'], inThree),
  ],
  [
    'single-bytes',
    'Fragments its messages into single bytes.',
    [['draft-06/4.4/any-fragment-size'], ['R-606']],
    sending(['text', 'binary'], inSingleBytes),
  ],
  [
    'long-lengths',
    'Spells the lengths of its messages in 63 bits.',
    [['draft-06/4.3/frame-length-7f'], ['R-401']],
    laidOut(dataKinds, (frame, key) => maskedFrame(frame, key, { lengthForm: 63 })),
  ],
  [
    'long-lengths-of-pongs',
    'Spells the length of its Pongs in 16 bits.',
    [['draft-06/4.3/frame-length-7e'], ['R-401', 'R-461']],
    laidOut(['pong'], (frame, key) => maskedFrame(frame, key, { lengthForm: 16 })),
  ],
  [
    'greets',
    'Greets and pings as soon as the connection is open.',
    [['draft-06/4.1/data-while-open']],
    () =>
      memoryClient((effect) =>
        effect.type === 'opened'
          ? [{ type: 'local.send', kind: 'text', data: encodeUtf8('hello') }, { type: 'local.ping' }]
          : echoingClient(effect),
      ),
  ],
  [
    'pings-inside',
    'Puts Pings between the fragments of its messages.',
    [['draft-06/4.4/control-between-fragments', 'draft-06/4.5/control-interjected']],
    sending(['text', 'binary'], withPingInside),
  ],
  [
    'latest-ping',
    'Answers the latest Ping of a chunk only.',
    [['draft-06/4.5.3/pong-only-for-latest-ping'], ['R-462']],
    alteredClient(() => ({ reads: latestPingOnly })),
  ],
  ['byte-by-byte', 'Sends everything byte by byte.', [['draft-06/2.1/send-may-delay']], changingClient(trickling)],
  [
    'takes-its-time',
    'Is late with every chunk, but not too late.',
    [['draft-06/2.1/send-may-delay']],
    changingClient((line) => lateLine(line, () => 30)),
  ],
  [
    'reserved-ignored',
    'Ignores what is reserved.',
    [[], ['R-417', 'R-418']],
    readingAs({ reservedBits: 'ignore', reservedOpcode: 'skip' }),
  ],
  [
    'orphans-ignored',
    'Ignores fragments that belong to no message, and drops messages that are interrupted.',
    [[], ['R-402', 'R-403']],
    readingAs({ orphanContinuation: 'ignore', interleavedMessage: 'abandon' }),
  ],
  [
    'shortest-lengths',
    'Refuses longer forms of a length than needed.',
    [[], ['R-401']],
    readingAs({ nonMinimalLength: 'refuse' }),
  ],
  ['replaces-by-bytes', 'Replaces bad bytes one by one.', [[], ['R-601']], readingAs({ replacement: 'byte' })],
  ['replaces-by-runs', 'Replaces a run of bad bytes by one character.', [[], ['R-601']], oneForEachRun],
  ['no-byte-order-mark', 'Drops a byte order mark.', [[], ['R-608']], readingAs({ byteOrderMark: 'strip' })],
  [
    'small-messages',
    'Takes no message above 999 bytes.',
    [['draft-06/2/limits'], ['R-105']],
    () => memoryClient(undefined, { maxMessage: 999 }),
  ],
];

const closing: readonly Row[] = [
  [
    'last-words',
    'Sends a message before it answers a Close.',
    [[], ['R-444', 'R-465']],
    sending(['close'], (frame) => [frameOf('text', encodeUtf8('good bye')), frame]),
  ],
  [
    'ping-behind-close',
    'Sends a Ping behind its Close.',
    [[], ['R-466']],
    sending(['close'], (frame) => [frame, frameOf('ping')]),
  ],
  ['close-twice', 'Sends its Close twice.', [[], ['R-469']], sending(['close'], (frame) => [frame, frame])],
  [
    'close-without-body',
    'Sends a Close without a body.',
    [['draft-06/4.5.1/close-may-have-body', 'draft-06/7.4/optional-parts'], ['R-472']],
    sending(['close'], (frame) => [withBody(frame)]),
  ],
  [
    'close-with-reason',
    'Sends a Close with a reason of its own.',
    [['draft-06/4.5.1/body-may-have-reason', 'draft-06/7.4.2/4000-4999-applications', 'draft-06/7.4/may-give-reason']],
    sending(['close'], (frame) => [
      { ...frame, applicationData: concatBytes([Uint8Array.of(0x0f, 0xa0), encodeUtf8('b\u00f6se')]) },
    ]),
  ],
  [
    'library-status',
    'Closes with a status code of libraries.',
    [['draft-06/7.4.2/3000-3999-libraries']],
    sending(['close'], (frame) => [withBody(frame, 0x0b, 0xb8)]),
  ],
  [
    'drops-on-violation',
    'Ends TCP without a word when the framing is broken.',
    [['draft-06/7.1.1/any-means', 'draft-06/5.1/may-read-on'], ['R-701']],
    readingAs({ onViolation: 'drop' }),
  ],
  [
    'waits-on-violation',
    'Completes the closing handshake when the framing is broken.',
    [[], ['R-719']],
    readingAs({ closeAfterViolation: 'yes' }),
  ],
  ['lets-server-end', 'Lets the server end TCP.', [[], ['R-712']], readingAs({ firstToEnd: 'server-first' })],
  [
    'own-status',
    'Answers a Close with a status of its own.',
    [['draft-06/7.4.1/defined-codes'], ['R-472']],
    readingAs({ answeringStatus: 'own' }),
  ],
  ['every-status', 'Takes every status code.', [[], ['R-703']], readingAs({ statusCode: 'any' })],
];

/** Clients that keep every clause, each in a way of its own. */
export const clientOddities: readonly Oddity[] = [...opening, ...frames, ...closing].map(
  ([name, says, [clauses, readings = []], client]) => ({
    name: `oddity/client-${name}`,
    role: 'client',
    says,
    clauses,
    readings,
    client,
  }),
);
