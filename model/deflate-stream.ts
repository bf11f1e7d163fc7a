/** The one known extension: the stream of bytes is compressed (draft-06 section 8.2.1). */
import type { ByteTransform } from './byte-transform.js';
import { deflateStreamName } from './extension-header.js';
import type { ExtensionDefinition } from './extension-registry.js';

/**
 * "deflate-stream" on a transform that compresses by RFC 1951. It has no parameters, and an offer with some is
 * declined (reading R-808). Frames are what they are without it: masked first, compressed then (reading R-841), with
 * no reserved bit, no reserved opcode and no extension data (draft-06/8.2.1/no-reserved-bits).
 * @param transform makes the transform of one connection: blocks without a header or checksum (reading R-842)
 */
export function deflateStreamBy(transform: () => ByteTransform): ExtensionDefinition {
  return {
    name: deflateStreamName,
    claims: { stream: true },
    answer: (parameters) => (parameters.length === 0 ? [] : undefined),
    transform,
  };
}
