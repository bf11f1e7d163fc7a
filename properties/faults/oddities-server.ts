import { type Frame, frameOf, isControl } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { laidOut, onSend, plainServer } from '../conformance/altered-server.js';
import { tellingServer, toldFor } from '../conformance/telling-server.js';
import { syncDeflateStream, syncDeflateTransform } from '../drivers/deflate.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { Line, Peer } from '../verifier/line.js';
import { altered, answering, changing, isAcceptance, type Oddity, withLines } from './fault.js';
import { inSingleBytes, inThree, lateLine, latestPingOnly, trickling, withPingInside } from './unusual-line.js';

/** The model, with other options of readings. */
const readingAs = (readings: Partial<ReadingChoices>) => (): Peer => memoryServer(echoApplication, { readings });

/** What becomes of the messages that a server sends. */
const sendingData = (change: (frame: Frame) => readonly Frame[]) =>
  altered({
    sends: (frame) => (isControl(frame.opcode) ? [laidOut(frame)] : change(frame).map((made) => laidOut(made))),
  });

const sendingClose = (change: (frame: Frame) => readonly Frame[]) => altered({ sends: onSend('close', change) });

/** An acceptance, rewritten; other answers stay. */
const accepting = (rewrite: (answer: string, request: string) => string) =>
  answering((answer, request) => (isAcceptance(answer) ? rewrite(answer, request) : answer));

/** The header lines of an answer in another order, and their names in small letters. */
function otherHead(answer: string): string {
  const end = answer.indexOf('\r\n\r\n');
  const [first = '', ...fields] = answer.slice(0, end).split('\r\n');
  const small = fields.map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase()));
  return `${[first, ...small.toReversed()].join('\r\n')}${answer.slice(end)}`;
}

/** Each header field on two lines, as RFC 2616 lets them be folded. */
const folded = (answer: string): string => {
  const end = answer.indexOf('\r\n\r\n');
  return answer.slice(0, end).replace(/\r\n([^:\r]*): */g, '\r\n$1:\r\n\t ') + answer.slice(end);
};

/** The model with another way to compress. */
const compressing = (choices: Parameters<typeof syncDeflateTransform>[0]) => (): Peer =>
  memoryServer(echoApplication, {
    extensions: [{ ...syncDeflateStream, transform: () => syncDeflateTransform(choices) }],
  });

/** Says a word to every browser that it refuses, and ends TCP a while later. */
const slowToEnd = (line: Line): Line => lateLine(line, (event) => (event.type === 'bytes' ? 0 : 300));

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
  ['folded-head', 'Folds each header field over two lines.', [[], ['R-589']], accepting(folded)],
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
    'fixed-codes',
    'Compresses by blocks of fixed codes only.',
    [['draft-06/8.2.1/blocks-of-both-kinds'], ['R-843']],
    compressing({ strategy: 'fixed' }),
  ],
  [
    'stored-blocks',
    'Puts its stream into stored blocks.',
    [['draft-06/8.2.1/blocks-of-both-kinds', 'draft-06/8.2.1/messages-may-share-byte'], ['R-844']],
    compressing({ level: 0 }),
  ],
  [
    'tells-its-timeout',
    'Keeps connections of ordinary HTTP, and tells how long.',
    [['http-timeout-00/4/either-host', 'http-timeout-00/4/may-keep-longer'], ['R-3004']],
    () => tellingServer({ lines: toldFor(2), keeps: 3 }),
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
    'fragments',
    'Fragments its messages, with an empty fragment.',
    [['draft-06/4.4/any-fragment-size', 'draft-06/4.4/buffer-size'], ['R-422']],
    sendingData(inThree),
  ],
  [
    'single-bytes',
    'Fragments its messages into single bytes.',
    [['draft-06/4.4/any-fragment-size', 'draft-06/4.4/buffer-size'], ['R-606']],
    sendingData(inSingleBytes),
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
    'pings-inside',
    'Puts Pings between the fragments of its messages.',
    [['draft-06/4.4/control-between-fragments', 'draft-06/4.5/control-interjected']],
    sendingData(withPingInside),
  ],
  [
    'latest-ping',
    'Answers the latest Ping of a chunk only.',
    [['draft-06/4.5.3/pong-only-for-latest-ping'], ['R-462']],
    altered({ reads: latestPingOnly }),
  ],
  ['byte-by-byte', 'Sends everything byte by byte.', [['draft-06/2.1/send-may-delay']], changing(trickling)],
  [
    'takes-its-time',
    'Is late with every chunk, but not too late.',
    [['draft-06/2.1/send-may-delay', 'http-timeout-00/3/server-may-be-late']],
    changing((line) => lateLine(line, () => 50)),
  ],
  [
    'small-messages',
    'Takes no message above 999 bytes.',
    [['draft-06/2/limits'], ['R-105']],
    () => memoryServer(echoApplication, { maxMessage: 999 }),
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
    'close-without-body',
    'Sends a Close without a body.',
    [['draft-06/4.5.1/close-may-have-body', 'draft-06/7.4/may-give-reason'], ['R-472']],
    sendingClose(() => [frameOf('close')]),
  ],
  [
    'close-with-reason',
    'Sends a Close with a status of its own and a reason.',
    [['draft-06/4.5.1/body-may-have-reason', 'draft-06/7.4.2/4000-4999-applications', 'draft-06/7.4/optional-parts']],
    sendingClose((frame) => [{ ...frame, applicationData: Uint8Array.of(0x0f, 0xa0, ...encodeUtf8('b\u00f6se')) }]),
  ],
  [
    'last-words',
    'Sends a message before it answers a Close.',
    [[], ['R-444', 'R-465']],
    sendingClose((frame) => [frameOf('text', encodeUtf8('good bye')), frame]),
  ],
  [
    'ping-behind-close',
    'Sends a Ping behind its Close.',
    [[], ['R-466']],
    sendingClose((frame) => [frame, frameOf('ping')]),
  ],
  ['close-twice', 'Sends its Close twice.', [[], ['R-469']], sendingClose((frame) => [frame, frame])],
  [
    'drops-on-violation',
    'Ends TCP without a word when the framing is broken.',
    [['draft-06/7.1.1/any-means'], ['R-701', 'R-720']],
    readingAs({ onViolation: 'drop' }),
  ],
  [
    'waits-on-violation',
    'Completes the closing handshake when the framing is broken.',
    [[], ['R-719']],
    readingAs({ closeAfterViolation: 'yes' }),
  ],
  [
    'own-status',
    'Answers a Close with a status of its own.',
    [['draft-06/7.4.1/defined-codes'], ['R-472']],
    readingAs({ answeringStatus: 'own' }),
  ],
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
export const serverOddities: readonly Oddity[] = [...opening, ...frames, ...closing].map(
  ([name, says, [clauses, readings = []], peer]) => ({
    name: `oddity/${name}`,
    role: 'server',
    says,
    clauses,
    readings,
    peer,
  }),
);
