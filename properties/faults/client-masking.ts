import { concatBytes } from '../../model/bytes.js';
import type { Frame } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { mask, type MaskingKey } from '../../model/masking.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { ClientPeer } from '../verifier/line.js';
import { randomnessOf } from '../verifier/randomness.js';
import { alteredClient, everyKind, laidOut, maskedFrame } from './altered-client-frames.js';
import { clientFault, type ClientFault } from './fault.js';

/** Every frame, made from its clear bytes and a key in another way. */
const masking = (way: (clear: Uint8Array, key: MaskingKey) => Uint8Array) =>
  laidOut(everyKind, (frame, key) => way(layOutFrame(frame), key));

/** Every frame masked as it should be, but with a key of this choice. */
const keyedBy = (next: () => (frame: Frame, right: MaskingKey) => MaskingKey): (() => ClientPeer) =>
  alteredClient(() => {
    const choose = next();
    return { sends: (frame, key) => [maskedFrame(frame, choose(frame, key))] };
  });

/** Octets combined with those of a key, in some order. */
const combined = (bytes: Uint8Array, key: Uint8Array, octet: (index: number) => number): Uint8Array =>
  bytes.map((byte, index) => byte ^ (key[octet(index)] ?? 0));

const keyFirst = (key: Uint8Array, masked: Uint8Array): Uint8Array => concatBytes([key, masked]);

const numbered = (value: number): MaskingKey => {
  const key = new Uint8Array(4);
  new DataView(key.buffer).setUint32(0, value >>> 0);
  return key;
};

type Row = readonly [name: string, clause: ClauseId, says: string, client: () => ClientPeer];

const ways: readonly Row[] = [
  ['clear', 'draft-06/4.2/client-masks-all-frames', 'Sends its frames in the clear.', masking((clear) => clear)],
  [
    'control-frames-clear',
    'draft-06/4.1/client-frames-masked',
    'Masks data frames only.',
    laidOut(['close', 'ping', 'pong'], (frame) => layOutFrame(frame)),
  ],
  [
    'close-clear',
    'draft-06/9/client-messages-masked',
    'Masks all but its Close.',
    laidOut(['close'], (frame) => layOutFrame(frame)),
  ],
  [
    'payload-only',
    'draft-06/4.2/mask-whole-frame',
    'Leaves the header clear.',
    masking((clear, key) => keyFirst(key, concatBytes([clear.subarray(0, 2), mask(key, clear.subarray(2))]))),
  ],
  [
    'header-only',
    'draft-06/4.2/masked-data',
    'Leaves the payload clear.',
    masking((clear, key) => keyFirst(key, concatBytes([mask(key, clear.subarray(0, 2)), clear.subarray(2)]))),
  ],
  [
    'as-in-rfc-6455',
    'draft-06/4.2/key-first',
    'Sets the highest bit of the second byte, and puts the key behind the header.',
    masking((clear, key) => {
      const [first = 0, second = 0] = clear;
      return concatBytes([Uint8Array.of(first, second | 0x80), key, mask(key, clear.subarray(2))]);
    }),
  ],
  [
    'key-last',
    'draft-06/4.2/masked-frame',
    'Puts the key at the end.',
    masking((clear, key) => concatBytes([mask(key, clear), key])),
  ],
  [
    'key-reversed',
    'draft-06/4.2/key-octet-index',
    'Takes the octets of the key from the last to the first.',
    masking((clear, key) =>
      keyFirst(
        key,
        combined(clear, key, (index) => 3 - (index % 4)),
      ),
    ),
  ],
  [
    'key-shifted',
    'draft-06/4.2/octet-by-octet',
    'Counts the octets of the frame from one.',
    masking((clear, key) =>
      keyFirst(
        key,
        combined(clear, key, (index) => (index + 1) % 4),
      ),
    ),
  ],
  [
    'one-octet',
    'draft-06/4.2/masked-octet',
    'Uses the first octet of the key for all.',
    masking((clear, key) =>
      keyFirst(
        key,
        combined(clear, key, () => 0),
      ),
    ),
  ],
  [
    'key-of-16-bits',
    'draft-06/4.2/key-32-bits',
    'Has keys of two octets.',
    masking((clear, key) =>
      keyFirst(
        key.subarray(0, 2),
        combined(clear, key, (index) => index % 2),
      ),
    ),
  ],
  [
    'key-of-64-bits',
    'draft-06/4.2/masking-key',
    'Has keys of eight octets.',
    masking((clear, key) => {
      const long = concatBytes([key, key.toReversed()]);
      return keyFirst(
        long,
        combined(clear, long, (index) => index % 8),
      );
    }),
  ],
  [
    'anew-behind-long-header',
    'draft-06/4.2/octet-by-octet',
    'Begins the key anew behind a header of four octets and more.',
    masking((clear, key) => {
      const header = (clear[1] ?? 0) === 126 ? 5 : 2;
      const rest = mask(key, clear.subarray(header));
      return keyFirst(key, header === 2 ? mask(key, clear) : concatBytes([mask(key, clear.subarray(0, header)), rest]));
    }),
  ],
  [
    'key-outside',
    'draft-06/4.2/key-inside-frame',
    'Sends one key at the start, for all frames.',
    alteredClient(() => {
      let first: MaskingKey | undefined;
      return {
        sends: (frame, key) => {
          if (first !== undefined) return [mask(first, layOutFrame(frame))];
          first = key;
          return [maskedFrame(frame, key)];
        },
      };
    }),
  ],
];

