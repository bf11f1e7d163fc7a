/** The rules of the search box. */
export const searchRules = `#search{position:relative;margin-left:auto;flex:0 1 16rem;min-width:11rem}
#search:empty{display:none}
#search-box{width:100%;font:inherit;font-size:.9rem;color:inherit;background:var(--paper);border:1px solid var(--frame);border-radius:6px;padding:.3rem .6rem}
#search-box::placeholder{color:var(--quiet);opacity:1}
#search-box:focus-visible{outline:3px solid var(--link);outline-offset:1px}
#search-list{position:absolute;right:0;z-index:2;width:min(40rem,calc(100vw - 2rem));max-height:75vh;overflow-y:auto;background:var(--paper);border:1px solid var(--frame);border-radius:6px;box-shadow:0 6px 24px #0004;padding:.25rem 0}
#search-list[hidden]{display:none}
#search-list .kind{padding:.4rem .75rem .2rem;font-size:.8rem;color:var(--quiet)}
#search-list a{display:block;padding:.3rem .75rem;color:inherit;text-decoration:none}
#search-list a:hover{background:var(--group-0)}
#search-list a[aria-selected=true]{background:var(--group-1);box-shadow:inset 3px 0 var(--link)}
#search-list strong{display:block;font:600 .85rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
#search-list span{display:block;font-size:.85rem;color:var(--quiet)}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:40rem){#search{flex:1 1 100%;margin:.25rem 0 0}#search-list{left:0;right:auto}}
@media print{#search{display:none}}
`;
