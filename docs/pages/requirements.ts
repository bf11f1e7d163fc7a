import { type Answer, answers } from '../../spec/answers.js';
import { documentOf } from '../../spec/clause.js';
import { clauseOf } from '../../spec/clauses.js';
import { rows } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import type { Page } from '../page.js';
import { crumbs, plainClause } from './parts.js';

/** Where the answers to requirements-02 lie. */
export const requirementsPath = 'requirements.html';

/** REQ. 1 to 20, one by one: how draft-06 answers each, by our judgement. */
export function requirementsPage(): Page {
  const count = (judgement: Answer['judgement']): number =>
    answers.filter((answer) => answer.judgement === judgement).length;
  return {
    path: requirementsPath,
    part: 'clauses',
    title: 'requirements-02 answered',
    summary: `How draft-06 answers each of the ${answers.length} requirements: ${count('met')} are met, ${count('met in part')} in part, ${count('not met')} not.`,
    body: markup`${crumbs('clauses')}
<p>requirements-02 binds the design of the protocol, so nothing on the wire can break it. The judgement is ours; the clauses that answer are the draft’s.</p>
<nav aria-label="Requirements"><ul class="plain in-columns">${answers.map(
      (answer) =>
        markup`<li><a href="#${anchorOf(answer)}">${titleOf(answer)}</a> <small>${answer.judgement}</small></li>`,
    )}</ul></nav>
${answers.map(article)}`,
  };
}

const anchorOf = ({ req }: Answer): string => req.slice(req.lastIndexOf('/') + 1);

const titleOf = (answer: Answer): string => anchorOf(answer).replace('req-', 'REQ. ');

function article(answer: Answer): Markup {
  const { req, answeredBy, judgement, because } = answer;
  const sentences = rows.filter(({ id }) => id === req || id.startsWith(`${req}-`));
  return markup`<article id="${anchorOf(answer)}">
<h2>${titleOf(answer)}: ${judgement}</h2>
<ul class="plain">${sentences.map(
    ({ id, says, level }) => markup`<li>${says} <small>${level}</small> ${plainClause(id)}</li>`,
  )}</ul>
<p><strong>Answer:</strong> ${because}</p>
<dl><dt>Clauses of ${documentOf(answeredBy[0] ?? req)} that answer</dt><dd><ul>${answeredBy.map(
    (id) => markup`<li>${plainClause(id)} ${clauseOf(id).says}</li>`,
  )}</ul></dd></dl>
</article>
`;
}
