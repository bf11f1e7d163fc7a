import { expect, test } from 'vitest';
import { initialTransition } from 'xstate';
import { isClauseId } from '../../spec/clauses.js';
import {
  type GuardName,
  type MachineContext,
  machineEvents,
  type MachineEventType,
  machineGuards,
} from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import { phaseOf, type StateId, stateIdOf, stateIds, stateValueOf } from '../../model/state-id.js';
import { type Row, transitionTable } from '../../model/transition-table.js';
import { statesOf, transitionsOf, xstateMachineOf } from '../simulation/machine-walk.js';
import { law } from './law.js';

/*
 * The machine once more, written out for whoever reads it beside the text: what the other laws of the machine say of
 * all paths, these say of each arrow.
 */

const roles: readonly Role[] = ['client', 'server'];
const events = Object.keys(machineEvents) as MachineEventType[];

/** What the guards answer under the readings that are chosen. */
const usual: MachineContext = {
  answersBeforeAbort: true,
  closesOnViolation: true,
  answersPingAfterClose: true,
  answersCloseAtOnce: true,
  lossIsClean: true,
  waitsForClose: false,
  endsWithOne: true,
  finishesLate: false,
  readsOn: true,
};

const arrow = (event: MachineEventType, state: StateId, row: Row | undefined): string => {
  if (row === undefined) return `  ${event} is not known`;
  return `  ${event} -> ${row.next === state ? '' : `${row.next} `}(${row.actions.join(' ')})`;
};

/** Each state with what the events do that it knows. */
function written(role: Role, isMeant: (state: StateId) => boolean): string {
  const { row } = transitionTable(role, usual);
  const lines = stateIds[role].filter(isMeant).flatMap((state) => {
    const known = events.filter((event) => row(state, event) !== undefined);
    return [state, ...known.map((event) => arrow(event, state, row(state, event)))];
  });
  return `\n${lines.join('\n')}\n`;
}

/** What is otherwise when one guard gives the other answer. */
function otherwise(role: Role, guard: GuardName): readonly string[] {
  const base = transitionTable(role, usual);
  const flipped = transitionTable(role, { ...usual, [guard]: !usual[guard] });
  return stateIds[role].flatMap((state) =>
    events.flatMap((event) => {
      const [before, now] = [base.row(state, event), flipped.row(state, event)];
      const then = arrow(event, state, now);
      return arrow(event, state, before) === then ? [] : [`${state}${then}`];
    }),
  );
}

/** A state behind a failure, with what it knows: nothing but the end of TCP, and the time that it has for that. */
const waitingForEnd = (state: StateId, then: StateId): string => `${state}
  transport.ended -> ${then} (disarmDrop reportClosed)
  transport.lost -> ${then} (disarmDrop reportClosed)
  local.drop -> ${then} (disarmDrop destroyTransport reportClosed)
  timer.drop -> ${then} (disarmDrop destroyTransport reportClosed)`;

/** A state behind both Closes, with what it knows: whoever sent the first one. */
const behindBothCloses = (state: StateId): string => `${state}
  transport.ended -> closed.clean (disarmDrop endTransportLast reportClosed)
  transport.lost -> closed.clean (disarmDrop reportClosed)
  local.drop -> closed.clean (disarmDrop destroyTransport reportClosed)
  remote.message -> (deliverMessage)
  remote.violation -> (reportViolation)
  timer.drop -> closed.clean (disarmDrop destroyTransport reportClosed)`;

const isConnecting = (state: StateId): boolean => phaseOf(state) === 'connecting';

