import { encodeUtf8 } from '../../model/utf8.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { echoingClient, memoryClient } from '../drivers/memory-client.js';
import type { ClientPeer, Line } from '../verifier/line.js';
import { changingClient, offeringClient, requesting } from './altered-client.js';
import { dataKinds, laidOut, maskedFrame } from './altered-client-frames.js';
import type { Oddity } from './fault.js';
import { unusualClients } from './oddities-both.js';
import { foldedHead, otherHead } from './unusual-head.js';
import { lateLine } from './unusual-line.js';

/** The model with options of readings. */
const readingAs = (readings: Partial<ReadingChoices>) => (): ClientPeer => memoryClient(undefined, { readings });

/** A run of bad bytes as one U+FFFD: a way that reading R-601 does not name, and that the text allows. */
const oneForEachRun = (): ClientPeer =>
  memoryClient((effect) => {
    if (effect.type !== 'message' || effect.message.kind !== 'text') return echoingClient(effect);
    const data = encodeUtf8(effect.message.text.replace(/\ufffd+/g, '\ufffd'));
    return [{ type: 'local.send', kind: 'text', data }];
  });

/** Has met shorter and shorter timeouts on its way. */
function revisingClient(): ClientPeer {
  let count = 0;
  return {
    accept: (visit) => {
      const connection = Math.max(2, 30 - count++);
      return memoryClient(undefined, { offer: { timeouts: { request: connection - 1, connection } } }).accept(visit);
    },
  };
}

/** Ends TCP behind the other side, unless it has sent a frame. */
function readingOn(line: Line): Line {
  let chunks = 0;
  let hasEnded = false;
  return {
    ...line,
    end: () => {
      hasEnded = true;
      line.end();
    },
    next: async (timeout) => {
      const event = await line.next(timeout);
      if (event.type === 'bytes') chunks++;
      const isEnd = event.type === 'ended' || event.type === 'lost';
      return isEnd && chunks < 2 && !hasEnded ? { type: 'silence' } : event;
    },
  };
}

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
  ['folded-head', 'Folds each header field over two lines.', [[], ['R-589']], requesting(foldedHead)],
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
    [
      [
        'http-timeout-00/4/either-host',
        'http-timeout-00/4/may-keep-longer',
        'http-timeout-00/4.2/can-apply',
        'http-timeout-00/4.2/may-assume',
      ],
      ['R-3026'],
    ],
    () => memoryClient(undefined, { offer: { timeouts: { request: 20, connection: 30 } } }),
  ],
  [
    'revises-its-timeouts',
    'Tells less time on each connection than on the one before.',
    [['http-timeout-00/3.1/client-may-revise', 'http-timeout-00/4.1/host-may-revise'], ['R-3030']],
    revisingClient,
  ],
  [
    'splits-its-offers',
    'Requests each of its extensions on a line of its own.',
    [['draft-06/8.1/may-be-split']],
    requesting((request) =>
      request.replace(/(\r\nSec-WebSocket-Extensions: )[^\r]*/i, '$1x-hybi-spec$1x-hybi-spec-other; mode=2'),
    ),
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
    'reads-on',
    'Reads on when it fails at a response, until the server ends TCP.',
    [['draft-06/5.1/may-read-on']],
    changingClient(readingOn),
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
    'takes-its-time',
    'Is late with every chunk, but not too late.',
    [['draft-06/2.1/send-may-delay']],
    changingClient((line) => lateLine(line, () => 30)),
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
];

const closing: readonly Row[] = [
  ['lets-server-end', 'Lets the server end TCP.', [[], ['R-712']], readingAs({ firstToEnd: 'server-first' })],
  ['every-status', 'Takes every status code.', [[], ['R-703']], readingAs({ statusCode: 'any' })],
];

/** Clients that keep every clause, each in a way of its own. */
export const clientOddities: readonly Oddity[] = [
  ...[...opening, ...frames, ...closing].map(([name, says, [clauses, readings = []], client]): Oddity => ({
    name: `oddity/client-${name}`,
    role: 'client',
    says,
    clauses,
    readings,
    client,
  })),
  ...unusualClients,
];
