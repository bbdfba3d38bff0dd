import { resolve } from "node:path"
import { defineConfig } from "vitest/config"
import { mutants, occurrences, rulesFolder } from "./mutants.ts"

const conditions = ["@stockbook/source", "module", "node", "development|production"]
const number = Number(process.env["STOCKBOOK_MUTANT"] ?? 0)
const mutant = mutants[number - 1]
const target = mutant === undefined ? null : resolve(rulesFolder, mutant.file)

/** The unit tests of the core, with one of its rules broken; see `scripts/mutants.ts`. */
export default defineConfig({
  root: resolve(rulesFolder, "../.."),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  plugins: [
    {
      name: "mutant",
      enforce: "pre",
      configureVitest({ defineCacheKeyGenerator }) {
        // What is transformed is kept on disk, and is another text for each mutant.
        defineCacheKeyGenerator(({ id }) => (id === target ? `mutant ${number}` : undefined))
      },
      transform(code, id) {
        if (mutant === undefined || id !== target) return undefined
        if (occurrences(code, mutant.find) !== 1) throw new Error(`Mutant ${number} is not of ${mutant.file}`)
        return code.replace(mutant.find, () => mutant.replace)
      }
    }
  ],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["**/*.{int,e2e}.test.ts", "test/mutants/**"],
    pool: "threads",
    maxWorkers: 1,
    // What a rule broke for is to be seen, not that a test waited.
    testTimeout: 300_000,
    isolate: false,
    cache: false
  }
})
