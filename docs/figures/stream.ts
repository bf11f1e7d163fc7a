import { markup, type Markup } from '../html.js';
import { drawArrow, drawBox, type TextBox } from './boxes.js';
import type { Drawing, Picture } from './drawing.js';

interface Layer {
  readonly kind: TextBox['kind'];
  readonly lines: readonly string[];
}

/** What bytes go through, from the application to the network and back. */
const layers: Readonly<Record<'down' | 'up', readonly Layer[]>> = {
  down: [
    { kind: 'plain', lines: ['messages, pings, pongs, closes'] },
    { kind: 'head', lines: ['frames', 'a client masks them here'] },
    { kind: 'data', lines: ['deflate-stream', 'all bytes behind the opening handshake, RFC 1951'] },
    { kind: 'plain', lines: ['TLS, for wss', 'TCP'] },
  ],
  up: [
    { kind: 'plain', lines: ['messages, pings, pongs, closes'] },
    { kind: 'head', lines: ['frames', 'a server unmasks them here'] },
    { kind: 'data', lines: ['deflate-stream', 'inflates whatever blocks RFC 1951 allows'] },
    { kind: 'plain', lines: ['TLS, for wss', 'TCP'] },
  ],
};

const size = { width: 300, height: 52, gap: 26, margin: 8, side: 42 } as const;

/** Where deflate-stream sits: between the frames and the transport. */
export function streamPicture(): Picture {
  return {
    name: 'deflate-stream',
    title: 'Where deflate-stream sits',
    description:
      'Frames are made, and masked by clients, before the stream of their bytes is deflated and given to the transport; a receiver does the same backwards. The opening handshake goes past it.',
    wide: columns(2),
    narrow: columns(1),
  };
}

function columns(count: 1 | 2): Drawing {
  const column = size.side + size.width;
  const bottom = size.margin + layers.down.length * (size.height + size.gap);
  const sender = drawColumn(size.margin, 'down');
  if (count === 1) return { width: column + 2 * size.margin, height: bottom, body: sender };
  const from = size.margin + column;
  const receiver = drawColumn(from + 60, 'up');
  const wire = bottom - size.gap - size.height / 2;
  return {
    width: 2 * column + 60 + 2 * size.margin,
    height: bottom,
    body: markup`${sender}${receiver}${drawArrow(from + 4, wire, from + 60 - 4, wire)}`,
  };
}

/** The layers of one side; the opening handshake passes by on its outer side. */
function drawColumn(left: number, way: 'down' | 'up'): Markup {
  const x = way === 'down' ? left + size.side : left;
  const top = (at: number): number => size.margin + at * (size.height + size.gap);
  const boxes = layers[way].map(({ kind, lines }, at) =>
    drawBox({ x, y: top(at), width: size.width, height: size.height, kind, lines }),
  );
  const middle = x + size.width / 2;
  const arrows = layers[way].slice(1).map((_, at) => {
    const upper = top(at) + size.height + 3;
    const lower = top(at + 1) - 3;
    return way === 'down' ? drawArrow(middle, upper, middle, lower) : drawArrow(middle, lower, middle, upper);
  });
  const high = top(0) + size.height / 2;
  const low = top(3) + size.height / 2;
  const past = way === 'down' ? left + 20 : x + size.width + 22;
  const edge = way === 'down' ? x - 3 : x + size.width + 3;
  const [start, end] = way === 'down' ? [high, low] : [low, high];
  const beside = way === 'down' ? past - 8 : past + 15;
  return markup`${boxes}${arrows}<path class="line" d="M${edge} ${start}H${past}V${end}"/>${drawArrow(past, end, edge, end)}<text class="small" text-anchor="middle" transform="translate(${beside} ${(high + low) / 2}) rotate(-90)">opening handshake</text>
`;
}
