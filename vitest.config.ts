import { defineConfig } from "vitest/config";

const minute = 60_000;

export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      {
        test: {
          // Pure logic shares nothing: a process for each file would cost more than the tests.
          name: "unit",
          // Seconds of a busy machine are no fault of pure logic; what has to be quick measures processor time.
          testTimeout: minute / 2,
          isolate: false,
          maxWorkers: 2,
          include: ["tests/unit/**/*.test.ts", "tests/architecture/**/*.test.ts"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real tools, each busy on a core of its own.
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Whole deploys, which mostly wait.
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 10 * minute,
          hookTimeout: 5 * minute,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
