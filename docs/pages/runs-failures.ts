import { bytesFromLatin1 } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { encodeUtf8 } from '../../model/utf8.js';
import {
  accept,
  arrive,
  close,
  connect,
  fire,
  forge,
  fromStart,
  lose,
  onceOpen,
  reject,
  type RunGroup,
  sendText,
} from './runs-script.js';

/** Exchanges a text inside an HTTP head. */
const replacing =
  (old: string, other: string) =>
  (bytes: Uint8Array): Uint8Array =>
    bytesFromLatin1(String.fromCharCode(...bytes).replace(old, other));

/** Sets RSV1 behind the mask: bit 0x40 of the first byte after the masking key. */
const withRsv1 = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 4 ? byte ^ 0x40 : byte));

/** Conversations that fail, each in another way. */
export const failedRuns: readonly RunGroup[] = [
  {
    title: 'The opening handshake fails',
    runs: [
      {
        name: 'bad-request',
        title: 'A request that may not be accepted',
        says: 'The client asks for another version. The server says so in HTTP and ends; the client takes anything but 101 for a refusal.',
        plan: fromStart([
          connect,
          forge('server', 'version changed to 4', replacing('Version: 6', 'Version: 4')),
          ...arrive('server', 'client', 'client', 'server'),
        ]),
      },
      {
        name: 'bad-response',
        title: 'A response that is wrong',
        says: 'Sec-WebSocket-Accept does not belong to the key, so the client fails the connection. The server believed it open.',
        plan: fromStart([
          connect,
          ...arrive('server'),
          accept(),
          forge('client', 'Sec-WebSocket-Accept changed', replacing('Accept: ', 'Accept: x')),
          ...arrive('client', 'server', 'client'),
        ]),
      },
      {
        name: 'rejected',
        title: 'The application rejects',
        says: 'The request is right, but the application of the server does not want this client.',
        plan: fromStart([
          connect,
          ...arrive('server'),
          reject(403, 'Forbidden'),
          ...arrive('client', 'client', 'server'),
        ]),
      },
    ],
  },
  {
    title: 'A frame breaks a rule',
    runs: [
      {
        name: 'bad-frame',
        title: 'A reserved bit is set',
        says: 'RSV1 means nothing without an extension. The server says 1002 and ends.',
        plan: onceOpen([
          sendText('client', 'Hello'),
          forge('server', 'RSV1 set', withRsv1),
          ...arrive('server', 'client', 'client', 'server', 'server'),
        ]),
      },
      {
        name: 'unmasked',
        title: 'A client that does not mask',
        says: 'The server takes the first four bytes for a masking key all the same, and what it unmasks with it is no frame. It cannot know that there was no mask.',
        plan: onceOpen([
          sendText('client', 'Hello there'),
          forge('server', 'sent clear', () => layOutFrame(frameOf('text', encodeUtf8('Hello there')))),
          ...arrive('server', 'client', 'client', 'server', 'server'),
        ]),
      },
      {
        name: 'too-large',
        title: 'A message that is too large',
        says: 'The server takes messages of up to 16 bytes here. It says 1004, which is draft-06’s code for it.',
        plan: onceOpen(
          [sendText('client', 'twenty-one characters'), ...arrive('server', 'client', 'client', 'server', 'server')],
          { server: { maxMessage: 16 } },
        ),
      },
      {
        name: 'not-utf-8',
        title: 'Text that is not UTF-8',
        says: 'A client reads U+FFFD for what is not UTF-8, and goes on. What a server does is left open.',
        plan: onceOpen([
          sendText('server', 'Hello'),
          forge('client', 'the e changed to ff', (bytes) => bytes.map((byte, at) => (at === 3 ? 0xff : byte))),
          ...arrive('client'),
        ]),
      },
    ],
  },
  {
    title: 'TCP or time fails',
    runs: [
      {
        name: 'lost',
        title: 'TCP is lost',
        says: 'The connection breaks in the middle of a message. Nobody gets the message, and the end is not clean.',
        plan: onceOpen([
          sendText('client', 'Hel', false),
          ...arrive('server'),
          sendText('server', 'yes?'),
          lose('client'),
          ...arrive('server'),
        ]),
      },
      {
        name: 'timeout-connect',
        title: 'TCP takes too long',
        says: 'Nothing answers at the address, and the client gives up.',
        plan: fromStart([fire('client', 'connect')]),
      },
      {
        name: 'timeout-handshake',
        title: 'The opening handshake takes too long',
        says: 'The request never arrives, and the server has no time to lose.',
        plan: fromStart([connect, fire('server', 'handshake'), ...arrive('client')]),
      },
      {
        name: 'timeout-close',
        title: 'A Close is never answered',
        says: 'The application of the server lets the Close wait. The client waits for its own time, then cuts TCP.',
        plan: onceOpen(
          [close('client', { status: 1000 }), ...arrive('server'), fire('client', 'close'), ...arrive('server')],
          {
            server: { answersCloseAtOnce: false },
          },
        ),
      },
      {
        name: 'timeout-end',
        title: 'TCP is never ended',
        says: 'Both Closes have passed, but the end of TCP does not come. The client cuts TCP, and the end is clean nevertheless.',
        plan: onceOpen([close('client', { status: 1000 }), ...arrive('server', 'client'), fire('client', 'drop')]),
      },
    ],
  },
];
