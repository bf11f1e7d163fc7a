import { maskingKeyLength } from '../../spec/wire.js';
import { type Markup, markup } from '../html.js';
import { type Drawing, figureText, figureTextWidth, type Picture } from './drawing.js';
import { fieldsOfFrame, type FrameField, maskingKeyField } from './frame-fields.js';

/** How many bits stand in a row, and how wide one is. */
interface Grid {
  readonly bitsPerRow: number;
  readonly bitWidth: number;
}

const grids = { wide: { bitsPerRow: 32, bitWidth: 28 }, narrow: { bitsPerRow: 16, bitWidth: 21 } } as const;
const margin = 8;
const heights = { labels: 30, row: 56, gap: 6 } as const;

/** The part of a field that stands in one row. */
export interface Piece {
  readonly field: FrameField;
  /** Whether the field began in a row before. */
  readonly isRest: boolean;
  readonly row: number;
  /** From 0, inside the row. */
  readonly from: number;
  readonly bits: number;
}

/** Cuts fields at the ends of the rows. Data takes what is left of its row, and at least a whole row once. */
export function piecesOf(fields: readonly FrameField[], bitsPerRow: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const field of fields) {
    const left = bitsPerRow - (at % bitsPerRow);
    const isLast = field === fields.at(-1);
    let rest = field.bits ?? (isLast && left < bitsPerRow ? left + bitsPerRow : left);
    for (let isRest = false; rest > 0; isRest = true) {
      const from = at % bitsPerRow;
      const bits = Math.min(rest, bitsPerRow - from);
      pieces.push({ field, isRest, row: Math.floor(at / bitsPerRow), from, bits });
      at += bits;
      rest -= bits;
    }
  }
  return pieces;
}

/** The layout of a clear frame, as a server sends it. */
export function clearLayout(form: 7 | 16 | 63): Picture {
  const fields = fieldsOfFrame(form);
  return {
    name: `clear-${form}`,
    title: `A clear frame with the payload length in ${form} bits`,
    description: inWords(fields),
    wide: drawLayout(fields, grids.wide, 0),
    narrow: drawLayout(fields, grids.narrow, 0),
  };
}

/** The layout of a masked frame, as a client sends it: the masking key, then the clear frame with every octet masked. */
export function maskedLayout(form: 7 | 16 | 63): Picture {
  const fields = [maskingKeyField, ...fieldsOfFrame(form)];
  return {
    name: `masked-${form}`,
    title: `A masked frame with the payload length in ${form} bits`,
    description: `${inWords(fields)} Every octet behind the masking key is masked, those of the header too: octet i by octet i mod 4 of the key.`,
    wide: drawLayout(fields, grids.wide, maskingKeyLength),
    narrow: drawLayout(fields, grids.narrow, maskingKeyLength),
  };
}

function inWords(fields: readonly FrameField[]): string {
  const sizes = fields.map(({ name, bits }) =>
    bits === undefined ? name : `${name} (${bits} bit${bits > 1 ? 's' : ''})`,
  );
  return `From the first bit on the wire: ${sizes.join(', ')}.`;
}

/** @param keyLength octets in front that mask the others; 0 for a clear frame */
function drawLayout(fields: readonly FrameField[], grid: Grid, keyLength: number): Drawing {
  const pieces = piecesOf(fields, grid.bitsPerRow);
  const rows = Math.max(...pieces.map(({ row }) => row)) + 1;
  const lastFixed = pieces.findLast(({ field }) => field.bits !== undefined)?.row ?? 0;
  const labels = Array.from({ length: lastFixed + 1 }, (_, row) => rowLabels(row, grid, keyLength, pieces));
  return {
    width: grid.bitsPerRow * grid.bitWidth + 2 * margin,
    height: topOf(rows, lastFixed) + 2,
    body: markup`${labels}${pieces.map((piece) => drawPiece(piece, grid, lastFixed, keyLength > 0))}`,
  };
}

/** Rows of data alone need no numbers above them. */
function topOf(row: number, lastFixed: number): number {
  const numbered = Math.min(row, lastFixed + 1);
  const plain = row - numbered;
  return numbered * (heights.labels + heights.row + heights.gap) + plain * (heights.row + heights.gap);
}

const boxTop = (row: number, lastFixed: number): number =>
  topOf(row, lastFixed) + (row <= lastFixed ? heights.labels : 0);

/** The numbers of the octets of a row, with the octet of the key that masks each, and the numbers of the bits. */
function rowLabels(row: number, { bitsPerRow, bitWidth }: Grid, keyLength: number, pieces: readonly Piece[]): Markup {
  const lastFixed = pieces.findLast(({ field }) => field.bits !== undefined)?.row ?? 0;
  const top = topOf(row, lastFixed);
  const end = pieces.filter((piece) => piece.row === row && piece.field.bits !== undefined).at(-1);
  const bits = end === undefined ? 0 : end.from + end.bits;
  const octets = Array.from({ length: bits / 8 }, (_, index) => {
    const octet = (row * bitsPerRow) / 8 + index;
    const masked = octet - keyLength;
    const text =
      masked < 0
        ? `key octet ${octet}`
        : keyLength > 0
          ? `octet ${masked}, key octet ${masked % keyLength}`
          : `octet ${octet}`;
    return markup`<text class="small" x="${margin + index * 8 * bitWidth + 2}" y="${top + 11}">${text}</text>
`;
  });
  // One text for all: a character has the place that the list has for it.
  const all = Array.from({ length: bits }, (_, bit) => bit);
  const places = all.map((bit) => margin + (bit + 0.5) * bitWidth).join(' ');
  const numbers = markup`<text class="small code" text-anchor="middle" x="${places}" y="${top + 25}">${all.map((bit) => String(bit % 8))}</text>
`;
  return markup`${octets}${numbers}`;
}

function drawPiece(
  { field, isRest, row, from, bits }: Piece,
  { bitWidth }: Grid,
  lastFixed: number,
  isMasked: boolean,
): Markup {
  const x = margin + from * bitWidth;
  const y = boxTop(row, lastFixed);
  const width = bits * bitWidth;
  const kind = isMasked && field.kind !== 'key' ? `${field.kind} masked` : field.kind;
  const label = isRest ? `${field.name}, continued` : field.name;
  return markup`<a href="#field-${field.id}"><rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${heights.row}"/>
${pieceText(label, isRest ? undefined : field.note, { x: x + width / 2, y: y + heights.row / 2, width })}</a>
`;
}

interface Room {
  /** The middle of the box. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The name in one line with its note below, or letter below letter where the box is one bit wide. */
function pieceText(label: string, note: string | undefined, { x, y, width }: Room): Markup {
  if (figureTextWidth(label, 'name') > width) {
    const step = figureText.small.size + 1;
    const first = y - ((label.length - 1) * step) / 2 + 4;
    const letters = Array.from(
      label,
      (letter, index) => markup`<tspan x="${x}" y="${first + index * step}">${letter}</tspan>`,
    );
    return markup`<text class="letters" text-anchor="middle">${letters}</text>`;
  }
  if (note === undefined) return markup`<text text-anchor="middle" x="${x}" y="${y + 5}">${label}</text>`;
  return markup`<text text-anchor="middle" x="${x}" y="${y - 3}">${label}</text><text class="small" text-anchor="middle" x="${x}" y="${y + 14}">${note}</text>`;
}
