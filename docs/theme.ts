/** The colours of the site, by the names of the custom properties that carry them. */
const light = {
  paper: '#ffffff',
  ink: '#1b1f24',
  quiet: '#5b6470',
  rule: '#d5dae1',
  link: '#0a58ca',
  box: '#ffffff',
  frame: '#7d8896',
  'group-0': '#f5f7fa',
  'group-1': '#ebeff4',
  final: '#eef6ee',
  'final-frame': '#3f7d4a',
  line: '#5d6b7c',
  event: '#123a6b',
  guard: '#8a4b00',
  mark: '#fff3c4',
} as const;

/** A name of a colour. */
export type Colour = keyof typeof light;

/** The same colours for those who prefer the dark. */
const dark: Readonly<Record<Colour, string>> = {
  paper: '#14171c',
  ink: '#e6e9ee',
  quiet: '#a2acb8',
  rule: '#353c46',
  link: '#7db4ff',
  box: '#20262e',
  frame: '#76828f',
  'group-0': '#191e25',
  'group-1': '#1d232b',
  final: '#1c2a20',
  'final-frame': '#6fb57c',
  line: '#8f9cab',
  event: '#a9cdff',
  guard: '#f0b866',
  mark: '#4a3d12',
};

/** The definitions of the custom properties, for the selector that encloses what uses them. */
export function themeRules(selector: string): string {
  const rule = (colours: Readonly<Record<Colour, string>>): string =>
    `${selector}{${Object.entries(colours)
      .map(([name, value]) => `--${name}:${value}`)
      .join(';')}}`;
  return `${rule(light)}\n@media (prefers-color-scheme:dark){${rule(dark)}}`;
}

/** Declares a colour twice: as a value for readers that know no custom properties, then as the property. */
export function paint(property: 'fill' | 'stroke', colour: Colour): string {
  return `${property}:${light[colour]};${property}:var(--${colour})`;
}
