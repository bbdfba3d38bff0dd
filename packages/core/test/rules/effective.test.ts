import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { given } from "./given.ts"

const receive = (effectiveAt: number | null) =>
  ({ _tag: "Receive", effectiveAt, lines: [{ item: 1, quantity: 3 }] }) as const

describe("a business date", () => {
  it("is kept on the movements, which stand where they were recorded", () => {
    const { movements } = Result.getOrThrow(given().when(receive(200)).result)
    expect(movements).toMatchObject([{ at: 1000, details: { effectiveAt: 200 } }])
    expect(Result.getOrThrow(given().when(receive(null)).result).movements).toMatchObject([{ details: null }])
  })

  it.each([
    [301_000, undefined],
    [301_001, { _tag: "EffectiveInFuture", effectiveAt: 301_001, now: 1000 }]
  ])("of %i is judged by the store's time, give or take five minutes", (effectiveAt, rejection) => {
    const { when } = given()
    if (rejection === undefined) expect(when(receive(effectiveAt)).rejection()).toBeUndefined()
    else expect(when(receive(effectiveAt)).rejection()).toMatchObject(rejection)
  })

  it("is never before 1970", () => {
    expect(() => given().when(receive(-1))).toThrow("effectiveAt")
  })
})
