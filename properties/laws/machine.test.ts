import { expect, test } from 'vitest';
import { isClauseId } from '../../spec/clauses.js';
import { readings } from '../../spec/readings.js';
import {
  type MachineAction,
  machineActions,
  type MachineContext,
  machineEvents,
  machineGuards,
  type Meaning,
} from '../../model/machine-setup.js';
import { otherRole, type Role } from '../../model/role.js';
import { isClosed, phaseOf, type StateId, stateIdOf, stateIds, stateValueOf } from '../../model/state-id.js';
import {
  allContexts,
  firstActions,
  reachedStates,
  statesOf,
  transitionsOf,
  type Vertex,
} from '../simulation/machine-walk.js';
import { law } from './law.js';

const roles: readonly Role[] = ['client', 'server'];
const walks = roles.flatMap((role) =>
  allContexts.map((context) => ({ role, context, vertices: reachedStates(role, context) })),
);

function verticesOf(role: Role): readonly Vertex[] {
  return walks.filter((walk) => walk.role === role).flatMap(({ vertices }) => vertices);
}

type Edge = Vertex['edges'][number];

/** What a path through a machine has done so far, of what matters later on. */
interface Trail {
  readonly state: StateId;
  readonly done: readonly MachineAction[];
}

const matters = /^(?:reportOpen|reportHttp|reportClosed?|sendClose\w*|answerClose|endTransport\w*|destroyTransport)$/;

const closes: readonly MachineAction[] = ['sendClose', 'answerClose', 'sendCloseForViolation'];
const ends: readonly MachineAction[] = ['endTransport', 'endTransportInTurn', 'endTransportLast', 'destroyTransport'];

/** Whether TCP ends in one direction alone, and the connection goes on in the other (reading R-713). */
function isHalfClose(state: StateId, { event }: Edge, { endsWithOne }: MachineContext): boolean {
  return state === 'open' && event === 'transport.ended' && !endsWithOne;
}

/**
 * Follows every path, with loops taken once: two trails are the same when they stand in the same state and have done
 * the same things, whatever the order.
 */
