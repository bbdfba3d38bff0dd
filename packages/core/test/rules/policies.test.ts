import { Result } from "effect"
import { describe, expect, it } from "vitest"
import type { CommandInput } from "../../src/engine/StockEngine.ts"
import { decode, emptyState, given, givenIn, type Input } from "./given.ts"

const policy = (
  fields: Omit<Extract<CommandInput, { _tag: "SetPolicy" }>, "_tag" | "organization" | "item">
): Input => ({
  _tag: "SetPolicy",
  item: 1,
  ...fields
})
const receive = (quantity: number, place: object = {}): Input => ({
  _tag: "Receive",
  lines: [{ item: 1, quantity, ...place }]
})
const issue = (quantity: number, place: object = {}) =>
  ({ _tag: "Issue", lines: [{ item: 1, quantity, ...place }] }) as const

/** Batch 10 was made first and never expires, 11 expires at 3000, 12, the youngest, at 2000. */
const lots = () =>
  emptyState({
    10: { createdAt: 1 },
    11: { createdAt: 2, expiresAt: 3000 },
    12: { createdAt: 3, expiresAt: 2000 }
  })

describe("the pick order", () => {
  it.each([
    ["fefo", ["12@1", "11@1", "@1", "@2", "10@2"]],
    ["fifo", ["10@2", "11@1", "12@1", "@1", "@2"]],
    ["lifo", ["12@1", "11@1", "10@2", "@1", "@2"]],
    ["location", ["@1", "11@1", "12@1", "@2", "10@2"]]
  ] as const)("%s takes one unit after the other so", (pickOrder, order) => {
    const { when } = givenIn(
      lots(),
      receive(1, { batch: 10, location: 2 }),
      receive(1, { batch: 11 }),
      receive(1, { batch: 12 }),
      receive(1, { location: 2 }),
      receive(1),
      policy({ pickOrder })
    )
    const { movements } = Result.getOrThrow(when(issue(5)).result)
    expect(
      movements.map(({ from }) => (typeof from === "string" ? from : `${from.batch ?? ""}@${from.location}`))
    ).toEqual(order)
  })

  it("is first expired, first out, when nothing is said", () => {
    const { when } = givenIn(lots(), receive(1, { batch: 10 }), receive(1, { batch: 11 }), receive(1, { batch: 12 }))
    expect(when(issue(2)).moves()).toEqual(["1 available@1 b12 → customer", "1 available@1 b11 → customer"])
  })

  it("goes by the date a batch is best before where it does not expire, past or not", () => {
    const state = emptyState({ 10: { bestBefore: 900 }, 11: { expiresAt: 3000 }, 12: { bestBefore: 800 }, 13: {} })
    const lines = [13, 11, 10, 12].map((batch) => receive(1, { batch }))
    expect(
      givenIn(state, ...lines)
        .when(issue(4))
        .moves()
    ).toEqual([12, 10, 11, 13].map((batch) => `1 available@1 b${batch} → customer`))
  })

  it("has the policy's locations first, with all that is in them", () => {
    const { when } = given(receive(1), receive(1, { location: 5 }), policy({ pickLocations: [2] }))
    expect(when(issue(2)).moves()).toEqual(["1 available@5 → customer", "1 available@1 → customer"])
  })

  it("explicit wants every pick to name its leaf", () => {
    const { when } = given(receive(1), receive(1, { location: 5 }), policy({ pickOrder: "explicit" }))
    expect(when(issue(1)).rejection()).toMatchObject({ _tag: "LeafNotNamed", item: 1, line: 0, leaves: 2 })
    expect(when({ _tag: "Reserve", lines: [{ item: 1, quantity: 1 }] }).rejection()?._tag).toBe("LeafNotNamed")
    expect(when(issue(1, { location: 5 })).moves()).toEqual(["1 available@5 → customer"])
  })
})

