import { frameOf } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { ClauseId } from '../../spec/clauses.js';
import { opcodes } from '../../spec/wire.js';
import { type Alteration, alteredLine } from '../conformance/altered-line.js';
import type { ClientPeer, Line } from '../verifier/line.js';
import { changingClient } from './altered-client.js';
import { alteredClient, deafTo, maskedFrame, onSending, sending, withBody } from './altered-client-frames.js';
import { clientFault, type ClientFault } from './fault.js';
import { startingWith8 } from './unusual-line.js';

/** TCP never ends. */
const staysOpen: Alteration = { ends: () => ({ type: 'silence' }) };

/** TCP never ends where this Close was the first one. */
function stayingAfterClose(first: 'its own' | 'the other'): Alteration {
  let seen: typeof first | undefined;
  return {
    reads: (frames) => {
      if (frames.some(({ opcode }) => opcode === opcodes.close)) seen ??= 'the other';
      return frames;
    },
    sends: noticing(() => (seen ??= 'its own')),
    ends: (event) => (seen === first ? { type: 'silence' } : event),
  };
}

/** Answers what comes behind its Close with one more Pong. */
function talksOn(line: Line): Line {
  let isClosed = false;
  let owed = false;
  const inner = alteredLine(line, { ...staysOpen, sends: noticing(() => (isClosed = true)) }, 'client');
  return {
    ...inner,
    send: (bytes) => {
      if (isClosed) owed = true;
      else inner.send(bytes);
    },
    next: (timeout) => {
      if (!owed) return inner.next(timeout);
      owed = false;
      const pong = maskedFrame(frameOf('pong', encodeUtf8('too late')), Uint8Array.of(5, 6, 7, 8));
      return Promise.resolve({ type: 'bytes', bytes: pong });
    },
  };
}

/** Sends frames as they are, and tells when a Close has gone out. */
const noticing = (isClosed: () => void) =>
  onSending(['close'], (frame) => {
    isClosed();
    return [frame];
  });

type Row = readonly [name: string, clause: ClauseId, says: string, client: () => ClientPeer];

