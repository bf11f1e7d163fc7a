import { defaultReadings } from '../spec/readings.js';
import { keyOfNonce } from './accept.js';
import { concatBytes, noBytes } from './bytes.js';
import {
  blankConnection,
  type Connection,
  type ConnectionOptions,
  type Effect,
  type Input,
  machineContextOf,
} from './connection.js';
import { judgeAccepted } from './extension-registry.js';
import { decodeFrames } from './frame-decoder.js';
import { serializeHead } from './http-head.js';
import { readHead } from './http-head-reader.js';
import { present } from './impossible.js';
import type { MachineEventType } from './machine-setup.js';
import { readOpeningRequest, writeOpeningRequest } from './opening-request.js';
import { readOpeningResponse } from './opening-response.js';
import { type Cause, fire, performers, type Run } from './perform.js';
import { readsFrames, receiveFrame, refuse } from './receive-frame.js';
import { isClosed } from './state-id.js';
import { transitionTable } from './transition-table.js';
import { violation } from './violation.js';

export { readsFrames } from './receive-frame.js';

/** The connection after a step, and what has to be done now, in order. */
export type Step = readonly [connection: Connection, effects: readonly Effect[]];

/**
 * A new connection, and the first effects: a client asks for TCP, a server waits for the opening handshake.
 * @throws RangeError when the offer of a client is one that no client may send, or when `maxHead` is no limit
 */
export function createConnection(options: ConnectionOptions): Step {
  if (options.role === 'client')
    serializeHead(writeOpeningRequest(options.offer, { ...defaultReadings, ...options.readings }));
  const table = transitionTable(options.role, machineContextOf(options));
  const run: Run = { connection: blankConnection(options, table), effects: [] };
  for (const action of table.initial.actions) performers[action](run, {});
  return [run.connection, run.effects];
}

/**
 * One step of a connection: a pure function. Feed it what happens, perform the effects, keep the connection it
 * returns. What the other side sends never makes it throw; cutting the same bytes in other places gives the same
 * frames, messages, answers and end (but by reading R-560 `too-early`, which asks for it).
 *
 * Timers that are no longer armed, and transport events after the end, change nothing.
 *
 * @throws RangeError when the application asks for what the state does not allow, such as data after a Close, or gives
 *   values that no endpoint may send: that is misuse, and the connection is as it was
 */
export function step(connection: Connection, input: Input): Step {
  const run: Run = { connection, effects: [] };
  switch (input.type) {
    case 'bytes':
      receive(run, input.bytes);
      break;
    case 'continue':
      if (readsFrames(connection)) receiveFrames(run, noBytes);
      break;
    case 'decoded':
      if (readsFrames(connection)) receiveDecoded(run, input.bytes);
      break;
    case 'undecodable':
      if (readsFrames(connection)) {
        const { clear } = connection.expansion;
        refuse(run, violation('undecodable-stream', clear, input.says));
      }
      break;
    case 'local.accept':
      act(run, input.type, { acceptance: input.acceptance });
      receiveEarly(run);
      break;
    case 'local.reject':
      act(run, input.type, { rejection: input.rejection });
      break;
    case 'local.send':
      act(run, input.type, { data: { kind: input.kind, bytes: input.data, fin: input.fin ?? true } });
      break;
    case 'local.ping':
      act(run, input.type, { body: input.body ?? noBytes });
      break;
    case 'local.close':
      act(run, input.type, { close: input.close });
      break;
    case 'local.answer':
      act(run, input.type, { answer: input.close });
      break;
    case 'local.drop':
      // Giving up what is already over is no misuse.
      if (!isClosed(connection.state)) act(run, input.type, {});
      break;
    default:
      fire(run, input.type);
  }
  return [run.connection, run.effects];
}

/** Whether an input would do something now, or throw because the state does not allow it. */
export function isPossible(connection: Connection, input: Input['type']): boolean {
  if (input === 'bytes' || input === 'continue') return !isClosed(connection.state);
  if (input === 'decoded' || input === 'undecodable') return readsFrames(connection);
  return !beginsTooLate(connection, input) && connection.settings.table.row(connection.state, input) !== undefined;
}

/** Behind the own Close a message may be finished under reading R-443, but none begun. */
function beginsTooLate({ closeSent, outgoing }: Connection, event: MachineEventType): boolean {
  return event === 'local.send' && closeSent !== undefined && outgoing === 'nothing';
}

/** An event of the application, which has to know what the state allows. */
function act(run: Run, event: MachineEventType, cause: Cause): void {
  const { state } = run.connection;
  if (beginsTooLate(run.connection, event) || !fire(run, event, cause))
    throw new RangeError(`${event} is not possible while the connection is ${state}`);
}

