import { concatBytes } from '../../model/bytes.js';
import { type Frame, isControl, type LengthForm } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { assemble, createAssembler } from '../../model/message.js';
import { otherRole, type Role } from '../../model/role.js';

/*
 * What the tester says in a conversation, as data: it can be generated, shrunk, written as text and held again over a
 * fresh connection. What the peer has to do about it is for `oracle.ts`.
 */

/** A frame as the tester sends it, or bytes that need not be one. */
export type Piece =
  | {
      readonly type: 'frame';
      readonly frame: Frame;
      /** Of a tester that plays the client. Default: `usualKey`. */
      readonly maskingKey?: Uint8Array;
      /** Default: the shortest. */
      readonly lengthForm?: LengthForm;
    }
  | { readonly type: 'raw'; readonly bytes: Uint8Array };

/** One step of the tester. */
export type ScriptStep =
  /** Sends pieces at once, as one chunk of bytes; or in several, where it is cut at offsets in ascending order. */
  | { readonly type: 'send'; readonly pieces: readonly Piece[]; readonly cuts: readonly number[] }
  /** Waits until the peer has done what it owes. */
  | { readonly type: 'wait' }
  /** Ends the tester's direction of TCP. */
  | { readonly type: 'end' };

/** All that the tester does behind the opening handshake. In the end it waits for what it is owed. */
export type Script = readonly ScriptStep[];

/** The key of frames that do not name one: four octets of which no two are equal, nor to the small numbers in headers. */
export const usualKey = Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4);

/** The bytes of a piece, sent to a peer of a role. */
export function bytesOfPiece(piece: Piece, peer: Role): Uint8Array {
  if (piece.type === 'raw') return piece.bytes;
  const { frame, lengthForm, maskingKey = usualKey } = piece;
  return layOutFrame(frame, {
    ...(lengthForm === undefined ? {} : { lengthForm }),
    ...(otherRole(peer) === 'client' ? { maskingKey } : {}),
  });
}

/** The chunks that a step sends. Cuts at its ends, or behind them, cut nothing. */
export function chunksOf(step: Extract<ScriptStep, { readonly type: 'send' }>, peer: Role): readonly Uint8Array[] {
  const bytes = concatBytes(step.pieces.map((piece) => bytesOfPiece(piece, peer)));
  const ends = [...new Set(step.cuts)].filter((cut) => cut > 0 && cut < bytes.length);
  return [...ends, bytes.length].map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

/** Whether a peer may get text that is not UTF-8, so that what it echoes need not be. */
export function hasDoubtfulText(script: Script, peer: Role): boolean {
  const bytes = script.flatMap((step) => (step.type === 'send' ? chunksOf(step, peer) : []));
  const { frames, violation } = decodeFrames(createDecoder({ masked: peer === 'server' }), concatBytes(bytes));
  if (violation !== undefined) return true;
  let assembler = createAssembler({ role: peer });
  for (const { frame, offset } of frames) {
    if (isControl(frame.opcode)) continue;
    const assembly = assemble(assembler, frame, offset);
    assembler = assembly.assembler;
    const { message } = assembly;
    if (assembly.violation !== undefined || (message?.kind === 'text' && !message.wellFormed)) return true;
  }
  return false;
}

/** How many pieces a script sends. */
export function sizeOf(script: Script): number {
  return script.reduce((sum, step) => sum + (step.type === 'send' ? step.pieces.length : 0), 0);
}

/** Small letters, in a row that does not repeat at powers of two, so that a shift or a loss shows. */
export function letters(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => 0x61 + (at % 26));
}
