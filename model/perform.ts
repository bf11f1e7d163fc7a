import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { statusCodes } from '../spec/status-codes.js';
import { concatBytes } from './bytes.js';
import { type CloseReason, isStatusCodeAllowed, writeCloseBody } from './close-body.js';
import type { Connection, Effect, TimerName } from './connection.js';
import { type DataKind, nextFragment } from './fragmentation.js';
import { extensionsInUse } from './extension-registry.js';
import { type Frame, frameOf, maxControlPayloadUnder, withAnnouncedData } from './frame.js';
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
import type { StateId } from './state-id.js';
import { describeViolation, statusOfViolation, type Violation, type ViolationCode } from './violation.js';

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
    const head = writeOpeningRequest(present(run.connection.settings.offer, 'offer'), run.connection.settings.readings);
    run.effects.push({ type: 'write-head', head, bytes: serializeHead(head) });
  },
  sendAcceptance: (run, cause) => {
    const head = writeOpeningResponse(
      present(run.connection.request, 'request'),
      cause.acceptance,
      run.connection.settings.readings,
    );
    run.effects.push({ type: 'write-head', head, bytes: serializeHead(head) });
  },
  sendRejection: (run, cause) => {
    const rejection =
      cause.rejection ??
      rejectionOfViolation(present(cause.violation, 'violation').code, run.connection.settings.readings);
    const { head, body } = writeRejection(rejection);
    run.effects.push({ type: 'write-head', head, bytes: concatBytes([serializeHead(head), body]) });
  },
  sendData: (run, cause) => {
    const { kind, bytes, fin } = present(cause.data, 'data');
    const { frame, outgoing } = nextFragment(run.connection.outgoing, kind, bytes, fin);
    if (outgoing !== run.connection.outgoing) run.connection = { ...run.connection, outgoing };
    writeFrame(run, frame);
  },
  sendPing: (run, cause) => {
    const body = present(cause.body, 'body');
    // draft-06/4.5/control-at-most-125
    const most = maxControlPayloadUnder(run.connection.settings.readings.controlLimit);
    if (body.length > most) throw new RangeError(`a Ping has at most ${most} bytes, not ${body.length}`);
    writeFrame(run, frameOf('ping', body));
  },
  // draft-06/4.5.2/pong-echoes-body
  sendPong: (run, cause) => {
    writeFrame(run, frameOf('pong', cause.body));
  },
  sendClose: (run, cause) => {
    writeClose(run, cause.close ?? {});
  },
  answerClose: (run, cause) => {
    // Whether it is answered at once or later, the Close received was reported before and is remembered.
    const { closeReceived, settings } = run.connection;
    writeClose(run, cause.answer ?? answerTo(present(closeReceived, 'Close'), settings.readings.answeringStatus));
  },
  sendCloseForViolation: (run, cause) => {
    const { code } = present(cause.violation, 'violation');
    const { badTextStatus } = run.connection.settings.readings;
    writeClose(run, code === 'bad-utf-8' ? closeOverBadText(badTextStatus) : closeOver(code));
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
    run.connection = { ...run.connection, closeReceived: close, firstClose: run.connection.firstClose ?? 'received' };
    run.effects.push({ type: 'close-received', close });
  },
  reportHalfClose: (run) => run.effects.push({ type: 'half-closed' }),
  reportViolation: (run, cause) =>
    run.effects.push({ type: 'violation', violation: present(cause.violation, 'violation') }),
  reportBothClosed: (run) => {
    // Reading R-711: what TCP does behind both Closes does not count.
    if (run.connection.settings.readings.closedWhen === 'both-closes') reportEnd(run, 'closed.clean');
  },
  reportClosed: (run) => {
    if (!run.connection.isReported) reportEnd(run, run.connection.state);
  },
  endTransport: (run) => run.effects.push({ type: 'end-transport' }),
  endTransportInTurn: (run) => {
    if (!leavesFirstEnd(run.connection)) run.effects.push({ type: 'end-transport' });
  },
  endTransportLast: (run) => {
    if (leavesFirstEnd(run.connection)) run.effects.push({ type: 'end-transport' });
  },
  destroyTransport: (run) => run.effects.push({ type: 'destroy-transport' }),
  armConnect: timer('arm-timer', 'connect'),
  armHandshake: timer('arm-timer', 'handshake'),
  armClose: timer('arm-timer', 'close', 'closeWait'),
  armDrop: timer('arm-timer', 'drop', 'endWait'),
  disarmConnect: timer('disarm-timer', 'connect'),
  disarmHandshake: timer('disarm-timer', 'handshake'),
  disarmClose: timer('disarm-timer', 'close', 'closeWait'),
  disarmDrop: timer('disarm-timer', 'drop', 'endWait'),
};

