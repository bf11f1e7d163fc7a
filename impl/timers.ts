import type { TimerName } from '../model/connection.js';

/** How long each timer of the model runs, in milliseconds. */
export type Durations = Readonly<Record<TimerName, number>>;

export const defaultDurations: Durations = { connect: 10_000, handshake: 10_000, close: 5_000, drop: 2_000 };

/** The timers of one connection. */
export interface Timers {
  readonly arm: (timer: TimerName) => void;
  readonly disarm: (timer: TimerName) => void;
  /** Stops a timer that stays armed: it runs anew when it is restarted. */
  readonly hold: (timer: TimerName) => void;
  /** Lets a timer run its whole time again, if it is armed. */
  readonly restart: (timer: TimerName) => void;
}

/** Timers that are told to whoever runs the connection when they are over. */
export function createTimers(durations: Durations, onTimer: (timer: TimerName) => void): Timers {
  const armed = new Map<TimerName, NodeJS.Timeout>();
  const arm = (timer: TimerName): void => {
    const run = (): void => {
      armed.delete(timer);
      onTimer(timer);
    };
    armed.set(timer, setTimeout(run, durations[timer]));
  };
  const hold = (timer: TimerName): void => {
    clearTimeout(armed.get(timer));
  };
  return {
    arm,
    hold,
    disarm: (timer) => {
      hold(timer);
      armed.delete(timer);
    },
    restart: (timer) => {
      hold(timer);
      if (armed.has(timer)) arm(timer);
    },
  };
}
