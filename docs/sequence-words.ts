import { describeViolation, clauseOfViolation } from '../model/violation.js';
import type { CloseReason } from '../model/close-body.js';
import type { Effect, Input } from '../model/connection.js';
import { explainFrame, hexOf, previewOf } from '../model/explain.js';
import type { RequestHead, ResponseHead } from '../model/http-head.js';
import type { MachineEventType } from '../model/machine-setup.js';
import { otherRole, type Role } from '../model/role.js';
import type { ClauseId } from '../spec/clauses.js';
import type { GraphTransition, StateGraph } from './graph.js';
import { lengthOf, type RunStep, type Sent } from './sequence-record.js';

/* What happens in a conversation, in words. */

/** Bytes as a person compares them: two digits each, spaces between, and how many were left out. */
export function spacedHex(bytes: Uint8Array, shown = Infinity): string {
  const digits = hexOf(bytes.subarray(0, shown)).replace(/(..)(?=.)/g, '$1 ');
  return bytes.length > shown ? `${digits} … ${bytes.length} bytes` : digits;
}

/** A wish of the application, or what TCP and the timers tell; nothing for bytes, which are told where they arrive. */
export function wordsOfInput(input: Input): string | undefined {
  switch (input.type) {
    case 'bytes':
    case 'decoded':
    case 'undecodable':
    case 'continue':
      return undefined;
    case 'transport.opened':
      return 'TCP is open';
    case 'transport.failed':
      return 'TCP cannot be opened';
    case 'transport.ended':
      return 'TCP ends in this direction';
    case 'transport.lost':
      return 'TCP breaks';
    case 'timer.connect':
    case 'timer.handshake':
    case 'timer.close':
    case 'timer.drop':
      return `${input.type} is over`;
    case 'local.send': {
      const part = input.fin === false ? ', more follows' : '';
      return `application: local.send ${input.kind} ${previewOf(input.data, input.kind === 'text')}${part}`;
    }
    case 'local.close':
      return `application: local.close${input.close === undefined ? '' : ` ${wordsOfClose(input.close)}`}`;
    case 'local.accept': {
      const { subprotocol, extensions = [] } = input.acceptance ?? {};
      const names = [...(subprotocol === undefined ? [] : [subprotocol]), ...extensions.map(({ name }) => name)];
      return `application: local.accept${names.length === 0 ? '' : ` with ${names.join(', ')}`}`;
    }
    case 'local.reject':
      return `application: local.reject ${input.rejection.status}`;
    default:
      return `application: ${input.type}`;
  }
}

/** What an effect tells the application or asks of the outside; nothing for what is shown otherwise. */
export function wordsOfEffect(effect: Effect): string | undefined {
  switch (effect.type) {
    case 'open-transport':
      return `asks for TCP to ${effect.host}:${effect.port}`;
    case 'requested':
      return `asks the application about ${effect.request.resourceName}`;
    case 'opened': {
      const { subprotocol, extensions } = effect.agreement;
      const names = [...(subprotocol === undefined ? [] : [subprotocol]), ...extensions.map(({ name }) => name)];
      return `established${names.length === 0 ? '' : ` with ${names.join(', ')}`}`;
    }
    case 'message':
      return effect.message.kind === 'extension'
        ? 'message of an extension'
        : `message: ${effect.message.kind} ${previewOf(effect.message.bytes, effect.message.kind === 'text')}`;
    case 'pinged':
      return `told of the Ping ${previewOf(effect.body, true)}`;
    case 'ponged':
      return `told of the Pong ${previewOf(effect.body, true)}`;
    case 'close-received':
      return `told of the Close: ${wordsOfClose(effect.close)}`;
    case 'half-closed':
      return 'told that the other side can send no more';
    case 'violation':
      return `${effect.violation.code}: ${describeViolation(effect.violation.code)}`;
    case 'closed':
      return effect.outcome.clean ? 'told: closed cleanly' : 'told: closed, not cleanly';
    case 'destroy-transport':
      return 'ends both directions of TCP';
    case 'arm-timer':
      return `arms timer.${effect.timer}`;
    case 'http':
      return `ordinary HTTP: ${effect.head.method} ${effect.head.target}`;
    default:
      return undefined;
  }
}

/** A Close without its frame. */
export function wordsOfClose({ status, reason }: CloseReason): string {
  if (status === undefined) return 'no status code';
  return reason === undefined || reason === '' ? String(status) : `${status} ${JSON.stringify(reason)}`;
}

