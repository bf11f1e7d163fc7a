import fc from 'fast-check';
import { type Frame, frameOf } from '../../model/frame.js';
import { controlFrames } from './frame.js';
import type { OutgoingMessage } from './message.js';
import { segmentationsOf } from './segmentation.js';

/**
 * The ways to send a message as frames (draft-06 section 4.4): one frame, or one with FIN clear, any number of
 * continuations with FIN clear, and one with FIN set. Fragments may be empty and may cut characters.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { fragmentationsOf, messages, withControlFrames } from 'hybi-spec/arbitraries';
 *
 * const sent = messages().chain((message) =>
 *   fragmentationsOf(message).chain(withControlFrames).map((frames) => ({ message, frames })),
 * );
 * fc.assert(
 *   fc.property(sent, ({ message, frames }) => {
 *     // Put what joins fragments in your implementation here; control frames are opcodes 1 to 3.
 *     const data = frames.filter(({ opcode }) => opcode === 0 || opcode > 3);
 *     return Buffer.concat(data.map(({ applicationData }) => applicationData)).equals(Buffer.from(message.payload));
 *   }),
 * );
 * ```
 */
export function fragmentationsOf({ kind, payload }: OutgoingMessage): fc.Arbitrary<readonly Frame[]> {
  return segmentationsOf(payload).map((segments) => {
    const pieces = segments.length === 0 ? [payload] : segments;
    return pieces.map((piece, at) => frameOf(at === 0 ? kind : 'continuation', piece, at === pieces.length - 1));
  });
}

/** The frames with up to three control frames before, between and behind each of them (draft-06 section 4.5). */
export function withControlFrames(frames: readonly Frame[]): fc.Arbitrary<readonly Frame[]> {
  const some = () => fc.array(controlFrames(), { maxLength: 3 });
  return fc
    .tuple(some(), fc.tuple(...frames.map(some)))
    .map(([first, behind]) => [...first, ...frames.flatMap((frame, at) => [frame, ...(behind[at] ?? [])])]);
}