/** A timer of its own, or none where a reading has the endpoint wait for ever. */
function timer(type: 'arm-timer' | 'disarm-timer', name: TimerName, wait?: 'closeWait' | 'endWait'): Performer {
  return (run) => {
    const isLimited = wait === undefined || run.connection.settings.readings[wait] === 'own-limit';
    if (isLimited) run.effects.push({ type, timer: name });
  };
}

/** Whether the other side is to end TCP first, both Closes having passed (reading R-712). */
function leavesFirstEnd({ role, settings }: Connection): boolean {
  return role === 'client' && settings.readings.firstToEnd === 'server-first';
}

/** Tells the application how the connection ended. */
function reportEnd(run: Run, state: StateId): void {
  const { sent, received } = countingCloses(run.connection);
  const outcome = {
    state,
    clean: state === 'closed.clean',
    ...(sent === undefined ? {} : { sent }),
    ...(received === undefined ? {} : { received }),
  };
  run.connection = { ...run.connection, isReported: true };
  run.effects.push({ type: 'closed', outcome });
}

/** The Closes that count: where their status codes differ, those that reading R-736 names. */
function countingCloses({ closeSent: sent, closeReceived: received, firstClose, settings }: Connection): {
  readonly sent: CloseReason | undefined;
  readonly received: CloseReason | undefined;
} {
  const both = { sent, received };
  const { countingStatus } = settings.readings;
  if (sent === undefined || received === undefined || sent.status === received.status) return both;
  if (countingStatus === 'both') return both;
  const counts = countingStatus === 'first' ? firstClose : 'received';
  return { sent: counts === 'sent' ? sent : undefined, received: counts === 'received' ? received : undefined };
}

/** draft-06/8.1/order-of-operations: a frame goes out as the extensions in use make it. */
function writeFrame(run: Run, frame: Frame): void {
  run.effects.push({ type: 'write-frame', frame: run.connection.inUse.send(frame) });
}

function writeClose(run: Run, close: CloseReason): void {
  const { settings, firstClose } = run.connection;
  writeFrame(run, frameOf('close', writeCloseBody(close, settings.readings)));
  run.connection = { ...run.connection, closeSent: close, firstClose: firstClose ?? 'sent' };
}

/**
 * The Close that answers another, without a reason: with its status code where that is one to send, or as reading R-472
 * has it.
 */
export function answerTo(
  received: CloseReason,
  choice: ReadingChoices['answeringStatus'] = defaultReadings.answeringStatus,
): CloseReason {
  if (choice === 'own') return { status: statusCodes.normal };
  const { status } = received;
  return choice === 'echo' && status !== undefined && isStatusCodeAllowed(status, 'defined') ? { status } : {};
}

/** The Close that says which rule was broken. */
function closeOver(code: ViolationCode): CloseReason {
  return { status: present(statusOfViolation(code), 'status code'), reason: describeViolation(code) };
}

/** The Close over text that is not valid (reading R-610). */
function closeOverBadText(choice: ReadingChoices['badTextStatus']): CloseReason {
  if (choice === 'none') return {};
  const status = choice === 'unacceptable' ? statusCodes.unacceptableData : statusCodes.protocolError;
  return { status, reason: describeViolation('bad-utf-8') };
}

function agreementOf(acceptance: Acceptance = {}): Agreement {
  const { subprotocol, extensions = [] } = acceptance;
  return subprotocol === undefined ? { extensions } : { subprotocol, extensions };
}

/** From here on bytes are frames, as the negotiated extensions shape them. */
function establish(run: Run, agreement: Agreement): void {
  const { role, settings } = run.connection;
  const { maxMessage, readings, extensions } = settings;
  const known = extensionsInUse(agreement.extensions, extensions);
  const extension = withAnnouncedData(known.frames, readings.extensionData);
  const inUse = { ...known, frames: extension };
  const decoder = createDecoder({ masked: role === 'server', maxPayload: maxMessage, readings, extension });
  run.connection = { ...run.connection, agreement, inUse, decoder };
  run.effects.push({ type: 'opened', agreement });
}