const keys: readonly Row[] = [
  [
    'one-key',
    'draft-06/4.2/fresh-key',
    'Masks every frame of a connection with the same key.',
    keyedBy(() => {
      let first: MaskingKey | undefined;
      return (_, key) => (first ??= key);
    }),
  ],
  [
    'zero-key',
    'draft-06/4.2/key-chosen-by-client',
    'Has no other key than zero.',
    keyedBy(() => () => new Uint8Array(4)),
  ],
  [
    'key-of-the-content',
    'draft-06/4.2/fresh-key',
    'Makes the key from what it masks.',
    keyedBy(
      () =>
        ({ applicationData }) =>
          numbered(applicationData.reduce((sum, byte) => sum * 31 + byte, 7)),
    ),
  ],
  [
    'two-keys',
    'draft-06/4.2/fresh-key',
    'Uses each key for two frames.',
    keyedBy(() => {
      let count = 0;
      let kept: MaskingKey = numbered(0);
      return (_, key) => (kept = count++ % 2 === 0 ? key : kept);
    }),
  ],
  [
    'counted-keys',
    'draft-06/4.2/key-unpredictable',
    'Counts its keys.',
    keyedBy(() => {
      let count = 0x1234;
      return () => numbered(count++);
    }),
  ],
  [
    'stepping-keys',
    'draft-06/4.2/key-unpredictable',
    'Adds the same number to get the next key.',
    keyedBy(() => {
      let value = 1;
      return () => numbered((value += 0x9e3779b1));
    }),
  ],
  [
    'keys-of-small-numbers',
    'draft-06/4.2/key-uniform',
    'Picks keys whose octets are small.',
    keyedBy(() => (_, key) => key.map((byte) => byte >> 4)),
  ],
  [
    'keys-from-the-start',
    'draft-06/4.2/key-unpredictable',
    'Begins the same row of keys on each connection.',
    keyedBy(() => {
      const { bytes } = randomnessOf(1, 'always the same');
      return () => bytes(4);
    }),
  ],
];

/** Section 4.2: masking. */
export const clientMaskingFaults: readonly ClientFault[] = [...ways, ...keys].map(([name, clause, says, client]) =>
  clientFault(`client-masking/${name}`, clause, says, client),
);
