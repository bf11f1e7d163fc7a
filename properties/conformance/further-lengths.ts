import type { ClauseId } from '../../spec/clauses.js';
import type { SharedCase } from '../verifier/case.js';
import { letters } from './echo-case.js';
import { Inconclusive } from '../verifier/tester.js';
import { blame } from './further-layout.js';
import { messageFrames } from './expectations.js';
import { bytesInFront, grammarOpcodes, hearEcho, type RawFrame } from './raw-frames.js';

/** The forms of the grammar: the seven bits of the second byte, and what stands behind them. */
const forms = {
  7: { bits: 'the value itself', clauses: ['draft-06/4.3/frame-length-7', 'draft-06/4.3/length-seven-bits'] },
  16: { bits: '7E and two octets', clauses: ['draft-06/4.3/frame-length-7e', 'draft-06/4.3/frame-length-16'] },
  63: { bits: '7F and eight octets', clauses: ['draft-06/4.3/frame-length-7f', 'draft-06/4.3/frame-length-63'] },
} as const satisfies Readonly<Record<number, { bits: string; clauses: readonly [ClauseId, ...ClauseId[]] }>>;

/** What a conversation keeps of the bytes of a peer. */
const keptBytes = 4096;

const formOf = ({ lengthBits }: RawFrame): keyof typeof forms =>
  lengthBits === 0x7e ? 16 : lengthBits === 0x7f ? 63 : 7;

/** A Close with 1004: a peer may have limits (draft-06/2/limits). */
const isTooLarge = ({ opcode, payload: [high = 0, low = 0] }: RawFrame): boolean =>
  opcode === grammarOpcodes.close && high * 256 + low === 1004;

/**
 * The lengths in the echo of a message, read by the grammar. A peer may fragment, and may use a longer form than it
 * needs (reading R-401), so that only the sum and the payloads are compared, and each frame is held to the form it uses.
 */
function lengthCase(form: keyof typeof forms, length: number): SharedCase {
  const { bits, clauses } = forms[form];
  return {
    id: `layout/length-${form}-of-${length}`,
    title: `The length of the echo of ${length} bytes, bit by bit`,
    clauses: [...clauses, 'draft-06/4.3/payload-length-is-sum'],
    requirement: `A length that takes ${form} bits stands as ${bits}, and counts all of the payload.`,
    needs: ['echo of binary'],
    run: async (tester) => {
      const { echo, bytes, frames, conversation } = await hearEcho(tester, messageFrames('binary', letters(length)));
      if (frames.some(isTooLarge)) {
        tester.note('draft-06/7.4.1/1004-too-large', 'too-large', `a Close with 1004 after ${length} bytes`);
        return;
      }
      // The end of what is kept lies inside a message of several frames: its sum cannot be told.
      if (echo.at(-1)?.fin === false && bytes.length >= keptBytes) return;
      const sum = echo.reduce((total, frame) => total + frame.length, 0);
      if (sum === length) return;
      if (bytesInFront(echo, letters(length)) > 0) {
        // The lengths are right about what they count, which is for the case about the application data.
        throw new Inconclusive(`the ${conversation.peer} puts further bytes in front of the message`);
      }
      const used = new Set<ClauseId>(echo.flatMap((frame) => forms[formOf(frame)].clauses));
      const blamed = [...(used.size === 0 ? clauses : used), 'draft-06/4.3/payload-length-is-sum'] as const;
      const observed = echo.length === 0 ? 'no echo' : `lengths that come to ${sum} bytes`;
      blame(tester, blamed, 'other-length', observed, `${length} bytes in all`);
    },
  };
}

/** 65,536 bytes are more than are kept of what a peer sends, but their length stands in front. */
export const furtherLengthCases: readonly SharedCase[] = [
  ...[0, 1, 125].map((length) => lengthCase(7, length)),
  ...[126, 256, 1000].map((length) => lengthCase(16, length)),
  lengthCase(63, 0x10000),
];
