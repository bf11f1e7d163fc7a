import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { type Extension, extensionNameForm, type ExtensionParameter } from './extension-header.js';
import { asciiLowerCase } from './http-head.js';
import type { FrameExtension } from './frame.js';

/** What an extension needs for itself, and cannot share with another one in use (draft-06/4.8/room-for-extensions). */
export interface ExtensionClaims {
  readonly reservedBits?: readonly (keyof FrameExtension['reservedBits'])[];
  /** Of the reserved opcodes, 6 to 15. */
  readonly opcodes?: readonly number[];
  /** Whether it transforms the stream of bytes behind the opening handshake. */
  readonly stream?: boolean;
}

/** An extension that a server can speak. */
export interface SupportedExtension {
  readonly name: string;
  /** Default: nothing. */
  readonly claims?: ExtensionClaims;
  /**
   * Answers an offer with the parameters of the response, or `undefined` to decline it
   * (draft-06/8/parameters-by-extension).
   */
  readonly answer: (parameters: readonly ExtensionParameter[]) => readonly ExtensionParameter[] | undefined;
}

/** The form in which subprotocols are compared: in lower case by reading R-544 `none`. */
export function subprotocolForm(name: string, { subprotocolCase }: ReadingChoices): string {
  return subprotocolCase === 'none' ? asciiLowerCase(name) : name;
}

/**
 * The subprotocol to accept: the first that the client prefers among those that the server speaks
 * (draft-06/5.2.1/subprotocols-optional, draft-06/5.2.2/subprotocol-selected).
 */
export function selectSubprotocol(
  offered: readonly string[],
  spoken: readonly string[],
  readings: ReadingChoices = defaultReadings,
): string | undefined {
  const known = spoken.map((name) => subprotocolForm(name, readings));
  return offered.find((name) => known.includes(subprotocolForm(name, readings)));
}

/** Whether reading R-579 has a server refuse who offers subprotocols and none that it speaks. */
export function lacksSubprotocol(
  offered: readonly string[],
  spoken: readonly string[],
  readings: ReadingChoices = defaultReadings,
): boolean {
  if (readings.noSubprotocolSpoken === 'without' || offered.length === 0) return false;
  return selectSubprotocol(offered, spoken, readings) === undefined;
}

/**
 * The extensions to accept, in the order of the client's preference (draft-06/8.1/order-is-preference). Each is
 * accepted at most once, with the first offer that the extension does not decline, or once for each such offer by
 * reading R-805 `stacked`. Of two that claim the same, the one that the client prefers is taken: a receiver could not
 * tell whose bit it sees (draft-06/8.1/interactions-defined), nor which of two of the same.
 */
export function selectExtensions(
  offered: readonly Extension[],
  supported: readonly SupportedExtension[],
  readings: ReadingChoices = defaultReadings,
): readonly Extension[] {
  const accepted: Extension[] = [];
  const taken: SupportedExtension[] = [];
  const isStacked = readings.repeatedExtension === 'stacked';
  for (const offer of offered) {
    const known = supported.find((candidate) => isSameExtension(candidate, offer, readings));
    if (known === undefined) continue;
    if (taken.some((earlier) => (earlier === known && !isStacked) || claimsMeet(earlier, known))) continue;
    const parameters = known.answer(offer.parameters);
    if (parameters === undefined) continue;
    accepted.push({ name: known.name, parameters });
    taken.push(known);
  }
  return accepted;
}

/** Whether two names are those of one extension (reading R-804). */
export function isSameExtension(
  one: { readonly name: string },
  other: { readonly name: string },
  readings: ReadingChoices,
): boolean {
  return extensionNameForm(one.name, readings) === extensionNameForm(other.name, readings);
}

/** Whether two extensions claim the same reserved bit or opcode, or the stream, and cannot be in use together. */
export function claimsMeet(one: SupportedExtension, other: SupportedExtension): boolean {
  const { reservedBits = [], opcodes = [], stream = false } = one.claims ?? {};
  const others = other.claims ?? {};
  return (
    reservedBits.some((bit) => others.reservedBits?.includes(bit)) ||
    opcodes.some((opcode) => others.opcodes?.includes(opcode)) ||
    (stream && others.stream === true)
  );
}
