import { defineConfig } from 'vitest/config';

/** What needs a real browser: `npm run browser`. */
export default defineConfig({
  test: {
    include: ['{properties,docs}/**/*.browser.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
  },
});
