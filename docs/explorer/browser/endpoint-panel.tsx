import { useState } from 'preact/hooks';
import type { CloseReason } from '../../../model/close-body.js';
import type { TimerName } from '../../../model/connection.js';
import type { Role } from '../../../model/role.js';
import { encodeUtf8 } from '../../../model/utf8.js';
import type { World } from '../../../properties/simulation/world.js';
import { addressOfState } from '../../address.js';
import { graphs } from '../arrows.js';
import { isMovePossible, type LocalInput, type Move } from '../move.js';
import { Action } from './action.js';

interface Panel {
  readonly role: Role;
  readonly world: World;
  readonly onMove: (move: Move) => void;
}

const timers: Readonly<Record<Role, readonly TimerName[]>> = {
  client: ['connect', 'handshake', 'close', 'drop'],
  server: ['handshake', 'close', 'drop'],
};

/** An endpoint: its state, what its application can do, and its timers. */
export function EndpointPanel({ role, world, onMove }: Panel) {
  const { state, closeSent, closeReceived } = world.endpoints[role].connection;
  const says = graphs[role].states.find(({ path }) => path === state)?.says ?? '';
  const can = (input: LocalInput): boolean => isMovePossible(world, { type: 'act', at: role, input });
  const act = (input: LocalInput): void => {
    onMove({ type: 'act', at: role, input });
  };
  return (
    <section class="endpoint" aria-labelledby={`panel-${role}`}>
      <h3 id={`panel-${role}`}>{role === 'client' ? 'Client' : 'Server'}</h3>
      <p class="state">
        <a href={addressOfState(role, state)}>
          <code>{state}</code>
        </a>
      </p>
      <p>{says}</p>
      <p class="quiet">
        {sayClose('Close sent', closeSent)}
        {sayClose('Close received', closeReceived)}
      </p>
      {role === 'server' ? <Deciding can={can} act={act} /> : null}
      <Sending role={role} can={can} act={act} />
      <Closing role={role} can={can} act={act} />
      <fieldset>
        <legend>Timers of the {role}</legend>
        {timers[role].map((timer) => {
          const move: Move = { type: 'fire', at: role, timer };
          return (
            <Action
              key={timer}
              isPossible={isMovePossible(world, move)}
              label={`${timer} fires, a timer of the ${role}`}
              onClick={() => {
                onMove(move);
              }}
            >
              {timer} fires
            </Action>
          );
        })}
      </fieldset>
    </section>
  );
}

function sayClose(what: string, close: CloseReason | undefined): string {
  if (close === undefined) return '';
  const { status, reason = '' } = close;
  return `${what}: ${status ?? 'no status code'}${reason === '' ? '' : ` ${JSON.stringify(reason)}`}. `;
}

interface Acting {
  readonly can: (input: LocalInput) => boolean;
  readonly act: (input: LocalInput) => void;
}

function Deciding({ can, act }: Acting) {
  const [subprotocol, choose] = useState('chat');
  const [status, setStatus] = useState('404');
  const acceptance = subprotocol === '' ? {} : { subprotocol };
  const rejection = { status: Number(status), reason: 'Rejected' };
  return (
    <fieldset>
      <legend>Decide on the request</legend>
      <label>
        Subprotocol
        <select
          value={subprotocol}
          onChange={({ currentTarget }) => {
            choose(currentTarget.value);
          }}
        >
          <option value="chat">chat</option>
          <option value="superchat">superchat</option>
          <option value="">none</option>
        </select>
      </label>
      <Action
        isPossible={can({ type: 'local.accept', acceptance })}
        onClick={() => {
          act({ type: 'local.accept', acceptance });
        }}
      >
        Accept
      </Action>
      <label>
        HTTP status
        <input
          type="number"
          min="300"
          max="599"
          value={status}
          onInput={({ currentTarget }) => {
            setStatus(currentTarget.value);
          }}
        />
      </label>
      <Action
        isPossible={can({ type: 'local.reject', rejection })}
        onClick={() => {
          act({ type: 'local.reject', rejection });
        }}
      >
        Reject
      </Action>
    </fieldset>
  );
}

function Sending({ role, can, act }: Acting & { readonly role: Role }) {
  const [text, setText] = useState('Hello');
  const [isMore, setMore] = useState(false);
  const send = (kind: 'text' | 'binary'): LocalInput => ({
    type: 'local.send',
    kind,
    data: encodeUtf8(text),
    fin: !isMore,
  });
  const ping: LocalInput = { type: 'local.ping', body: encodeUtf8(text) };
  return (
    <fieldset>
      <legend>Send from the {role}</legend>
      <label>
        Text
        <input
          type="text"
          maxLength={2000}
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
          }}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={isMore}
          onChange={({ currentTarget }) => {
            setMore(currentTarget.checked);
          }}
        />
        a fragment: more follows
      </label>
      {(['text', 'binary'] as const).map((kind) => (
        <Action
          key={kind}
          isPossible={can(send(kind))}
          label={`Send as ${kind} from the ${role}`}
          onClick={() => {
            act(send(kind));
          }}
        >
          Send as {kind}
        </Action>
      ))}
      <Action
        isPossible={can(ping)}
        label={`Ping from the ${role}`}
        onClick={() => {
          act(ping);
        }}
      >
        Ping
      </Action>
    </fieldset>
  );
}

function Closing({ role, can, act }: Acting & { readonly role: Role }) {
  const [status, setStatus] = useState('1000');
  const [reason, setReason] = useState('');
  const close: CloseReason =
    status.trim() === '' ? {} : { status: Number(status), ...(reason === '' ? {} : { reason }) };
  return (
    <fieldset>
      <legend>Close from the {role}</legend>
      <label>
        Status code, or nothing
        <input
          type="text"
          inputMode="numeric"
          maxLength={5}
          value={status}
          onInput={({ currentTarget }) => {
            setStatus(currentTarget.value.replace(/\D/g, ''));
          }}
        />
      </label>
      <label>
        Reason
        <input
          type="text"
          maxLength={130}
          value={reason}
          onInput={({ currentTarget }) => {
            setReason(currentTarget.value);
          }}
        />
      </label>
      <Action
        isPossible={can({ type: 'local.close', close })}
        label={`Close from the ${role}`}
        onClick={() => {
          act({ type: 'local.close', close });
        }}
      >
        Close
      </Action>
      <Action
        isPossible={can({ type: 'local.answer' })}
        label={`Answer the Close from the ${role}`}
        onClick={() => {
          act({ type: 'local.answer' });
        }}
      >
        Answer the Close
      </Action>
      <Action
        isPossible={can({ type: 'local.drop' })}
        label={`Drop the connection of the ${role}`}
        onClick={() => {
          act({ type: 'local.drop' });
        }}
      >
        Drop
      </Action>
    </fieldset>
  );
}
