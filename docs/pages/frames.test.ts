import { describe, expect, test } from 'vitest';
import { hexOf } from '../../model/explain.js';
import { frameOf, type LengthForm } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { bytesFrom } from '../../properties/vectors/generate/bytes-notation.js';
import { frameExamples } from '../../properties/vectors/generate/frames-examples.js';
import { piecesOf } from '../figures/bit-layout.js';
import { fieldsOfFrame } from '../figures/frame-fields.js';
import { textExamples } from './frames-examples.js';

const forms: readonly LengthForm[] = [7, 16, 63];
const lengths: Readonly<Record<LengthForm, number>> = { 7: 125, 16: 0xffff, 63: 0x10000 };
const plain = frameOf('continuation', new Uint8Array(), false);

/** The numbers of the bits that are 1. */
const bitsSet = (bytes: Uint8Array): readonly number[] =>
  [...bytes].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => at * 8 + bit),
  );

describe('the drawn layout of a frame', () => {
  test.each(forms)('has each field of a header with a length in %i bits where the encoder writes it', (form) => {
    const written = {
      fin: { ...plain, fin: true },
      rsv1: { ...plain, rsv1: true },
      rsv2: { ...plain, rsv2: true },
      rsv3: { ...plain, rsv3: true },
      rsv4: { ...plain, rsv4: true },
      opcode: { ...plain, opcode: 15 },
    };
    const places = piecesOf(fieldsOfFrame(form), 8 * 16).filter(({ row, isRest }) => row === 0 && !isRest);
    const base = bitsSet(layOutFrame(plain, { lengthForm: form }));
    for (const [id, frame] of Object.entries(written)) {
      const place = places.find(({ field }) => field.id === id);
      const drawn = Array.from({ length: place?.bits ?? 0 }, (_, at) => (place?.from ?? 0) + at);
      const set = bitsSet(layOutFrame(frame, { lengthForm: form })).filter((bit) => !base.includes(bit));
      expect(set, id).toEqual(drawn);
    }
    const full = layOutFrame({ ...plain, applicationData: new Uint8Array(lengths[form]) }, { lengthForm: form });
    const lengthPlaces = places.filter(({ field }) => field.id.startsWith('length'));
    const isInLength = (bit: number): boolean =>
      lengthPlaces.some(({ from, bits }) => bit >= from && bit < from + bits);
    expect(bitsSet(full).every(isInLength)).toBe(true);
    // The payload begins where the drawn header ends.
    const header = places.filter(({ field }) => field.bits !== undefined).reduce((sum, { bits }) => sum + bits, 0);
    expect(full.length - lengths[form]).toBe(header / 8);
  });

  test.each([16, 32])('leaves no bit out and gives none to two fields in rows of %i bits', (bitsPerRow) => {
    for (const form of forms) {
      let at = 0;
      for (const { row, from, bits } of piecesOf(fieldsOfFrame(form), bitsPerRow)) {
        expect(row * bitsPerRow + from).toBe(at);
        at += bits;
      }
      expect(at % bitsPerRow).toBe(0);
    }
  });
});

describe('the examples of the page', () => {
  test('are those of section 4.7, byte for byte', () => {
    const typed = new Map(frameExamples.vectors.map(({ id, input }) => [id, hexOf(bytesFrom(input.wire))]));
    expect(typed.delete('first-fragment')).toBe(true);
    expect(new Map(textExamples.map(({ id, bytes }) => [id, hexOf(bytes)]))).toEqual(typed);
  });
});
