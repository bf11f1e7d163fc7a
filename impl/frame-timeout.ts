import type { Socket } from 'node:net';
import { isBetweenFrames } from '../model/frame-decoder.js';
import { statusCodes } from '../spec/status-codes.js';
import type { Endpoint } from './endpoint.js';
import type { Watcher } from './watcher.js';

/** Ends a connection on which a frame takes too long to come. */
export interface FrameGuard {
  /** Sees what passes, and passes it on to the watcher that it was given. */
  readonly watcher: Watcher;
  /** To be told of the endpoint that it guards. */
  readonly onEndpoint: (endpoint: Endpoint) => void;
}

/**
 * Guards against frames that trickle: a choice of ours, which the text neither asks for nor forbids. The closing
 * handshake begins with 1001; its answer would stand behind the rest of the frame, so that the timers of the end count.
 * Time in which the endpoint itself does not read does not count.
 * @param after milliseconds from the first byte of a frame; noticed at the latest when twice as many have passed
 */
export function guardFrames(socket: Socket, after: number | undefined, inner: Watcher): FrameGuard {
  if (after === undefined) return { watcher: inner, onEndpoint: () => undefined };
  let endpoint: Endpoint | undefined;
  let timer: NodeJS.Timeout | undefined;
  let offset = -1;

  const arm = (): void => {
    offset = endpoint?.connection().decoder.offset ?? 0;
    timer = setTimeout(look, after);
  };
  const look = (): void => {
    timer = undefined;
    if (endpoint?.phase() !== 'open') return;
    const { decoder } = endpoint.connection();
    if (isBetweenFrames(decoder)) return;
    if (decoder.offset !== offset || socket.isPaused()) arm();
    else endpoint.close({ status: statusCodes.goingAway, reason: 'a frame takes too long' });
  };
  return {
    watcher: {
      ...inner,
      onBytes: (from, bytes) => {
        if (from === 'remote' && timer === undefined && endpoint?.phase() === 'open') arm();
        inner.onBytes?.(from, bytes);
      },
      onTransport: (how) => {
        if (how === 'lost') clearTimeout(timer);
        inner.onTransport?.(how);
      },
    },
    onEndpoint: (started) => {
      endpoint = started;
    },
  };
}
