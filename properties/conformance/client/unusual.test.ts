import { describe, expect, test } from 'vitest';
import { readings, type ReadingName } from '../../../spec/readings.js';
import { memoryClient } from '../../drivers/memory-client.js';
import type { ClientPeer } from '../../verifier/line.js';
import type { ClientCase } from '../../verifier/case.js';
import { runClientCase } from '../../verifier/run.js';
import { clientCases } from './index.js';

/** What of a client is graver than a note; what it does not offer is none of its faults. */
async function wrongOf(client: () => ClientPeer, cases: readonly ClientCase[]): Promise<readonly unknown[]> {
  const wrong: unknown[] = [];
  for (const each of cases) {
    const run = { client: client(), target: { timeout: 1000 }, requests: [] };
    const { id, verdict, reason, findings } = await runClientCase(each, run, 6);
    const isGrave = verdict === 'fail' || (verdict === 'inconclusive' && id !== 'client-uri/secure');
    if (isGrave) wrong.push([id, verdict, reason, findings]);
  }
  return wrong;
}

describe('no option of a reading of framing or closing gets a fail from the cases that name its clauses', () => {
  const names = (Object.keys(readings) as ReadingName[]).filter((name) => /^R-[467]\d\d$/.test(readings[name].number));
  // By these the verdict changes: other masking cannot be read, and section 6.1 has a "must" for bad text.
  const changing: readonly ReadingName[] = ['maskedPart', 'firstMaskedOctet', 'clientUtf8'];
  test.each(names.filter((name) => !changing.includes(name)))('%s', async (name) => {
    const clauses: readonly string[] = readings[name].clauses;
    const cases = clientCases.filter((each) => each.clauses.some((clause) => clauses.includes(clause))).slice(0, 8);
    for (const option of Object.keys(readings[name].options)) {
      const client = (): ClientPeer => memoryClient(undefined, { readings: { [name]: option } });
      expect(await wrongOf(client, cases), option).toEqual([]);
    }
  });
});
