import { latin1FromBytes } from '../../model/bytes.js';
import type { Input } from '../../model/connection.js';
import type { OpeningRequest } from '../../model/opening-request.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { laidOut, plainServer } from '../conformance/altered-server.js';
import { tellingServer, toldFor } from '../conformance/telling-server.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { Line, Peer } from '../verifier/line.js';
import { accepting, altered, answering, changing, isAcceptance, type Oddity, withLines } from './fault.js';
import { unusualServers } from './oddities-both.js';
import { foldedHead, otherHead } from './unusual-head.js';
import { lateLine } from './unusual-line.js';

/** The model, with other options of readings. */
const readingAs = (readings: Partial<ReadingChoices>) => (): Peer => memoryServer(echoApplication, { readings });

/** The model with an application that decides about each opening handshake. */
const deciding = (decide: (request: OpeningRequest) => Input) => (): Peer =>
  memoryServer((effect) => (effect.type === 'requested' ? [decide(effect.request)] : echoApplication(effect)));

/** Ends TCP a while later than it should have ended. */
const slowToEnd = (line: Line): Line => lateLine(line, (event) => (event.type === 'bytes' ? 0 : 300));

/** Ends TCP right behind an answer to ordinary HTTP. */
function endingBehindAnswer(line: Line): Line {
  let hasAnswered = false;
  return {
    ...line,
    next: async (timeout) => {
      if (hasAnswered) return { type: 'ended' };
      const event = await line.next(timeout);
      hasAnswered = event.type === 'bytes' && latin1FromBytes(event.bytes).startsWith('HTTP/1.1 200');
      return event;
    },
  };
}

type Row = readonly [
  name: string,
  says: string,
  allowed: readonly [clauses: Oddity['clauses'], readings?: readonly string[]],
  peer: () => Peer,
];

const opening: readonly Row[] = [
  [
    'other-head',
    'Writes its header fields in small letters, in another order.',
    [['draft-06/5.2.2/valid-http-response', 'draft-06/5.2.2/steps-completed']],
    answering(otherHead),
  ],
  ['folded-head', 'Folds each header field over two lines.', [[], ['R-589']], accepting(foldedHead)],
  [
    'further-fields',
    'Sends further header fields, among them cookies.',
    [['draft-06/5.2.2/valid-http-response']],
    accepting((answer) =>
      withLines(answer, 'Server: odd/1.0', 'Set-Cookie: a=b; Path=/', `X-Long: ${'x'.repeat(2000)}`),
    ),
  ],
  [
    'other-reason',
    'Has words of its own behind the status code.',
    [['draft-06/5.2.2/status-101']],
    accepting((answer) => answer.replace(/^HTTP\/1\.1 101 [^\r]*/, 'HTTP/1.1 101 Welcome, stranger')),
  ],
  [
    'confirms-origin',
    'Sends back the origin that it was told.',
    [['draft-06/10.7/from-server', 'draft-06/9/single-origin-sent-back'], ['R-902']],
    accepting((answer, request) => {
      const [, origin] = /\r\nSec-WebSocket-Origin: *([^\r]*)/i.exec(request) ?? [];
      return origin === undefined ? answer : withLines(answer, `Sec-WebSocket-Origin: ${origin}`);
    }),
  ],
  [
    'refuses-scripts',
    'Refuses every request that names an origin.',
    [['draft-06/5.2.2/origin-may-decide', 'draft-06/9/verify-origin'], ['R-902']],
    deciding(({ fields }) =>
      fields.some(({ name }) => name.toLowerCase() === 'sec-websocket-origin')
        ? { type: 'local.reject', rejection: { status: 403, reason: 'Forbidden' } }
        : { type: 'local.accept' },
    ),
  ],
  [
    'selects-subprotocol',
    'Selects the first subprotocol that it is asked for.',
    [['draft-06/5.2.2/subprotocol-sent']],
    deciding(({ subprotocols: [subprotocol] }) => ({
      type: 'local.accept',
      acceptance: subprotocol === undefined ? {} : { subprotocol },
    })),
  ],
  [
    'refuses-in-silence',
    'Ends TCP without a word where it does not accept.',
    [[], ['R-507']],
    readingAs({ abortResponse: 'silent' }),
  ],
  [
    'keys-undecoded',
    'Takes every key as it is, without decoding it.',
    [['draft-06/5.2.2/key-need-not-be-decoded'], ['R-502']],
    readingAs({ keyOfRequest: 'presence' }),
  ],
  [
    'sign-not-needed',
    'Does not insist on Upgrade and Connection.',
    [[], ['R-501', 'R-506']],
    readingAs({ upgradeOfRequest: 'ignore', earlyData: 'keep' }),
  ],
  [
    'versions-named',
    'Names the version it speaks when it refuses another.',
    [['draft-06/5.2.2/version-response'], ['R-1003']],
    answering((answer, request) =>
      !isAcceptance(answer) && /\r\nSec-WebSocket-Version: *(?!6\r)/i.test(request) && !/Version:/i.test(answer)
        ? withLines(answer, 'Sec-WebSocket-Version: 6')
        : answer,
    ),
  ],
  [
    'strict-heads',
    'Refuses what it may refuse in a head: folds, blanks before a colon, repeated fields, bytes above ASCII.',
    [[], ['R-589', 'R-590', 'R-592', 'R-594', 'R-593', 'R-528', 'R-532', 'R-533']],
    readingAs({
      foldedField: 'refuse',
      blankBeforeColon: 'refuse',
      repeatedField: 'refuse',
      bytesAboveAscii: 'refuse',
      emptyLinesFirst: 'neither',
      absoluteRequestUri: 'refuse',
      upgradeCaseOfRequest: 'lower',
      upgradeListOfRequest: 'alone',
    }),
  ],
  [
    'lenient-heads',
    'Takes what it may take in a head: bare line feeds, further spaces, HTTP in small letters.',
    [[], ['R-588', 'R-597', 'R-595', 'R-573', 'R-586']],
    readingAs({
      lineFeedAlone: 'accept',
      spacesInRequestLine: 'accept',
      caseOfHttp: 'none',
      malformedOptionalField: 'ignore',
      subprotocolForm: 'lenient',
    }),
  ],
  [
    'no-extensions',
    'Accepts no extension at all.',
    [['draft-06/8/server-may-accept', 'draft-06/5.2.2/extensions-sent']],
    plainServer,
  ],
  [
    'tells-its-timeout',
    'Keeps connections of ordinary HTTP, and tells how long.',
    [['http-timeout-00/4/either-host', 'http-timeout-00/4/may-keep-longer'], ['R-3004']],
    () => tellingServer({ lines: toldFor(2), keeps: 3 }),
  ],
  [
    'tells-its-timeout-on-101',
    'Tells how long it keeps an upgraded connection, and ends it then.',
    [
      ['http-timeout-00/4.2/can-apply', 'http-timeout-00/4.2/may-assume'],
      ['R-3026', 'R-3027'],
    ],
    () =>
      tellingServer({
        lines: [],
        accepting: ['Connection: Upgrade, Connection-Timeout', 'Connection-Timeout: 3'],
        keeps: 3,
      }),
  ],
  [
    'closes-when-busy',
    'Tells how long it keeps an idle connection of HTTP, and ends it right behind its answer.',
    [['http-timeout-00/5/may-close-sooner'], ['R-3004']],
    changing(endingBehindAnswer, () => tellingServer({ lines: toldFor(4) })),
  ],
];