/** Gives bytes to whoever reads them in this state; states that wait for the end of TCP discard them. */
function receive(run: Run, bytes: Uint8Array): void {
  switch (run.connection.state) {
    case 'connecting.awaiting-request':
    case 'connecting.awaiting-response':
      receiveHead(run, bytes);
      break;
    case 'connecting.deciding':
      receiveTooEarly(run, bytes);
      break;
    default:
      if (!readsFrames(run.connection)) return;
      if (run.connection.inUse.transform === undefined) receiveFrames(run, bytes);
      else receiveCoded(run, bytes);
  }
}

/** Bytes that an extension in use has encoded: they come back as `decoded`. */
function receiveCoded(run: Run, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  const { coded, clear } = run.connection.expansion;
  run.connection = { ...run.connection, expansion: { coded: coded + bytes.length, clear } };
  run.effects.push({ type: 'decode', bytes });
}

/** What coded bytes stand for, as long as it is not out of all proportion (draft-06/9/disconnect-on-bad-data). */
function receiveDecoded(run: Run, bytes: Uint8Array): void {
  const { expansion, settings } = run.connection;
  const { coded } = expansion;
  const clear = expansion.clear + bytes.length;
  run.connection = { ...run.connection, expansion: { coded, clear } };
  if (clear <= settings.maxMessage + settings.maxExpansion * coded) receiveFrames(run, bytes);
  else refuse(run, violation('expansion-too-large', expansion.clear));
}

function receiveHead(run: Run, bytes: Uint8Array): void {
  const read = readHead(run.connection.head, bytes);
  switch (read.kind) {
    case 'need-more':
      run.connection = { ...run.connection, head: read.reader };
      break;
    case 'violation':
      // Only one of the two is known, depending on the role.
      fire(run, 'handshake.malformed', { violation: read.violation });
      fire(run, 'handshake.refused', { violation: read.violation });
      break;
    case 'head': {
      run.connection = { ...run.connection, headLength: read.length };
      if (read.head.kind === 'request') {
        const reading = readOpeningRequest(read.head, run.connection.settings);
        if (reading.kind === 'http') fire(run, 'handshake.http', { http: { head: read.head, rest: read.rest } });
        else if (reading.kind === 'violation') fire(run, 'handshake.malformed', { violation: reading.violation });
        else fire(run, 'handshake.requested', { request: reading.request });
      } else {
        const { readings } = run.connection.settings;
        const { nonce, ...offer } = present(run.connection.settings.offer, 'offer');
        const reading = readOpeningResponse(read.head, { ...offer, key: keyOfNonce(nonce), readings });
        // reading R-560
        const isTooEarly = readings.framesWithResponse === 'too-early' && read.rest.length > 0;
        const early = isTooEarly ? violation('early-frames', read.length) : undefined;
        const wrong =
          reading.kind === 'violation'
            ? reading.violation
            : (judgeAccepted(reading.agreement.extensions, run.connection.settings.extensions) ?? early);
        if (reading.kind === 'accepted' && wrong === undefined) {
          fire(run, 'handshake.accepted', { agreement: reading.agreement });
        } else {
          fire(run, 'handshake.refused', { violation: present(wrong, 'violation') });
        }
      }
      receive(run, read.rest);
      break;
    }
  }
}

/** Bytes of a client that does not wait for the answer (draft-06/5.1/waits-for-response, reading R-506). */
function receiveTooEarly(run: Run, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  const { early, settings, headLength } = run.connection;
  if (settings.readings.earlyData === 'abort') {
    fire(run, 'handshake.malformed', { violation: violation('early-data', headLength) });
  } else if (early.length + bytes.length > settings.maxHead) {
    fire(run, 'handshake.malformed', { violation: violation('head-too-large', headLength + settings.maxHead) });
  } else {
    run.connection = { ...run.connection, early: concatBytes([early, bytes]) };
  }
}

function receiveEarly(run: Run): void {
  const { early } = run.connection;
  run.connection = { ...run.connection, early: noBytes };
  receive(run, early);
}

function receiveFrames(run: Run, bytes: Uint8Array): void {
  const { pausesAtMessages } = run.connection.settings;
  const { unread } = run.connection;
  run.connection = { ...run.connection, unread: noBytes };
  let rest: Uint8Array | undefined = unread.length === 0 ? bytes : concatBytes([unread, bytes]);
  while (rest !== undefined) {
    const decoding = decodeFrames(run.connection.decoder, rest, pausesAtMessages ? 1 : Infinity);
    run.connection = { ...run.connection, decoder: decoding.decoder };
    for (const decoded of decoding.frames) {
      receiveFrame(run, decoded);
      if (!readsFrames(run.connection)) return;
    }
    if (decoding.violation !== undefined) refuse(run, decoding.violation);
    rest = decoding.rest;
    if (rest !== undefined && rest.length > 0 && run.effects.at(-1)?.type === 'message') {
      run.connection = { ...run.connection, unread: rest };
      run.effects.push({ type: 'paused' });
      return;
    }
  }
}
