import { type Frame, frameOf } from '../../model/frame.js';
import { type Layout, layOutFrame } from '../../model/frame-encoder.js';
import type { MaskingKey } from '../../model/masking.js';
import type { OpcodeName } from '../../spec/wire.js';
import { type Alteration, alteredLine } from '../conformance/altered-line.js';
import type { ClientPeer, LineEvent } from '../verifier/line.js';
import { randomnessOf } from '../verifier/randomness.js';
import { changingClient, offeringClient } from './altered-client.js';

/*
 * Ways to make a faulty client out of the right one by changing the frames that it sends or reads.
 */

/**
 * The model, with an alteration on each of its connections.
 * @param alteration made anew for each connection, since it may remember
 */
export const alteredClient = (
  alteration: () => Alteration,
  client: () => ClientPeer = offeringClient,
): (() => ClientPeer) => changingClient((line) => alteredLine(line, alteration(), 'client'), client);

/** The frames of the tester, some of them changed or left out, before the client reads them. */
export const reading = (change: (frame: Frame) => readonly Frame[]): (() => ClientPeer) =>
  alteredClient(() => ({ reads: (frames) => frames.flatMap(change) }));

/** The frames of the tester without those of some kind. */
export const deafTo = (isUnheard: (frame: Frame) => boolean): (() => ClientPeer) =>
  reading((frame) => (isUnheard(frame) ? [] : [frame]));

/** A frame as a client lays it out. */
export const maskedFrame = (frame: Frame, maskingKey: MaskingKey, layout: Layout = {}): Uint8Array =>
  layOutFrame(frame, { maskingKey, ...layout });

/** What becomes of each frame of some kinds; frames that are made of one have keys of their own. */
export function onSending(
  names: readonly OpcodeName[],
  change: (frame: Frame) => readonly (Frame | LineEvent)[],
): NonNullable<Alteration['sends']> {
  const opcodes = names.map((name) => frameOf(name).opcode);
  return (frame, key) => {
    if (!opcodes.includes(frame.opcode)) return [maskedFrame(frame, key)];
    // From a key that is drawn at random follow others that look as if they were.
    const { bytes } = randomnessOf(6, `frames behind the one masked by ${key.join(' ')}`);
    return change(frame).map((made, at) => ('opcode' in made ? maskedFrame(made, at === 0 ? key : bytes(4)) : made));
  };
}

/** The same, as a client. */
export const sending = (
  names: readonly OpcodeName[],
  change: (frame: Frame) => readonly (Frame | LineEvent)[],
): (() => ClientPeer) => alteredClient(() => ({ sends: onSending(names, change) }));

/** The bytes of each frame of some kinds, made in another way. */
export const laidOut = (
  names: readonly OpcodeName[],
  layOut: (frame: Frame, key: MaskingKey) => Uint8Array,
): (() => ClientPeer) => {
  const opcodes = names.map((name) => frameOf(name).opcode);
  return alteredClient(() => ({
    sends: (frame, key) => [opcodes.includes(frame.opcode) ? layOut(frame, key) : maskedFrame(frame, key)],
  }));
};

export const everyKind: readonly OpcodeName[] = ['continuation', 'close', 'ping', 'pong', 'text', 'binary'];
export const dataKinds: readonly OpcodeName[] = ['continuation', 'text', 'binary'];

/** A frame with another body. */
export const withBody = (frame: Frame, ...body: readonly number[]): Frame => ({
  ...frame,
  applicationData: Uint8Array.from(body),
});