/** Something on its way: its kind in words, and the clauses that it stands on. */
export function wordsOfSent(one: Sent): { readonly says: string; readonly clauses: readonly ClauseId[] } {
  const { what, effect, from } = one;
  if (what === 'end') return { says: 'end of TCP in this direction', clauses: ['draft-06/7.1.1/clean-tcp-close'] };
  if (what === 'break') return { says: 'TCP is cut', clauses: ['draft-06/7.1.1/any-means'] };
  if (effect?.type === 'write-frame') {
    const { says, clauses } = explainFrame(effect.frame);
    const masking = from === 'client' ? 'draft-06/4.2/mask-whole-frame' : 'draft-06/4.1/server-frames-clear';
    const key = one.maskingKey === undefined ? '' : `, key ${hexOf(one.maskingKey)}`;
    // Other bytes than the frame has are those that an extension made of it.
    if (one.forged === undefined && one.bytes.length !== lengthOf(effect, from)) {
      return { says: `${says}${key}, deflated`, clauses: [...clauses, masking, 'draft-06/8.2.1/all-bytes-deflated'] };
    }
    return { says: `${says}${key}`, clauses: [...clauses, masking] };
  }
  if (effect?.type === 'write-head') return { says: firstLineOf(effect.head), clauses: clausesOfHead(effect.head) };
  return { says: `${one.bytes.length} bytes`, clauses: [] };
}

function firstLineOf(head: RequestHead | ResponseHead): string {
  return head.kind === 'request' ? `${head.method} ${head.target} HTTP/1.1` : `HTTP/1.1 ${head.status} ${head.reason}`;
}

function clausesOfHead(head: RequestHead | ResponseHead): readonly ClauseId[] {
  if (head.kind === 'request') return ['draft-06/5.1/valid-http-request', 'draft-06/5.1/handshake-sent'];
  return head.status === 101
    ? ['draft-06/5.2.2/status-101', 'draft-06/5.2.2/accept']
    : ['draft-06/7.2.2/abort-is-close'];
}

/** The events of the machine that a step stands for, in the order of its effects. */
export function eventsOf({ input, effects }: RunStep): readonly MachineEventType[] {
  if (input.type.includes('.')) return [input.type as MachineEventType];
  return effects.flatMap((effect): MachineEventType[] => {
    switch (effect.type) {
      case 'requested':
        return ['handshake.requested'];
      case 'http':
        return ['handshake.http'];
      case 'opened':
        return ['handshake.accepted'];
      case 'violation':
        return ['remote.violation', 'handshake.malformed', 'handshake.refused'];
      case 'message':
        return ['remote.message'];
      case 'pinged':
        return ['remote.ping'];
      case 'ponged':
        return ['remote.pong'];
      case 'close-received':
        return ['remote.close'];
      default:
        return [];
    }
  });
}

/** The transitions of the machine that a step took: those whose outcome is the one that the connection worked out. */
export function transitionsOf(graph: StateGraph, step: RunStep): readonly GraphTransition[] {
  const { before } = step;
  return eventsOf(step).flatMap((event) => {
    const row = before.settings.table.row(before.state, event);
    const same = graph.transitions.find(
      (transition) =>
        transition.source === before.state &&
        transition.event === event &&
        transition.rests === row?.next &&
        transition.actions.every((action) => row.actions.includes(action)) &&
        holds(graph, transition, row.actions.length),
    );
    return same === undefined ? [] : [same];
  });
}

/** Whether a transition asks for as many actions as were taken, with those of leaving and entering. */
function holds(graph: StateGraph, { source, rests, internal, actions }: GraphTransition, taken: number): boolean {
  if (internal) return actions.length === taken;
  const actionsAt = (path: string, key: 'entry' | 'exit'): number =>
    graph.states.find((state) => state.path === path)?.[key].length ?? 0;
  return actions.length + actionsAt(source, 'exit') + actionsAt(rests, 'entry') === taken;
}

/** The clauses that a step stands on: of its transitions, and of what the other side did wrong. */
export function clausesOfStep(graph: StateGraph, step: RunStep): readonly ClauseId[] {
  const wrong = step.effects.flatMap((effect) =>
    effect.type === 'violation' ? [clauseOfViolation(effect.violation.code, otherRole(step.at))] : [],
  );
  return [...new Set([...wrong, ...transitionsOf(graph, step).flatMap(({ clauses }) => clauses)])];
}

/** A state as the pictures name it: without the phase where the rest says it too. */
export function shortState(path: string): string {
  return path.split('.').length > 2 ? path.slice(path.indexOf('.') + 1) : path;
}

/** The words for a side. */
export const nameOf = (role: Role): string => (role === 'client' ? 'Client' : 'Server');
