/** The rules of the pages on clauses, readings, evidence and of the guides. */
export const referenceRules = `.crumbs ol,.plain,article>dl:not([class]) ul{list-style:none;margin:0;padding:0}
.crumbs{margin:.25rem 0 1rem}
.crumbs ol{display:flex;flex-wrap:wrap;font-size:.875rem}
.crumbs li+li::before{content:"›";margin:0 .5rem;color:var(--quiet)}
.neighbours{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 2rem;margin:2rem 0;padding-top:.75rem;border-top:1px solid var(--rule)}
.in-columns{columns:18rem auto;column-gap:2rem;max-width:none;margin:1rem 0}
.in-columns li{break-inside:avoid}
.plain.spaced li{margin:.6rem 0}
td.figure,th.figure{text-align:right;font-variant-numeric:tabular-nums}
.restated{font-size:1.1rem;margin:.25rem 0}
.level{font-weight:600}
.unchecked{border-left:3px solid var(--guard);padding-left:.75rem}
article>dl:not([class]){max-width:none;display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.35rem 1rem;margin:.75rem 0 .5rem}
article>dl:not([class]) dd{margin:0}
.filter label{display:flex;gap:.35rem;align-items:baseline}
article>dl:empty{display:none}
summary{cursor:pointer}
article>h2,article>h3{font-size:1.05rem;margin:.75rem 0 .25rem}
.options{margin:.5rem 0}
.options>div{border-left:3px solid transparent;padding-left:.75rem}
.options>.chosen{border-color:var(--final-frame);background:var(--final);font-weight:400}
.options dd{margin-left:0}
.filter{border:1px solid var(--rule);border-radius:6px;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:1rem 0}
main:has(#show-parameter:checked) article:not(.show-parameter),main:has(#show-verdict:checked) article:not(.show-verdict),main:has(#show-behaviour:checked) article:not(.show-behaviour),main:has(#show-nothing:checked) article:not(.show-nothing),main:has(#show-parameter:checked) section:not(:has(.show-parameter)),main:has(#show-verdict:checked) section:not(:has(.show-verdict)),main:has(#show-behaviour:checked) section:not(:has(.show-behaviour)),main:has(#show-nothing:checked) section:not(:has(.show-nothing)){display:none}
.prose>ul,.prose>ol{max-width:46rem}
pre{overflow-x:auto;border:1px solid var(--rule);border-radius:6px;background:var(--group-0);padding:.75rem 1rem;line-height:1.4;max-width:60rem}
pre:focus-visible{outline:3px solid var(--link);outline-offset:2px}
pre code{overflow-wrap:normal;font-size:.85rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr));gap:.75rem;list-style:none;margin:1.25rem 0;padding:0;max-width:none}
.cards li{border:1px solid var(--rule);border-radius:6px;padding:.6rem .85rem}
.cards a{display:block;font-weight:600}
.cards span{color:var(--quiet);font-size:.9rem}
.chain{margin:1rem 0}
.chain ol{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;margin:0;padding:0}
.chain li{flex:1 1 9rem;max-width:14rem;border:1px solid var(--frame);border-radius:6px;background:var(--group-0);padding:.5rem .75rem}
.chain strong,.chain span{display:block}
.chain span{color:var(--quiet);font-size:.875rem}
@media (max-width:40rem){article>dl:not([class]){grid-template-columns:1fr;gap:0}article>dl:not([class]) dt{margin-top:.4rem}}
`;