law(
  'a client that connects knows these events',
  ['draft-06/5.1/waits-for-response', 'draft-06/7.1.4/fail-is-close'],
  () => {
    expect(transitionTable('client', usual).initial).toEqual({
      next: 'connecting.awaiting-transport',
      actions: ['openTransport', 'armConnect'],
    });
    expect(written('client', isConnecting)).toBe(`
connecting.awaiting-transport
  transport.opened -> connecting.awaiting-response (disarmConnect sendRequest armHandshake)
  transport.failed -> closed.failed (disarmConnect reportClosed)
  local.drop -> closed.failed (disarmConnect destroyTransport reportClosed)
  timer.connect -> closed.failed (disarmConnect destroyTransport reportClosed)
connecting.awaiting-response
  transport.ended -> closed.failed (disarmHandshake endTransport reportClosed)
  transport.lost -> closed.failed (disarmHandshake reportClosed)
  handshake.accepted -> open (disarmHandshake reportOpen)
  handshake.refused -> connecting.failing (disarmHandshake reportViolation endTransport armDrop)
  local.drop -> closed.failed (disarmHandshake destroyTransport reportClosed)
  timer.handshake -> closed.failed (disarmHandshake destroyTransport reportClosed)
${waitingForEnd('connecting.failing', 'closed.failed')}
`);
  },
);

law(
  'a server that connects knows these events',
  ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.2.2/abort-is-close'],
  () => {
    expect(transitionTable('server', usual).initial).toEqual({
      next: 'connecting.awaiting-request',
      actions: ['armHandshake'],
    });
    expect(written('server', isConnecting)).toBe(`
connecting.awaiting-request
  transport.ended -> closed.aborted (disarmHandshake endTransport reportClosed)
  transport.lost -> closed.aborted (disarmHandshake reportClosed)
  handshake.requested -> connecting.deciding (disarmHandshake reportRequest)
  handshake.malformed -> connecting.aborting (disarmHandshake reportViolation sendRejection endTransport armDrop)
  handshake.http -> closed.http (disarmHandshake reportHttp)
  local.drop -> closed.aborted (disarmHandshake destroyTransport reportClosed)
  timer.handshake -> closed.aborted (disarmHandshake destroyTransport reportClosed)
connecting.deciding
  transport.ended -> closed.aborted (endTransport reportClosed)
  transport.lost -> closed.aborted (reportClosed)
  handshake.malformed -> connecting.aborting (reportViolation sendRejection endTransport armDrop)
  local.accept -> open (sendAcceptance reportOpen)
  local.reject -> connecting.aborting (sendRejection endTransport armDrop)
  local.drop -> closed.aborted (destroyTransport reportClosed)
${waitingForEnd('connecting.aborting', 'closed.aborted')}
`);
  },
);

law(
  'once connected, both know the same events, and a connection that is over knows none',
  ['draft-06/4.5.1/closed-after-both', 'draft-06/7.1.2/close-after-both', 'draft-06/7.1.3/closed'],
  () => {
    for (const role of roles) {
      expect(written(role, (state) => phaseOf(state) === 'open' || phaseOf(state) === 'closing')).toBe(`
open
  transport.ended -> closed.unclean (endTransport reportClosed)
  transport.lost -> closed.unclean (reportClosed)
  local.send -> (sendData)
  local.ping -> (sendPing)
  local.close -> closing.local-closing.awaiting-close (sendClose armClose)
  local.drop -> closed.unclean (destroyTransport reportClosed)
  remote.message -> (deliverMessage)
  remote.ping -> (sendPong reportPing)
  remote.pong -> (reportPong)
  remote.close -> closing.remote-closing.awaiting-end (reportClose answerClose endTransportInTurn armDrop reportBothClosed)
  remote.violation -> closing.failing (reportViolation sendCloseForViolation endTransport armDrop)
closing.local-closing.awaiting-close
  transport.ended -> closed.unclean (disarmClose endTransport reportClosed)
  transport.lost -> closed.unclean (disarmClose reportClosed)
  local.drop -> closed.unclean (disarmClose destroyTransport reportClosed)
  remote.message -> (deliverMessage)
  remote.ping -> (sendPong reportPing)
  remote.pong -> (reportPong)
  remote.close -> closing.local-closing.awaiting-end (disarmClose reportClose endTransportInTurn armDrop reportBothClosed)
  remote.violation -> closing.failing (disarmClose reportViolation endTransport armDrop)
  timer.close -> closed.unclean (disarmClose destroyTransport reportClosed)
${behindBothCloses('closing.local-closing.awaiting-end')}
closing.remote-closing.owing-close
  transport.ended -> closed.unclean (endTransport reportClosed)
  transport.lost -> closed.unclean (reportClosed)
  local.send -> (sendData)
  local.answer -> closing.remote-closing.awaiting-end (answerClose endTransportInTurn armDrop reportBothClosed)
  local.drop -> closed.unclean (destroyTransport reportClosed)
  remote.message -> (deliverMessage)
  remote.ping -> (sendPong reportPing)
  remote.violation -> (reportViolation)
${behindBothCloses('closing.remote-closing.awaiting-end')}
${waitingForEnd('closing.failing', 'closed.unclean')}
`);
      expect(written(role, (state) => phaseOf(state) === 'closed').match(/->/)).toBe(null);
    }
  },
);

