/** Extensions that an endpoint speaks, and what those in use do (draft-06 sections 4.8 and 8.1). */
import type { ByteTransform } from './byte-transform.js';
import { deflateStreamName, type Extension, type ExtensionParameter, isPrivateExtension } from './extension-header.js';
import { type Frame, type FrameExtension, type FrameHeader, isReservedOpcode, noExtension } from './frame.js';
import { claimsMeet, type SupportedExtension } from './negotiation.js';
import { type HandshakeViolationCode, type Violation, violation } from './violation.js';

/** What an extension does to frames, once its parameters are agreed on. Each function depends on its arguments alone. */
export interface FrameOperations {
  /** Bytes of extension data that it puts in front of the payload (draft-06/4.3/extension-specifies-length). */
  readonly extensionDataLength?: (header: FrameHeader, payload: Uint8Array) => number;
  /**
   * What it makes of a frame that is sent, control frames included. Its own extension data stands in front of that which
   * is there already.
   */
  readonly send?: (frame: Frame) => Frame;
  /** Undoes `send`; `undefined` for a frame that `send` never makes. */
  readonly receive?: (frame: Frame) => Frame | undefined;
}

/**
 * An extension of the protocol, for both roles.
 * @example
 * // One byte of extension data in front of each text, announced by RSV1.
 * const numbered: ExtensionDefinition = {
 *   name: 'x-numbered',
 *   claims: { reservedBits: ['rsv1'] },
 *   answer: (parameters) => (parameters.length === 0 ? [] : undefined),
 *   frames: () => ({
 *     extensionDataLength: ({ rsv1 }) => (rsv1 ? 1 : 0),
 *     send: (frame) => (frame.opcode === 4 ? { ...frame, rsv1: true, extensionData: Uint8Array.of(1) } : frame),
 *     receive: (frame) => ({ ...frame, rsv1: false, extensionData: new Uint8Array(0) }),
 *   }),
 * };
 */
export interface ExtensionDefinition extends SupportedExtension {
  /** The parameters of its offers by a client, most wanted first. Default: one offer without parameters. */
  readonly offers?: readonly (readonly ExtensionParameter[])[];
  /**
   * Whether a server may answer so, for a client (draft-06/8.1/valid-answer-by-extension). Default: an answer without
   * parameters is right, no other.
   */
  readonly isValidAnswer?: (parameters: readonly ExtensionParameter[]) => boolean;
  /** What it does to frames. */
  readonly frames?: (parameters: readonly ExtensionParameter[]) => FrameOperations;
  /** What it does to the stream of bytes, for each connection anew. It goes with the claim `stream`. */
  readonly transform?: (parameters: readonly ExtensionParameter[]) => ByteTransform;
}

/** What the extensions in use amount to. */
export interface ExtensionsInUse {
  /** What frames may have. */
  readonly frames: FrameExtension;
  /** A frame as it goes out: each extension works on the result of the one before it in the list. */
  readonly send: (frame: Frame) => Frame;
  /** A frame as it was before: the last extension is undone first (reading R-809). */
  readonly receive: (frame: Frame) => Frame | undefined;
  /** The transform of the stream, which is outermost whatever its place in the list (reading R-847). */
  readonly transform: (() => ByteTransform) | undefined;
}

/** The base protocol. */
export const noExtensionsInUse: ExtensionsInUse = {
  frames: noExtension,
  send: (frame) => frame,
  receive: (frame) => frame,
  transform: undefined,
};

/**
 * Checks extensions that an endpoint is to speak, and returns them.
 * @throws RangeError when one may not be spoken: a name that is neither registered nor for private use
 *   (draft-06/8.1/registered-or-private), a name given twice, an opcode that is not reserved
 *   (draft-06/4.8/room-for-extensions), a transform without the claim on the stream
 */
