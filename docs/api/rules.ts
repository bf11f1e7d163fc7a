/** The rules of the pages of the reference, beside those of the site. */
export const apiRules = `article>h3{margin:.75rem 0 .5rem}
article>h3,.names{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
small{margin-left:.5rem;font:.8rem system-ui,sans-serif}
main h2{overflow-wrap:anywhere}
main h2[id] code{font-weight:600}
.names{font-size:.88rem;columns:10rem auto;column-gap:1rem}
.names li{break-inside:avoid}
.names a{display:inline-block;line-height:1.5rem;overflow-wrap:anywhere}
.code{white-space:pre-wrap;overflow-wrap:anywhere;padding:.5rem .75rem;line-height:1.5rem;max-width:none;margin:.5rem 0}
.code b{color:var(--event)}
.code i,.members i{color:var(--quiet);font-style:normal}
.members{list-style:none;padding:0;margin:.5rem 0}
.members>li{border-top:1px solid var(--rule);padding:.3rem 0 .3rem .75rem}
.members code{white-space:pre-wrap;line-height:1.5rem}
.members p,.members dl{margin:.1rem 0 .25rem 1.25rem}
article dl{display:grid;grid-template-columns:minmax(5rem,auto) minmax(0,1fr);gap:.15rem .75rem;margin:.5rem 0}
article dd{margin:0}
`;
