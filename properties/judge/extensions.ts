import type { Extension } from '../../model/extension-header.js';

/**
 * Why frames cannot be read when extensions are in use; `undefined` when none is. An extension may change every byte
 * behind the opening handshake (draft-06 section 8), so that only one that is known could be judged.
 */
export function unreadExtension(extensions: readonly Extension[]): string | undefined {
  if (extensions.length === 0) return undefined;
  return `frames are not judged: ${extensions.map(({ name }) => name).join(', ')} is in use`;
}
