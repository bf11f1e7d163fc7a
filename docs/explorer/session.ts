import type { World } from '../../properties/simulation/world.js';
import { type Move, startWorld, takeMove } from './move.js';
import { initialSettings, type Settings } from './settings.js';

/*
 * The state of the explorer: the moves made, the world behind each of them, and what was undone. Every function takes a
 * session and yields another.
 */

/** What happened so far, and what was taken back. */
export interface Session {
  readonly settings: Settings;
  readonly moves: readonly Move[];
  /** One more than there are moves: the first is the start. */
  readonly worlds: readonly [World, ...World[]];
  /** Moves that were undone, the next to do again first. */
  readonly undone: readonly Move[];
}

/** Moves that a session takes; more do not help anybody to see. */
export const mostMoves = 500;

/** A session, or the reason why there is none. */
export type SessionOrRefusal =
  { readonly ok: true; readonly session: Session } | { readonly ok: false; readonly says: string };

/** A session before its first move. */
export function startSession(settings: Settings = initialSettings): Session {
  return { settings, moves: [], worlds: [startWorld(settings)], undone: [] };
}

/** The world as it is now. */
export function worldOf({ worlds }: Session): World {
  return worlds.at(-1) ?? worlds[0];
}

/** Makes a move. What was undone can then not be done again. */
export function makeMove(session: Session, move: Move): SessionOrRefusal {
  if (session.moves.length >= mostMoves) {
    return { ok: false, says: `a run has at most ${mostMoves} moves: undo some, or start again` };
  }
  try {
    const world = takeMove(worldOf(session), move);
    const moves = [...session.moves, move];
    return { ok: true, session: { ...session, moves, worlds: [...session.worlds, world], undone: [] } };
  } catch (error) {
    // Misuse by the local caller is all that the model throws; anything else is a defect and is not hidden.
    if (error instanceof RangeError) return { ok: false, says: error.message };
    throw error;
  }
}

/** Makes moves in order, as far as they go. */
export function makeMoves(session: Session, moves: readonly Move[]): Session {
  let now = session;
  for (const move of moves) {
    const made = makeMove(now, move);
    if (!made.ok) return now;
    now = made.session;
  }
  return now;
}

/** Takes the last move back, if there is one. */
export function undo(session: Session): Session {
  const last = session.moves.at(-1);
  if (last === undefined) return session;
  const [start, ...later] = session.worlds;
  return {
    ...session,
    moves: session.moves.slice(0, -1),
    worlds: [start, ...later.slice(0, -1)],
    undone: [last, ...session.undone],
  };
}

/** Makes the move again that was undone last, if there is one. */
export function redo(session: Session): Session {
  const [next, ...later] = session.undone;
  if (next === undefined) return session;
  const made = makeMove(session, next);
  return made.ok ? { ...made.session, undone: later } : session;
}

/** The moves of a whole opening handshake. */
export const openingMoves: readonly Move[] = [
  { type: 'connect' },
  { type: 'deliver', to: 'server' },
  { type: 'act', at: 'server', input: { type: 'local.accept', acceptance: { subprotocol: 'chat' } } },
  { type: 'deliver', to: 'client' },
];
