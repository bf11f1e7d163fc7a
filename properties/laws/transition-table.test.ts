import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createActor, initialTransition, transition } from 'xstate';
import { type EndpointOptions, machineContextOf } from '../../model/connection.js';
import { type GuardName, machineEvents, type MachineEventType, machineGuards } from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import { stateIdOf, stateIds } from '../../model/state-id.js';
import { interpret, transitionTable } from '../../model/transition-table.js';
import {
  allContexts,
  allEvents,
  firstActions,
  nameOf,
  reachedStates,
  transitionsOf,
  xstateMachineOf,
} from '../simulation/machine-walk.js';

const roles: readonly Role[] = ['client', 'server'];
const events = Object.keys(machineEvents) as MachineEventType[];

test('the table agrees with the interpreter in every state, for every event, under every choice', () => {
  let rows = 0;
  for (const role of roles) {
    for (const context of allContexts) {
      const table = transitionTable(role, context);
      for (const state of stateIds[role]) {
        const tabled = events.map((event) => [event, table.row(state, event)] as const);
        const asked = events.map((event) => [event, interpret(role, context, state, event)] as const);
        expect(tabled, state).toEqual(asked);
        rows += tabled.filter(([, row]) => row !== undefined).length;
      }
    }
  }
  expect(rows).toBeGreaterThan(0);
});

test('the table agrees with what xstate does on the snapshots that it reaches by itself', () => {
  for (const role of roles) {
    for (const context of allContexts) {
      const table = transitionTable(role, context);
      for (const { state, edges } of reachedStates(role, context)) {
        expect(events.filter((event) => table.row(state, event) !== undefined)).toEqual(
          edges.map(({ event }) => event),
        );
        const rows = edges.map(({ event }) => table.row(state, event));
        expect(rows, state).toEqual(edges.map(({ next, actions }) => ({ next, actions })));
      }
      expect(table.initial.actions).toEqual(firstActions(role, context));
    }
  }
});

test('along any walk the table does what a running machine does', () => {
  const walk = fc.record({
    role: fc.constantFrom(...roles),
    context: fc.constantFrom(...allContexts),
    choices: fc.array(fc.nat(allEvents.length - 1), { maxLength: 40, size: 'max' }),
    /** Mostly events that the state knows, so that walks get far. */
    stubborn: fc.boolean(),
  });
  fc.assert(
    fc.property(walk, ({ role, context, choices, stubborn }) => {
      const machine = xstateMachineOf(role);
      const table = transitionTable(role, context);
      let [snapshot, actions] = initialTransition(machine, context);
      let row = table.initial;
      expect({ next: stateIdOf(snapshot.value), actions: actions.map(nameOf) }).toEqual(row);
      for (const choice of choices) {
        const here = row.next;
        const known = allEvents.filter(({ type }) => table.row(here, type) !== undefined);
        const among = stubborn || known.length === 0 ? allEvents : known;
        const event = among[choice % among.length] ?? { type: 'transport.lost' };
        [snapshot, actions] = transition(machine, snapshot, event);
        row = table.row(here, event.type) ?? { next: here, actions: [] };
        expect({ next: stateIdOf(snapshot.value), actions: actions.map(nameOf) }, event.type).toEqual(row);
      }
    }),
    { numRuns: 120 },
  );
});

test('an actor of the machine goes through the states of the table, and its actions do nothing by themselves', () => {
  const walk = fc.array(fc.constantFrom(...allEvents), { maxLength: 30, size: 'max' });
  fc.assert(
    fc.property(fc.constantFrom(...roles), fc.constantFrom(...allContexts), walk, (role, context, sent) => {
      const table = transitionTable(role, context);
      const actor = createActor(xstateMachineOf(role), { input: context }).start();
      let here = table.initial.next;
      for (const event of sent) {
        actor.send(event);
        here = table.row(here, event.type)?.next ?? here;
        const { value, context: kept } = actor.getSnapshot();
        expect(stateIdOf(value)).toBe(here);
        expect(kept).toEqual(context);
      }
    }),
  );
});

test('a table is compiled once for each role and each set of choices', () => {
  const tables = roles.flatMap((role) => allContexts.map((context) => transitionTable(role, context)));
  expect(new Set(tables).size).toBe(2 * allContexts.length);
  const again = roles.flatMap((role) => allContexts.map((context) => transitionTable(role, { ...context })));
  expect(again).toEqual(tables);
  for (const [index, table] of again.entries()) expect(table).toBe(tables[index]);
});

test('each choice of the guards comes from its own reading or option', () => {
  expect(machineContextOf()).toEqual({
    answersBeforeAbort: true,
    answersCloseAtOnce: true,
    answersPingAfterClose: true,
    lossIsClean: true,
    waitsForClose: false,
    closesOnViolation: true,
    endsWithOne: true,
    finishesLate: false,
    readsOn: true,
  });
  const others: Readonly<Record<GuardName, EndpointOptions>> = {
    answersBeforeAbort: { readings: { abortResponse: 'silent' } },
    answersCloseAtOnce: { answersCloseAtOnce: false },
    answersPingAfterClose: { readings: { pongAfterClose: 'ignore' } },
    lossIsClean: { readings: { lossAfterCloses: 'unclean' } },
    waitsForClose: { readings: { closeAfterViolation: 'yes' } },
    closesOnViolation: { readings: { onViolation: 'drop' } },
    endsWithOne: { readings: { halfClose: 'half-open' } },
    finishesLate: { readings: { finishAfterClose: 'yes' } },
    readsOn: { readings: { dataWhileClosing: 'close-only' } },
  };
  for (const choice of Object.keys(others) as GuardName[]) {
    const usual = machineContextOf();
    expect(machineContextOf(others[choice])).toEqual({ ...usual, [choice]: !usual[choice] });
  }
  // Where a violation is not answered with a Close, there is none to wait behind.
  const silent = machineContextOf({ readings: { onViolation: 'drop', closeAfterViolation: 'yes' } });
  expect(silent).toEqual(machineContextOf({ readings: { onViolation: 'drop' } }));
});

test('any three guards ask for all there is among the choices that are walked', () => {
  const guards = Object.keys(machineGuards) as GuardName[];
  for (const one of guards) {
    for (const two of guards.filter((guard) => guard > one)) {
      for (const three of guards.filter((guard) => guard > two)) {
        expect(new Set(allContexts.map((context) => [context[one], context[two], context[three]].join())).size).toBe(8);
      }
    }
  }
  for (const role of roles) {
    const asked = new Map<string, Set<unknown>>();
    for (const { source, eventType, guard } of transitionsOf(role)) {
      const key = `${source.id} on ${eventType}`;
      asked.set(key, new Set([...(asked.get(key) ?? []), ...(guard === undefined ? [] : [guard])]));
    }
    expect(Math.max(...[...asked.values()].map(({ size }) => size))).toBe(2);
  }
});
