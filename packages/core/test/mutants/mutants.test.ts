import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { mutants, occurrences, rulesFolder } from "./mutants.ts"

describe("the mutants", () => {
  it("are sixty at least, no two alike", () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60)
    expect(new Set(mutants.map(({ file, find, replace }) => `${file}\n${find}\n${replace}`)).size).toBe(mutants.length)
  })

  it("each stand for a text that is in the rules once", () => {
    const stale = mutants
      .map(({ file, find }) => ({
        file,
        find,
        found: occurrences(readFileSync(`${rulesFolder}/${file}`, "utf8"), find)
      }))
      .filter(({ found }) => found !== 1)
    expect(stale).toEqual([])
  })
})
