import type { Connection, ConnectionOptions, Effect, Input, TimerName } from '../../model/connection.js';
import type { ByteTransform } from '../../model/byte-transform.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { createConnection, isPossible, step } from '../../model/step.js';
import type { Line, LineEvent } from '../verifier/line.js';
import { decodeAtOnce, encodeAtOnce } from './deflate.js';

/** How long the timers of the model run on the virtual clock, in milliseconds. */
const durations: Readonly<Record<TimerName, number>> = {
  connect: 10_000,
  handshake: 10_000,
  close: 5_000,
  drop: 2_000,
};

/** An application on the model: what it does about each effect, as inputs. */
export type Application = (effect: Effect) => readonly Input[];

/**
 * The model at the other end of a line, in memory, on a virtual clock.
 * @param options the endpoint
 * @param application what it does about each effect
 * @param maskingKey the keys of a client, one for each frame
 */
export function memoryLine(options: ConnectionOptions, application: Application, maskingKey?: () => Uint8Array): Line {
  let clock = 0;
  const armed = new Map<TimerName, number>();
  const queue: LineEvent[] = [];
  let last: LineEvent | undefined;
  const [created, first] = createConnection(options);
  let connection: Connection = created;
  /** Of an extension in use; one that calls back at once. */
  let transform: ByteTransform | undefined;

  const finish = (event: LineEvent): void => {
    if (last !== undefined) return;
    last = event;
    queue.push(event);
  };
  const perform = (effect: Effect): void => {
    switch (effect.type) {
      case 'write-head':
        queue.push({ type: 'bytes', bytes: effect.bytes });
        break;
      case 'write-frame': {
        const { readings } = connection.settings;
        const layout = maskingKey === undefined ? {} : { maskingKey: maskingKey(), readings };
        const clear = encodeFrame(effect.frame, layout, connection.inUse.frames);
        queue.push({ type: 'bytes', bytes: transform === undefined ? clear : encodeAtOnce(transform, clear) });
        break;
      }
      case 'opened':
        transform = connection.inUse.transform?.();
        break;
      case 'decode':
        if (transform !== undefined) decodeAtOnce(transform, effect.bytes, feed);
        break;
      case 'end-transport':
        finish({ type: 'ended' });
        break;
      case 'destroy-transport':
        finish({ type: 'lost', why: 'reset' });
        break;
      case 'arm-timer':
        armed.set(effect.timer, clock + durations[effect.timer]);
        break;
      case 'disarm-timer':
        armed.delete(effect.timer);
        break;
      case 'http':
        queue.push({ type: 'bytes', bytes: notFound });
        finish({ type: 'ended' });
        break;
      case 'paused':
        feed({ type: 'continue' });
        break;
      default:
    }
    for (const input of application(effect)) if (isPossible(connection, input.type)) feed(input);
  };
  const feed = (input: Input): void => {
    const [moved, effects] = step(connection, input);
    connection = moved;
    for (const effect of effects) perform(effect);
  };

  for (const effect of first) perform(effect);
  if (options.role === 'client') feed({ type: 'transport.opened' });
  const next = (timeout: number): Promise<LineEvent> => {
    const deadline = clock + timeout;
    for (;;) {
      const ready = queue.shift() ?? last;
      if (ready !== undefined) return Promise.resolve(ready);
      const due = [...armed].filter(([, at]) => at <= deadline).sort((one, other) => one[1] - other[1])[0];
      if (due === undefined) {
        clock = deadline;
        return Promise.resolve({ type: 'silence' });
      }
      const [timer, at] = due;
      clock = at;
      armed.delete(timer);
      feed({ type: `timer.${timer}` });
    }
  };
  return {
    // Bytes are copied as a socket would, because the model keeps views of them.
    send: (bytes) => {
      feed({ type: 'bytes', bytes: bytes.slice() });
    },
    end: () => {
      feed({ type: 'transport.ended' });
    },
    destroy: () => {
      feed({ type: 'transport.lost' });
    },
    next,
    now: () => clock,
  };
}

/** What the port says to ordinary HTTP. */
const notFound = Uint8Array.from(
  'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
  (character) => character.charCodeAt(0),
);
