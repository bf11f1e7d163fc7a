import { type Frame, frameOf } from './frame.js';

/** The two kinds of message that the base protocol has. */
export type DataKind = 'text' | 'binary';

/**
 * A message that is being sent although its size is not known yet (draft-06 section 4.4): nothing is open, or a
 * message whose first fragment has gone out.
 */
export type Outgoing = DataKind | 'nothing';

/**
 * The frame for the next piece of a message of unknown size.
 *
 * @param outgoing what is open
 * @param kind the kind of the message; all its fragments have that of the first
 * @param data the piece, of any size, empty too (draft-06/4.4/any-fragment-size)
 * @param fin whether it is the last
 * @throws RangeError when a message of the other kind is open: its fragments cannot be mixed with this one
 */
export function nextFragment(
  outgoing: Outgoing,
  kind: DataKind,
  data: Uint8Array,
  fin: boolean,
): { readonly frame: Frame; readonly outgoing: Outgoing } {
  if (outgoing !== 'nothing' && outgoing !== kind) {
    throw new RangeError(`a fragmented ${outgoing} message is open: finish it before you send a ${kind} message`);
  }
  // draft-06/4.4/one-type: only the first fragment names the type.
  const frame = frameOf(outgoing === 'nothing' ? kind : 'continuation', data, fin);
  return { frame, outgoing: fin ? 'nothing' : kind };
}

/**
 * The frames of a whole message, cut into pieces of at most `size` bytes.
 * @param size at least 1; one frame when the payload is not longer
 * @throws RangeError when `size` is below 1
 */
export function fragmentMessage(kind: DataKind, payload: Uint8Array, size = Infinity): readonly Frame[] {
  if (!(size >= 1)) throw new RangeError(`a fragment has at least 1 byte, not ${size}`);
  const frames: Frame[] = [];
  let outgoing: Outgoing = 'nothing';
  let at = 0;
  do {
    const piece = payload.subarray(at, at + size);
    at += piece.length;
    const next = nextFragment(outgoing, kind, piece, at >= payload.length);
    frames.push(next.frame);
    outgoing = next.outgoing;
  } while (outgoing !== 'nothing');
  return frames;
}
