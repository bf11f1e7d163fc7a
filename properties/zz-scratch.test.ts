import { test } from 'vitest';
import { clientCases } from './conformance/client/index.js';
import { memoryClient } from './drivers/memory-client.js';
import { clientBench, runCases } from './verifier/run.js';
import type { Need } from './verifier/case.js';
const all: ReadonlySet<Need> = new Set(['echo of text','echo of binary','choice of URL','second connection','offer of subprotocols','offer of extensions']);
test('x', async () => {
  for (let i = 0; i < 2; i++) {
    const t = performance.now(); const c = process.cpuUsage();
    const r = await runCases({ cases: clientCases, bench: clientBench({ client: memoryClient(), target: { timeout: 1000 }, requests: [] }), seed: 6, jobs: 1, abilities: all });
    const u = process.cpuUsage(c);
    console.log(clientCases.length, 'ms', performance.now() - t, 'cpu', (u.user + u.system) / 1000);
    console.log([...r].sort((a, b) => b.durationMs - a.durationMs).slice(0, 12).map((x) => `${x.id} ${x.durationMs}`).join('\n'));
    const sec: Record<string, number> = {}; const ver: Record<string, number> = {};
    for (const x of r) { const s = x.id.split('/')[0]!; sec[s] = (sec[s] ?? 0) + 1; ver[x.verdict] = (ver[x.verdict] ?? 0) + 1; }
    console.log(JSON.stringify(sec), JSON.stringify(ver));
    if (i) console.log(r.filter((x) => x.verdict === 'informational').map((x) => x.id + ' ' + x.findings.map((f) => f.code).join(',')).join('\n'));
  }
});
