import { connect } from 'node:net';
import { type Line, type LineEvent, type Peer, PeerUnreachable } from '../verifier/line.js';

/**
 * A server that listens on a TCP port.
 * @param timeout milliseconds to wait for the TCP connection
 */
export function socketServer(host: string, port: number, timeout: number): Peer {
  return {
    connect: () =>
      new Promise((resolve, reject) => {
        const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, allowHalfOpen: true, noDelay: true });
        const fail = (why: string): void => {
          socket.destroy();
          reject(new PeerUnreachable(`${host}:${port} cannot be reached: ${why}`));
        };
        const timer = setTimeout(() => {
          fail(`no TCP connection within ${timeout} ms`);
        }, timeout);
        const onError = (error: Error): void => {
          clearTimeout(timer);
          fail(error.message);
        };
        socket.once('error', onError);
        socket.once('connect', () => {
          clearTimeout(timer);
          socket.off('error', onError);
          resolve(lineOf(socket));
        });
      }),
  };
}

/** Bytes that may wait to be read by a case. */
const maxQueuedBytes = 1024 * 1024;

/** Turns the events of a socket into a queue that can be waited on. */
function lineOf(socket: ReturnType<typeof connect>): Line {
  const start = performance.now();
  const queue: LineEvent[] = [];
  let waiting: ((event: LineEvent) => void) | undefined;
  let last: LineEvent | undefined;
  const put = (event: LineEvent): void => {
    const take = waiting;
    if (take === undefined) {
      queue.push(event);
      return;
    }
    waiting = undefined;
    take(event);
  };
  const finish = (event: LineEvent): void => {
    if (last !== undefined) return;
    last = event;
    put(event);
  };
  let queuedBytes = 0;
  socket.on('data', (chunk: Buffer) => {
    queuedBytes += chunk.length;
    // A server that sends without end has to wait for the case to read.
    if (queuedBytes > maxQueuedBytes) socket.pause();
    put({ type: 'bytes', bytes: new Uint8Array(chunk) });
  });
  const taken = (event: LineEvent): LineEvent => {
    if (event.type === 'bytes') queuedBytes -= event.bytes.length;
    if (queuedBytes <= maxQueuedBytes) socket.resume();
    return event;
  };
  socket.on('end', () => {
    finish({ type: 'ended' });
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    finish({ type: 'lost', why: error.code ?? error.message });
  });
  socket.on('close', () => {
    finish({ type: 'lost', why: 'closed' });
  });
  const next = (timeout: number): Promise<LineEvent> => {
    const ready = queue.shift() ?? last;
    if (ready !== undefined) return Promise.resolve(taken(ready));
    return new Promise((resolve) => {
      // `--timeout 0` waits for as long as it takes, for people with a debugger.
      const timer = Number.isFinite(timeout)
        ? setTimeout(() => {
            put({ type: 'silence' });
          }, timeout)
        : undefined;
      waiting = (event) => {
        clearTimeout(timer);
        resolve(taken(event));
      };
    });
  };
  return {
    send: (bytes) => {
      if (socket.writable) socket.write(bytes);
    },
    end: () => {
      if (socket.writable) socket.end();
    },
    destroy: () => {
      socket.destroy();
    },
    next,
    now: () => performance.now() - start,
  };
}
