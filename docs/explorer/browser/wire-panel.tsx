import { useState } from 'preact/hooks';
import { hexOf } from '../../../model/explain.js';
import { otherRole, type Role } from '../../../model/role.js';
import type { World } from '../../../properties/simulation/world.js';
import { hexLine } from '../entry.js';
import { framesWritten, isMovePossible, maskingKeyOf, type Move } from '../move.js';
import { readOctets } from '../octets-input.js';
import { Action } from './action.js';

interface Wire {
  readonly world: World;
  readonly onMove: (move: Move) => void;
}

const shown = 64;

/** What is between the two: TCP, and what is on the way in each direction. */
export function WirePanel({ world, onMove }: Wire) {
  const written = framesWritten(world, 'client');
  return (
    <section class="between" aria-labelledby="panel-wire">
      <h3 id="panel-wire">The wire</h3>
      <fieldset>
        <legend>TCP</legend>
        <MoveButton move={{ type: 'connect' }} world={world} onMove={onMove}>
          TCP is opened
        </MoveButton>
        <MoveButton move={{ type: 'refuse' }} world={world} onMove={onMove}>
          It cannot be opened
        </MoveButton>
      </fieldset>
      <Direction to="server" world={world} onMove={onMove} />
      <Direction to="client" world={world} onMove={onMove} />
      <p class="quiet">
        The next masking key is <code>{hexOf(maskingKeyOf(written))}</code>, number {written + 1} of a counter, so that
        a run can be repeated. A real client takes random ones.
      </p>
    </section>
  );
}

function MoveButton({
  move,
  label,
  world,
  onMove,
  children,
}: Wire & { readonly move: Move; readonly label?: string; readonly children: string | readonly (string | number)[] }) {
  return (
    <Action
      isPossible={isMovePossible(world, move)}
      {...(label === undefined ? {} : { label })}
      onClick={() => {
        onMove(move);
      }}
    >
      {children}
    </Action>
  );
}

/** What an end of a direction means to its reader. */
const ends = {
  open: '',
  ended: 'Behind that, this direction of TCP ends.',
  lost: 'Behind that, TCP is broken.',
  over: 'Nothing more will be read.',
} as const;

function Direction({ to, world, onMove }: Wire & { readonly to: Role }) {
  const { bytes, end } = world.towards[to];
  const [count, setCount] = useState('1');
  const [hex, setHex] = useState(to === 'server' ? '8a 05' : '8a 00');
  const read = world.endpoints[to].history.reduce(
    (sum, { input }) => sum + (input.type === 'bytes' ? input.bytes.length : 0),
    0,
  );
  const own = readOctets(hex, 'hex');
  const number = Math.max(1, Math.floor(Number(count)) || 1);
  const error = own.ok ? '' : `Character ${own.at + 1}: ${own.says}.`;
  return (
    <fieldset class="direction">
      <legend>On the way to the {to}</legend>
      <p>
        {bytes.length} octets wait, {read} were read. {ends[end]}
      </p>
      {bytes.length === 0 ? null : (
        <p class="octets">
          <code>{hexLine(bytes, shown)}</code>
        </p>
      )}
      <MoveButton move={{ type: 'deliver', to }} world={world} onMove={onMove}>
        {bytes.length > 0 || end === 'open' || end === 'over'
          ? `Deliver all to the ${to}`
          : `Deliver the end to the ${to}`}
      </MoveButton>
      <label>
        Octets
        <input
          type="number"
          min="1"
          value={count}
          onInput={({ currentTarget }) => {
            setCount(currentTarget.value);
          }}
        />
      </label>
      <MoveButton
        label={`Deliver the first ${number} to the ${to}`}
        move={{ type: 'deliver', to, count: number }}
        world={world}
        onMove={onMove}
      >
        Deliver the first {number}
      </MoveButton>
      <details>
        <summary>Trouble on the way to the {to}</summary>
        <label>
          Octets of your own, in hexadecimal
          <input
            type="text"
            maxLength={3000}
            value={hex}
            aria-invalid={own.ok ? undefined : 'true'}
            aria-describedby={`own-${to}`}
            onInput={({ currentTarget }) => {
              setHex(currentTarget.value);
            }}
          />
        </label>
        <p id={`own-${to}`} class="refusal" hidden={own.ok}>
          {error}
        </p>
        <Action
          isPossible={own.ok && own.bytes.length > 0 && isMovePossible(world, { type: 'inject', to, bytes: own.bytes })}
          onClick={() => {
            if (own.ok) onMove({ type: 'inject', to, bytes: own.bytes });
          }}
        >
          Put them on the way to the {to}
        </Action>
        <MoveButton move={{ type: 'half-close', from: otherRole(to) }} world={world} onMove={onMove}>
          End the way to the {to}
        </MoveButton>
        <MoveButton move={{ type: 'lose', at: to }} world={world} onMove={onMove}>
          TCP breaks for the {to}
        </MoveButton>
      </details>
    </fieldset>
  );
}
