import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { emptyState, given, givenIn, type Input } from "./given.ts"

const receive = (quantity: number, place: object = {}): Input => ({
  _tag: "Receive",
  lines: [{ item: 1, quantity, ...place }]
})
const reserve = (quantity: number, place: object = {}): Input => ({
  _tag: "Reserve",
  reference: "A",
  lines: [{ item: 1, quantity, ...place }]
})
const all: Input = { _tag: "Reallocate", hold: { reference: "A" } }

describe("reallocate", () => {
  it("keeps other stock by the pick order, soft units soft and firm ones firm, on lines of their own", () => {
    const { when } = given(
      receive(3, { location: 2 }),
      reserve(3),
      { _tag: "Commit", hold: { reference: "A" }, lines: [{ item: 1, quantity: 1 }] },
      receive(2),
      receive(5, { location: 5 })
    )
    const made = when(all)
    expect(made.moves()).toEqual([
      "2 reserved@2 → available@2",
      "2 available@1 → reserved@1",
      "1 committed@2 → available@2",
      "1 available@5 → committed@5"
    ])
    expect(Result.getOrThrow(made.result).holds[0]?.lines).toMatchObject([
      { line: 0, location: 2, held: 3, released: 3 },
      { line: 1, location: 1, held: 2, reserved: 2 },
      { line: 2, location: 5, held: 1, committed: 1 }
    ])
  })

  it("goes where a line says, and takes only what it names", () => {
    const { when } = given(receive(3), reserve(3), receive(4, { location: 5 }), receive(4, { batch: 7 }))
    const move = (quantity: number, to: object): Input => ({
      _tag: "Reallocate",
      hold: { reference: "A" },
      lines: [{ item: 1, quantity, to }]
    })
    expect(when(move(2, { location: 2 })).moves()).toEqual(["2 reserved@1 → available@1", "2 available@5 → reserved@5"])
    expect(when(move(1, { batch: 7 })).moves()).toEqual([
      "1 reserved@1 → available@1",
      "1 available@1 b7 → reserved@1 b7"
    ])
    expect(when(move(4, { location: 2 })).rejection()?._tag).toBe("InsufficientHold")
    expect(when(move(1, { location: 99 })).rejection()?._tag).toBe("UnknownLocation")
    expect(when(move(1, { batch: 9 })).rejection()).toMatchObject({ _tag: "InsufficientStock", available: 0, batch: 9 })
  })

  it("is refused where there is too little elsewhere, and of holds that are over", () => {
    const { when } = given(receive(3), reserve(3), receive(2, { location: 2 }))
    expect(when(all).rejection()).toMatchObject({ _tag: "InsufficientStock", available: 2, requested: 3 })
    const over = given(receive(3), reserve(3), { _tag: "Release", hold: { reference: "A" } })
    expect(over.when(all).rejection()).toMatchObject({ _tag: "HoldClosed", status: "released" })
  })

  it("leaves a batch that has expired, which goes to quarantine", () => {
    const { when } = givenIn(emptyState({ 10: { expiresAt: 2000 } }), receive(2, { batch: 10 }), reserve(2), receive(2))
    expect(when(all, 2000).moves()).toEqual(["2 reserved@1 b10 → quarantined@1 b10", "2 available@1 → reserved@1"])
  })
})
