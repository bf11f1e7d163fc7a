/** The rules of the explorer's page, for the one style sheet of the site. */
export const explorerRules = `
.tool{border:1px solid var(--rule);border-radius:6px;padding:.75rem;margin:.75rem 0}
.tool button,.tool input,.tool select,.tool textarea{font:inherit;color:var(--ink);background:var(--box);border:1px solid var(--frame);border-radius:4px;padding:.25rem .5rem;max-width:100%}
.tool button{cursor:pointer;background:var(--group-1)}
.tool button[aria-disabled]{color:var(--quiet);background:transparent;border-style:dashed;cursor:default}
.tool button[aria-pressed=true]{background:var(--mark)}
.tool button.plain{border:0;background:none;padding:0;color:var(--link);text-align:left;font-weight:600}
.tool button.plain[aria-pressed=true]{text-decoration:underline}
.tool :focus-visible{outline:3px solid var(--link);outline-offset:1px}
.tool textarea{display:block;width:100%;font:.85rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.tool input[type=number]{width:5.5rem}
.tool label{display:inline-flex;flex-direction:column;font-size:.85rem;color:var(--quiet);max-width:100%}
.tool label.check{flex-direction:row;gap:.4rem;align-items:center}
.tool label.whole,.tool .kept label{display:block}
.tool p{margin:.35rem 0}
.tool section{display:block}
.tool .bar,.tool .fields,.tool fieldset{display:flex;flex-wrap:wrap;gap:.5rem;align-items:flex-end}
.tool .fields>.whole,.tool .fields>p,.tool fieldset>p,.tool fieldset>details{flex-basis:100%}
.tool fieldset{border:1px solid var(--rule);border-radius:4px;margin:.5rem 0;padding:.35rem .6rem .6rem;min-width:0}
.tool legend{font-size:.85rem;font-weight:600;padding:0 .25rem}
.tool details>*+*{margin-top:.4rem}
.tool details button{margin-right:.4rem}
.tool summary{cursor:pointer}
.tool .outcome{padding:.4rem .6rem;border-left:4px solid var(--link);background:var(--group-0);max-width:none;margin:.6rem 0}
.tool .refusal{color:var(--guard);max-width:none}
.tool tr.wrong{background:var(--mark)}
.tool .octets code,.tool .trace code{overflow-wrap:anywhere}
.joined{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.15fr) minmax(0,1fr);gap:1rem;align-items:start}
.joined>section{min-width:0}
.joined h3,.tool .frame h3{margin-top:.75rem}
.joined .state{font-size:1.1rem;min-height:1.7em}
.settings .setting{display:flex;flex-wrap:wrap;gap:.5rem;align-items:flex-end}
.settings label{flex:1 1 20rem;min-width:0}
.tool .log{max-height:30rem;overflow:auto;border:1px solid var(--rule);border-radius:4px;padding:.25rem .75rem}
.trace>li{margin:.5rem 0}
.trace ul{margin:.15rem 0;color:var(--quiet);font-size:.9rem}
.strip{display:flex;gap:.5rem;font:.8rem/1.35 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;margin:.5rem 0}
.strip ol,.strip ul{display:flex;flex-wrap:wrap;gap:.3rem 2px;margin:0;padding:0;list-style:none}
.strip li{display:flex;flex-direction:column;align-items:center;min-width:1.6rem;border:1px solid var(--rule);border-radius:3px;padding:0 2px}
.strip .legend li{align-items:flex-start;border-color:transparent;color:var(--quiet)}
.strip small{font-size:.65rem;color:var(--quiet)}
.strip b{font-weight:600}
.strip i{font-style:normal;color:var(--guard)}
.strip small,.strip b,.strip i,.strip span{min-height:1.35em}
.strip li.key{background:var(--group-1)}
.strip li.lit{background:var(--mark);border-color:var(--ink)}
.strip li.wrong{border:2px solid var(--guard)}
.bits{white-space:nowrap}
.tool .says{min-width:9rem}
.tool .clause{min-width:16rem}
.tool .line{min-width:11rem}
.diagrams{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1rem}
.diagrams .wide{height:32rem;overflow:auto}
.states .is-here .box,.states .is-here .final{fill:var(--mark);stroke:var(--link);stroke-width:4}
.states path.is-taken{stroke:var(--link);stroke-width:4}
.states .is-taken text,.states .is-taken text tspan{fill:var(--link);font-weight:700;text-decoration:underline}
@media (max-width:64rem){.joined{grid-template-columns:minmax(0,1fr)}}
@media (max-width:56rem){.diagrams{grid-template-columns:minmax(0,1fr)}.diagrams .wide{height:24rem}}
`;
