/** The rules of the style sheet for pictures, octets and annotated lines. */
export const figureRules = `
/* pictures */
.picture{margin:1rem 0 1.5rem}
.picture svg{display:block;max-width:100%;height:auto}
.picture .narrow-form{display:none}
.picture figcaption{color:var(--quiet);font-size:.9rem;margin-top:.35rem;max-width:46rem}
@media (max-width:62rem){.picture .wide-form{display:none}.picture .narrow-form{display:block}}
/* octets */
.octet-strip{display:flex;flex-wrap:wrap;gap:.25rem;list-style:none;margin:.5rem 0;padding:0}
.octet,.octet-strip .more{display:flex;flex-direction:column;align-items:center;justify-content:center;min-width:4.25rem;padding:.2rem .35rem;border:1px solid var(--frame);border-radius:4px;background:var(--box);font-size:.75rem}
.octet code{font-size:1rem}
.octet .clear{font-size:.85rem}
.octet.key{background:var(--mark)}
.octet.head{background:var(--group-1)}
.octet.data{background:var(--final)}
.octet-strip .more{border-style:dashed;padding:.2rem .6rem}
.clause-list{font-size:.875rem}
.clause-list a{display:inline-block;margin-right:.35rem}
.unbroken{white-space:nowrap}
.wide>pre{margin:0;border:0;background:none;max-width:none;padding:.5rem .75rem;font:.82rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
/* annotated lines */
.lines{list-style:none;margin:.75rem 0;padding:0;border:1px solid var(--rule);border-radius:6px}
.lines>li{padding:.5rem .75rem}
.lines>li+li{border-top:1px solid var(--rule)}
.lines>li>code{display:block;font-size:.95rem;font-weight:600}
.lines>li>div{font-size:.9rem}
.need{display:inline-block;border:1px solid var(--frame);border-radius:4px;padding:0 .35rem;margin-right:.35rem;font-size:.8rem}
.accept-steps>li{margin:.5rem 0}
.accept-steps code{overflow-wrap:anywhere}
`;
