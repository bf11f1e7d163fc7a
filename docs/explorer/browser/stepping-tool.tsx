import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { transitionsTaken } from '../arrows.js';
import { sayMove, takenBy } from '../entry.js';
import type { Move } from '../move.js';
import {
  makeMove,
  makeMoves,
  mostMoves,
  openingMoves,
  redo,
  type Session,
  startSession,
  undo,
  worldOf,
} from '../session.js';
import { type Restored, restoreRun, shareRun } from '../share.js';
import { Action } from './action.js';
import { EndpointPanel } from './endpoint-panel.js';
import { readHash, writeHash } from './hash.js';
import { light } from './lit-diagram.js';
import { RunSharing } from './run-sharing.js';
import { RunTrace } from './run-trace.js';
import { SettingsPanel } from './settings-panel.js';
import { WirePanel } from './wire-panel.js';

const roles = ['client', 'server'] as const;

/** The run that the address tells, and what is to be said of it. */
function runOfAddress(): { readonly session: Session; readonly says: string } | undefined {
  const told = readHash('run');
  if (told === undefined) return undefined;
  const { session, wrong }: Restored = restoreRun(told);
  const count = `${session.moves.length} of its moves`;
  if (wrong === undefined) return { session, says: `The run of the address is here: ${session.moves.length} moves.` };
  return { session, says: `The address cannot be followed: ${wrong}. ${count} are shown.` };
}

/** The tool that lets a client and a server step. */
export function SteppingTool() {
  const [{ session, says }, set] = useState(
    () => runOfAddress() ?? { session: startSession(), says: 'Nothing has happened yet: TCP is being opened.' },
  );
  const move = (next: Move): void => {
    const made = makeMove(session, next);
    if (made.ok) set({ session: made.session, says: `${sayMove(next, worldOf(session))} ${statesOf(made.session)}` });
    else set({ session, says: `Not possible: ${made.says}.` });
  };
  useLayoutEffect(() => {
    const isNew = session.moves.length === 0 && readHash('run') === undefined;
    if (!isNew) writeHash('run', shareRun(session));
    for (const role of roles) light(role, worldOf(session).endpoints[role].connection.state, takenLast(session, role));
  }, [session]);
  useEffect(() => {
    const follow = (): void => {
      const told = runOfAddress();
      if (told !== undefined && readHash('run') !== shareRun(session)) set(told);
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, [session]);
  return (
    <div class="tool">
      <div class="bar" role="group" aria-label="The run">
        <Action
          isPossible={session.moves.length > 0}
          onClick={() => {
            set({ session: undo(session), says: `Undone. ${statesOf(undo(session))}` });
          }}
        >
          Undo
        </Action>
        <Action
          isPossible={session.undone.length > 0}
          onClick={() => {
            set({ session: redo(session), says: `Done again. ${statesOf(redo(session))}` });
          }}
        >
          Redo
        </Action>
        <Action
          isPossible={session.moves.length > 0}
          onClick={() => {
            set({ session: startSession(session.settings), says: 'Back at the start.' });
          }}
        >
          Start again
        </Action>
        <Action
          isPossible={session.moves.length === 0}
          onClick={() => {
            const open = makeMoves(session, openingMoves);
            set({
              session: open,
              says: `The opening handshake is done in ${openingMoves.length} moves. ${statesOf(open)}`,
            });
          }}
        >
          Do the opening handshake
        </Action>
        <span class="quiet">
          {session.moves.length} of at most {mostMoves} moves
        </span>
      </div>
      <p role="status" class="outcome">
        {says}
      </p>
      <Joined session={session} onMove={move} />
      <Pictures />
      <SettingsPanel
        settings={session.settings}
        onChange={(settings) => {
          set({
            session: makeMoves(startSession(settings), session.moves),
            says: 'The settings are changed; the moves are made again as far as they go.',
          });
        }}
      />
      <RunTrace session={session} />
      <RunSharing session={session} />
    </div>
  );
}

function statesOf(session: Session): string {
  const { client, server } = worldOf(session).endpoints;
  return `The client is ${client.connection.state}, the server ${server.connection.state}.`;
}

/** The transitions of the last move, where it was this role that took a step. */
function takenLast(session: Session, role: (typeof roles)[number]) {
  const [before, after] = session.worlds.slice(-2);
  const isOwn = before !== undefined && after !== undefined && takenBy(before, after)?.role === role;
  return isOwn ? transitionsTaken(session, session.moves.length - 1) : [];
}

/** The pictures of the page, which stand behind the tool until it takes them in. */
function Pictures() {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const pictures = document.getElementById('pictures');
    if (pictures !== null) place.current?.append(pictures);
  }, []);
  return <div ref={place} />;
}

/** Both endpoints with what is between them. */
function Joined({ session, onMove }: { readonly session: Session; readonly onMove: (move: Move) => void }) {
  const world = worldOf(session);
  return (
    <div class="joined">
      <EndpointPanel role="client" world={world} onMove={onMove} />
      <WirePanel world={world} onMove={onMove} />
      <EndpointPanel role="server" world={world} onMove={onMove} />
    </div>
  );
}
