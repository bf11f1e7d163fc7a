import { syncDeflateStream } from '../../properties/drivers/deflate.js';
import {
  accept,
  arrive,
  clientWith,
  close,
  connect,
  fromStart,
  onceOpen,
  opening,
  ping,
  type RunGroup,
  sendText,
} from './runs-script.js';

const deflate = { name: 'deflate-stream', parameters: [] };

/** Conversations in which nothing goes wrong. */
export const orderlyRuns: readonly RunGroup[] = [
  {
    title: 'Opening',
    runs: [
      {
        name: 'opening',
        title: 'Opening handshake',
        says: 'One HTTP request and one response; the server is open first, because nothing has to follow its answer.',
        plan: fromStart(opening()),
      },
      {
        name: 'opening-subprotocol',
        title: 'Choosing a subprotocol',
        says: 'The client offers two in order of preference, and the server picks one of them.',
        plan: fromStart([connect, ...arrive('server'), accept({ subprotocol: 'superchat' }), ...arrive('client')], {
          client: clientWith({ subprotocols: ['chat', 'superchat'] }),
        }),
      },
      {
        name: 'opening-deflate-stream',
        title: 'Agreeing on deflate-stream',
        says: 'Both know the extension. From the handshake on all bytes are compressed, masked frames included.',
        plan: fromStart(
          [
            connect,
            ...arrive('server'),
            accept({ extensions: [deflate] }),
            ...arrive('client'),
            sendText('server', 'Hello Hello Hello Hello'),
            ...arrive('client'),
            sendText('client', 'Hello'),
            ...arrive('server'),
          ],
          {
            client: clientWith({ extensions: [deflate] }, { extensions: [syncDeflateStream] }),
            server: { extensions: [syncDeflateStream] },
          },
        ),
      },
    ],
  },
  {
    title: 'Messages',
    runs: [
      {
        name: 'message',
        title: 'A message each way',
        says: 'The frame of the client is masked, header included. That of the server is clear.',
        plan: onceOpen([
          sendText('client', 'Hello'),
          ...arrive('server'),
          sendText('server', 'Hello'),
          ...arrive('client'),
        ]),
      },
      {
        name: 'fragments-with-ping',
        title: 'A fragmented message with a Ping inside',
        says: 'Control frames may stand between the fragments of a message. The Pong goes out before the message is complete.',
        plan: onceOpen([
          sendText('client', 'Hel', false),
          ...arrive('server'),
          ping('client', 'still there?'),
          ...arrive('server', 'client'),
          sendText('client', 'lo'),
          ...arrive('server'),
        ]),
      },
    ],
  },
  {
    title: 'Closing',
    runs: [
      {
        name: 'close-by-client',
        title: 'The client closes',
        says: 'A Close each way, then TCP ends each way: a clean end.',
        plan: onceOpen([
          close('client', { status: 1000, reason: 'done' }),
          ...arrive('server', 'client', 'client', 'server'),
        ]),
      },
      {
        name: 'close-by-server',
        title: 'The server closes',
        says: 'The same the other way round, here because the server goes away (1001).',
        plan: onceOpen([close('server', { status: 1001 }), ...arrive('client', 'server', 'server', 'client')]),
      },
      {
        name: 'close-by-both',
        title: 'Both close at once',
        says: 'The two Closes pass each other. Each is the answer to the other, and no third one follows.',
        plan: onceOpen([
          close('client', { status: 1000 }),
          close('server', { status: 1001 }),
          ...arrive('server', 'client', 'server', 'client'),
        ]),
      },
    ],
  },
];
