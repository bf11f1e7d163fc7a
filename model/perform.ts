import { maxControlPayload } from '../spec/wire.js';
import { concatBytes } from './bytes.js';
import { type CloseReason, isStatusCodeAllowed, writeCloseBody } from './close-body.js';
import type { Connection, Effect, TimerName } from './connection.js';
import { type DataKind, nextFragment } from './fragmentation.js';
import { frameOf } from './frame.js';
import { createDecoder } from './frame-decoder.js';
import { type RequestHead, serializeHead } from './http-head.js';
import { present } from './impossible.js';
import type { MachineAction, MachineEventType } from './machine-setup.js';
import type { Message } from './message.js';
import { type OpeningRequest, writeOpeningRequest } from './opening-request.js';
import {
  type Acceptance,
  type Agreement,
  type Rejection,
  rejectionOfViolation,
  writeOpeningResponse,
  writeRejection,
} from './opening-response.js';
import { describeViolation, statusOfViolation, type Violation } from './violation.js';

/** What an event of the machine is about: the data that the machine itself does not see. */
export interface Cause {
  readonly data?: { readonly kind: DataKind; readonly bytes: Uint8Array; readonly fin: boolean };
  readonly body?: Uint8Array;
  /** The Close that was received, or that is to be sent. */
  readonly close?: CloseReason | undefined;
  /** The answer that the application wants to give to a Close. */
  readonly answer?: CloseReason | undefined;
  readonly message?: Message;
  readonly violation?: Violation;
  readonly request?: OpeningRequest;
  readonly agreement?: Agreement;
  readonly acceptance?: Acceptance | undefined;
  readonly rejection?: Rejection;
  readonly http?: { readonly head: RequestHead; readonly rest: Uint8Array };
}

/** A step in progress; only the step that made it holds it. */
export interface Run {
  connection: Connection;
  readonly effects: Effect[];
}

/**
 * Lets the machine take an event, and performs what it asks for.
 * @returns whether the state knows the event
 */
export function fire(run: Run, event: MachineEventType, cause: Cause = {}): boolean {
  const row = run.connection.settings.table.row(run.connection.state, event);
  if (row === undefined) return false;
  if (row.next !== run.connection.state) run.connection = { ...run.connection, state: row.next };
  for (const action of row.actions) performers[action](run, cause);
  return true;
}

type Performer = (run: Run, cause: Cause) => void;

