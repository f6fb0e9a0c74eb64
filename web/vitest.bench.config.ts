import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['bench/**/*.bench.ts'],
    globalSetup: 'e2e/together.ts',
    testTimeout: 590_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
