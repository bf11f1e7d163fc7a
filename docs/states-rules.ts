/** The rules of the pages on states and runs: names keep together, and what is wide scrolls in its box. */
export const statesRules = `.words code{overflow-wrap:break-word}
.words td .states{display:block}
.words pre{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
.words td>p{margin:.15rem 0}
.ignored th,.words th small{font-weight:400}
`;