function trailsOf(role: Role, visit: (trail: Trail, edge: Edge, context: MachineContext) => void): number {
  let count = 0;
  for (const { role: walked, context, vertices } of walks) {
    if (walked !== role) continue;
    const start = vertices[0]?.state;
    if (start === undefined) throw new Error('a walk has a first state');
    const seen = new Set<string>();
    const waiting: Trail[] = [{ state: start, done: [] }];
    for (let trail = waiting.pop(); trail !== undefined; trail = waiting.pop()) {
      const key = `${trail.state} ${[...trail.done].sort().join()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      count++;
      const { state, done } = trail;
      for (const edge of vertices.find((vertex) => vertex.state === state)?.edges ?? []) {
        visit(trail, edge, context);
        const more = edge.actions.filter((action) => matters.test(action));
        waiting.push({ state: edge.next, done: [...new Set([...done, ...more])] });
      }
    }
  }
  return count;
}

test('every state is reached, and no other than those that have an id', () => {
  for (const role of roles) {
    const leaves = statesOf(role).filter(({ type }) => type === 'atomic' || type === 'final');
    const ids = [...stateIds[role]].sort();
    expect(leaves.map(({ path }) => path).sort()).toEqual(ids);
    expect([...new Set(verticesOf(role).map(({ state }) => state))].sort()).toEqual(ids);
  }
});

test('every transition is taken under some choices', () => {
  for (const role of roles) {
    const taken = new Set(verticesOf(role).flatMap(({ edges }) => edges.map(({ definition }) => definition)));
    const transitions = transitionsOf(role);
    const names = (all: typeof transitions) => all.map(({ source, eventType }) => `${source.id} on ${eventType}`);
    expect(names(transitions.filter((definition) => !taken.has(definition)))).toEqual([]);
    expect(taken.size).toBe(transitions.length);
  }
});

test('every state and every transition says what it means, and by which clause', () => {
  for (const role of roles) {
    const transitions = transitionsOf(role).map(({ source, eventType, meta }) => ({
      id: `${source.id} on ${eventType}`,
      meta: meta as Meaning | undefined,
    }));
    for (const { id, meta } of [...statesOf(role), ...transitions]) {
      expect(meta?.says, id).toMatch(/^[A-Z].*\.$/);
      expect(meta?.clauses.length, id).toBeGreaterThan(0);
      expect(meta?.clauses.every(isClauseId), id).toBe(true);
    }
  }
});

test('every guard is explained, and stands for its reading', () => {
  const guards = roles.flatMap((role) => transitionsOf(role).flatMap(({ guard }) => guard ?? []));
  expect(new Set(guards)).toEqual(new Set(Object.keys(machineGuards)));
  for (const { says, clauses, reading } of Object.values(machineGuards)) {
    expect(says).not.toBe('');
    expect(clauses.length).toBeGreaterThan(0);
    expect(clauses.every(isClauseId)).toBe(true);
    if (reading !== undefined) expect(Object.keys(readings)).toContain(reading);
  }
});

test('every event and every action of the vocabulary is used', () => {
  const edges = roles.flatMap((role) => verticesOf(role).flatMap((vertex) => vertex.edges));
  expect(new Set(edges.map(({ event }) => event))).toEqual(new Set(Object.keys(machineEvents)));
  const first = walks.flatMap(({ role, context }) => firstActions(role, context));
  const actions = new Set([...first, ...edges.flatMap((edge) => edge.actions)]);
  expect(actions).toEqual(new Set(Object.keys(machineActions)));
});

law('an ended connection knows no event any more', ['draft-06/7.1.3/closed'], () => {
  for (const role of roles) {
    for (const { state, edges } of verticesOf(role)) expect(edges.length === 0, state).toBe(isClosed(state));
  }
});

law('TCP may end at any time, and that always ends the connection', ['draft-06/7.1.3/closed'], () => {
  for (const { context, vertices } of walks) {
    for (const { state, edges } of vertices) {
      if (isClosed(state) || state === 'connecting.awaiting-transport') continue;
      for (const event of ['transport.ended', 'transport.lost'] as const) {
        const edge = edges.find((candidate) => candidate.event === event);
        const halfCloses = edge !== undefined && isHalfClose(state, edge, context);
        expect(phaseOf(edge?.next ?? state), state).toBe(halfCloses ? 'open' : 'closed');
      }
    }
  }
});

test('a timer is armed at most once at a time, disarmed only when armed, and none outlives the connection', () => {
  const armedAfter = (armed: ReadonlySet<string>, actions: readonly MachineAction[]): ReadonlySet<string> => {
    const now = new Set(armed);
    for (const action of actions) {
      const [, way, timer = ''] = /^(arm|disarm)(.*)$/.exec(action) ?? [];
      if (way === 'arm') expect(now.has(timer), action).toBe(false);
      if (way === 'disarm') expect(now.has(timer), action).toBe(true);
      if (way === 'arm') now.add(timer);
      else now.delete(timer);
    }
    return now;
  };
  for (const { role, context, vertices } of walks) {
    const armedIn = new Map([[vertices[0]?.state, armedAfter(new Set(), firstActions(role, context))]]);
    // The map lists a state behind one that leads to it.
    for (const { state, edges } of vertices) {
      const armed = armedIn.get(state) ?? new Set();
      if (isClosed(state)) expect(armed, state).toEqual(new Set());
      for (const { event, next, actions } of edges) {
        if (event.startsWith('timer.'))
          expect([...armed].map((name) => `timer.${name.toLowerCase()}`)).toContain(event);
        const then = armedAfter(armed, actions);
        // Whatever the path, the same timers are armed in a state.
        expect(armedIn.get(next) ?? then, next).toEqual(then);
        armedIn.set(next, then);
      }
    }
    expect(armedIn.size).toBe(vertices.length);
  }
});

law(
  'on no path data follows a Close, a second Close is sent, or anything is written behind the end of TCP',
  ['draft-06/4.5.1/no-data-after-close', 'draft-06/4.1/data-while-open', 'draft-06/7.1.1/close-is-tcp-close'],
  () => {
    for (const role of roles) {
      const trails = trailsOf(role, ({ state, done }, { actions }, { finishesLate }) => {
        // Reading R-443: the rest of a message that was begun.
        const isRest = finishesLate && state === 'closing.local-closing.awaiting-close';
        let before: readonly MachineAction[] = done;
        for (const action of actions) {
          const closed = closes.some((close) => before.includes(close));
          if ((action === 'sendData' && !isRest) || closes.includes(action)) expect(closed, action).toBe(false);
          if (action.startsWith('send') || action === 'answerClose') {
            expect(
              ends.some((end) => before.includes(end)),
              action,
            ).toBe(false);
          }
          if (action === 'sendData') expect(before).toContain('reportOpen');
          before = [...before, action];
        }
      });
      expect(trails).toBeGreaterThan(stateIds[role].length);
    }
  },
);

law(
  'on every path the end is reported once, and is clean exactly when both Closes have passed',
  ['draft-06/7.1.3/cleanly', 'draft-06/4.5.1/closed-after-both'],
  () => {
    for (const role of roles) {
      let ends = 0;
      trailsOf(role, ({ state, done }, { event, next, actions }, { lossIsClean }) => {
        const all = [...done, ...actions];
        const reports = all.filter((action) => action === 'reportClosed' || action === 'reportHttp');
        expect(reports.length, next).toBe(isClosed(next) ? 1 : 0);
        const bothPassed = all.includes('reportClose') && closes.some((close) => all.includes(close));
        // Reading R-716: whether the loss of TCP counts behind both Closes.
        const isSpoilt = state.endsWith('awaiting-end') && event === 'transport.lost' && !lossIsClean;
        if (isClosed(next)) expect(next === 'closed.clean', next).toBe(bothPassed && !isSpoilt);
        if (isClosed(next)) ends++;
      });
      expect(ends).toBeGreaterThan(0);
    }
  },
);

law(
  'when the other side has ended TCP, or the application gives up, this side ends it too',
  ['draft-06/7.1.1/close-is-tcp-close', 'draft-06/7.1.1/clean-tcp-close'],
  () => {
    for (const role of roles) {
      const seen = new Set<string>();
      trailsOf(role, ({ state, done }, edge, context) => {
        const { event, actions } = edge;
        const all = [...done, ...actions];
        if (event === 'transport.ended' && !isHalfClose(state, edge, context)) {
          expect(
            all.some((action) => ends.includes(action)),
            state,
          ).toBe(true);
        }
        if (event === 'local.drop' || event.startsWith('timer.')) expect(all, state).toContain('destroyTransport');
        if (event === 'transport.ended' || event === 'local.drop') seen.add(`${state} ${event}`);
      });
      expect(seen.size).toBeGreaterThan(10);
    }
  },
);

test('ids and values of states are two forms of one thing, and a phase is where an id begins', () => {
  for (const role of roles) {
    expect(otherRole(otherRole(role))).toBe(role);
    expect(otherRole(role)).not.toBe(role);
    for (const id of stateIds[role]) {
      expect(stateIdOf(stateValueOf(id))).toBe(id);
      expect(id.startsWith(phaseOf(id))).toBe(true);
      expect(isClosed(id)).toBe(phaseOf(id) === 'closed');
    }
  }
});
