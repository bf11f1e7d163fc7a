/** How long the other side may take nothing of what waits for it, in milliseconds, unless told otherwise. */
export const defaultWriteTimeout = 60_000;

/** Notices that the other side takes nothing although something waits for it. */
export interface WriteTimeout {
  /** Something waits. */
  readonly onWaiting: () => void;
  /** The system has taken something. */
  readonly onTaken: () => void;
  readonly stop: () => void;
}

/**
 * Guards what waits to be written. A choice of ours: a peer that never reads costs no more than what waits for it, but
 * for ever. With keep-alive of TCP alone it would stay, for its system answers.
 * @param after milliseconds; `Infinity` waits for ever
 */
export function createWriteTimeout(after: number, isWaiting: () => boolean, onStall: () => void): WriteTimeout {
  let timer: NodeJS.Timeout | undefined;
  let takenAt = 0;
  const arm = (milliseconds: number): void => {
    timer = setTimeout(look, milliseconds);
    timer.unref();
  };
  const look = (): void => {
    timer = undefined;
    if (!isWaiting()) return;
    const left = takenAt + after - Date.now();
    if (left > 0) arm(left);
    else onStall();
  };
  return {
    onWaiting: () => {
      if (timer !== undefined || !Number.isFinite(after)) return;
      takenAt = Date.now();
      arm(after);
    },
    onTaken: () => {
      takenAt = Date.now();
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}
