import { type Markup, markup, verbatim } from '../html.js';
import { paint, themeRules } from '../theme.js';

/** One drawing: its size in pixels, and what is in it. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: Markup;
}

/** A picture in two drawings that say the same: one for wide screens, and one that a phone has room for. */
export interface Picture {
  /** For the ids of its title and description: unique on the page. */
  readonly name: string;
  readonly title: string;
  /** What one would say of it to somebody who does not see it. */
  readonly description: string;
  readonly wide: Drawing;
  readonly narrow: Drawing;
}

const sans = 'system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif';
const mono = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace';

/** Sizes of the kinds of text, in pixels, and the advance of a character as a part of it: more than most fonts take. */
export const figureText = {
  name: { size: 13, advance: 0.62 },
  small: { size: 11, advance: 0.62 },
} as const;

/** An upper estimate of the width of a text in a figure. */
export const figureTextWidth = (text: string, style: keyof typeof figureText): number =>
  Math.ceil(text.length * figureText[style].size * figureText[style].advance);

const style = [
  themeRules('.drawing'),
  `.drawing text{font:${figureText.name.size}px ${sans};${paint('fill', 'ink')}}`,
  `.drawing .code{font-family:${mono}}`,
  `.drawing .small{font-size:${figureText.small.size}px;${paint('fill', 'quiet')}}`,
  `.drawing .letters{font:${figureText.small.size}px ${mono}}`,
  `.drawing rect,.drawing path{${paint('stroke', 'frame')};stroke-width:1}`,
  `.drawing .plain{${paint('fill', 'box')}}`,
  `.drawing .head{${paint('fill', 'group-1')}}`,
  `.drawing .reserved{${paint('fill', 'group-0')}}`,
  `.drawing .key{${paint('fill', 'mark')}}`,
  `.drawing .data{${paint('fill', 'final')}}`,
  `.drawing .masked{${paint('stroke', 'guard')};stroke-dasharray:5 3}`,
  `.drawing .open{fill:none;stroke-dasharray:4 3}`,
  `.drawing .line{fill:none;${paint('stroke', 'line')};stroke-width:1.5}`,
  `.drawing .tip{${paint('fill', 'line')};stroke:none}`,
  `.drawing a:hover text,.drawing a:focus text{text-decoration:underline}`,
].join('');

/** The picture with its caption. Each drawing holds its colours, so that it can be a file of its own. */
export function figure(picture: Picture, caption: string | Markup = picture.title): Markup {
  return markup`<figure class="picture">
${draw(picture, 'wide')}${draw(picture, 'narrow')}<figcaption>${caption}</figcaption>
</figure>
`;
}

function draw({ name, title, description, ...drawings }: Picture, form: 'wide' | 'narrow'): Markup {
  const { width, height, body } = drawings[form];
  const id = `${name}-${form}`;
  return markup`<svg class="drawing ${form}-form" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${description}</desc>
<style>${verbatim(style)}</style>
${body}</svg>
`;
}
