import type { ReadingChoices } from '../spec/readings.js';
import { opcodes } from '../spec/wire.js';
import { isCloseViolation, readCloseBody } from './close-body.js';
import type { Connection } from './connection.js';
import { type Frame, isUndefinedOpcode } from './frame.js';
import type { DecodedFrame } from './frame-decoder.js';
import { assemble, cutShort } from './message.js';
import { fire, type Run } from './perform.js';
import { type FrameViolationCode, type Violation, violation } from './violation.js';

/*
 * What a frame that was read means for the connection: an event of the machine, or several, or none.
 */

/**
 * Whether frames are read. Once the other side's Close has come nothing more is, unless a reading looks at what follows
 * it: R-467 at Pings, R-468 at data, R-469 at a second Close.
 */
export function readsFrames({ state, isDeaf, settings: { readings } }: Connection): boolean {
  switch (state) {
    case 'open':
    case 'closing.local-closing.awaiting-close':
      return true;
    case 'closing.local-closing.awaiting-end':
    case 'closing.remote-closing.owing-close':
    case 'closing.remote-closing.awaiting-end':
      return !isDeaf && looksBehindClose(readings);
    default:
      return false;
  }
}

function looksBehindClose({ pingBehindClose, dataBehindClose, secondClose }: ReadingChoices): boolean {
  return pingBehindClose === 'answer' || dataBehindClose !== 'discard' || secondClose === 'fault';
}

/** Lets the machine take a violation. Behind a Close it is the last thing that is looked at. */
export function refuse(run: Run, wrong: Violation<FrameViolationCode>): void {
  fire(run, 'remote.violation', { violation: wrong });
  if (run.connection.closeReceived !== undefined) run.connection = { ...run.connection, isDeaf: true };
}

/** Takes a frame as it stood on the wire, in a state in which frames are read. */
export function receiveFrame(run: Run, decoded: DecodedFrame): void {
  const { offset } = decoded;
  const { inUse, settings } = run.connection;
  const { readings } = settings;
  run.effects.push({ type: 'frame-read', decoded });
  // Reading R-418: what nothing has defined was let through to be passed over.
  if (isUndefinedOpcode(decoded.frame.opcode, inUse.frames)) return;
  const frame = inUse.receive(decoded.frame);
  if (frame === undefined) {
    refuse(run, violation('refused-by-extension', offset));
    return;
  }
  switch (frame.opcode) {
    case opcodes.ping:
      // Reading R-467: behind the Close of its sender nobody looks at it.
      if (run.connection.closeReceived !== undefined && readings.pingBehindClose === 'discard') return;
      fire(run, 'remote.ping', { body: frame.applicationData });
      break;
    case opcodes.pong:
      fire(run, 'remote.pong', { body: frame.applicationData });
      break;
    case opcodes.close:
      receiveClose(run, frame, offset);
      break;
    default:
      receiveData(run, frame, offset);
  }
}

function receiveClose(run: Run, frame: Frame, offset: number): void {
  const { settings, closeReceived, assembler } = run.connection;
  const { secondClose, cutMessage } = settings.readings;
  const refuseAs = (code: FrameViolationCode): void => {
    refuse(run, violation(code, offset));
  };
  if (closeReceived !== undefined) {
    // Reading R-469: the first Close counts.
    if (secondClose === 'fault') refuseAs('second-close');
    return;
  }
  const read = readCloseBody(frame.applicationData, offset, settings.readings);
  if (isCloseViolation(read)) {
    refuse(run, read);
    return;
  }
  // Reading R-445: what becomes of a message that was begun.
  if (cutMessage === 'refuse' && assembler.open !== undefined) {
    refuseAs('close-inside-message');
    return;
  }
  const cut = cutMessage === 'deliver' ? cutShort(assembler) : undefined;
  if (cut !== undefined) fire(run, 'remote.message', { message: cut });
  fire(run, 'remote.close', { close: read });
}

function receiveData(run: Run, frame: Frame, offset: number): void {
  const { settings, closeReceived, state } = run.connection;
  const { dataBehindClose } = settings.readings;
  if (closeReceived !== undefined && dataBehindClose !== 'deliver') {
    // Reading R-468: data may not follow the Close of its sender (draft-06/4.5.1/no-data-after-close).
    if (dataBehindClose === 'violation') refuse(run, violation('data-behind-close', offset));
    return;
  }
  // Reading R-474: where the state takes no messages, nobody looks at their fragments either.
  if (settings.table.row(state, 'remote.message') === undefined) return;
  const { assembler, message, violation: wrong } = assemble(run.connection.assembler, frame, offset);
  if (assembler !== run.connection.assembler) run.connection = { ...run.connection, assembler };
  if (wrong !== undefined) refuse(run, wrong);
  else if (message !== undefined) fire(run, 'remote.message', { message });
}
