import { type Frame, frameOf } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { opcodes } from '../../spec/wire.js';
import { laidOut, onSend } from '../conformance/altered-server.js';
import { keepingTime } from '../drivers/keeping-time.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { Peer } from '../verifier/line.js';
import { altered, type ServerFault, serverFault } from './fault.js';

/** The frames of the client without those of some kind. */
const deafTo = (isUnheard: (frame: Frame) => boolean) =>
  altered({ reads: (frames) => frames.filter((frame) => !isUnheard(frame)) });

const withBody = (frame: Frame, ...body: readonly number[]): Frame => ({
  ...frame,
  applicationData: Uint8Array.from(body),
});

/** The model, but TCP never ends. */
const staysOpen = altered({ ends: () => ({ type: 'silence' }) });

/** A server that answers bytes behind its Close with one more Pong. */
function talksOn(): Peer {
  const peer = memoryServer();
  return {
    connect: async () => {
      const line = await peer.connect();
      let isClosed = false;
      let owed = false;
      return keepingTime({
        ...line,
        send: (bytes) => {
          if (isClosed) owed = true;
          else line.send(bytes);
        },
        next: async (timeout) => {
          if (owed) {
            owed = false;
            return { type: 'bytes', bytes: laidOut(frameOf('pong', encodeUtf8('too late'))) };
          }
          if (isClosed) return { type: 'silence' };
          const event = await line.next(timeout);
          isClosed = event.type === 'bytes' && (event.bytes[0] ?? 0) === 0x81;
          return event;
        },
      });
    },
  };
}

/** Sections 4.5 and 7: control frames and closing. */
export const controlFaults: readonly ServerFault[] = [
  serverFault(
    'control/pings-as-9',
    'draft-06/4.3/opcode-2-ping',
    'Does not know opcode 2.',
    deafTo(({ opcode }) => opcode === 2),
  ),
  serverFault(
    'control/pings-unheard',
    'draft-06/4.5.2/ping-opcode',
    'Answers no Ping.',
    altered({ sends: onSend('pong', () => []) }),
  ),
  serverFault(
    'control/pongs-as-pings',
    'draft-06/4.3/opcode-3-pong',
    'Answers a Pong with a Pong.',
    altered({
      reads: (frames) =>
        frames.map((frame) => (frame.opcode === opcodes.pong ? { ...frame, opcode: opcodes.ping } : frame)),
    }),
  ),
  serverFault(
    'control/closes-unheard',
    'draft-06/4.3/opcode-1-close',
    'Does not know opcode 1.',
    deafTo(({ opcode }) => opcode === 1),
  ),
  serverFault(
    'control/none',
    'draft-06/4.5/control-opcodes',
    'Knows no control frames.',
    deafTo(({ opcode }) => opcode > 0 && opcode < 4),
  ),
  serverFault(
    'control/pings-for-the-application',
    'draft-06/4.5/control-carries-state',
    'Hands the body of a Ping to the application.',
    altered({
      reads: (frames) =>
        frames.map((frame) => (frame.opcode === opcodes.ping ? { ...frame, opcode: opcodes.text } : frame)),
    }),
  ),
  serverFault(
    'control/status-low-octet-first',
    'draft-06/4.5.1/status-in-network-byte-order',
    'Writes status codes with the low octet first.',
    altered({ sends: onSend('close', (frame) => [withBody(frame, 0xe8, 0x03)]) }),
  ),
  serverFault(
    'control/status-of-one-octet',
    'draft-06/4.5.1/body-is-application-data',
    'Sends a status code of one octet.',
    altered({ sends: onSend('close', (frame) => [withBody(frame, 1)]) }),
  ),
  serverFault(
    'control/reason-obeyed',
    'draft-06/4.5.1/reason-undefined',
    'Stays when the reason asks for it.',
    deafTo(
      ({ opcode, applicationData }) => opcode === opcodes.close && Buffer.from(applicationData).includes('do not'),
    ),
  ),
  serverFault('control/tcp-kept', 'draft-06/4.5.1/simultaneous-drop', 'Never ends TCP.', staysOpen),
  serverFault(
    'control/talks-on',
    'draft-06/7.1.1/trailing-bytes-discarded',
    'Answers what comes after both Closes.',
    talksOn,
  ),
  serverFault(
    'control/no-close-of-its-own',
    'draft-06/4.5.1/close-answered',
    'Ends TCP where it should answer a Close; to start by that it has leave.',
    altered({ sends: onSend('close', () => [{ type: 'ended' }]) }),
  ),
  serverFault(
    'control/no-closing-handshake',
    'draft-06/7.1.2/other-party-answers',
    'Breaks TCP where it should answer a Close.',
    altered({ sends: onSend('close', () => [{ type: 'lost', why: 'ECONNRESET' }]) }),
  ),
  serverFault(
    'control/status-9999',
    'draft-06/7.4/codes-and-ranges',
    'Closes with the status code 9999.',
    altered({
      sends: onSend('close', (frame) => [withBody(frame, 0x27, 0x0f)]),
    }),
  ),
  serverFault('control/data-refused', 'draft-06/4.1/data-while-open', 'Reads no message after the first Ping.', () => {
    let isPinged = false;
    return altered({
      reads: (frames) =>
        frames.filter(({ opcode }) => {
          isPinged ||= opcode === opcodes.ping;
          return !isPinged || opcode < opcodes.text;
        }),
    })();
  }),
];
