import { acceptOfKey } from '../../model/accept.js';
import { PeerUnreachable } from '../verifier/line.js';
import { memoryServer } from '../drivers/memory-server.js';
import {
  answering,
  closingAt,
  headerLine,
  isAcceptance,
  misreading,
  type ServerFault,
  serverFault,
  withLines,
} from './fault.js';

/** An acceptance with further lines; other answers stay. */
const accepting = (...lines: readonly string[]) =>
  answering((answer) => (isAcceptance(answer) ? withLines(answer, ...lines) : answer));

/** Any other answer with further lines. */
const refusing = (...lines: readonly string[]) =>
  answering((answer) => (isAcceptance(answer) ? answer : withLines(answer, ...lines)));

const without = (name: string) => answering((answer) => answer.replace(headerLine(name), ''));

/** Lists these extensions to whomever offered any. */
const listing = (list: string) =>
  answering((answer, request) =>
    isAcceptance(answer) && /\r\nSec-WebSocket-Extensions:/i.test(request)
      ? withLines(answer, `Sec-WebSocket-Extensions: ${list}`)
      : answer,
  );

/** Sections 5.2, 9 and 10: the answer to the opening handshake. */
export const openingFaults: readonly ServerFault[] = [
  serverFault('opening/no-upgrade', 'draft-06/5.2.2/steps-completed', 'Accepts without Upgrade.', without('Upgrade')),
  serverFault(
    'opening/no-accept',
    'draft-06/10.6/in-handshake',
    'Accepts without Sec-WebSocket-Accept.',
    without('Sec-WebSocket-Accept'),
  ),
  serverFault(
    'opening/no-accept-of-the-server',
    'draft-06/10.6/from-server',
    'Leaves Sec-WebSocket-Accept to others.',
    without('Sec-WebSocket-Accept'),
  ),
  serverFault(
    'opening/accept-of-the-sample',
    'draft-06/10.4/proves-receipt',
    'Sends the same Sec-WebSocket-Accept to everybody.',
    answering((answer) =>
      answer.replace(
        headerLine('Sec-WebSocket-Accept'),
        `\r\nSec-WebSocket-Accept: ${acceptOfKey('dGhlIHNhbXBsZSBub25jZQ==')}`,
      ),
    ),
  ),
  serverFault(
    'opening/keyless',
    'draft-06/10.4/keeps-others-out',
    'Accepts without a key.',
    misreading((request) =>
      headerLine('Sec-WebSocket-Key').test(request)
        ? request
        : withLines(request, 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='),
    ),
  ),
  serverFault(
    'opening/accept-in-refusal',
    'draft-06/10.6/confirms-will',
    'Refuses with Sec-WebSocket-Accept.',
    refusing('Sec-WebSocket-Accept: x'),
  ),
  serverFault(
    'opening/any-version',
    'draft-06/10.9/lets-server-close',
    'Takes every version for its own.',
    misreading((request) => request.replace(/(Version: )\d+/, '$16')),
  ),
  serverFault(
    'opening/version-unread',
    'draft-06/10.9/indicates-version',
    'Does not read the version.',
    misreading((request) =>
      withLines(request.replace(headerLine('Sec-WebSocket-Version'), ''), 'Sec-WebSocket-Version: 6'),
    ),
  ),
  serverFault(
    'opening/no-request-uri',
    'draft-06/5.2.1/request-uri',
    'Takes a missing Request-URI for a slash.',
    misreading((request) => request.replace(/^GET HTTP/, 'GET / HTTP')),
  ),
  serverFault(
    'opening/key-to-plain-http',
    'draft-06/10.4/not-elsewhere',
    'Sends Sec-WebSocket-Key to plain HTTP.',
    refusing('Sec-WebSocket-Key: x'),
  ),
  serverFault(
    'opening/extensions-to-plain-http',
    'draft-06/10.5/not-elsewhere',
    'Sends Sec-WebSocket-Extensions to plain HTTP.',
    refusing('Sec-WebSocket-Extensions: x-a'),
  ),
  serverFault(
    'opening/accept-to-plain-http',
    'draft-06/10.6/not-elsewhere',
    'Sends Sec-WebSocket-Accept to plain HTTP.',
    refusing('Sec-WebSocket-Accept: x'),
  ),
  serverFault(
    'opening/origin-to-plain-http',
    'draft-06/10.7/not-elsewhere',
    'Sends Sec-WebSocket-Origin to plain HTTP.',
    refusing('Sec-WebSocket-Origin: null'),
  ),
  serverFault(
    'opening/subprotocol-to-plain-http',
    'draft-06/10.8/not-elsewhere',
    'Sends Sec-WebSocket-Protocol to plain HTTP.',
    refusing('Sec-WebSocket-Protocol: x'),
  ),
  serverFault(
    'opening/subprotocol-first',
    'draft-06/10.8/from-both',
    'Names a subprotocol that nobody asked for.',
    accepting('Sec-WebSocket-Protocol: chat'),
  ),
  serverFault(
    'opening/other-subprotocol',
    'draft-06/5.2.2/subprotocol-meaning',
    'Names a subprotocol of its own.',
    accepting('Sec-WebSocket-Protocol: other'),
  ),
  serverFault(
    'opening/extension-first',
    'draft-06/10.5/from-both',
    'Lists an extension that nobody requested.',
    accepting('Sec-WebSocket-Extensions: x-a'),
  ),
  serverFault(
    'opening/refused-origin-confirmed',
    'draft-06/9/answer-accepted-origin-only',
    'Refuses an origin and confirms it.',
    answering((answer, request) =>
      /Origin: http:\/\/elsewhere/.test(request)
        ? 'HTTP/1.1 403 No\r\nSec-WebSocket-Origin: http://elsewhere.hybi-spec.example\r\nContent-Length: 0\r\n\r\n'
        : answer,
    ),
  ),
  serverFault(
    'opening/own-origin',
    'draft-06/9/single-origin-sent-back',
    'Confirms its one origin to everybody.',
    accepting('Sec-WebSocket-Origin: http://own.example'),
  ),
  serverFault(
    'opening/falls-over',
    'draft-06/9/always-safe-to-disconnect',
    'Serves nobody well behind a connection that was dropped.',
    () => {
      const peer = memoryServer();
      let isDown = false;
      return {
        connect: async () => {
          if (isDown) throw new PeerUnreachable('connection refused');
          const line = await peer.connect();
          return {
            ...line,
            destroy: () => {
              isDown = true;
              line.destroy();
            },
          };
        },
      };
    },
  ),
  serverFault(
    'opening/extension-not-offered',
    'draft-06/5.2.2/extensions-selected',
    'Lists an extension of its own.',
    listing('x-other'),
  ),
  serverFault(
    'opening/list-unreadable',
    'draft-06/8.1/extension-list',
    'Lists extensions against the grammar.',
    listing('x-hybi-spec;;'),
  ),
  serverFault(
    'opening/value-of-extension',
    'draft-06/8.1/extension',
    'Gives an extension a value.',
    listing('x-hybi-spec=1'),
  ),
  serverFault(
    'opening/token-unregistered',
    'draft-06/8.1/registered-or-private',
    'Lists an extension by an unregistered token.',
    listing('hybi-spec'),
  ),
  serverFault(
    'opening/other-token',
    'draft-06/8.2.1/token',
    'Accepts compression under another token.',
    listing('x-deflate-stream'),
  ),
  serverFault(
    'opening/parameter-invented',
    'draft-06/8.1/parameters-defined',
    'Accepts compression with a parameter.',
    listing('deflate-stream; level=9'),
  ),
  serverFault(
    'opening/extensions-refused',
    'draft-06/5.2.1/extensions-optional',
    'Refuses whoever offers an extension.',
    closingAt(headerLine('Sec-WebSocket-Extensions')),
  ),
  serverFault(
    'opening/parameter-is-offer',
    'draft-06/5.2.1/extensions-by-8.1',
    'Takes each parameter of an extension for an extension that is offered.',
    misreading((request) => request.replace(/(?<=\r\nSec-WebSocket-Extensions:[^\r]*);/gi, ',')),
  ),
  serverFault(
    'opening/split-refused',
    'draft-06/8.1/may-be-split',
    'Refuses a header field on two lines.',
    closingAt(/Extensions:[^\r]*\r\nSec-WebSocket-Extensions:/i),
  ),
];
