import { hexOf } from '../../model/explain.js';
import { type Frame, frameOf, type LengthForm, minimalForm, opcodeName } from '../../model/frame.js';
import { fromHex, parsePayload, writePayload } from './payload-text.js';
import type { Piece, Script, ScriptStep } from './script.js';

/*
 * A script as one line of text, which stays the same over versions:
 *
 *   script  = step *( " " step )
 *   step    = chunk / "wait" / "end"
 *   chunk   = piece *( "+" piece ) [ "#" offset *( "," offset ) ]    pieces in one chunk; cut at offsets
 *   piece   = name [ "-" ] *( ".rsv1" ... ".rsv4" ) [ payload ] [ "/16" / "/63" ] [ "@" 8HEX ]  /  "raw=" HEX
 *   name    = "text" / "binary" / "cont" / "ping" / "pong" / "close" / "op6" ... "op15"
 *   payload = '"' printable ASCII '"' / "=" HEX / "*" length / ":" status [ '"' reason '"' ]
 *
 * `-` clears FIN, `*5` are the letters abcde, `/63` spells the length in 63 bits, `@` gives the masking key.
 */

/** By opcode. */
const names = ['cont', 'close', 'ping', 'pong', 'text', 'binary'] as const;
const bits = ['rsv1', 'rsv2', 'rsv3', 'rsv4'] as const;

/** Writes a script as text. `parseScript` reads it back. */
export function writeScript(script: Script): string {
  return script.map(writeStep).join(' ');
}

function writeStep(step: ScriptStep): string {
  if (step.type !== 'send') return step.type;
  const cuts = step.cuts.length === 0 ? '' : `#${step.cuts.join(',')}`;
  return step.pieces.map(writePiece).join('+') + cuts;
}

function writePiece(piece: Piece): string {
  if (piece.type === 'raw') return `raw=${hexOf(piece.bytes)}`;
  const { frame, maskingKey, lengthForm } = piece;
  const known = opcodeName(frame.opcode);
  const name = known === 'reserved' ? `op${frame.opcode}` : known === 'continuation' ? 'cont' : known;
  const flags = (frame.fin ? '' : '-') + bits.map((bit) => (frame[bit] ? `.${bit}` : '')).join('');
  const payload = writePayload(frame.applicationData, name === 'close');
  const form = lengthForm === undefined ? '' : `/${lengthForm}`;
  return name + flags + payload + form + (maskingKey === undefined ? '' : `@${hexOf(maskingKey)}`);
}

/** A script, or why a text is none, in words that say where. */
export type ParsedScript =
  { readonly ok: true; readonly script: Script } | { readonly ok: false; readonly why: string };

/** Steps of a script that is read from text. */
const maxSteps = 10_000;

/** Reads what `writeScript` writes. */
export function parseScript(text: string): ParsedScript {
  // Blanks stand between steps, and may stand between quotation marks.
  const words = text.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  if (words.length === 0) return { ok: false, why: 'a conversation has at least one step' };
  if (words.length > maxSteps) return { ok: false, why: `a conversation has at most ${maxSteps} steps` };
  const script: ScriptStep[] = [];
  for (const word of words) {
    const step = parseStep(word);
    if (step === undefined) return { ok: false, why: `${JSON.stringify(word)} is no step of a conversation` };
    script.push(step);
  }
  return { ok: true, script };
}

function parseStep(word: string): ScriptStep | undefined {
  if (word === 'wait' || word === 'end') return { type: word };
  const [, chunk = '', offsets] = /^((?:"[^"]*"|[^"#])+)(?:#(\d+(?:,\d+)*))?$/.exec(word) ?? [];
  const parts = chunk.match(/(?:"[^"]*"|[^"+])+/g) ?? [];
  const pieces = parts.map(parsePiece);
  if (pieces.length === 0 || chunk.replaceAll(/"[^"]*"/g, '').split('+').length !== parts.length) return undefined;
  const cuts = (offsets?.split(',') ?? []).map(Number);
  return pieces.every((piece) => piece !== undefined) ? { type: 'send', pieces, cuts } : undefined;
}

const pieceForm =
  /^(text|binary|cont|ping|pong|close|op\d+)(-?)((?:\.rsv[1-4])*)((?::\d+)?"[^"]*"|[:=*][\da-f]*|)(?:\/(7|16|63))?(?:@([\da-f]{8}))?$/;

function parsePiece(text: string): Piece | undefined {
  const raw = /^raw=((?:[\da-f]{2})*)$/.exec(text)?.[1];
  if (raw !== undefined) return { type: 'raw', bytes: fromHex(raw) };
  const found = pieceForm.exec(text);
  if (found === null) return undefined;
  const [, name = '', minus, flags = '', payloadText = '', formText, key] = found;
  const applicationData = parsePayload(payloadText);
  const opcode = name.startsWith('op') ? Number(name.slice(2)) : names.indexOf(name as (typeof names)[number]);
  if (applicationData === undefined || opcode > 15) return undefined;
  const lengthForm = formText === undefined ? undefined : (Number(formText) as LengthForm);
  if (lengthForm !== undefined && lengthForm < minimalForm(applicationData.length)) return undefined;
  const set = Object.fromEntries(bits.map((bit) => [bit, flags.includes(bit)]));
  const frame: Frame = { ...frameOf('text', applicationData, minus !== '-'), ...set, opcode };
  return {
    type: 'frame',
    frame,
    ...(lengthForm === undefined ? {} : { lengthForm }),
    ...(key === undefined ? {} : { maskingKey: fromHex(key) }),
  };
}
