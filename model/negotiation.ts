import type { Extension, ExtensionParameter } from './extension-header.js';

/** An extension that a server can speak. */
export interface SupportedExtension {
  readonly name: string;
  /**
   * Answers an offer with the parameters of the response, or `undefined` to decline it
   * (draft-06/8/parameters-by-extension).
   */
  readonly answer: (parameters: readonly ExtensionParameter[]) => readonly ExtensionParameter[] | undefined;
}

/**
 * The subprotocol to accept: the first that the client prefers among those that the server speaks
 * (draft-06/5.2.1/subprotocols-optional, draft-06/5.2.2/subprotocol-selected).
 */
export function selectSubprotocol(offered: readonly string[], spoken: readonly string[]): string | undefined {
  return offered.find((name) => spoken.includes(name));
}

/**
 * The extensions to accept, in the order of the client's preference (draft-06/8.1/order-is-preference). Each is
 * accepted at most once, with the first offer that the extension does not decline.
 */
export function selectExtensions(
  offered: readonly Extension[],
  supported: readonly SupportedExtension[],
): readonly Extension[] {
  const accepted: Extension[] = [];
  for (const offer of offered) {
    const known = supported.find((candidate) => candidate.name === offer.name);
    if (known === undefined || accepted.some((earlier) => earlier.name === offer.name)) continue;
    const parameters = known.answer(offer.parameters);
    if (parameters !== undefined) accepted.push({ name: offer.name, parameters });
  }
  return accepted;
}
