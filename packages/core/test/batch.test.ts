import { describe, expect, it } from "vitest"
import { datedOnArrival, printedDate } from "../src/catalog/Batch.ts"

describe("the date printed on a lot", () => {
  it.each([
    ["is its expiry when it is still to come", 2001, { expiresAt: 2001, bestBefore: null }],
    ["does not bar it when it was past as the lot came", 1999, { expiresAt: null, bestBefore: 1999 }],
    ["nor when it passes at that very instant", 2000, { expiresAt: null, bestBefore: 2000 }],
    ["may be none", null, { expiresAt: null, bestBefore: null }]
  ])("%s", (_, date, meant) => {
    expect(datedOnArrival(date, 2000)).toEqual(meant)
    expect(printedDate(meant)).toBe(date)
  })
})
