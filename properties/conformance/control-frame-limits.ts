import { type Frame, frameOf, isControl } from '../../model/frame.js';
import { concatBytes } from '../../model/bytes.js';
import type { ClauseId } from '../../spec/clauses.js';
import { statusCodes } from '../../spec/status-codes.js';
import { maxControlPayload, type OpcodeName, opcodes } from '../../spec/wire.js';
import type { Refusal } from './shared-cases.js';
import { letters } from './echo-case.js';
import { text } from './expectations.js';

/*
 * Control frames that nobody may send: too long, or fragmented. Here "went on" can also mean that the peer answered such
 * a Ping.
 */

const controlNames = (Object.keys(opcodes) as OpcodeName[]).filter((name) => isControl(opcodes[name]));

/** A body that a control frame of this name may begin with: a Close needs its status code. */
function bodyOf(name: OpcodeName, length: number): Uint8Array {
  if (name !== 'close') return letters(length);
  const { normal } = statusCodes;
  return concatBytes([Uint8Array.of(normal >> 8, normal & 0xff), letters(length - 2)]);
}

function refusal(name: string, what: string, clauses: readonly ClauseId[], frames: readonly Frame[]): Refusal {
  return {
    id: `control/${name}`,
    what,
    clauses,
    send: (conversation) => {
      for (const frame of frames) conversation.sendFrame(frame);
    },
  };
}

/** One byte too many, which takes the 16-bit form; and as long as only the 63-bit form can say. */
const tooLong: readonly number[] = [maxControlPayload + 1, 0x1_0000];

/** Control frames that are too long or fragmented (draft-06 sections 4.4 and 4.5). */
export const controlFrameRefusals: readonly Refusal[] = [
  ...tooLong.flatMap((length) =>
    controlNames.map((name) =>
      refusal(
        `${name}-of-${length}`,
        `a ${name} frame of ${length} bytes`,
        ['draft-06/4.5/control-at-most-125'],
        [frameOf(name, bodyOf(name, length))],
      ),
    ),
  ),
  ...controlNames.map((name) =>
    refusal(
      `${name}-without-fin`,
      `a ${name} frame with FIN clear`,
      ['draft-06/4.5/control-not-fragmented', 'draft-06/4.4/control-not-fragmented'],
      [frameOf(name, bodyOf(name, 10), false)],
    ),
  ),
  refusal(
    'ping-in-two-fragments',
    'a Ping in two fragments',
    ['draft-06/4.5/control-not-fragmented', 'draft-06/4.4/control-not-fragmented'],
    [frameOf('ping', text('first, '), false), frameOf('continuation', text('last'))],
  ),
  refusal(
    'ping-fragmented-inside-message',
    'a Ping with FIN clear between the fragments of a message',
    ['draft-06/4.5/control-not-fragmented', 'draft-06/4.4/control-not-fragmented'],
    [
      frameOf('text', text('first, '), false),
      frameOf('ping', text('Ping'), false),
      frameOf('continuation', text('last')),
    ],
  ),
];
