import { connect } from 'node:net';

/** A client that writes what it is told, right or wrong, and gathers what comes. */
export interface RawClient {
  readonly send: (text: string) => void;
  /** Ends our direction. */
  readonly end: () => void;
  readonly destroy: () => void;
  /** Everything that has come so far, once it holds; rejects when the other side ends before. One character a byte. */
  readonly until: (holds: RegExp | ((text: string) => boolean)) => Promise<string>;
  /** Drops what has come so far. */
  readonly forget: () => void;
  /** Everything that came, once the other side has ended or the connection is lost. */
  readonly ended: Promise<string>;
}

/** Connects to a port of 127.0.0.1. */
export function rawClient(port: number): RawClient {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  let text = '';
  let isOver = false;
  const waiting = new Set<() => void>();
  const notify = (): void => {
    for (const look of waiting) look();
  };
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    notify();
  });
  const over = (): void => {
    isOver = true;
    notify();
  };
  socket.on('error', over);
  socket.on('end', over);
  socket.on('close', over);
  const when = (holds: () => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!holds() && !isOver) return;
        waiting.delete(look);
        if (holds()) resolve(text);
        else reject(new Error(`the other side ended; it had sent ${JSON.stringify(text)}`));
      };
      waiting.add(look);
      look();
    });
  return {
    send: (sent) => {
      socket.write(sent, 'latin1');
    },
    end: () => {
      socket.end();
    },
    destroy: () => {
      socket.destroy();
    },
    until: (holds) => when(() => (holds instanceof RegExp ? holds.test(text) : holds(text))),
    forget: () => {
      text = '';
    },
    ended: when(() => isOver),
  };
}

/** An opening handshake for a path, as the text's example has it. */
export function handshakeFor(path: string, version = 6): string {
  return (
    `GET ${path} HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: ${version}\r\n\r\n`
  );
}
