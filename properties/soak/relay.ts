import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between clients and a server, and breaks some connections off in the middle of whatever passes. */
export interface Relay {
  readonly port: number;
  /** Connections that were broken off. */
  readonly kills: () => number;
  readonly close: () => void;
}

/**
 * Starts a relay on 127.0.0.1.
 * @param budget for each connection the bytes behind which it is broken off, of both directions together; `Infinity`
 *   lets it be
 */
export async function startRelay(to: number, budget: () => number): Promise<Relay> {
  let kills = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const target = connect({ host: '127.0.0.1', port: to, allowHalfOpen: true, noDelay: true });
    let left = budget();
    const kill = (): void => {
      kills++;
      // A reset for one side, and perhaps an end in order for the other: both happen.
      if (kills % 2 === 0) client.resetAndDestroy();
      else client.destroy();
      target.destroy();
    };
    const pass = (from: Socket, into: Socket): void => {
      from.on('data', (chunk: Buffer) => {
        if (left <= 0) return;
        const some = chunk.subarray(0, Math.min(chunk.length, left));
        left -= chunk.length;
        if (left <= 0) into.write(some, kill);
        else if (!into.write(some)) from.pause();
      });
      into.on('drain', () => from.resume());
      from.on('end', () => into.end());
      from.on('error', () => into.destroy());
      from.on('close', () => into.destroy());
    };
    pass(client, target);
    pass(target, client);
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return { port: address.port, kills: () => kills, close: () => server.close() };
}
