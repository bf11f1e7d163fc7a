/** Frames that are sent before other connections get their turn. */
const pacedBatch = 64;

/** Sequences of frames, each sent no sooner than the system has room for it. */
export interface Pacing {
  readonly add: (sends: Iterator<() => void>) => void;
  /** Whether something is left to send. */
  readonly isBusy: () => boolean;
  /** There may be room again. */
  readonly onRoom: () => void;
}

export interface PacingSurroundings {
  /** Whether anything may be sent at all; what is left is dropped otherwise. */
  readonly maySend: () => boolean;
  readonly isFull: () => boolean;
  /** The last sequence is over. */
  readonly onIdle: () => void;
}

/** Sends sequences one after the other, a batch at a time, so that other connections get their turn. */
export function createPacing({ maySend, isFull, onIdle }: PacingSurroundings): Pacing {
  const paced: Iterator<() => void>[] = [];
  let isComingBack = false;

  const comeBack = (): void => {
    if (isComingBack) return;
    isComingBack = true;
    setImmediate(sendMore);
  };

  const sendMore = (): void => {
    isComingBack = false;
    if (!maySend()) paced.length = 0;
    for (let sent = 0; sent < pacedBatch && !isFull(); sent++) {
      const next = paced[0]?.next();
      if (next === undefined) break;
      if (next.done === true) paced.shift();
      else next.value();
    }
    if (paced.length === 0) onIdle();
    // Otherwise `onRoom` comes back.
    else if (!isFull()) comeBack();
  };

  return {
    add: (sends) => {
      paced.push(sends);
      comeBack();
    },
    isBusy: () => paced.length > 0,
    onRoom: () => {
      if (paced.length > 0) comeBack();
    },
  };
}
