import { defineConfig } from "vitest/config"

// Workspace packages resolve to their sources, so that no test runs against a stale build.
const conditions = ["@stockbook/source"]

export default defineConfig({
  resolve: { conditions: [...conditions, "module", "node", "development|production"] },
  ssr: { resolve: { conditions: [...conditions, "module", "node", "development|production"] } },
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{packages,examples}/*/test/**/*.test.ts", "{site/,}test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/*.{int,e2e}.test.ts"],
          // Milliseconds each, but a property test runs hundreds of cases on whatever else the machine is doing.
          testTimeout: 30_000
        }
      },
      {
        extends: true,
        test: {
          name: "int",
          include: ["{packages,examples}/*/test/**/*.int.test.ts", "{bench,test}/**/*.int.test.ts"],
          exclude: ["**/node_modules/**"],
          globalSetup: ["packages/adapter-pg/test/support/globalSetup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000
        }
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["{packages,examples}/*/test/**/*.e2e.test.ts", "{bench,test}/**/*.e2e.test.ts"],
          exclude: ["**/node_modules/**"],
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
})
