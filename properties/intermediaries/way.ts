import { connect, type ClientConnectOptions } from '../../impl/client.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import type { Outcome } from '../../model/connection.js';
import { type RawClient, rawClient } from '../drivers/raw-client.js';
import type { Intermediary, RunningIntermediary } from './intermediary.js';

/** How a client gets to the reference server by way of an intermediary. */
export interface Way {
  readonly program: Intermediary;
  readonly place: RunningIntermediary;
  readonly server: ReferenceServer;
  /** A connection on which the server is spoken to: behind the CONNECT, where there is one. */
  readonly open: () => Promise<RawClient>;
  /** What a client of ours got at a path of the server, from its start to its end. */
  readonly talk: (path: string, options?: ClientConnectOptions) => Promise<Talk>;
  /** Every byte that the server read on its last connection. */
  readonly read: () => Buffer;
}

/** A conversation of our client. */
export interface Talk {
  readonly texts: readonly string[];
  readonly pings: readonly string[];
  readonly outcome: Outcome;
  readonly why: string;
}

/** A reference server that remembers what it read. */
export async function startRecordingServer(): Promise<{
  readonly server: ReferenceServer;
  readonly read: () => Buffer;
}> {
  let chunks: Uint8Array[] = [];
  const server = await startServer({
    port: 0,
    origins: ['http://good.example'],
    watch: () => {
      const own: Uint8Array[] = [];
      return {
        onBytes: (from, bytes) => {
          if (from === 'local') return;
          own.push(bytes.slice());
          chunks = own;
        },
      };
    },
  });
  return { server, read: () => Buffer.concat(chunks) };
}

/** The way through a proxy that runs. */
export function wayThrough(
  program: Intermediary,
  place: RunningIntermediary,
  { server, read }: { readonly server: ReferenceServer; readonly read: () => Buffer },
): Way {
  const isForward = program.kind === 'forward';
  const open = async (): Promise<RawClient> => {
    const client = rawClient(place.port);
    if (!isForward) return client;
    client.send(`CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
    const head = await client.until(/\r\n\r\n/);
    if (!/^HTTP\/1\.[01] 200 /.test(head)) throw new Error(`no tunnel: ${head}`);
    client.forget();
    return client;
  };
  const talk = (path: string, options: ClientConnectOptions = {}): Promise<Talk> => {
    const texts: string[] = [];
    const pings: string[] = [];
    return new Promise((resolve) => {
      connect(`ws://127.0.0.1:${isForward ? server.port : place.port}${path}`, {
        ...(isForward ? { proxy: `http://127.0.0.1:${place.port}` } : {}),
        onMessage: (message) =>
          texts.push(message.kind === 'text' ? message.text : Buffer.from(message.bytes).toString('hex')),
        onPing: (body) => pings.push(Buffer.from(body).toString()),
        ...options,
        onEnd: (outcome, why) => {
          resolve({ texts, pings, outcome, why });
        },
      });
    });
  };
  return { program, place, server, open, talk, read };
}
