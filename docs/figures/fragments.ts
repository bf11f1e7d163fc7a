import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { hexOf } from '../../model/explain.js';
import { type Frame, frameOf, isControl, opcodeName } from '../../model/frame.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { fragmentMessage } from '../../model/fragmentation.js';
import { markup } from '../html.js';
import { drawArrow, drawBox, type TextBox } from './boxes.js';
import type { Drawing, Picture } from './drawing.js';

const text = 'Hello, world';

/** The frames of one message as the model cuts it, with a ping between the first two. */
export const fragmentedFrames: readonly Frame[] = fragmentMessage('text', bytesFromLatin1(text), 5).flatMap(
  (frame, at) => (at === 0 ? [frame, frameOf('ping', bytesFromLatin1('?'))] : [frame]),
);

const size = { width: 190, height: 76, gap: 16, margin: 8, band: 30 } as const;

/** A fragmented message on the wire, with a control frame in its middle. */
export function fragmentsPicture(): Picture {
  return {
    name: 'fragments',
    title: 'One text message in three fragments, with a ping in the middle',
    description: `In the order of the wire: ${fragmentedFrames.map((frame) => linesOf(frame).join(', ')).join('; then ')}.`,
    wide: wideDrawing(),
    narrow: narrowDrawing(),
  };
}

function linesOf(frame: Frame): readonly string[] {
  const hex = hexOf(encodeFrame(frame)).match(/../g) ?? [];
  const shown = hex.length > 6 ? [...hex.slice(0, 6), '…'] : hex;
  return [
    `${opcodeName(frame.opcode)}, FIN ${frame.fin ? 1 : 0}`,
    `“${latin1FromBytes(frame.applicationData)}”`,
    shown.join(' '),
  ];
}

function wideDrawing(): Drawing {
  const boxes = fragmentedFrames.map((frame, at): TextBox => {
    const isControlFrame = isControl(frame.opcode);
    return {
      x: size.margin + at * (size.width + size.gap),
      y: size.margin + size.band + size.gap + (isControlFrame ? size.height + size.gap : 0),
      width: size.width,
      height: size.height,
      kind: isControlFrame ? 'key' : 'data',
      lines: linesOf(frame),
    };
  });
  const width = fragmentedFrames.length * (size.width + size.gap) - size.gap;
  const bottom = size.margin + size.band + 2 * (size.gap + size.height) + size.gap;
  const band: TextBox = {
    x: size.margin,
    y: size.margin,
    width,
    height: size.band,
    kind: 'head',
    lines: [`one message: “${text}”`],
  };
  return {
    width: width + 2 * size.margin,
    height: bottom + 24,
    body: markup`${drawBox(band)}${boxes.map(drawBox)}${drawArrow(size.margin, bottom, width + size.margin, bottom)}<text class="small" x="${size.margin}" y="${bottom + 18}">time</text>
`,
  };
}

function narrowDrawing(): Drawing {
  const total = 342;
  const boxes = fragmentedFrames.map((frame, at): TextBox => {
    const isControlFrame = isControl(frame.opcode);
    return {
      x: size.margin + 24 + (isControlFrame ? 60 : 0),
      y: size.margin + size.band + size.gap + at * (size.height + size.gap),
      width: total - 24 - 60,
      height: size.height,
      kind: isControlFrame ? 'key' : 'data',
      lines: linesOf(frame),
    };
  });
  const bottom = size.margin + size.band + fragmentedFrames.length * (size.height + size.gap);
  const band: TextBox = {
    x: size.margin,
    y: size.margin,
    width: total,
    height: size.band,
    kind: 'head',
    lines: [`one message: “${text}”`],
  };
  return {
    width: total + 2 * size.margin,
    height: bottom + size.margin,
    body: markup`${drawBox(band)}${boxes.map(drawBox)}${drawArrow(size.margin + 8, size.margin + size.band + size.gap, size.margin + 8, bottom)}`,
  };
}
