import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{spec,model,impl,properties,docs,bin}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.browser.test.ts'],
    // For what hangs: on a machine with much else to do a test of two seconds has taken forty.
    testTimeout: 180_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // No test changes what a module holds, so files share what they import: a third less time.
    isolate: false,
    // By default one processor is left to the parent, which has little to do here.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['model/**/*.ts'],
      exclude: ['**/*.test.ts'],
      thresholds: { statements: 100, branches: 100 },
      reporter: ['text', 'json-summary'],
    },
  },
});