const frames: readonly Row[] = [
  [
    'long-lengths',
    'Spells every length in 63 bits.',
    [['draft-06/4.3/frame-length-7f'], ['R-401']],
    altered({ sends: (frame) => [laidOut(frame, { lengthForm: 63 })] }),
  ],
  [
    'greets',
    'Greets and pings as soon as the connection is open.',
    [['draft-06/5.2.2/server-may-send']],
    () =>
      memoryServer((effect) =>
        effect.type === 'opened'
          ? [{ type: 'local.send', kind: 'text', data: encodeUtf8('welcome') }, { type: 'local.ping' }]
          : echoApplication(effect),
      ),
  ],
  [
    'takes-its-time',
    'Is late with every chunk, but not too late.',
    [['draft-06/2.1/send-may-delay', 'http-timeout-00/3/server-may-be-late']],
    changing((line) => lateLine(line, () => 50)),
  ],
  [
    'shortest-lengths',
    'Refuses longer forms of a length than needed, empty fragments and the key of zeros.',
    [[], ['R-401', 'R-422', 'R-428']],
    readingAs({ nonMinimalLength: 'refuse', emptyFragment: 'refuse', zeroKey: 'not-zero' }),
  ],
  [
    'bad-text-kept',
    'Keeps text that is not valid as it is.',
    [['draft-06/6.2/server-could', 'draft-06/6.2/server-undefined'], ['R-602']],
    readingAs({ serverUtf8: 'verbatim' }),
  ],
  [
    'bad-text-closes',
    'Closes over text that is not valid, with 1003.',
    [
      ['draft-06/6.2/server-could', 'draft-06/6.2/server-undefined'],
      ['R-602', 'R-610'],
    ],
    readingAs({ serverUtf8: 'close', badTextStatus: 'unacceptable' }),
  ],
  [
    'bad-text-replaced-by-bytes',
    'Replaces bad bytes one by one, and drops a byte order mark.',
    [['draft-06/6.2/server-could'], ['R-601', 'R-608']],
    readingAs({ replacement: 'byte', byteOrderMark: 'strip' }),
  ],
];

const closing: readonly Row[] = [
  [
    'every-status',
    'Takes every status code, and reasons that are not valid.',
    [[], ['R-703', 'R-405', 'R-737']],
    readingAs({ statusCode: 'any' }),
  ],
  ['ends-late', 'Ends TCP a while after the closing handshake.', [[], ['R-712']], changing(slowToEnd)],
  [
    'pings-dropped-when-closing',
    'Answers no Ping between its Close and that of the other side.',
    [[], ['R-404', 'R-474']],
    readingAs({ pongAfterClose: 'ignore', dataWhileClosing: 'close-only' }),
  ],
  [
    'closes-after-a-while',
    'Closes after the seventh message of a connection, whatever there is to do.',
    [['draft-06/7.3/server-may-close', 'draft-06/7.1.4/no-other-close']],
    () => {
      const connection = (): Peer => {
        let count = 0;
        return memoryServer((effect) => {
          const inputs = echoApplication(effect);
          if (effect.type !== 'message' || ++count !== 7) return inputs;
          return [...inputs, { type: 'local.close', close: { status: 1001 } }];
        });
      };
      return { connect: () => connection().connect() };
    },
  ],
];

/** Servers that keep every clause, each in a way of its own. */
export const serverOddities: readonly Oddity[] = [
  ...[...opening, ...frames, ...closing].map(([name, says, [clauses, readings = []], peer]): Oddity => ({
    name: `oddity/${name}`,
    role: 'server',
    says,
    clauses,
    readings,
    peer,
  })),
  ...unusualServers,
];
