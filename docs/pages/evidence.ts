import { faults, oddities } from '../../properties/faults/index.js';
import { laws } from '../../properties/traceability/laws.js';
import { totalsOf } from '../../properties/traceability/matrix.js';
import type { Chapter } from '../chapter.js';
import { cases, judgedBy, rows } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import { parts } from '../navigation.js';
import { type Page, table } from '../page.js';
import { casePages, casesPath } from './cases.js';
import { faultsPage, faultsPath } from './faults.js';
import { killMatrixPages, killMatrixPath } from './kill-matrix.js';
import { lawsPage, lawsPath } from './laws.js';
import { peersPage, peersPath } from './peers.js';

/** What checks the clauses, and what checks the checks. */
export function evidenceChapter(): Chapter {
  return { pages: [overview(), lawsPage(), ...casePages(), faultsPage(), ...killMatrixPages(), peersPage()] };
}

interface Kind {
  readonly path: string;
  readonly name: string;
  readonly many: string | number;
  readonly says: string;
  readonly run: string;
}

const countOf = (judged: ReturnType<typeof judgedBy>): number =>
  cases.filter(({ id }) => judgedBy(id.split('/')[0] ?? '') === judged).length;

const kinds = (): readonly Kind[] => [
  {
    path: lawsPath,
    name: 'Laws',
    many: laws.length,
    says: 'hold the model to the clauses, on inputs made at random',
    run: 'npm test',
  },
  {
    path: casesPath,
    name: 'Cases',
    many: cases.length,
    says: `hold somebody’s peer to them: ${countOf('servers')} for servers, ${countOf('clients')} for clients, ${countOf('intermediaries')} for intermediaries`,
    run: 'hybi verify URL',
  },
  {
    path: faultsPath,
    name: 'Faults',
    many: faults.length,
    says: 'are wrong on purpose: a case has to catch each',
    run: 'hybi serve --fault NAME',
  },
  {
    path: `${faultsPath}#chapter-oddities`,
    name: 'Oddities',
    many: oddities.length,
    says: 'are unusual and right: no case may fail one',
    run: 'hybi serve --fault oddity/NAME',
  },
  {
    path: killMatrixPath,
    name: 'Kill matrix',
    many: '',
    says: 'runs every fault against every case of its role, and shows which catches it and what it blames',
    run: 'npm run kill-matrix',
  },
  { path: peersPath, name: 'Real peers', many: '', says: 'of 2011, judged by the cases', run: 'npm run peers' },
  {
    path: 'guides/vectors.html',
    name: 'Vectors',
    many: '',
    says: 'take the same knowledge to any language, as JSON',
    run: 'hybi vectors --out DIR',
  },
  {
    path: 'guides/hostile-peers.html',
    name: 'Hostile peers',
    many: '',
    says: 'try to crash, stall and fill the reference server',
    run: 'npm run fuzz',
  },
  {
    path: 'guides/intermediaries.html',
    name: 'Intermediaries',
    many: '',
    says: 'real proxies, with conversations led through them',
    run: 'npm run intermediaries',
  },
];

function overview(): Page {
  const totals = totalsOf(rows);
  return {
    path: parts.evidence.file,
    part: 'evidence',
    title: 'Evidence',
    summary: `Of ${totals.clauses} clauses ${totals.checked} are checked; ${totals.excused} are not, each with its reason.`,
    body: markup`<p>Laws check the model. Cases check your peer. Faults check the cases. The <a href="~/${parts.clauses.file}">matrix of the clauses</a> shows what stands behind each sentence.</p>
<figure class="chain" aria-label="What checks what"><ol>
<li><strong>Clause</strong><span>what the text says</span></li>
<li><strong>Law</strong><span>holds the model to it</span></li>
<li><strong>Case</strong><span>holds a peer to it</span></li>
<li><strong>Fault</strong><span>shows that the case notices</span></li>
</ol></figure>
${table('What checks what', ['What', 'How many', 'What it does', 'Run it'], kinds().map(row), ['How many'])}`,
  };
}

function row({ path, name, many, says, run }: Kind): Markup {
  return markup`<tr><th scope="row"><a href="~/${path}">${name}</a></th><td class="figure">${many}</td><td class="says">${says}</td><td><code>${run}</code></td></tr>
`;
}