export function checkExtensions<Definition extends ExtensionDefinition>(
  definitions: readonly Definition[],
): readonly Definition[] {
  for (const [at, { name, claims = {}, transform }] of definitions.entries()) {
    if (name !== deflateStreamName && !isPrivateExtension(name)) {
      throw new RangeError(`${JSON.stringify(name)} is not registered: a private extension begins with "x-"`);
    }
    if (definitions.findIndex((other) => other.name === name) !== at) {
      throw new RangeError(`the extension ${name} is given twice`);
    }
    const wrong = claims.opcodes?.find(
      (opcode) => !Number.isInteger(opcode) || !isReservedOpcode(opcode) || opcode > 15,
    );
    if (wrong !== undefined) throw new RangeError(`the extension ${name} wants opcode ${wrong}: take one from 6 to 15`);
    if ((transform !== undefined) !== (claims.stream === true)) {
      throw new RangeError(`the extension ${name} transforms the stream and claims it, or neither`);
    }
  }
  return definitions;
}

/** What a client offers for its extensions, most wanted first (draft-06/8.1/order-is-preference). */
export function offersOf(definitions: readonly ExtensionDefinition[]): readonly Extension[] {
  return definitions.flatMap(({ name, offers = [[]] }) => offers.map((parameters) => ({ name, parameters })));
}

/**
 * What is wrong with the extensions that a server accepted, beyond not having been requested; `undefined` when nothing
 * is. Extensions that the client does not know are left to whoever offered them.
 */
export function judgeAccepted(
  accepted: readonly Extension[],
  definitions: readonly ExtensionDefinition[],
): Violation<HandshakeViolationCode> | undefined {
  const known = knownOf(accepted, definitions);
  for (const [at, { extension, definition }] of known.entries()) {
    const { isValidAnswer = hasNoParameters } = definition;
    if (!isValidAnswer(extension.parameters)) return violation('bad-extension-answer', 0, extension.name);
    // One that is accepted twice does not conflict with itself (reading R-806).
    const rival = known
      .slice(0, at)
      .find((earlier) => earlier.definition !== definition && claimsMeet(earlier.definition, definition));
    if (rival !== undefined) {
      return violation('conflicting-extensions', 0, `${rival.extension.name}, ${extension.name}`);
    }
  }
  return undefined;
}

/**
 * What an agreement amounts to. Extensions in it that the endpoint does not know change nothing.
 * @param accepted in the order of the response (draft-06/8.1/order-of-operations)
 */
export function extensionsInUse(
  accepted: readonly Extension[],
  definitions: readonly ExtensionDefinition[],
): ExtensionsInUse {
  const known = knownOf(accepted, definitions);
  if (known.length === 0) return noExtensionsInUse;
  const operations = known.map(({ extension, definition }) => definition.frames?.(extension.parameters) ?? {});
  const claims = known.map(({ definition }) => definition.claims ?? {});
  const hasBit = (bit: keyof FrameExtension['reservedBits']): boolean =>
    claims.some(({ reservedBits = [] }) => reservedBits.includes(bit));
  const outermostFirst = operations.toReversed();
  // Claims keep a second one out of a negotiation.
  const [transform] = known.flatMap(({ extension: { parameters }, definition: { transform: made } }) =>
    made === undefined ? [] : [() => made(parameters)],
  );
  return {
    frames: {
      reservedBits: { rsv1: hasBit('rsv1'), rsv2: hasBit('rsv2'), rsv3: hasBit('rsv3'), rsv4: hasBit('rsv4') },
      opcodes: claims.flatMap(({ opcodes = [] }) => opcodes),
      // The data of the extension that worked last stands in front.
      extensionDataLength: (header, payload) =>
        outermostFirst.reduce(
          (length, { extensionDataLength }) => length + (extensionDataLength?.(header, payload.subarray(length)) ?? 0),
          0,
        ),
    },
    send: (frame) => operations.reduce((sent, { send }) => send?.(sent) ?? sent, frame),
    receive: (frame) =>
      outermostFirst.reduce<Frame | undefined>(
        (read, { receive }) => (read === undefined || receive === undefined ? read : receive(read)),
        frame,
      ),
    transform,
  };
}

const hasNoParameters = (parameters: readonly ExtensionParameter[]): boolean => parameters.length === 0;

interface Known {
  readonly extension: Extension;
  readonly definition: ExtensionDefinition;
}

function knownOf(accepted: readonly Extension[], definitions: readonly ExtensionDefinition[]): readonly Known[] {
  return accepted.flatMap((extension) => {
    const definition = definitions.find(({ name }) => name === extension.name);
    return definition === undefined ? [] : [{ extension, definition }];
  });
}
