import type { DecodedFrame } from '../../model/frame-decoder.js';
import { isControl, opcodeName } from '../../model/frame.js';
import { mask } from '../../model/masking.js';
import { headerBits, lengthForms, maskingKeyLength, opcodes } from '../../spec/wire.js';
import { type Markup, markup } from '../html.js';
import type { FieldKind } from './frame-fields.js';

/** One octet of a frame as it stood on the wire, and what it is. */
export interface Octet {
  readonly wire: number;
  /** The octet before it was masked; absent in clear frames and in the key itself. */
  readonly clear?: number;
  readonly kind: FieldKind;
  readonly says: string;
}

/** Two hexadecimal digits, in lower case as everywhere. */
export const hexOfOctet = (octet: number): string => octet.toString(16).padStart(2, '0');

/** Eight bits. */
export const bitsOfOctet = (octet: number): string => octet.toString(2).padStart(8, '0');

/**
 * The octets of a decoded frame, each named after what the decoder found in it.
 * @param wire the bytes of this frame, from its first
 */
export function octetsOf({ frame, lengthForm, maskingKey }: DecodedFrame, wire: Uint8Array): readonly Octet[] {
  const start = maskingKey === undefined ? 0 : maskingKeyLength;
  const clear = maskingKey === undefined ? wire : mask(maskingKey, wire.subarray(start));
  const extended = lengthForm === 7 ? 0 : lengthForm === 16 ? 2 : 8;
  const isText =
    frame.opcode === opcodes.text || (frame.opcode === opcodes.continuation && isPrintable(frame.applicationData));
  const asText = isText || (isControl(frame.opcode) && isPrintable(frame.applicationData));
  return Array.from(wire, (octet, at) => {
    if (at < start) return { wire: octet, kind: 'key', says: `key ${at}` };
    const index = at - start;
    const here = clear[index] ?? 0;
    const part = describe(here, index, extended, asText);
    return { wire: octet, ...(start > 0 ? { clear: here } : {}), ...part };
  });
}

function describe(octet: number, index: number, extended: number, asText: boolean): Pick<Octet, 'kind' | 'says'> {
  if (index === 0) {
    const name = opcodeName(octet & headerBits.opcode);
    return { kind: 'head', says: (octet & headerBits.fin) === 0 ? `${name}, more` : `FIN, ${name}` };
  }
  if (index === 1) {
    const length = octet & headerBits.length;
    return { kind: 'head', says: length > lengthForms.max7 ? `${extended * 8} bits` : `length ${length}` };
  }
  if (index < 2 + extended) return { kind: 'head', says: 'length' };
  return { kind: 'data', says: asText ? `“${String.fromCharCode(octet)}”` : 'data' };
}

function isPrintable(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
}

const shownOctets = 24;

/** A strip of octets, one cell each, that wraps where the screen ends. */
export function octetStrip(octets: readonly Octet[], label: string): Markup {
  const rest = octets.length - shownOctets;
  const more = rest > 0 ? markup`<li class="more">and ${rest} more</li>` : undefined;
  return markup`<ol class="octet-strip" aria-label="${label}">${octets.slice(0, shownOctets).map(cell)}${more}</ol>
`;
}

function cell({ wire, clear, kind, says }: Octet): Markup {
  const below = clear === undefined ? undefined : markup`<code class="clear">${hexOfOctet(clear)}</code>`;
  return markup`<li class="octet ${kind}"><code>${hexOfOctet(wire)}</code>${below}<span>${says}</span></li>`;
}
