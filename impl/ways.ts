import type { Socket } from 'node:net';
import type { ByteTransform } from '../model/byte-transform.js';
import type { Connection, Input } from '../model/connection.js';
import { isClosed } from '../model/state-id.js';
import { isPossible } from '../model/step.js';
import { createInbound, type Inbound } from './inbound.js';
import { createOutbound, type Outbound } from './outbound.js';
import { createPacing } from './pacing.js';
import { listenTo } from './socket-events.js';
import type { Watcher } from './watcher.js';

/** Received bytes are not read while more than this waits to be written: the sender has to wait. */
const pauseAbove = 1024 * 1024;

/** The way in and the way out of a connection, and which of them has to wait for the other. */
export interface Ways {
  /** From here on the bytes of the connection come and go by this socket. */
  readonly attach: (socket: Socket) => void;
  /** Leaves the socket to somebody else. */
  readonly detach: () => void;
  readonly write: (bytes: Uint8Array) => void;
  /** Ends the local direction behind everything written. */
  readonly end: () => void;
  readonly destroy: () => void;
  /** From here on the stream is transformed, in both directions. */
  readonly transformBy: (transform: ByteTransform | undefined) => void;
  readonly decode: (bytes: Uint8Array) => void;
  /** Sends a sequence of frames, each no sooner than the system has room for it. */
  readonly sendPaced: (sends: Iterator<() => void>) => void;
  /** Whether bytes behind a message have to wait until what is paced has gone out; then the model goes on by itself. */
  readonly holdsBack: () => boolean;
  /** Lets the sender go on, or wait, after the connection has moved on. */
  readonly readOn: () => void;
  /** Gives up what is not decoded yet, for nobody will look at it. */
  readonly discard: () => void;
}

/** What the two ways have to know of the connection. */
export interface WaysSurroundings {
  readonly watcher: Watcher;
  /** Milliseconds for which the other side may take nothing of what waits for it. */
  readonly writeTimeout: number;
  readonly connection: () => Connection;
  /** Whether effects are being performed: until that is over nothing is read. */
  readonly isPerforming: () => boolean;
  /** Takes what happens. */
  readonly feed: (input: Input) => void;
}

/** Both ways of a connection that has no socket yet. */
export function createWays(surroundings: WaysSurroundings): Ways {
  const { watcher, writeTimeout, connection, isPerforming, feed } = surroundings;
  let socket: Socket | undefined;
  let outbound: Outbound | undefined;
  let unlisten: (() => void) | undefined;
  /** The way in, once an extension in use transforms the stream. */
  let inbound: Inbound | undefined;
  let transform: ByteTransform | undefined;
  let isHeldBack = false;

  const pacing = createPacing({
    maySend: () => isPossible(connection(), 'local.send'),
    isFull: () => outbound?.isFull() === true,
    onIdle: () => {
      if (isHeldBack) {
        isHeldBack = false;
        feed({ type: 'continue' });
      }
      readOn();
    },
  });

  /** Whether the connection can deal with what comes: its own output has not to wait too long. */
  const mayRead = (): boolean =>
    !isPerforming() && !isHeldBack && !pacing.isBusy() && (outbound?.waiting() ?? 0) <= pauseAbove;

  const readOn = (): void => {
    if (socket === undefined || isPerforming()) return;
    if (!mayRead()) {
      socket.pause();
      return;
    }
    inbound?.goOn();
    if (inbound?.isIdle() === false) socket.pause();
    else socket.resume();
  };

  /** Runs an event of TCP behind the bytes that came before it and are still being decoded. */
  const behindBytes = (event: () => void): void => {
    if (inbound === undefined) event();
    else inbound.behind(event);
  };

  const transformBy = (by: ByteTransform | undefined): void => {
    transform = by;
    if (by === undefined) return;
    outbound?.encodeBy(by);
    inbound = createInbound(by, {
      mayRead,
      onClear: (bytes) => {
        feed({ type: 'decoded', bytes });
      },
      onWrong: (says) => {
        feed({ type: 'undecodable', says });
      },
      onIdle: () => {
        if (mayRead()) socket?.resume();
      },
    });
  };

  const attach = (opened: Socket): void => {
    socket = opened;
    const out = createOutbound(opened, writeTimeout, {
      onBytes: (bytes) => {
        watcher.onBytes?.('local', bytes);
      },
      onRoom: () => {
        pacing.onRoom();
        if (!pacing.isBusy()) readOn();
      },
      onStall: () => {
        // Behind the end of the connection what was written last may still wait.
        if (isClosed(connection().state)) opened.destroy();
        else feed({ type: 'local.drop' });
      },
    });
    outbound = out;
    opened.setNoDelay(true);
    unlisten = listenTo(opened, {
      onBytes: (bytes) => {
        watcher.onBytes?.('remote', bytes);
        feed({ type: 'bytes', bytes });
      },
      onDrain: out.onDrain,
      onEnded: () => {
        watcher.onTransport?.('ended');
        behindBytes(() => {
          feed({ type: 'transport.ended' });
        });
      },
      onLost: () => {
        watcher.onTransport?.('lost');
        out.release();
        // Nobody makes room any more; TCP alone would lose what was not read for want of it as well.
        if (!mayRead()) inbound?.discard();
        behindBytes(() => {
          feed({ type: 'transport.lost' });
          // Not sooner: what is being decoded would never be done with, and the end behind it would not be told.
          transform?.close();
        });
      },
    });
  };

  return {
    attach,
    detach: () => {
      unlisten?.();
      outbound?.release();
      socket = undefined;
      outbound = undefined;
    },
    write: (bytes) => {
      outbound?.write(bytes);
    },
    end: () => {
      outbound?.end();
    },
    destroy: () => {
      socket?.destroy();
    },
    transformBy,
    decode: (bytes) => {
      inbound?.decode(bytes);
    },
    sendPaced: (sends) => {
      socket?.pause();
      pacing.add(sends);
    },
    holdsBack: () => (isHeldBack = pacing.isBusy()),
    readOn,
    discard: () => {
      inbound?.discard();
    },
  };
}