/** Gives each action of the machine its meaning: effects, and what the connection remembers. */
export const performers: Readonly<Record<MachineAction, Performer>> = {
  openTransport: (run) => {
    const { host, port, secure } = present(run.connection.settings.offer, 'offer').uri;
    run.effects.push({ type: 'open-transport', host, port, secure });
  },
  sendRequest: (run) => {
    const head = writeOpeningRequest(present(run.connection.settings.offer, 'offer'));
    run.effects.push({ type: 'write-head', head, bytes: serializeHead(head) });
  },
  sendAcceptance: (run, cause) => {
    const head = writeOpeningResponse(present(run.connection.request, 'request'), cause.acceptance);
    run.effects.push({ type: 'write-head', head, bytes: serializeHead(head) });
  },
  sendRejection: (run, cause) => {
    const rejection = cause.rejection ?? rejectionOfViolation(present(cause.violation, 'violation').code);
    const { head, body } = writeRejection(rejection);
    run.effects.push({ type: 'write-head', head, bytes: concatBytes([serializeHead(head), body]) });
  },
  sendData: (run, cause) => {
    const { kind, bytes, fin } = present(cause.data, 'data');
    const { frame, outgoing } = nextFragment(run.connection.outgoing, kind, bytes, fin);
    if (outgoing !== run.connection.outgoing) run.connection = { ...run.connection, outgoing };
    run.effects.push({ type: 'write-frame', frame });
  },
  sendPing: (run, cause) => {
    const body = present(cause.body, 'body');
    // draft-06/4.5/control-at-most-125
    if (body.length > maxControlPayload) {
      throw new RangeError(`a Ping has at most ${maxControlPayload} bytes, not ${body.length}`);
    }
    run.effects.push({ type: 'write-frame', frame: frameOf('ping', body) });
  },
  // draft-06/4.5.2/pong-echoes-body
  sendPong: (run, cause) => run.effects.push({ type: 'write-frame', frame: frameOf('pong', cause.body) }),
  sendClose: (run, cause) => {
    writeClose(run, cause.close ?? {});
  },
  answerClose: (run, cause) => {
    // Whether it is answered at once or later, the Close received was reported before and is remembered.
    writeClose(run, cause.answer ?? answerTo(present(run.connection.closeReceived, 'Close')));
  },
  sendCloseForViolation: (run, cause) => {
    const { code } = present(cause.violation, 'violation');
    const status = present(statusOfViolation(code), 'status code');
    writeClose(run, { status, reason: describeViolation(code) });
  },
  reportRequest: (run, cause) => {
    const request = present(cause.request, 'request');
    run.connection = { ...run.connection, request };
    run.effects.push({ type: 'requested', request });
  },
  reportHttp: (run, cause) => run.effects.push({ type: 'http', ...present(cause.http, 'HTTP request') }),
  reportOpen: (run, cause) => {
    establish(run, cause.agreement ?? agreementOf(cause.acceptance));
  },
  deliverMessage: (run, cause) => run.effects.push({ type: 'message', message: present(cause.message, 'message') }),
  reportPing: (run, cause) => run.effects.push({ type: 'pinged', body: present(cause.body, 'body') }),
  reportPong: (run, cause) => run.effects.push({ type: 'ponged', body: present(cause.body, 'body') }),
  reportClose: (run, cause) => {
    const close = present(cause.close, 'Close');
    run.connection = { ...run.connection, closeReceived: close };
    run.effects.push({ type: 'close-received', close });
  },
  reportViolation: (run, cause) =>
    run.effects.push({ type: 'violation', violation: present(cause.violation, 'violation') }),
  reportClosed: (run) => {
    const { state, closeSent, closeReceived } = run.connection;
    const outcome = {
      state,
      clean: state === 'closed.clean',
      ...(closeSent === undefined ? {} : { sent: closeSent }),
      ...(closeReceived === undefined ? {} : { received: closeReceived }),
    };
    run.effects.push({ type: 'closed', outcome });
  },
  endTransport: (run) => run.effects.push({ type: 'end-transport' }),
  destroyTransport: (run) => run.effects.push({ type: 'destroy-transport' }),
  armConnect: timer('arm-timer', 'connect'),
  armHandshake: timer('arm-timer', 'handshake'),
  armClose: timer('arm-timer', 'close'),
  armDrop: timer('arm-timer', 'drop'),
  disarmConnect: timer('disarm-timer', 'connect'),
  disarmHandshake: timer('disarm-timer', 'handshake'),
  disarmClose: timer('disarm-timer', 'close'),
  disarmDrop: timer('disarm-timer', 'drop'),
};

function timer(type: 'arm-timer' | 'disarm-timer', name: TimerName): Performer {
  return (run) => run.effects.push({ type, timer: name });
}

function writeClose(run: Run, close: CloseReason): void {
  run.effects.push({ type: 'write-frame', frame: frameOf('close', writeCloseBody(close)) });
  run.connection = { ...run.connection, closeSent: close };
}

/** The Close that answers another: with its status code where that is one to send, without a reason. */
export function answerTo(received: CloseReason): CloseReason {
  const { status } = received;
  return status !== undefined && isStatusCodeAllowed(status, 'defined') ? { status } : {};
}

function agreementOf(acceptance: Acceptance = {}): Agreement {
  const { subprotocol, extensions = [] } = acceptance;
  return subprotocol === undefined ? { extensions } : { subprotocol, extensions };
}

/** From here on bytes are frames, as the negotiated extensions shape them. */
function establish(run: Run, agreement: Agreement): void {
  const { role, settings } = run.connection;
  const { maxMessage, readings, frameExtension } = settings;
  const extension = frameExtension(agreement.extensions);
  const decoder = createDecoder({ masked: role === 'server', maxPayload: maxMessage, readings, extension });
  run.connection = { ...run.connection, agreement, decoder };
  run.effects.push({ type: 'opened', agreement });
}
