import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf, isControl } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { opcodes } from '../../spec/wire.js';
import { altered, type Alteration, alteredServer, type Fault, onSend, withBody } from './altered-server.js';

/*
 * Servers in memory that are wrong on purpose, each in one way, about control frames and the closing handshake: for
 * the tests of the cases.
 */

const plus = (frame: Frame, words: string): Frame =>
  withBody(frame, concatBytes([frame.applicationData, encodeUtf8(words)]));
const endedByServer = { type: 'ended' } as const;
/** A server that delivers each Pong only when the message that was open has ended. */
function slowPongs(): Alteration {
  let held: readonly Frame[] = [];
  let isOpen = false;
  const reads = (frames: readonly Frame[]): readonly Frame[] =>
    frames.flatMap((frame) => {
      if (isControl(frame.opcode)) {
        if (!isOpen) return [frame];
        held = [...held, frame];
        return [];
      }
      isOpen = !frame.fin;
      const ready = isOpen ? [frame] : [frame, ...held];
      if (!isOpen) held = [];
      return ready;
    });
  return { reads };
}

function withoutPingsBeforeClose(frames: readonly Frame[]): readonly Frame[] {
  return frames.some(({ opcode }) => opcode === opcodes.close)
    ? frames.filter(({ opcode }) => opcode !== opcodes.ping)
    : frames;
}

/** Each with the case that says so. */
export const controlFaults: readonly Fault[] = [
  [
    'Pong with another body',
    altered({ sends: onSend('pong', (frame) => [plus(frame, '!')]) }),
    'control/ping-of-1',
    'draft-06/4.5.2/pong-echoes-body',
  ],
  ['no Pong', altered({ sends: onSend('pong', () => []) }), 'control/ping-of-0', 'draft-06/4.5.2/ping-answered'],
  [
    'no Pong for a Ping before a Close',
    altered({ reads: withoutPingsBeforeClose }),
    'control/ping-then-close',
    'draft-06/4.5.2/ping-answered',
  ],
  [
    'Pong twice',
    altered({ sends: onSend('pong', (frame) => [frame, frame]) }),
    'control/one-pong-for-a-ping',
    'draft-06/4.5.3/pong-only-for-latest-ping',
  ],
  [
    'Pongs in the wrong order',
    altered({ reads: (frames) => frames.toReversed() }),
    'control/three-pings-in-one-chunk',
    'draft-06/4.5.3/pong-only-for-latest-ping',
  ],
  [
    'Pong behind the message',
    () => alteredServer(slowPongs()),
    'control/ping-inside-message',
    'draft-06/4.5.2/ping-answered-soon',
    'advisory',
  ],
  [
    'fragmented Pong',
    altered({ sends: onSend('pong', (frame) => [{ ...frame, fin: false }]) }),
    'control/ping-of-1',
    'draft-06/4.5/control-not-fragmented',
  ],
  [
    'long Pong',
    altered({ sends: onSend('pong', (frame) => [plus(frame, '!')]) }),
    'control/ping-of-125',
    'draft-06/4.5/control-at-most-125',
  ],
  [
    'Close not answered',
    altered({ sends: onSend('close', () => []) }),
    'closing/without-body',
    'draft-06/4.5.1/close-answered',
  ],
  [
    'Close not answered, TCP kept open',
    altered({ sends: onSend('close', () => []), ends: () => ({ type: 'silence' }) }),
    'closing/crossing-closes',
    'draft-06/4.5.1/simultaneous-close',
    'advisory',
  ],
  [
    'Close answered by the end of TCP when it has a certain status',
    altered({ sends: onSend('close', () => [endedByServer]) }),
    'status-codes/3000',
    'draft-06/4.5.1/close-answered',
  ],
  [
    'data after its Close',
    altered({ sends: onSend('close', (frame) => [frame, frameOf('text', encodeUtf8('one more thing'))]) }),
    'closing/without-body',
    'draft-06/4.5.1/no-data-after-close',
  ],
  [
    'Close with a body of one byte',
    altered({ sends: onSend('close', (frame) => [withBody(frame, Uint8Array.of(3))]) }),
    'closing/with-status',
    'draft-06/4.5.1/body-starts-with-status',
  ],
  [
    'Close with status 999',
    altered({ sends: onSend('close', (frame) => [withBody(frame, Uint8Array.of(3, 0xe7))]) }),
    'closing/with-status',
    'draft-06/4.5.1/body-starts-with-status',
  ],
  [
    'TCP kept open',
    altered({ ends: () => ({ type: 'silence' }) }),
    'closing/server-ends-tcp',
    'draft-06/4.5.1/drop-after-both',
    'advisory',
  ],
  [
    'TCP broken',
    altered({ ends: () => ({ type: 'lost', why: 'ECONNRESET' }) }),
    'closing/server-ends-tcp',
    'draft-06/7.1.1/clean-tcp-close',
    'advisory',
  ],
];
