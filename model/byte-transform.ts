/** What an extension does to the stream of bytes behind the opening handshake, such as compress it (draft-06/8.2.1). */

/** A piece of what decoding gave, or why it cannot go on. */
export type Decoded =
  | {
      readonly kind: 'clear';
      /** At most 64 KiB, which bounds what a small input can become before anybody looks at it. May be empty. */
      readonly bytes: Uint8Array;
      /** Whether there is more of the same input: ask for it by decoding no bytes. */
      readonly more: boolean;
    }
  | { readonly kind: 'wrong'; readonly says: string };

/**
 * Both directions of a connection: what the other side sends is decoded, what this side sends is encoded. The model
 * knows it by this interface only: it asks for decoding by an effect and gets the outcome as an input, so that whoever
 * runs a connection may transform at once or later, as the platform does it.
 *
 * Each direction takes one call at a time: the next comes when `then` was called, which may be before the call returns.
 */
export interface ByteTransform {
  /** Decodes bytes as they arrived, cut anywhere; `then` is called once. After `wrong` nothing can be decoded. */
  readonly decode: (coded: Uint8Array, then: (decoded: Decoded) => void) => void;
  /** Encodes so that the other side can decode every byte without waiting for further ones (draft-06/8.2.1/not-delayed). */
  readonly encode: (clear: Uint8Array, then: (coded: Uint8Array) => void) => void;
  /** Gives up what it holds; neither direction calls back any more. */
  readonly close: () => void;
}
