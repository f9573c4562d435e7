import { defineConfig } from "vitest/config";

// Typed cases share parsed libraries and programs within a worker, hence no isolation.
const shared = { isolate: false, pool: "forks", testTimeout: 60_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/meta/observed.test.ts", "tests/fixtures/**"],
          globalSetup: ["tests/support/global-setup.ts"],
          setupFiles: ["tests/support/config-folders.ts"],
        },
      },
      {
        // Compares what rules did in all other tests with what they declare: runs after them.
        test: {
          ...shared,
          name: "observed",
          include: ["tests/meta/observed.test.ts"],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
