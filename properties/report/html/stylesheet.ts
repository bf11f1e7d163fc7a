/** The style sheet of the pages. Colours follow the reader's preference; what is wide scrolls in a box of its own. */
export const stylesheet = `:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--quiet:#5b6470;--rule:#d5dae1;--link:#0a58ca;--soft:#f5f7fa;--fail:#b42318;--advisory:#8a4b00;--pass:#1f6b35;--open:#1d5a96;--mark:#fff3c4;--key:#efe2fb;--head:#fde9c8;--load:#dcefe0}
@media (prefers-color-scheme:dark){:root{--paper:#14171c;--ink:#e6e9ee;--quiet:#a2acb8;--rule:#353c46;--link:#7db4ff;--soft:#1b2028;--fail:#ff8f84;--advisory:#f0b866;--pass:#7fcf92;--open:#8ec2f7;--mark:#4a3d12;--key:#3d2a52;--head:#4d3810;--load:#1f3d28}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header,main,footer{max-width:72rem;margin:0 auto;padding:0 1rem}
header{padding-top:.75rem;padding-bottom:.75rem;border-bottom:1px solid var(--rule)}
footer{margin-top:3rem;padding-bottom:2rem;color:var(--quiet);font-size:.875rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-100vw;padding:.5rem 1rem;background:var(--paper)}
.skip:focus{left:0;top:0;z-index:1}
h1{font-size:1.6rem;line-height:1.25;margin:1.25rem 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:2.25rem 0 .5rem}
h3{font-size:1.02rem;margin:1.5rem 0 .4rem}
p,dl{max-width:50rem}
code,pre,.bytes{font:.86em/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{overflow-wrap:anywhere}
pre{overflow-x:auto;margin:.5rem 0;padding:.6rem .75rem;border:1px solid var(--rule);border-radius:6px;background:var(--soft)}
pre.wrap{white-space:pre-wrap;overflow-wrap:anywhere}
.quiet{color:var(--quiet)}
.totals{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0;padding:0;list-style:none}
.totals li{min-width:7.5rem;padding:.4rem .75rem;border:1px solid var(--rule);border-radius:6px;background:var(--soft)}
.totals b{display:block;font-size:1.4rem;line-height:1.2}
dt{font-weight:600;margin-top:.6rem}
dt .quiet,h3 .quiet{font-weight:400}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem 1rem}
.facts dt{margin:0}
dd{margin:0;overflow-wrap:anywhere}
form{display:flex;flex-wrap:wrap;gap:.75rem 1.25rem;align-items:end;margin:1rem 0;padding:.75rem;border:1px solid var(--rule);border-radius:6px;background:var(--soft)}
fieldset{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0;padding:0;border:0}
legend,.label{padding:0;font-size:.85rem;color:var(--quiet)}
form label{white-space:nowrap}
.field{display:flex;flex-direction:column;flex:1 1 12rem;max-width:24rem}
input[type=search],select{width:100%;padding:.35rem .5rem;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--quiet);border-radius:4px}
.rows{margin:0;padding:0;list-style:none}
.rows li{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:0 .75rem;padding:.35rem 0;border-top:1px solid var(--rule)}
.rows li>span+*{overflow-wrap:anywhere}
.v{font-size:.85rem;font-weight:600;color:var(--quiet)}
.fail,.broken{color:var(--fail)}
.advisory,.inconclusive,.not-followed{color:var(--advisory)}
.pass,.held{color:var(--pass)}
.news{color:var(--ink);background:var(--mark);padding:0 .3rem;border-radius:3px}
.rows li>.news{place-self:start}
.informational,.open{color:var(--open)}
.wide{overflow-x:auto;border:1px solid var(--rule);border-radius:6px;margin:.75rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;padding:.5rem .75rem;color:var(--quiet)}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem;border-top:1px solid var(--rule)}
thead th{background:var(--soft)}
tbody th{font-weight:400}
.matrix table{border-collapse:separate;border-spacing:0}
.matrix tbody th{position:sticky;left:0;background:var(--paper);min-width:10rem;max-width:45vw;overflow-wrap:anywhere}
.matrix td{white-space:nowrap}
.number{text-align:right}
details{margin:.3rem 0}
summary{cursor:pointer}
article{border:1px solid var(--rule);border-radius:6px;padding:0 1rem .75rem;margin:1rem 0}
.wire{margin:0;padding:0;list-style:none}
.wire>li{margin:.75rem 0;padding:.5rem .75rem;border:1px solid var(--rule);border-left:4px solid var(--quiet);border-radius:6px}
.wire>li.peer{border-left-color:var(--link);background:var(--soft)}
.wire p{margin:0 0 .25rem;overflow-wrap:anywhere}
.bytes{display:flex;flex-wrap:wrap;gap:.1rem .4rem;margin:.15rem 0}
.bytes>span{overflow-wrap:anywhere;padding:0 .25rem;border-radius:3px}
.bytes>i{flex:0 0 4.5rem;font-style:normal;color:var(--quiet)}
.key{background:var(--key)}.head{background:var(--head)}.load{background:var(--load)}.masked{border:1px dashed var(--quiet)}
[hidden]{display:none!important}
@media (max-width:40rem){body{font-size:15px}.rows li{grid-template-columns:1fr}th,td{padding:.3rem .5rem}.totals li{min-width:calc(50% - .25rem)}.field{max-width:none}}
@media print{form,.skip{display:none}}
`;
