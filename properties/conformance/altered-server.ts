import { type Frame, frameOf } from '../../model/frame.js';
import { type Layout, layOutFrame } from '../../model/frame-encoder.js';
import type { Application } from '../drivers/memory-line.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { LineEvent, Peer } from '../verifier/line.js';
import { type Alteration, alteredLine } from './altered-line.js';

export type { Alteration } from './altered-line.js';

/** A frame as a server lays it out. */
export const laidOut = (frame: Frame, layout: Layout = {}): Uint8Array => layOutFrame(frame, layout);

/** The model as it is without extensions: whoever sits on the line reads frames, and no compressed stream. */
export const plainServer = (): Peer => memoryServer(plainApplication, { extensions: [] });

/** Accepts no extension, and sends every message back. */
export const plainApplication: Application = (effect) =>
  effect.type === 'requested' ? [{ type: 'local.accept' }] : echoApplication(effect);

/** A server in memory with an alteration: the model, with somebody on the line who changes what passes. */
export function alteredServer(alteration: Alteration, peer: Peer = plainServer()): Peer {
  return { connect: async () => alteredLine(await peer.connect(), alteration, 'server') };
}

/** An alteration of the frames of one kind that a server sends. */
export const onSend =
  (name: Parameters<typeof frameOf>[0], change: (frame: Frame) => readonly (Frame | LineEvent)[]) =>
  (frame: Frame): readonly (Uint8Array | LineEvent)[] => {
    if (frame.opcode !== frameOf(name).opcode) return [laidOut(frame)];
    return change(frame).map((made) => ('opcode' in made ? laidOut(made) : made));
  };

/** A frame with another payload. */
export const withBody = (frame: Frame, applicationData: Uint8Array): Frame => ({ ...frame, applicationData });

/** For each use a new server with an alteration. */
export const altered =
  (alteration: Alteration): (() => Peer) =>
  () =>
    alteredServer(alteration);
