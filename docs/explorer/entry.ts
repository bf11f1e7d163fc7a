import type { Effect, Outcome } from '../../model/connection.js';
import { explainFrame, hexOf, previewOf } from '../../model/explain.js';
import { otherRole, type Role } from '../../model/role.js';
import type { CloseReason } from '../../model/close-body.js';
import { clauseOfViolation, describeViolation } from '../../model/violation.js';
import { utf8Text } from '../../model/utf8.js';
import type { TakenStep, World } from '../../properties/simulation/world.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { LocalInput, Move } from './move.js';

/*
 * What a run looks like to a person: one line for each move, and one for each thing that followed from it.
 */

/** Something that followed from a move. */
export interface Consequence {
  readonly says: string;
  readonly clause?: ClauseId;
}

const names: Readonly<Record<Role, string>> = { client: 'the client', server: 'the server' };

/** The step that a move let an endpoint take; a move that only changes the way takes none. */
export function takenBy(before: World, after: World): { readonly role: Role; readonly step: TakenStep } | undefined {
  for (const role of ['client', 'server'] as const) {
    const step = after.endpoints[role].history[before.endpoints[role].history.length];
    if (step !== undefined) return { role, step };
  }
  return undefined;
}

const octets = (count: number): string => (count === 1 ? '1 octet' : `${count} octets`);

/** What a move is, in words. */
export function sayMove(move: Move, before: World): string {
  switch (move.type) {
    case 'connect':
      return 'TCP is opened.';
    case 'refuse':
      return 'TCP cannot be opened.';
    case 'deliver': {
      const { bytes, end } = before.towards[move.to];
      if (bytes.length > 0) {
        const count = Math.min(move.count ?? Infinity, bytes.length);
        const part = count < bytes.length ? `the first ${octets(count)} of ${bytes.length}` : octets(count);
        return `${capital(names[move.to])} reads ${part}.`;
      }
      return `${capital(names[move.to])} sees ${end === 'lost' ? 'that TCP is broken' : 'the end of TCP'}.`;
    }
    case 'lose':
      return `TCP breaks for ${names[move.at]}.`;
    case 'half-close':
      return `The way from ${names[move.from]} is ended behind what waits in it.`;
    case 'inject':
      return `Somebody puts ${octets(move.bytes.length)} on the way to ${names[move.to]}.`;
    case 'fire':
      return `The ${move.timer} timer of ${names[move.at]} fires.`;
    case 'act':
      return `${capital(names[move.at])} ${sayInput(move.input)}.`;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function sayInput(input: LocalInput): string {
  switch (input.type) {
    case 'local.accept': {
      const { subprotocol } = input.acceptance ?? {};
      return subprotocol === undefined ? 'accepts' : `accepts with the subprotocol ${subprotocol}`;
    }
    case 'local.reject':
      return `rejects with ${input.rejection.status}`;
    case 'local.send': {
      const what = input.kind === 'text' ? JSON.stringify(utf8Text(input.data)) : octets(input.data.length);
      return `sends ${what}${input.fin === false ? ', and more is to follow' : ''}`;
    }
    case 'local.ping':
      return 'sends a Ping';
    case 'local.close':
      return `closes${sayReason(input.close)}`;
    case 'local.answer':
      return `answers the Close${sayReason(input.close)}`;
    case 'local.drop':
      return 'drops the connection';
  }
}

function sayReason({ status, reason }: CloseReason = {}): string {
  if (status === undefined) return '';
  return ` with ${status}${reason === undefined || reason === '' ? '' : ` ${JSON.stringify(reason)}`}`;
}

/** What followed from a move at the endpoint that took a step. */
export function consequencesOf({
  step,
  role,
}: {
  readonly step: TakenStep;
  readonly role: Role;
}): readonly Consequence[] {
  return step.effects.flatMap((effect) => consequenceOf(effect, role) ?? []);
}

function consequenceOf(effect: Effect, role: Role): Consequence | undefined {
  switch (effect.type) {
    case 'open-transport':
      return { says: `opens TCP to ${effect.host}, port ${effect.port}` };
    case 'write-head': {
      const { head } = effect;
      return {
        says:
          head.kind === 'request'
            ? `writes the request for ${head.target}`
            : `writes the response ${head.status} ${head.reason}`,
      };
    }
    case 'write-frame': {
      const { says, clauses } = explainFrame(effect.frame);
      const [clause] = clauses;
      return { says: `writes ${says}`, ...(clause === undefined ? {} : { clause }) };
    }
    case 'frame-read':
      return { says: `reads ${explainFrame(effect.decoded.frame).says}` };
    case 'end-transport':
      return { says: 'ends its direction of TCP' };
    case 'destroy-transport':
      return { says: 'ends both directions of TCP at once' };
    case 'arm-timer':
      return { says: `arms the ${effect.timer} timer` };
    case 'disarm-timer':
      return { says: `disarms the ${effect.timer} timer` };
    case 'requested':
      return { says: `asks its application to accept or reject ${effect.request.resourceName}` };
    case 'http':
      return { says: 'hands the request to ordinary HTTP' };
    case 'opened': {
      const { subprotocol } = effect.agreement;
      return { says: subprotocol === undefined ? 'is open' : `is open, with the subprotocol ${subprotocol}` };
    }
    case 'message': {
      const { message } = effect;
      return { says: `delivers a ${message.kind} message: ${previewOf(message.bytes, message.kind === 'text')}` };
    }
    case 'pinged':
    case 'ponged':
      return { says: `tells its application of a ${effect.type === 'pinged' ? 'Ping' : 'Pong'}` };
    case 'close-received':
      return { says: `learns that the other side closes${sayReason(effect.close)}` };
    case 'half-closed':
      return { says: 'learns that the other side can send no more' };
    case 'violation': {
      const { code, offset } = effect.violation;
      const says = `finds a violation at octet ${offset}: ${describeViolation(code)}`;
      return { says, clause: clauseOfViolation(code, otherRole(role)) };
    }
    case 'closed':
      return { says: sayOutcome(effect.outcome) };
    case 'decode':
    case 'paused':
      return undefined;
  }
}

function sayOutcome({ clean, sent, received }: Outcome): string {
  const parts = [
    ...(sent === undefined ? [] : [`sent${sayReason(sent) || ' a Close without a status code'}`]),
    ...(received === undefined ? [] : [`received${sayReason(received) || ' a Close without a status code'}`]),
  ];
  return `is closed, ${clean ? 'cleanly' : 'not cleanly'}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

/** The octets at the beginning, in pairs of digits, for a line. */
export function hexLine(bytes: Uint8Array, most = 24): string {
  const digits = hexOf(bytes.subarray(0, most)).replace(/..(?=.)/g, '$& ');
  return bytes.length > most ? `${digits} … (${bytes.length} in all)` : digits;
}
