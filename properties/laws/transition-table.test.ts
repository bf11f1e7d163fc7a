import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createActor, initialTransition, transition } from 'xstate';
import { machineContextOf } from '../../model/connection.js';
import { machineEvents, type MachineEventType } from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import { stateIdOf, stateIds } from '../../model/state-id.js';
import { interpret, transitionTable } from '../../model/transition-table.js';
import {
  allContexts,
  allEvents,
  firstActions,
  nameOf,
  reachedStates,
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
        for (const event of events) {
          const row = table.row(state, event);
          expect(row, `${state} ${event}`).toEqual(interpret(role, context, state, event));
          if (row !== undefined) rows++;
        }
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
        for (const { event, next, actions } of edges) expect(table.row(state, event)).toEqual({ next, actions });
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
  expect(new Set(tables).size).toBe(32);
  const again = roles.flatMap((role) => allContexts.map((context) => transitionTable(role, { ...context })));
  expect(again).toEqual(tables);
  for (const [index, table] of again.entries()) expect(table).toBe(tables[index]);
});

test('each choice of the guards comes from its own reading or option', () => {
  expect(machineContextOf()).toEqual({
    answersBeforeAbort: true,
    closesOnViolation: true,
    answersPingAfterClose: true,
    answersCloseAtOnce: true,
  });
  const others = {
    answersBeforeAbort: { readings: { abortResponse: 'silent' } },
    closesOnViolation: { readings: { onViolation: 'drop' } },
    answersPingAfterClose: { readings: { pongAfterClose: 'ignore' } },
    answersCloseAtOnce: { answersCloseAtOnce: false },
  } as const;
  for (const [choice, options] of Object.entries(others)) {
    expect(machineContextOf(options)).toEqual({ ...machineContextOf(), [choice]: false });
  }
});
