import { useEffect, useRef } from 'preact/hooks';
import type { World } from '../../../properties/simulation/world.js';
import { transitionsTaken } from '../arrows.js';
import { consequencesOf, hexLine, sayMove, takenBy } from '../entry.js';
import type { Move } from '../move.js';
import type { Session } from '../session.js';
import { addressOfTransition } from '../../address.js';
import { ClauseLink } from './clause-link.js';

/** Everything that happened, with what followed from it. */
export function RunTrace({ session }: { readonly session: Session }) {
  const { moves, worlds } = session;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [session]);
  return (
    <section aria-labelledby="panel-trace">
      <h3 id="panel-trace">What happened</h3>
      {moves.length === 0 ? (
        <p class="quiet">Nothing yet. Press "TCP is opened", or let the opening handshake be done.</p>
      ) : null}
      <div class="log" ref={box} role="region" aria-label="What happened" tabIndex={0} hidden={moves.length === 0}>
        <ol class="trace">
          {moves.map((move, index) => {
            const before = worlds[index];
            const after = worlds[index + 1];
            if (before === undefined || after === undefined) return null;
            return <Entry key={index} session={session} index={index} move={move} before={before} after={after} />;
          })}
        </ol>
      </div>
    </section>
  );
}

function Entry({
  session,
  index,
  move,
  before,
  after,
}: {
  readonly session: Session;
  readonly index: number;
  readonly move: Move;
  readonly before: World;
  readonly after: World;
}) {
  const taken = takenBy(before, after);
  const bytes = taken?.step.input.type === 'bytes' ? taken.step.input.bytes : undefined;
  const arrows = transitionsTaken(session, index);
  return (
    <li>
      {sayMove(move, before)}
      {bytes === undefined ? null : (
        <div class="octets">
          <code>{hexLine(bytes, 32)}</code>
        </div>
      )}
      {taken === undefined ? null : (
        <ul>
          {consequencesOf(taken).map(({ says, clause }, at) => (
            <li key={at}>
              The {taken.role} {says}
              {clause === undefined ? null : (
                <>
                  {' '}
                  <ClauseLink id={clause} />
                </>
              )}
            </li>
          ))}
          {arrows.length === 0 ? null : (
            <li>
              Taken:{' '}
              {arrows.map(({ id }, at) => (
                <span key={at}>
                  {at === 0 ? '' : ', '}
                  <a href={addressOfTransition(taken.role, id)}>
                    <code>{id}</code>
                  </a>
                </span>
              ))}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}
