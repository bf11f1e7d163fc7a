import { isControl } from '../../model/frame.js';
import { opcodes } from '../../spec/wire.js';
import { letters, type Piece, type Script, type ScriptStep } from './script.js';

/*
 * The last steps of shrinking, which look at a conversation as a whole and not at how it was generated: a fragment goes
 * and its message stays one, a message goes and the Pings between its fragments stay.
 */

/** A data frame of a script, by where it stands. */
interface Place {
  readonly step: number;
  readonly piece: number;
}

type FramePiece = Extract<Piece, { readonly type: 'frame' }>;

const sends = (step: ScriptStep | undefined): readonly Piece[] => (step?.type === 'send' ? step.pieces : []);

/** Smaller conversations that are worth a try, those first that leave most out. */
export function* smallerThan(script: Script): Generator<Script> {
  for (const message of messagesOf(script)) {
    if (message.length > 1) yield withoutPlaces(script, message);
  }
  for (const at of script.keys()) yield script.filter((_, other) => other !== at);
  for (const message of messagesOf(script)) {
    if (message.length > 1) for (const place of message) yield withoutFragment(script, message, place);
  }
  for (const [step, each] of script.entries()) {
    if (each.type !== 'send') continue;
    if (each.cuts.length > 0) yield replaced(script, step, { ...each, cuts: [] });
    for (const [piece, one] of each.pieces.entries()) {
      if (each.pieces.length > 1) yield withoutPlaces(script, [{ step, piece }]);
      for (const simple of simplerThan(one)) yield changed(script, { step, piece }, simple);
    }
    if (each.pieces.length > 1) yield apart(script, step, each.pieces);
  }
}

/** The fragments of each message, in order; what is left open in the end is one too. */
function messagesOf(script: Script): readonly (readonly Place[])[] {
  const messages: Place[][] = [];
  let open: Place[] | undefined;
  for (const [step, each] of script.entries()) {
    for (const [piece, one] of sends(each).entries()) {
      if (one.type === 'raw' || isControl(one.frame.opcode)) continue;
      if (open === undefined) {
        open = [];
        messages.push(open);
      }
      open.push({ step, piece });
      if (one.frame.fin) open = undefined;
    }
  }
  return messages;
}

const replaced = (script: Script, at: number, step: ScriptStep): Script =>
  script.map((each, other) => (other === at ? step : each));

function changed(script: Script, { step, piece }: Place, one: Piece): Script {
  const each = script[step];
  if (each?.type !== 'send') return script;
  return replaced(script, step, { ...each, pieces: each.pieces.map((other, at) => (at === piece ? one : other)) });
}

/** Pieces that went out in one chunk, each in one of its own. */
const apart = (script: Script, at: number, pieces: readonly Piece[]): Script => [
  ...script.slice(0, at),
  ...pieces.map((piece): ScriptStep => ({ type: 'send', pieces: [piece], cuts: [] })),
  ...script.slice(at + 1),
];

function withoutPlaces(script: Script, places: readonly Place[]): Script {
  return script.flatMap((each, step): readonly ScriptStep[] => {
    if (each.type !== 'send') return [each];
    const pieces = each.pieces.filter((_, piece) => !places.some((at) => at.step === step && at.piece === piece));
    return pieces.length === 0 ? [] : [{ ...each, pieces }];
  });
}

const frameAt = (script: Script, { step, piece }: Place): FramePiece | undefined => {
  const one = sends(script[step])[piece];
  return one?.type === 'frame' ? one : undefined;
};

/** A message with one fragment less: its neighbours take over that it was the first, or the last. */
function withoutFragment(script: Script, message: readonly Place[], gone: Place): Script {
  const at = message.indexOf(gone);
  const [first, before, behind] = [frameAt(script, gone), message[at - 1], message[at + 1]];
  let result = script;
  if (at === 0 && behind !== undefined) {
    const next = frameAt(script, behind);
    const opcode = first?.frame.opcode ?? opcodes.text;
    if (next !== undefined) result = changed(result, behind, { ...next, frame: { ...next.frame, opcode } });
  } else if (behind === undefined && before !== undefined) {
    const last = frameAt(script, before);
    const fin = first?.frame.fin ?? true;
    if (last !== undefined) result = changed(result, before, { ...last, frame: { ...last.frame, fin } });
  }
  return withoutPlaces(result, [gone]);
}

/** A piece laid out as usual, or with less in it. */
function* simplerThan(piece: Piece): Generator<Piece> {
  if (piece.type === 'raw') {
    const { length } = piece.bytes;
    for (const shorter of [length >> 1, length - 1]) {
      if (shorter > 0 && shorter < length) yield { ...piece, bytes: piece.bytes.subarray(0, shorter) };
    }
    return;
  }
  const { frame, lengthForm, maskingKey } = piece;
  const form = lengthForm === undefined ? {} : { lengthForm };
  const key = maskingKey === undefined ? {} : { maskingKey };
  if (lengthForm !== undefined) yield { type: 'frame', frame, ...key };
  if (maskingKey !== undefined) yield { type: 'frame', frame, ...form };
  const { length } = frame.applicationData;
  const isLetters = frame.applicationData.every((byte, at) => byte === 0x61 + (at % 26));
  const lengths = [0, length >> 1, length - 1, ...(isLetters ? [] : [length])];
  for (const shorter of new Set(lengths)) {
    // The first two bytes of a Close are no letters.
    if (shorter < 0 || shorter > length || frame.opcode === opcodes.close) continue;
    if (shorter === length && isLetters) continue;
    yield { ...piece, frame: { ...frame, applicationData: letters(shorter) } };
  }
  if (frame.opcode === opcodes.close && length > 2) {
    yield { ...piece, frame: { ...frame, applicationData: frame.applicationData.subarray(0, 2) } };
  }
  if (frame.opcode === opcodes.close && length > 0) {
    yield { ...piece, frame: { ...frame, applicationData: letters(0) } };
  }
}
