import { type Colour, palette } from '../theme.js';

/** Which colour of the site stands for which of typedoc's, by the name that follows `color-`. */
const colours: Readonly<Record<string, Colour>> = {
  background: 'paper',
  'background-secondary': 'group-0',
  'background-navbar': 'paper',
  'background-active': 'group-1',
  accent: 'rule',
  'active-menu-item': 'group-1',
  text: 'ink',
  'contrast-text': 'ink',
  'text-aside': 'quiet',
  'icon-background': 'paper',
  'icon-text': 'ink',
  'comment-tag': 'group-1',
  'comment-tag-text': 'ink',
  link: 'link',
  'focus-outline': 'link',
  'ts-keyword': 'quiet',
  'ts-project': 'event',
  'ts-module': 'event',
  'ts-namespace': 'event',
  'ts-variable': 'event',
  'ts-function': 'event',
  'ts-class': 'event',
  'ts-interface': 'final-frame',
  'ts-property': 'guard',
  'ts-method': 'event',
  'ts-reference': 'event',
  'ts-parameter': 'event',
  'ts-type-parameter': 'guard',
  'ts-accessor': 'guard',
  'ts-type-alias': 'final-frame',
};

function rulesOf(scheme: 'light' | 'dark'): string {
  return Object.entries(colours)
    .map(([theirs, ours]) => `--${scheme}-color-${theirs}:${palette[scheme][ours]}`)
    .join(';');
}

/** The style sheet that gives typedoc's pages the look of the site. */
export const typedocRules = `:root{${rulesOf('light')};${rulesOf('dark')}}
body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
code,pre,.tsd-signature,.tsd-kind-parameter{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.site-header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;max-width:88rem;margin:0 auto;padding:.75rem 1rem}
.site-header strong a{color:inherit;text-decoration:none}
.site-header ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0;padding:0;list-style:none}
.site-header a{text-decoration:underline}
.site-header a[aria-current]{color:inherit;font-weight:600;text-decoration:none}
.tsd-signature a,.tsd-comment a{text-decoration:underline}
.tsd-page-toolbar .title{font-weight:600}
.container{max-width:88rem}
a:focus-visible,button:focus-visible,summary:focus-visible{outline:3px solid var(--color-link);outline-offset:2px}
`;