test('each guard changes these arrows, and no others', () => {
  const changes: Readonly<Record<GuardName, readonly string[]>> = {
    answersBeforeAbort: [
      'connecting.awaiting-request  handshake.malformed -> connecting.aborting (disarmHandshake reportViolation endTransport armDrop)',
      'connecting.deciding  handshake.malformed -> connecting.aborting (reportViolation endTransport armDrop)',
    ],
    closesOnViolation: ['open  remote.violation -> closing.failing (reportViolation endTransport armDrop)'],
    answersPingAfterClose: ['closing.local-closing.awaiting-close  remote.ping -> (reportPing)'],
    answersCloseAtOnce: ['open  remote.close -> closing.remote-closing.owing-close (reportClose)'],
    lossIsClean: [
      'closing.local-closing.awaiting-end  transport.lost -> closed.unclean (disarmDrop reportClosed)',
      'closing.remote-closing.awaiting-end  transport.lost -> closed.unclean (disarmDrop reportClosed)',
    ],
    waitsForClose: [
      'open  remote.violation -> closing.local-closing.awaiting-close (reportViolation sendCloseForViolation armClose)',
    ],
    endsWithOne: ['open  transport.ended -> (reportHalfClose)'],
    finishesLate: ['closing.local-closing.awaiting-close  local.send -> (sendData)'],
    readsOn: [
      'closing.local-closing.awaiting-close  remote.message is not known',
      'closing.local-closing.awaiting-close  remote.pong is not known',
    ],
  };
  for (const guard of Object.keys(changes) as GuardName[]) {
    expect(otherwise('server', guard), guard).toEqual(changes[guard]);
    expect(otherwise('client', guard), guard).toEqual(guard === 'answersBeforeAbort' ? [] : changes[guard]);
  }
});

test('a machine has the name of its role, and keeps what it is told for its guards', () => {
  for (const role of roles) {
    expect(xstateMachineOf(role).id).toBe(role);
    expect(initialTransition(xstateMachineOf(role), usual)[0].context).toEqual(usual);
  }
});

test('every state, arrow and guard stands on clauses', () => {
  for (const role of roles) {
    const metas = [...statesOf(role), ...transitionsOf(role)].map(({ meta }) => meta as { clauses: readonly string[] });
    for (const meta of metas) {
      expect(meta.clauses.length).toBeGreaterThan(0);
      expect(meta.clauses.every(isClauseId)).toBe(true);
    }
  }
  for (const { clauses } of Object.values(machineGuards)) {
    expect(clauses.length).toBeGreaterThan(0);
    expect(clauses.every(isClauseId)).toBe(true);
  }
  const readings = Object.values(machineGuards).map(({ reading }) => reading);
  expect(readings).toEqual([
    'abortResponse',
    'onViolation',
    'pongAfterClose',
    undefined,
    'lossAfterCloses',
    'closeAfterViolation',
    'halfClose',
    'finishAfterClose',
    'dataWhileClosing',
  ]);
});

test('a phase is the first part of the id of a state, and values of states are ids', () => {
  expect(phaseOf('open')).toBe('open');
  expect(phaseOf('closing.local-closing.awaiting-end')).toBe('closing');
  for (const role of roles) {
    for (const state of stateIds[role]) expect(stateIdOf(stateValueOf(state))).toBe(state);
    const finals = statesOf(role).filter(({ type }) => type === 'final');
    expect(finals.map(({ path }) => path)).toEqual(stateIds[role].filter((state) => phaseOf(state) === 'closed'));
  }
});
