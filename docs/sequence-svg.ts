import { type Markup, markup, verbatim } from './html.js';
import { type Point, tenth, textStyles } from './measure.js';
import type { FigureText } from './sequence-figure.js';
import type { PlacedLife, PlacedMessage, PlacedState, PlacedText, SequenceLayout } from './sequence-layout.js';
import { at, pictureStyle, place, tipOf } from './svg-parts.js';
import { paint } from './theme.js';

const style = [
  pictureStyle,
  `.states .life{${paint('stroke', 'frame')};stroke-width:1.5;stroke-dasharray:3 4}`,
  `.states .life-connecting{${paint('stroke', 'frame')};stroke-width:5}`,
  `.states .life-open{${paint('stroke', 'final-frame')};stroke-width:5}`,
  `.states .life-closing{${paint('stroke', 'guard')};stroke-width:5}`,
  `.states .sent{${paint('fill', 'ink')}}`,
  `.states .bytes{${paint('fill', 'quiet')}}`,
  `.states .alarm{${paint('fill', 'guard')};font-weight:600}`,
  `.states .forged{stroke-dasharray:7 4;${paint('stroke', 'guard')}}`,
  `.states .mono{font:${textStyles.note.size}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}`,
].join('\n');

/** Draws a sequence diagram. The same layout always gives the same bytes; states and arrows are links. */
export function drawSequence(layout: SequenceLayout): Markup {
  const { figure, width, height, lives, messages, notes, states } = layout;
  const size = markup`viewBox="0 0 ${width} ${tenth(height)}" width="${width}" height="${tenth(height)}"`;
  const names = markup`role="group" aria-labelledby="${figure.id}-title ${figure.id}-desc"`;
  return markup`<svg class="states" xmlns="http://www.w3.org/2000/svg" ${size} ${names}>
<title id="${figure.id}-title">${figure.title}</title>
<desc id="${figure.id}-desc">${figure.description}</desc>
<style>
${verbatim(style)}
</style>
<rect class="paper" width="${width}" height="${tenth(height)}"/>
${lives.map((life) => drawLife(life, height))}${messages.map(drawMessage)}${states.map(drawState)}${notes.map(drawText)}</svg>
`;
}

function drawLife({ name, x, head, phases }: PlacedLife, height: number): Markup {
  const parts = phases.map(({ from, phase }, index) => {
    const to = phases[index + 1]?.from ?? height - 8;
    const kind = phase === 'closed' ? 'life' : `life-${phase}`;
    return markup`<path class="${kind}" d="M${at({ x, y: from })}V${tenth(to)}"/>`;
  });
  const bottom = head.y + head.height;
  return markup`<path class="life" d="M${at({ x, y: bottom })}V${tenth(phases[0]?.from ?? height - 8)}"/>${parts}
<rect class="box" ${place(head)} rx="6"/><text class="name" text-anchor="middle" x="${tenth(x)}" y="${tenth(head.y + 20)}">${name}</text>
`;
}

function drawMessage({ arrow, from, to, label }: PlacedMessage): Markup {
  const { base, tip } = tipOf([from, to]);
  const end = arrow.arrives === undefined ? markup`<path class="line" d="${cross(to)}"/>` : tip;
  const kind = arrow.forged ? 'line forged' : 'line';
  return markup`<path class="${kind}" d="M${at(from)}L${at(arrow.arrives === undefined ? to : base)}"/>${end}
${label.map(drawText)}`;
}

/** Where something is lost. */
function cross({ x, y }: Point): string {
  return `M${at({ x: x - 5, y: y - 5 })}l10,10M${at({ x: x - 5, y: y + 5 })}l10,-10`;
}

function drawState({ state, ...box }: PlacedState): Markup {
  const kind = state.phase === 'closed' ? 'final' : 'box';
  const x = tenth(box.x + box.width / 2);
  return markup`<a href="~/${state.href}"><rect class="${kind}" ${place(box)} rx="12"/><text class="mono" text-anchor="middle" x="${x}" y="${tenth(box.y + 16)}">${state.name}</text></a>
`;
}

const classes: Readonly<Record<FigureText['tone'], string>> = {
  words: 'mono sent',
  bytes: 'mono bytes',
  note: 'mono bytes',
  alarm: 'mono alarm',
};

function drawText({ text: { text, tone, href }, anchor, x, y, width }: PlacedText): Markup {
  const from = anchor === 'start' ? x : anchor === 'end' ? x + width : x + width / 2;
  const drawn = markup`<text class="${classes[tone]}" text-anchor="${anchor}" x="${tenth(from)}" y="${tenth(y + textStyles.note.size)}">${text}</text>`;
  return href === undefined
    ? markup`${drawn}
`
    : markup`<a href="~/${href}">${drawn}</a>
`;
}