const closing: readonly Row[] = [
  ['close-unanswered', 'draft-06/4.5.1/close-answered', 'Answers no Close.', sending(['close'], () => [])],
  [
    'close-with-reason-unanswered',
    'draft-06/4.5.1/close-answered',
    'Does not answer a Close that has a reason.',
    deafTo(({ opcode, applicationData }) => opcode === opcodes.close && applicationData.length > 2),
  ],
  [
    'close-inside-message-unanswered',
    'draft-06/4.5.1/close-answered',
    'Does not answer a Close in the middle of a message.',
    alteredClient(() => {
      let isOpen = false;
      return {
        reads: (frames) =>
          frames.filter(({ opcode, fin }) => {
            if (opcode === opcodes.close) return !isOpen;
            if (opcode !== opcodes.ping && opcode !== opcodes.pong) isOpen = !fin;
            return true;
          }),
      };
    }),
  ],
  [
    'closes-unheard',
    'draft-06/4.3/opcode-1-close',
    'Does not know opcode 1.',
    deafTo(({ opcode }) => opcode === opcodes.close),
  ],
  [
    'late-close',
    'draft-06/4.5.1/close-answered-soon',
    'Takes long to answer a Close.',
    sending(['close'], (frame) => [{ type: 'silence' }, frame]),
  ],
  [
    'data-behind-close',
    'draft-06/4.5.1/no-data-after-close',
    'Sends a message behind its Close.',
    sending(['close'], (frame) => [frame, frameOf('text', encodeUtf8('one more thing'))]),
  ],
  [
    'starts-with-8',
    'draft-06/7.1.2/start-with-close-frame',
    'Starts the closing handshake by a frame of opcode 8; a Close it answers by a Close.',
    alteredClient(() => startingWith8(maskedFrame)),
  ],
  [
    'status-of-one-octet',
    'draft-06/4.5.1/body-starts-with-status',
    'Sends a status code of one octet.',
    sending(['close'], (frame) => [withBody(frame, 3)]),
  ],
  [
    'status-999',
    'draft-06/7.4/codes-and-ranges',
    'Closes with the status code 999.',
    sending(['close'], (frame) => [withBody(frame, 0x03, 0xe7)]),
  ],
  [
    'status-low-octet-first',
    'draft-06/4.5.1/status-in-network-byte-order',
    'Writes status codes with the low octet first.',
    sending(['close'], (frame) => [withBody(frame, 0xe8, 0x03)]),
  ],
  [
    'reason-obeyed',
    'draft-06/4.5.1/reason-undefined',
    'Stays when the reason asks for it.',
    deafTo(
      ({ opcode, applicationData }) =>
        opcode === opcodes.close && new TextDecoder().decode(applicationData).includes('do not'),
    ),
  ],
  [
    'tcp-kept',
    'draft-06/4.5.1/drop-after-both',
    'Never ends TCP when it has answered a Close.',
    alteredClient(() => stayingAfterClose('the other')),
  ],
  [
    'tcp-broken',
    'draft-06/7.1.1/clean-tcp-close',
    'Resets TCP at the end.',
    alteredClient(() => ({ ends: () => ({ type: 'lost', why: 'ECONNRESET' }) })),
  ],
  [
    'close-ignored-after-own',
    'draft-06/4.5.1/simultaneous-close',
    'Waits for an answer when both have sent a Close.',
    alteredClient(() => staysOpen),
  ],
  [
    'both-and-on',
    'draft-06/4.5.1/simultaneous-drop',
    'Keeps TCP when both have sent a Close.',
    alteredClient(() => staysOpen),
  ],
  [
    'fails-and-stays',
    'draft-06/7.1.4/fail-is-close',
    'Sends a Close over what is wrong, and stays.',
    alteredClient(() => stayingAfterClose('its own')),
  ],
  [
    'talks-on',
    'draft-06/7.1.1/trailing-bytes-discarded',
    'Answers what comes after both Closes.',
    changingClient(talksOn),
  ],
];

/** Does not know a range of status codes: a Close that carries one goes unanswered. */
const deafToStatus = (from: number, to: number): (() => ClientPeer) =>
  deafTo(({ opcode, applicationData: [high, low] }) => {
    if (opcode !== opcodes.close || high === undefined || low === undefined) return false;
    const status = high * 256 + low;
    return status >= from && status <= to;
  });

const codes: readonly Row[] = [
  ...(
    [
      [1000, 'draft-06/7.4.1/1000-normal'],
      [1001, 'draft-06/7.4.1/1001-going-away'],
      [1002, 'draft-06/7.4.1/1002-protocol-error'],
      [1003, 'draft-06/7.4.1/1003-unacceptable-data'],
      [1004, 'draft-06/7.4.1/1004-too-large'],
    ] as const
  ).map(([code, clause]): Row => [
    `${code}-unknown`,
    clause,
    `Does not answer a Close with the status code ${code}.`,
    deafToStatus(code, code),
  ]),
  [
    '2000-unknown',
    'draft-06/7.4.2/2000-2999-extensions',
    'Does not answer a Close with a status code of extensions.',
    deafToStatus(2000, 2999),
  ],
  [
    '3000-unknown',
    'draft-06/7.4.2/3000-3999-libraries',
    'Does not answer a Close with a status code of libraries.',
    deafToStatus(3000, 3999),
  ],
  [
    'pongs-as-pings',
    'draft-06/4.5.3/pong-opcode',
    'Sends the body of a Ping back in a Ping.',
    sending(['pong'], (frame) => [{ ...frame, opcode: opcodes.ping }]),
  ],
];

/** Section 7: closing. */
export const clientClosingFaults: readonly ClientFault[] = [...closing, ...codes].map(([name, clause, says, client]) =>
  clientFault(`client-closing/${name}`, clause, says, client),
);
