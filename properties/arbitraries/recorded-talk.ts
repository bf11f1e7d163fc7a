import fc from 'fast-check';
import { concatBytes } from '../../model/bytes.js';
import { writeCloseBody } from '../../model/close-body.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { otherRole, type Role } from '../../model/role.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { TraceEvent } from '../judge/trace.js';
import { headTo } from '../simulation/reach.js';

/** A frame of one side, in its turn. */
export interface Turn {
  readonly from: Role;
  readonly frame: Frame;
}

/** A right conversation: what is said between the opening handshake and the Closes, and who closes first. */
export interface Talk {
  /** Turns that belong together: a message of any number of fragments, or a Ping with its Pong. */
  readonly blocks: readonly (readonly Turn[])[];
  readonly closer: Role;
}

const roles = fc.constantFrom<Role>('client', 'server');

function messages(): fc.Arbitrary<readonly Turn[]> {
  return fc
    .tuple(roles, fc.constantFrom('text' as const, 'binary' as const), fc.string({ maxLength: 40 }), fc.nat(3))
    .map(([from, kind, text, cuts]) => {
      const bytes = encodeUtf8(text);
      const size = Math.ceil(bytes.length / (cuts + 1)) || 1;
      const pieces = Array.from({ length: cuts + 1 }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
      return pieces.map((piece, at) => ({
        from,
        frame: frameOf(at === 0 ? kind : 'continuation', piece, at === cuts),
      }));
    });
}

function pings(): fc.Arbitrary<readonly Turn[]> {
  return fc.tuple(roles, fc.uint8Array({ maxLength: 20 })).map(([from, body]) => [
    { from, frame: frameOf('ping', body) },
    { from: otherRole(from), frame: frameOf('pong', body) },
  ]);
}

/** Conversations of which nothing is to be said against either side. */
export function talks(): fc.Arbitrary<Talk> {
  return fc.record({ blocks: fc.array(fc.oneof(messages(), pings()), { maxLength: 6 }), closer: roles });
}

/** A masking key that no other frame of a conversation has. */
export function freshKey(count: number): Uint8Array {
  const mixed = Math.imul(count + 1, 0x9e3779b1) ^ (count << 5);
  return Uint8Array.of(mixed >>> 24, mixed >>> 16, mixed >>> 8, mixed);
}

/** Writes a conversation down as a trace, and knows how many bytes each side has sent. */
export interface Recording {
  readonly events: TraceEvent[];
  readonly sent: Record<Role, number>;
  readonly bytes: (from: Role, bytes: Uint8Array) => void;
  readonly frame: (from: Role, frame: Frame) => void;
  readonly end: (from: Role, how?: 'ended' | 'lost') => void;
}

/** A recording with nothing in it. */
export function createRecording(): Recording {
  const events: TraceEvent[] = [];
  const sent = { client: 0, server: 0 };
  let frames = 0;
  const bytes = (from: Role, added: Uint8Array): void => {
    events.push({ type: 'bytes', atMs: events.length, from, bytes: added });
    sent[from] += added.length;
  };
  return {
    events,
    sent,
    bytes,
    frame: (from, frame) => {
      bytes(from, layOutFrame(frame, from === 'client' ? { maskingKey: freshKey(frames++) } : {}));
    },
    end: (from, how = 'ended') => {
      events.push({ type: how, atMs: events.length, from });
    },
  };
}

/** What may be done otherwise in a conversation; each is given the recording at its moment. */
export interface Changes {
  readonly request?: Uint8Array;
  readonly response?: Uint8Array;
  /** Between two blocks: the number of blocks in front of it counts around; Infinity is behind all of them. */
  readonly at?: number;
  readonly insert?: (recording: Recording) => void;
  /** In place of the Close of a side, which is the closer's unless said otherwise. */
  readonly closes?: (recording: Recording, from: Role) => void;
  readonly afterCloses?: (recording: Recording) => void;
}

/** The right request and the right response of the sample offer. */
export const sampleRequest: Uint8Array = headTo('server');
export const sampleResponse: Uint8Array = headTo('client');

/** Records a conversation, with changes. */
export function recordTalk({ blocks, closer }: Talk, changes: Changes = {}): Recording {
  const { request = sampleRequest, response = sampleResponse, at = 0, insert, afterCloses } = changes;
  const closes =
    changes.closes ??
    ((recording: Recording, from: Role): void => {
      recording.frame(from, frameOf('close', writeCloseBody({ status: 1000 })));
    });
  const recording = createRecording();
  recording.bytes('client', request);
  recording.bytes('server', response);
  const place = at === Infinity ? blocks.length : at % (blocks.length + 1);
  blocks.forEach((block, index) => {
    if (index === place) insert?.(recording);
    for (const { from, frame } of block) recording.frame(from, frame);
  });
  if (place === blocks.length) insert?.(recording);
  closes(recording, closer);
  closes(recording, otherRole(closer));
  afterCloses?.(recording);
  recording.end(otherRole(closer));
  recording.end(closer);
  return recording;
}

/** The events with the bytes of each direction cut in other places, the order between the two kept. */
export function recut(events: readonly TraceEvent[], size: number): readonly TraceEvent[] {
  return events.flatMap((event): TraceEvent[] => {
    if (event.type !== 'bytes') return [event];
    const pieces: TraceEvent[] = [];
    for (let at = 0; at < event.bytes.length; at += size) {
      pieces.push({ ...event, bytes: event.bytes.slice(at, at + size) });
    }
    return pieces;
  });
}

/** All bytes of one direction. */
export function bytesOf(events: readonly TraceEvent[], from: Role): Uint8Array {
  return concatBytes(events.flatMap((event) => (event.type === 'bytes' && event.from === from ? [event.bytes] : [])));
}

/** A head with some text replaced. */
export function rewritten(head: Uint8Array, from: string | RegExp, to: string): Uint8Array {
  return Buffer.from(Buffer.from(head).toString('latin1').replace(from, to), 'latin1');
}
