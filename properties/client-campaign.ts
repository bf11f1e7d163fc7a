import { frameOf } from '../model/frame.js';
import { writeCloseBody } from '../model/close-body.js';
import { createArrivals } from './client-arrivals.js';
import type { ClientCase } from './verifier/case.js';
import { type ClientRun, createClientTester } from './verifier/client-tester.js';
import { type Finding, verdictOf } from './verifier/finding.js';
import type { Line } from './verifier/line.js';
import { randomnessOf } from './verifier/randomness.js';
import { createRecorder } from './verifier/recorder.js';
import { type Bench, type CaseResult, clientBench, longestCase, runCaseOn, skipped } from './verifier/run.js';

/*
 * A campaign on connections that come by themselves: each is taken for the conversation that the campaign wants next,
 * whether it searches, tries again or shrinks. When no more come, what was found so far stands.
 */

/** A campaign that is waiting for connections. */
export interface ClientCampaign {
  /** Uses a connection; resolves with what was seen on it. */
  readonly take: (line: Line) => Promise<CaseResult>;
  /** No connection comes any more: resolves with what came of the campaign. */
  readonly finish: () => Promise<CaseResult>;
}

/** Starts a campaign; the connections of the run are those that it is given. */
export function startClientCampaign(
  testCase: ClientCase,
  run: Omit<ClientRun, 'client'>,
  seed: number,
): ClientCampaign {
  const arrivals = createArrivals(longestCase(run.target.timeout));
  const withClient: ClientRun = {
    ...run,
    client: arrivals.client,
    // What bounds it is how often the client comes, and not the time.
    target: { ...run.target, budget: Infinity },
  };
  let seen: readonly Finding[] = [];
  const bench = watchedBench(withClient, (findings) => {
    seen = findings;
  });
  const done = runCaseOn(testCase, bench, seed).finally(arrivals.close);
  // Whoever finishes it is told of a defect.
  done.catch(() => undefined);

  return {
    take: async (line) => {
      const start = performance.now();
      if (!(await arrivals.take(line))) {
        await sayGoodbye(line, {
          ...run,
          client: { accept: () => Promise.resolve({ line, release: () => undefined }) },
        });
        return skipped(testCase, 'the conversations at random were over');
      }
      const findings = seen;
      seen = [];
      const durationMs = Math.round(performance.now() - start);
      const { id, title, clauses, requirement } = testCase;
      return { id, title, clauses, requirement, verdict: verdictOf(findings), durationMs, findings, wire: [] };
    },
    finish: () => {
      arrivals.close();
      return done;
    },
  };
}

/** The bench of a campaign, which tells what each conversation showed. It has no deadline: it waits for connections. */
function watchedBench(run: ClientRun, onHeld: (findings: readonly Finding[]) => void): Bench<ClientTesterOf> {
  const plain = clientBench(run);
  return {
    ...plain,
    timeout: Infinity,
    testerFor: (testCase, recorder, randomness) => {
      const { tester, cleanUp } = plain.testerFor(testCase, recorder, randomness);
      const aside: typeof tester.aside = (other) => {
        const made = tester.aside(other);
        const tell = (): void => {
          made.cleanUp();
          onHeld(other.findings());
        };
        return { ...made, cleanUp: tell };
      };
      return { tester: { ...tester, aside }, cleanUp };
    },
  };
}

type ClientTesterOf = Parameters<ClientCase['run']>[0];

/** A right connection on which nothing is asked: an opening handshake and a Close. */
async function sayGoodbye(line: Line, run: ClientRun): Promise<void> {
  const { tester, cleanUp } = createClientTester(run, createRecorder(), randomnessOf(0, 'goodbye'), { id: 'goodbye' });
  try {
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('close', writeCloseBody({ status: 1000 })));
    while ((await conversation.next()).type === 'frame');
  } catch {
    // Whatever it says instead is of no interest here.
  } finally {
    cleanUp();
    line.destroy();
  }
}
