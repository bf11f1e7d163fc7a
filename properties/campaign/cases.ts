import type fc from 'fast-check';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { Need, SharedCase, SharedTester } from '../verifier/case.js';
import { Inconclusive } from '../verifier/tester.js';
import { type CampaignResult, runCampaign } from './campaign.js';
import { holdScript } from './hold-script.js';
import { hasDoubtfulText, type Script, sizeOf } from './script.js';
import { brokenScripts, legalScripts } from './script-arbitrary.js';
import { writeScript } from './script-text.js';

/*
 * Campaigns as cases: `--runs` conversations each. What one finds is shown once more, in its smallest form, as the
 * conversation of the case, so that its bytes are those of the report.
 */

interface Group {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly requirement: string;
  readonly needs?: readonly Need[];
  readonly scripts: (peer: Role) => fc.Arbitrary<Script>;
  readonly echoes: boolean;
}

const answers = [
  'draft-06/4.5.2/ping-answered',
  'draft-06/4.5.2/pong-echoes-body',
  'draft-06/4.5.1/close-answered',
  'draft-06/4.5.1/drop-after-both',
] as const;

const groups: readonly Group[] = [
  {
    id: 'random/legal',
    title: 'Conversations at random that keep every rule, with a peer that echoes',
    clauses: ['draft-06/4.4/receive-both', 'draft-06/4.4/content-is-concatenation', ...answers],
    requirement: 'Every message comes back, every Ping and Close is answered, and all frames are right.',
    needs: ['echo of text', 'echo of binary'],
    scripts: legalScripts,
    echoes: true,
  },
  {
    id: 'random/legal-without-echo',
    title: 'Conversations at random that keep every rule, whatever becomes of the messages',
    clauses: answers,
    requirement: 'Every Ping and Close is answered, and all frames are right.',
    scripts: legalScripts,
    echoes: false,
  },
  {
    id: 'random/violations',
    title: 'Conversations at random in which the tester breaks a rule',
    clauses: ['draft-06/9/input-not-trusted', 'draft-06/9/disconnect-on-bad-data'],
    requirement: 'Whatever the peer sends is right, and a server should disconnect.',
    scripts: brokenScripts,
    echoes: false,
  },
];

/** The generated cases for a role. */
export const randomCasesFor = (role: Role): readonly SharedCase[] => groups.map((group) => caseOf(group, role));

function caseOf({ scripts, echoes, id, ...facts }: Group, peer: Role): SharedCase {
  return {
    ...facts,
    id: idFor(peer, id),
    isCampaign: true,
    run: async (tester) => {
      const { runs = 0, timeout, allRuns } = tester.target;
      // Who waits without end, with a debugger, hurries nobody.
      const budget = tester.target.budget ?? (Number.isFinite(timeout) ? undefined : Infinity);
      tester.rerunBy(`--only ${idFor(peer, id)} --runs ${runs}`);
      const seed = tester.randomness.integer(0, 0x7fff_ffff);
      const result = await runCampaign(tester, { scripts: scripts(peer), peer, runs, seed, echoes, budget, allRuns });
      await tell(tester, result, peer, echoes);
    },
  };
}

const idFor = (peer: Role, id: string): string => (peer === 'client' ? `client-${id}` : id);

/** Puts what a campaign found on record. */
async function tell(tester: SharedTester, result: CampaignResult, peer: Role, echoes: boolean): Promise<void> {
  if (result.kind === 'nothing') return;
  const { finding, script, first, runs, cutShort } = result;
  const shown = writeScript(script);
  if (result.kind === 'flaky') {
    throw new Inconclusive(
      `flaky: ${finding.observed} (${finding.clause}, ${finding.code}), but not when the same conversation was held again: ${shown}`,
    );
  }
  tester.rerunBy(`--replay '${shown}'`);
  const { clause, code, observed, allowed, verdict, offset } = finding;
  const pieces = `${sizeOf(script)} of ${sizeOf(first)} pieces (${runs} held)`;
  const smaller =
    cutShort === undefined
      ? `the smallest conversation that shows it has ${pieces}`
      : `the smallest so far has ${pieces}, and there may be a smaller one: ${cutShort}`;
  tester.broken(
    clause,
    { code, observed: `${observed}; ${smaller}: ${shown}`, allowed, ...(offset === null ? {} : { offset }) },
    verdict,
  );
  if (cutShort === undefined) await hold(tester, script, peer, echoes);
}

async function hold(tester: SharedTester, script: Script, peer: Role, echoes: boolean): Promise<void> {
  const conversation = await tester.establish(undefined, { toleratesBadText: hasDoubtfulText(script, peer) });
  await holdScript(conversation, script, { recorder: tester, echoes, chosen: tester.target.chosen });
}

/** The case that holds one conversation: that of `--replay`. */
export const replayCase = (script: Script, peer: Role, echoes: boolean): SharedCase => ({
  id: idFor(peer, 'random/replay'),
  title: `The conversation ${writeScript(script)}`,
  clauses: ['draft-06/4.4/receive-both', ...answers],
  requirement: 'The peer does what it owes for what it is sent, and all that it sends is right.',
  run: (tester) => {
    tester.rerunBy(`--replay '${writeScript(script)}'`);
    return hold(tester, script, peer, echoes);
  },
});
