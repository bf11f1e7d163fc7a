import { explorerRules } from './explorer/rules.js';
import { figureRules } from './figures/rules.js';
import { referenceRules } from './reference-rules.js';
import { searchRules } from './search/rules.js';
import { statesRules } from './states-rules.js';
import { themeRules } from './theme.js';

/**
 * The one style sheet of the site. Colours follow the reader's preference; whatever is wider than the screen scrolls
 * inside its own box, so that the page itself never does.
 */
export const stylesheet = `${themeRules(':root')}
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--link)}
a:focus-visible,.wide:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code{font:0.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.skip{position:absolute;left:-100vw;padding:.5rem 1rem;background:var(--paper)}
.skip:focus{left:0;top:0;z-index:1}
header,main,footer{max-width:88rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:baseline;padding-top:.75rem;padding-bottom:.75rem}
header strong a{color:inherit;text-decoration:none}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0;padding:0;list-style:none}
nav a[aria-current]{color:inherit;font-weight:600;text-decoration:none}
main{border-top:1px solid var(--rule)}
footer{margin-top:3rem;padding-bottom:2rem;color:var(--quiet);font-size:.875rem}
h1{font-size:1.75rem;line-height:1.2;margin:1.5rem 0 .5rem}
h2{font-size:1.3rem;margin:2.5rem 0 .5rem}
h3{font-size:1.05rem;margin:2rem 0 .5rem}
p,main>ul,dl{max-width:46rem;overflow-wrap:anywhere}
dt{font-weight:600}
dd{margin:0 0 .5rem 1.25rem}
.wide{overflow-x:auto;border:1px solid var(--rule);border-radius:6px;margin:.75rem 0}
.wide svg{display:block;margin:0 auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;padding:.5rem .75rem;color:var(--quiet)}
th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-top:1px solid var(--rule)}
thead th{background:var(--group-0);white-space:nowrap}
tbody th{font-weight:600}
tbody th,tbody td{line-height:1.5rem}
tbody th code{overflow-wrap:break-word}

summary{line-height:1.5rem}
td a,th a,main a:has(>code){display:inline-block;line-height:1.5rem;min-width:1.5rem}
td ul{margin:0;padding:0;list-style:none}
td li+li{margin-top:.15rem}
.says{min-width:12rem}
.ids{min-width:12rem}
.quiet,small{color:var(--quiet)}
small{font-size:inherit}
.chosen{font-weight:600}
tr:target,article:target,h2:target,tr:has(:target){background:var(--mark)}
article{border:1px solid var(--rule);border-radius:6px;padding:0 1rem .5rem;margin:1rem 0}
article h2,article h3{font-size:1.1rem;margin:.75rem 0 .25rem}
@media (max-width:40rem){body{font-size:15px}th,td{padding:.4rem .5rem}}
@media print{header nav,.skip{display:none}.wide{overflow:visible;border:0}}
${statesRules}${figureRules}${referenceRules}${searchRules}${explorerRules}`;
