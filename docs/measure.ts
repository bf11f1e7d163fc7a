/** A place, in pixels from the top left corner of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle with its sides along the axes. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** How a run of text is set. */
export type TextStyle = 'name' | 'label' | 'note';

/**
 * Size and, as a part of it, the widest advance that a character takes on average in the fonts that a system is likely
 * to have. The measure is meant to be too large rather than too small: a text that is narrower than its box reads
 * well, one that is wider does not.
 */
export const textStyles: Readonly<
  Record<TextStyle, { readonly size: number; readonly advance: number; readonly line: number }>
> = {
  /** The name of a state: proportional and bold. */
  name: { size: 15, advance: 0.66, line: 22 },
  /** An event with its guard: every character as wide as the others. */
  label: { size: 13, advance: 0.62, line: 17 },
  /** What goes with a name or an event, smaller. */
  note: { size: 12, advance: 0.62, line: 17 },
};

/** An upper estimate of the width of a text. */
export function textWidth(text: string, style: TextStyle): number {
  const { size, advance } = textStyles[style];
  return Math.ceil(text.length * size * advance);
}

/** Whether two rectangles share more than an edge. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The rectangle that a straight line along an axis covers. */
export function boxOfLine(from: Point, to: Point): Box {
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
}

/** A rectangle with so much more on each side. */
export function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** A length without the digits that no screen shows. */
export function tenth(length: number): number {
  return Math.round(length * 10) / 10;
}

/** Whether a straight line runs through a rectangle. */
export function crosses({ x, y, width, height }: Box, from: Point, to: Point): boolean {
  let [enters, leaves] = [0, 1];
  const sides = [
    [to.x - from.x, x - from.x, x + width - from.x],
    [to.y - from.y, y - from.y, y + height - from.y],
  ] as const;
  for (const [along, near, far] of sides) {
    if (along === 0) {
      if (near >= 0 || far <= 0) return false;
      continue;
    }
    const [one, other] = [near / along, far / along];
    enters = Math.max(enters, Math.min(one, other));
    leaves = Math.min(leaves, Math.max(one, other));
  }
  return enters < leaves;
}
