import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { fold } from "../../src/rules/fold.ts"
import { decode, emptyState, givenIn } from "./given.ts"

/** Batch 10 expires at 2000, 11 at 3000, 12 never; 13 is quarantined. */
const state = () => emptyState({ 10: { expiresAt: 2000 }, 11: { expiresAt: 3000 }, 12: {}, 13: { quarantined: true } })
const receive = (quantity: number, place: object = {}) =>
  ({ _tag: "Receive", lines: [{ item: 1, quantity, ...place }] }) as const
const reserve = (quantity: number, place: object = {}) =>
  ({ _tag: "Reserve", reference: "A", lines: [{ item: 1, quantity, ...place }] }) as const
const fulfil = { _tag: "Fulfil", hold: { reference: "A" } } as const

/** What a fold does ahead of and with one command. */
const folded = (to: ReturnType<typeof givenIn>, command: object, now: number) =>
  fold(to.state, [{ command: decode({ organization: 1, ...command }), key: null }], new Map(), now)

describe("a batch", () => {
  it("is quarantined ahead of whatever touches the item once its time has come, not before", () => {
    const early = folded(
      givenIn(state(), receive(5, { batch: 10 })),
      { _tag: "Issue", lines: [{ item: 1, quantity: 1 }] },
      1999
    )
    expect(early.movements.map(({ cause }) => cause)).toEqual(["Issue"])
    const late = folded(
      givenIn(state(), receive(5, { batch: 10 })),
      { _tag: "Issue", lines: [{ item: 1, quantity: 1 }] },
      2000
    )
    expect(late.movements.map(({ cause, quantity }) => [cause, quantity])).toEqual([["BatchExpired", 5]])
    expect(late.answers[0]).toMatchObject({ failure: { _tag: "InsufficientStock", available: 0 } })
  })

  it("that expires may raise the alert that the item is low", () => {
    const at = givenIn(state(), receive(5, { batch: 10 }), {
      _tag: "SetPolicy",
      item: 1,
      lowStockThreshold: 2
    } as never)
    const { events } = folded(at, { _tag: "ExpireBatches", items: [1] }, 2000)
    expect(events.map(({ event }) => event)).toMatchObject([{ _tag: "LowStockRaised", available: 0, threshold: 2 }])
  })

  it("that may not be sold is the last to be restored", () => {
    const quarantined = { _tag: "Quarantine", lines: [{ item: 1, quantity: 5 }], reason: "damage" } as const
    const at = givenIn(state(), receive(3, { batch: 10 }), receive(2, { batch: 12 }), quarantined)
    expect(at.when({ _tag: "Restore", lines: [{ item: 1, quantity: 2 }] }, 2500).moves()).toEqual([
      "2 quarantined@1 b12 → available@1 b12"
    ])
  })

  it("that is quarantined or expired takes in what comes as quarantined", () => {
    expect(
      givenIn(state())
        .when(receive(2, { batch: 13 }))
        .moves()
    ).toEqual(["2 supplier → quarantined@1 b13"])
    expect(
      givenIn(state())
        .when(receive(2, { batch: 10 }), 2000)
        .moves()
    ).toEqual(["2 supplier → quarantined@1 b10"])
    const held = givenIn(state(), receive(2, { batch: 10 }), reserve(2))
    expect(held.when({ _tag: "Release", hold: { reference: "A" } }, 2500).moves()).toEqual([
      "2 reserved@1 b10 → quarantined@1 b10"
    ])
  })

  it("that is quarantined or expired cannot be made available", () => {
    const set = (batch: number, quantity: number) => ({ _tag: "Set", item: 1, batch, quantity }) as never
    expect(givenIn(state()).when(set(13, 2)).rejection()).toMatchObject({ _tag: "BatchQuarantined", batch: 13 })
    expect(givenIn(state()).when(set(10, 2), 2000).rejection()).toMatchObject({ _tag: "BatchExpired", requested: 2 })
    expect(givenIn(state()).when(set(13, 0)).moves()).toEqual([])
  })

  it("moves by command, and once only", () => {
    const at = givenIn(state(), receive(2, { batch: 10 }), receive(3, { batch: 11 }), receive(4))
    const sweep = { _tag: "ExpireBatches", items: [1, 2, 99] } as never
    expect(at.when(sweep, 1999).moves()).toEqual([])
    const { moves, result } = at.when(sweep, 3000)
    expect(moves()).toEqual(["2 available@1 b10 → quarantined@1 b10", "3 available@1 b11 → quarantined@1 b11"])
    expect(Result.getOrThrow(result).movements.map(({ cause }) => cause)).toEqual(["BatchExpired", "BatchExpired"])
  })
})

describe("held units of a batch that expires", () => {
  it("stay held, and other stock goes out in their place, of the same location first", () => {
    const at = givenIn(
      state(),
      receive(3, { batch: 10, location: 2 }),
      reserve(3),
      receive(5, { batch: 12 }),
      receive(1, { location: 2 })
    )
    const shipped = at.when(fulfil, 2000)
    expect(shipped.moves()).toEqual([
      "3 reserved@2 b10 → quarantined@2 b10",
      "1 available@2 → customer",
      "2 available@1 b12 → customer"
    ])
    expect(Result.getOrThrow(shipped.result).holds[0]?.lines).toMatchObject([
      { line: 0, batch: 10, held: 3, released: 3, fulfilled: 0 },
      { line: 1, batch: null, held: 1, fulfilled: 1 },
      { line: 2, batch: 12, held: 2, fulfilled: 2 }
    ])
  })

  it("are refused when there is too little in their place, and may be released", () => {
    const at = givenIn(
      state(),
      receive(3, { batch: 10 }),
      reserve(3),
      receive(2, { batch: 12 }),
      receive(9, { batch: 11 })
    )
    expect(at.when(fulfil, 3000).rejection()).toMatchObject({
      _tag: "BatchExpired",
      batch: 10,
      requested: 3,
      available: 2
    })
    expect(at.when({ _tag: "Release", hold: { reference: "A" } }, 3000).moves()).toHaveLength(1)
  })

  it("are not replaced twice by the same stock", () => {
    const both = {
      _tag: "Reserve",
      reference: "A",
      lines: [
        { item: 1, quantity: 2, batch: 10 },
        { item: 1, quantity: 2, batch: 11 }
      ]
    } as const
    const at = givenIn(state(), receive(2, { batch: 10 }), receive(2, { batch: 11 }), both, receive(3, { batch: 12 }))
    expect(at.when(fulfil, 3000).rejection()).toMatchObject({ _tag: "BatchExpired", requested: 2, available: 1 })
  })

  it("are not replaced by another variation, nor by stock that is not sellable", () => {
    const at = givenIn(
      state(),
      receive(1, { batch: 10, variation: 1 }),
      reserve(1),
      receive(1, { batch: 12, variation: 2 }),
      receive(1, { variation: 1, location: 6 })
    )
    expect(at.when(fulfil, 2000).rejection()).toMatchObject({ _tag: "BatchExpired", available: 0 })
  })
})
