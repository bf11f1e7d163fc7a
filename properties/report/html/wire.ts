import { drawStream } from '../../../model/draw.js';
import { explainDecoded, hexOf } from '../../../model/explain.js';
import { createDecoder, type DecodedFrame, decodeFrames } from '../../../model/frame-decoder.js';
import { mask } from '../../../model/masking.js';
import { otherRole, type Role } from '../../../model/role.js';
import { maskingKeyLength } from '../../../spec/wire.js';
import type { WireEntry } from '../../verifier/recorder.js';
import { type Markup, markup, type MarkupValue } from '../markup.js';

/*
 * The bytes of both directions, annotated. An entry is a head of HTTP, which is text, or frames: of a masked one the
 * key, the bytes as they came and the clear form stand below each other. What cannot be read as frames is shown with
 * the rule that it breaks, which is what many cases are about.
 */

/** Frames of a case that are drawn bit by bit; with hundreds of them nobody looks. */
const drawnFrames = 24;
/** Bytes of one frame that are shown at once. */
const shownBytes = 48;

/** The protocol of a case. `role` is that of the implementation under test. */
export function annotateWire(wire: readonly WireEntry[], role: Role): Markup {
  // Frames behind an extension are not frames on the wire.
  const isCoded = wire.some(({ note }) => note.startsWith('encoded: '));
  const budget = { frames: drawnFrames };
  const items = wire.map((entry) => {
    const from = entry.from === 'peer' ? role : otherRole(role);
    const who = entry.from === 'peer' ? `the ${from} under test` : `tester, as the ${from}`;
    return markup`<li class="${entry.from}"><p><b>${who}</b> <span class="quiet">${entry.atMs} ms</span> ${entry.note}</p>
${annotateEntry(bytesOf(entry.hex), entry, from, isCoded, budget)}</li>
`;
  });
  return markup`<ol class="wire">
${items}</ol>
`;
}

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

interface Budget {
  frames: number;
}

function annotateEntry(bytes: Uint8Array, entry: WireEntry, from: Role, isCoded: boolean, budget: Budget): MarkupValue {
  if (bytes.length === 0) return undefined;
  const text = Buffer.from(bytes).toString('latin1');
  if (/^(?:[A-Z]{3,8} |HTTP\/)/.test(text) && text.slice(0, 4096).includes('HTTP/')) {
    const end = text.indexOf('\r\n\r\n');
    const headEnd = end < 0 ? text.length : end + 4;
    const rest = bytes.subarray(headEnd);
    // What a peer sends behind its head comes again as an entry of its own.
    const isRepeated = entry.from === 'peer';
    const behind = rest.length === 0 || isRepeated ? undefined : annotateFrames(rest, from, budget);
    const note =
      rest.length > 0 && isRepeated
        ? markup`<p class="quiet">${rest.length} bytes stand behind the head.</p>`
        : undefined;
    return [markup`<pre class="wrap">${visible(text.slice(0, headEnd))}</pre>`, note, behind];
  }
  return isCoded ? hexDump(bytes) : annotateFrames(bytes, from, budget);
}

/** Characters that would not show, or would do something, by their names in the Unicode block of control pictures. */
function visible(text: string): string {
  const pictures = Array.from(text.replaceAll('\r\n', '\n'), (character) => {
    const code = character.charCodeAt(0);
    if (code === 0x7f) return '\u2421';
    return code < 0x20 && character !== '\n' && character !== '\t' ? String.fromCharCode(0x2400 + code) : character;
  });
  return pictures.join('');
}

function annotateFrames(bytes: Uint8Array, from: Role, budget: Budget): MarkupValue {
  const { frames, decoder } = decodeFrames(createDecoder({ masked: from === 'client', maxPayload: Infinity }), bytes);
  const parts: MarkupValue[] = frames.map((decoded) => annotateFrame(decoded, bytes, from, budget));
  const rest = bytes.subarray(decoder.offset);
  if (rest.length > 0) {
    const says = drawStream(rest, from).text.trimEnd();
    parts.push(hexDump(rest), markup`<pre class="wrap">${says}</pre>`);
  }
  return parts;
}

function annotateFrame(decoded: DecodedFrame, all: Uint8Array, from: Role, budget: Budget): Markup {
  const { offset, length, maskingKey, frame } = decoded;
  const wire = all.subarray(offset, offset + length);
  const clear = maskingKey === undefined ? wire : mask(maskingKey, wire.subarray(maskingKeyLength));
  const headerLength = clear.length - frame.applicationData.length;
  const clearForm = markup`<span class="head" title="header">${spaced(clear.subarray(0, headerLength))}</span>${
    frame.applicationData.length === 0
      ? undefined
      : markup`<span class="load" title="payload data">${spaced(frame.applicationData)}</span>`
  }`;
  const onTheWire =
    maskingKey === undefined
      ? undefined
      : markup`<div class="bytes"><i>wire</i><span class="key" title="masking key">${spaced(maskingKey)}</span><span class="masked" title="masked">${spaced(wire.subarray(maskingKeyLength))}</span></div>
`;
  return markup`<p>${explainDecoded(decoded, from).says}</p>
${onTheWire}<div class="bytes"><i>${maskingKey === undefined ? 'wire' : 'clear'}</i>${clearForm}</div>
${drawing(wire, from, budget)}`;
}

function drawing(wire: Uint8Array, from: Role, budget: Budget): MarkupValue {
  if (budget.frames <= 0) return undefined;
  budget.frames--;
  const [, ...lines] = drawStream(wire, from).text.trimEnd().split('\n');
  return markup`<details><summary>bit by bit</summary><pre>${lines.join('\n')}</pre></details>`;
}

/** The beginning of the bytes, in pairs of digits. */
function spaced(bytes: Uint8Array): string {
  const shown = hexOf(bytes.subarray(0, shownBytes)).replace(/..(?=.)/g, '$& ');
  return bytes.length > shownBytes ? `${shown} … (${bytes.length} bytes)` : shown;
}

/** All of the bytes, folded away where they are many. */
function hexDump(bytes: Uint8Array): Markup {
  const dump = markup`<div class="bytes"><span>${hexOf(bytes).replace(/..(?=.)/g, '$& ')}</span></div>`;
  return bytes.length <= shownBytes ? dump : markup`<details><summary>${bytes.length} bytes</summary>${dump}</details>`;
}
