import type { Socket } from 'node:net';

/** What happens on a socket, as whoever runs a connection on it has to know. */
export interface SocketEvents {
  /** Bytes came: a view of memory that is nobody else's. */
  readonly onBytes: (bytes: Uint8Array) => void;
  /** The system has taken everything that was written. */
  readonly onDrain: () => void;
  /** The other side ended its direction in order. */
  readonly onEnded: () => void;
  /** TCP is gone, in whatever way; told at the end of every socket, perhaps more than once. */
  readonly onLost: () => void;
}

/** Listens to a socket; returns what makes an end of it. */
export function listenTo(socket: Socket, { onBytes, onDrain, onEnded, onLost }: SocketEvents): () => void {
  const listeners = {
    data: (chunk: Buffer): void => {
      onBytes(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    },
    drain: onDrain,
    end: onEnded,
    error: onLost,
    close: onLost,
  };
  for (const [name, listener] of Object.entries(listeners)) socket.on(name, listener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) socket.off(name, listener);
  };
}
