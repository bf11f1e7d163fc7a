import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const fewerRuns = fileURLToPath(new URL('properties/mutation/fewer-runs.ts', import.meta.url));

/** Laws that need sockets, a process, or the network stack of the system: they cost more than they tell about the model. */
const overSockets = [
  'attached-server',
  'catalogue-masking',
  'catalogue-uri',
  'client-connecting',
  'client-proxy',
  'deflate-stream-endpoints',
  'deflate-stream',
  'entropy',
  'hostile-loss',
  'hostile-peers',
  'http-body',
  'idle-server',
  'reference-server-load',
  'reference-server',
  'shared-port',
  'tls',
];

class ShortestFirst extends BaseSequencer {
  public override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve([...files].sort((a, b) => a.moduleId.localeCompare(b.moduleId)));
  }
}

export default defineConfig({
  plugins: [
    {
      name: 'fewer-runs',
      enforce: 'pre',
      resolveId: (id, importer) =>
        id === 'fast-check' && importer !== undefined && !importer.endsWith('fewer-runs.ts') && !importer.includes('node_modules') ? fewerRuns : undefined,
    },
  ],
  test: {
    include: ['properties/laws/*.test.ts', 'properties/mutation/*.test.ts'],
    exclude: overSockets.map((name) => `properties/laws/${name}.test.ts`),
    isolate: false,
    sequence: { sequencer: ShortestFirst },
  },
});
