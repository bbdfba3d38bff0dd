import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { given } from "./given.ts"

describe("of an item whose costs are kept", () => {
  const { when } = given(
    { _tag: "SetCosting", item: 1, method: "average" },
    { _tag: "Receive", lines: [{ item: 1, quantity: 4, unitCost: "2.50" }] }
  )
  const details = (command: Parameters<typeof when>[0]) =>
    Result.getOrThrow(when(command).result).movements.map((movement) => movement.details)

  it("what goes out says what it cost", () => {
    expect(details({ _tag: "Issue", lines: [{ item: 1, quantity: 2 }] })).toEqual([{ cost: "5.00" }])
  })

  it("what stays in its place costs nothing", () => {
    expect(details({ _tag: "Reserve", lines: [{ item: 1, quantity: 2 }] })).toEqual([null])
    expect(details({ _tag: "Quarantine", lines: [{ item: 1, quantity: 2 }], reason: "damage" })).toEqual([null])
  })
})