describe("a policy", () => {
  const events = (result: ReturnType<ReturnType<typeof given>["when"]>["result"]) =>
    Result.getOrThrow(result).events.map(({ event }) => event)

  it("changes what is said and nothing else, with before and after", () => {
    const { when } = given(policy({ lowStockThreshold: 3, reorderPoint: 5, leadTimeDays: 7, backorderLimit: null }))
    const changed = when(policy({ reorderPoint: null, maximum: 50, backorderLimit: 4 }))
    expect(events(changed.result)).toEqual([
      {
        _tag: "PolicyChanged",
        item: 1,
        lowStockThreshold: 3,
        before: { lowStockThreshold: 3, reorderPoint: 5, leadTimeDays: 7, backorderLimit: null, negativeLimit: 0 },
        after: { lowStockThreshold: 3, leadTimeDays: 7, maximum: 50, backorderLimit: 4, negativeLimit: 0 }
      }
    ])
    expect(events(when(policy({ reorderPoint: 5 })).result)).toEqual([])
  })

  it("of a part says nothing of picking or of what is owed", () => {
    expect(() => decode({ organization: 1, ...policy({ location: 2, pickOrder: "lifo" }) })).toThrow(
      /item's policy only/
    )
    const { when } = given()
    expect(when(policy({ location: 99, lowStockThreshold: 1 })).rejection()?._tag).toBe("UnknownLocation")
    expect(when(policy({ pickLocations: [99] })).rejection()?._tag).toBe("UnknownLocation")
  })

  it("clears an alert only above the threshold by its hysteresis", () => {
    const { when } = given(receive(5), policy({ lowStockThreshold: 3, hysteresis: 2 }), issue(3))
    expect(events(when(receive(3)).result)).toEqual([])
    expect(events(when(receive(4)).result)).toMatchObject([{ _tag: "LowStockCleared", available: 6, threshold: 3 }])
  })

  it("of a location and of a variation alerts on its own, and once", () => {
    const narrow = [policy({ location: 2, lowStockThreshold: 2 }), policy({ variation: 1, lowStockThreshold: 1 })]
    const { when } = given(receive(3, { location: 5 }), receive(2, { variation: 1 }), ...narrow)
    expect(events(when(issue(1, { location: 2 })).result)).toEqual([
      { _tag: "LowStockRaised", item: 1, location: 2, available: 2, threshold: 2 }
    ])
    expect(events(when(issue(1, { variation: 1 })).result)).toEqual([
      { _tag: "LowStockRaised", item: 1, variation: 1, available: 1, threshold: 1 }
    ])
    const low = given(receive(3, { location: 5 }), ...narrow, issue(1, { location: 2 }))
    expect(events(low.when(issue(1)).result)).toEqual([])
    expect(events(low.when(receive(2, { location: 2 })).result)).toMatchObject([
      { _tag: "LowStockCleared", location: 2 }
    ])
  })

  it("snoozed raises nothing until then, and afterwards what is low still", () => {
    const { when, state } = given(receive(5), policy({ lowStockThreshold: 3 }), {
      _tag: "SnoozeAlert",
      item: 1,
      until: 2000
    })
    expect(events(when(issue(3), 1999).result)).toEqual([])
    const later = givenIn(state, issue(3))
    expect(events(later.when(issue(1), 2000).result)).toMatchObject([{ _tag: "LowStockRaised", available: 1 }])
    expect(when({ _tag: "SnoozeAlert", item: 1, location: 2, until: 1 }).rejection()?._tag).toBe("UnknownPolicy")
  })
})

describe("negative stock", () => {
  it("goes as far below zero as the policy lets it, and what comes in covers it", () => {
    const { when } = given(receive(2), policy({ negativeLimit: 3 }))
    expect(when(issue(5)).moves()).toEqual(["2 available@1 → customer", "3 available@1 → customer"])
    expect(when(issue(6)).rejection()).toMatchObject({ _tag: "InsufficientStock", available: 2, requested: 6 })
    expect(when({ _tag: "Adjust", lines: [{ item: 1, delta: -5 }] }).moves()).toHaveLength(2)
    expect(when({ _tag: "Reserve", lines: [{ item: 1, quantity: 3 }] }).rejection()?._tag).toBe("InsufficientStock")
    const owing = given(policy({ negativeLimit: 3 }), issue(3), receive(5, { location: 2 }))
    expect(owing.when({ _tag: "Reserve", lines: [{ item: 1, quantity: 3 }] }).rejection()).toMatchObject({
      available: 2
    })
    const three = {
      _tag: "Reserve",
      lines: [
        { item: 1, quantity: 1 },
        { item: 1, quantity: 2 }
      ]
    } as const
    expect(owing.when(three).rejection()).toMatchObject({ line: 1, available: 1 })
  })

  it("goes no further at one location, however much there is elsewhere", () => {
    const { when } = given(policy({ negativeLimit: 3 }), receive(5, { location: 2 }))
    expect(when(issue(4, { location: 1 })).rejection()).toMatchObject({ _tag: "InsufficientStock", available: 0 })
    expect(when(issue(3, { location: 1 })).moves()).toEqual(["3 available@1 → customer"])
  })

  it("counts all lines of a command together", () => {
    const { when } = given(policy({ negativeLimit: 3 }))
    const two = (quantity: number) =>
      ({
        _tag: "Issue",
        lines: [
          { item: 1, quantity: 2 },
          { item: 1, quantity }
        ]
      }) as const
    expect(when(two(2)).rejection()).toMatchObject({ _tag: "InsufficientStock", line: 1 })
    expect(when(two(1)).moves()).toHaveLength(2)
  })

  it("may not be limited below what is owed", () => {
    const { when } = given(policy({ negativeLimit: 3 }), issue(2))
    expect(when(policy({ negativeLimit: 1 })).rejection()).toMatchObject({
      _tag: "NegativeLimitInUse",
      owed: 2,
      requested: 1
    })
    expect(Result.isSuccess(when(policy({ negativeLimit: 2 })).result)).toBe(true)
  })
})
