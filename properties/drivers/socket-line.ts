import type { Socket } from 'node:net';
import type { Line, LineEvent } from '../verifier/line.js';

/** Bytes that may wait to be read by a case. */
const maxQueuedBytes = 1024 * 1024;

/** Into how many parts a wait for silence is cut. */
const partsOfSilence = 8;

/**
 * Calls back when nothing has come for a while. What has come meanwhile is read between the parts: who was not let run
 * for so long, on a machine with much else to do, has not heard silence. The wait is longer then, never shorter.
 * @param timeout milliseconds
 * @returns how to cancel it
 */
function afterSilence(timeout: number, then: () => void): () => void {
  let left = partsOfSilence;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    timer = setTimeout(() => {
      if (--left === 0) then();
      else wait();
    }, timeout / partsOfSilence);
  };
  wait();
  return () => {
    clearTimeout(timer);
  };
}

/** A line on a socket that is open: turns its events into a queue that can be waited on. */
export function lineOf(socket: Socket): Line {
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
    // A peer that sends without end has to wait for the case to read.
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
      const cancel = Number.isFinite(timeout)
        ? afterSilence(timeout, () => {
            put({ type: 'silence' });
          })
        : undefined;
      waiting = (event) => {
        cancel?.();
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
