import { Result } from "effect"
import { describe, expect, it } from "vitest"
import type { Backorder } from "../../src/documents/Backorder.ts"
import { DocumentId } from "../../src/documents/Document.ts"
import { decode, given, type Input } from "./given.ts"

const receive = (quantity: number, place: object = {}): Input => ({
  _tag: "Receive",
  lines: [{ item: 1, quantity, ...place }]
})
const limit = (backorderLimit: number | null): Input => ({ _tag: "SetPolicy", item: 1, backorderLimit })
const order = (reference: string, quantity: number, more: object = {}): Input => ({
  _tag: "Reserve",
  reference,
  backorder: true,
  lines: [{ item: 1, quantity }],
  ...more
})

type Made = ReturnType<ReturnType<typeof given>["when"]>
const backorders = ({ result }: Made) =>
  Result.getOrThrow(result).documents.map((document) => {
    const { order, status, wanted, waiting, filled, cancelled } = document as Backorder
    return { order, status, wanted, waiting, filled, cancelled }
  })
const holds = ({ result }: Made) =>
  Result.getOrThrow(result).holds.map(({ reference, lines }) => [
    reference,
    lines.reduce((sum, { held }) => sum + held, 0)
  ])
const waitingIn = ({ state }: ReturnType<typeof given>) =>
  Array.from(state.documents.values()).find((document) => document.kind === "backorder")?.id ?? DocumentId.make(99)

describe("a reservation with backorder", () => {
  it("holds what is there and lets the rest wait", () => {
    const made = given(receive(2), limit(5)).when(order("A", 6))
    expect(holds(made)).toEqual([["A", 2]])
    expect(backorders(made)).toEqual([
      { order: "A", status: "waiting", wanted: 4, waiting: 4, filled: 0, cancelled: 0 }
    ])
    expect(Result.getOrThrow(made.result).events.map(({ event }) => event)).toMatchObject([
      { _tag: "BackorderChanged", order: "A", before: null, after: { status: "waiting", waiting: 4 } }
    ])
  })

  it("is a preorder before the first stock", () => {
    const made = given(limit(null)).when(order("A", 1000))
    expect(holds(made)).toEqual([])
    expect(backorders(made)).toMatchObject([{ waiting: 1000 }])
  })

  it.each([
    [[], 1, 0, 0],
    [[limit(5), order("X", 3)], 3, 5, 3],
    [[limit(0)], 1, 0, 0]
  ] as const)("lets no more wait than the policy says: %j", (before, quantity, most, waiting) => {
    expect(
      given(...before)
        .when(order("A", quantity))
        .rejection()
    ).toMatchObject({
      _tag: "BackorderLimitReached",
      item: 1,
      limit: most,
      waiting,
      requested: quantity,
      available: 0,
      line: 0
    })
  })

  it("counts the lines before it", () => {
    const lines = [
      { item: 1, quantity: 3 },
      { item: 1, quantity: 3, variation: 1 }
    ]
    expect(
      given(limit(5))
        .when(order("A", 1, { lines }))
        .rejection()
    ).toMatchObject({ waiting: 3, requested: 3, line: 1 })
  })

  it("asked for again is the one that waits, and another of its reference is a conflict", () => {
    const { when } = given(limit(9), order("A", 4))
    const again = Result.getOrThrow(when(order("A", 4)).result)
    expect([again.documents, again.existing.length]).toEqual([[], 1])
    expect(when(order("A", 5)).rejection()).toMatchObject({ _tag: "ReferenceConflict", reference: "A", hold: null })
  })
})

describe("what comes in", () => {
  it("fills what waits in the same decision, by priority and then by age, with an event for each", () => {
    const { when } = given(limit(null), order("A", 3), order("B", 2), order("C", 2, { priority: 1 }))
    const made = when(receive(6))
    expect(made.moves()).toEqual([
      "6 supplier → available@1",
      "2 available@1 → reserved@1",
      "3 available@1 → reserved@1",
      "1 available@1 → reserved@1"
    ])
    expect(backorders(made)).toMatchObject([
      { order: "C", status: "filled" },
      { order: "A", status: "filled" },
      { order: "B", status: "waiting", waiting: 1, filled: 1 }
    ])
    const events = Result.getOrThrow(made.result).events.map(({ event }) => event)
    expect(events).toMatchObject([
      { _tag: "BackorderFilled", order: "C", quantity: 2, before: { waiting: 2 }, after: { waiting: 0 } },
      { _tag: "BackorderFilled", order: "A", quantity: 3 },
      { _tag: "BackorderFilled", order: "B", quantity: 1 }
    ])
  })

  it("fills in parts, each a hold named after the order", () => {
    const world = given(limit(null), order("A", 3), receive(1))
    const id = waitingIn(world)
    expect(holds(world.when(receive(1)))).toEqual([[`A/${id}.2`, 1]])
    expect(Array.from(world.state.holds.values(), ({ reference }) => reference)).toEqual([`A/${id}`])
  })

  it.each<readonly [string, Input, ReadonlyArray<Input>]>([
    ["an adjustment", { _tag: "Adjust", lines: [{ item: 1, delta: 2 }] }, []],
    ["a level that is set", { _tag: "Set", item: 1, quantity: 2 }, []],
    ["a return", { _tag: "Return", disposition: "restock", lines: [{ item: 1, quantity: 2 }] }, []],
    ["a release", { _tag: "Release", hold: { reference: "X" } }, [receive(2), order("X", 2)]]
  ])("is %s as well", (_, inflow, before) => {
    const made = given(limit(null), ...before, order("A", 2)).when(inflow)
    expect(backorders(made)).toMatchObject([{ order: "A", status: "filled" }])
  })

  it("fills only what it can serve: the variation wanted, and no stock that may not be sold", () => {
    const { when } = given(limit(null), order("A", 2, { lines: [{ item: 1, quantity: 2, variation: 1 }] }))
    expect(backorders(when(receive(5)))).toEqual([])
    expect(backorders(when(receive(5, { variation: 1, location: 6 })))).toEqual([])
    expect(backorders(when(receive(5, { variation: 1 })))).toMatchObject([{ order: "A", filled: 2 }])
  })

  it("raises no low-stock alert for units that were promised before", () => {
    const { when } = given(
      receive(1),
      { _tag: "SetPolicy", item: 1, lowStockThreshold: 3, backorderLimit: null },
      order("A", 9)
    )
    const made = when(receive(8))
    expect(Result.getOrThrow(made.result).events.map(({ event }) => event._tag)).toEqual(["BackorderFilled"])
  })
})

describe("a backorder that waits", () => {
  const cancel = (id: DocumentId, quantity?: number): Input => ({
    _tag: "CancelBackorder",
    backorder: { id },
    ...(quantity === undefined ? {} : { quantity })
  })

  it("is cancelled in part or in whole, and filled no more", () => {
    const world = given(limit(null), order("A", 3))
    const id = waitingIn(world)
    expect(backorders(world.when(cancel(id, 1)))).toMatchObject([{ status: "waiting", waiting: 2, cancelled: 1 }])
    expect(backorders(world.when(cancel(id)))).toMatchObject([{ status: "cancelled", waiting: 0, cancelled: 3 }])
    expect(world.when(cancel(id, 4)).rejection()).toMatchObject({
      _tag: "InsufficientBackorder",
      waiting: 3,
      requested: 4
    })
    const over = given(limit(null), order("A", 3), cancel(waitingIn(world)))
    expect(over.when(receive(5)).moves()).toHaveLength(1)
    expect(over.when(cancel(id)).rejection()).toMatchObject({ _tag: "BackorderClosed", status: "cancelled" })
    expect(over.when(cancel(DocumentId.make(77))).rejection()).toMatchObject({
      _tag: "UnknownBackorder",
      backorder: 77
    })
    expect(Result.isSuccess(over.when(order("A", 1)).result)).toBe(true)
  })

  it("is served earlier when it is put first", () => {
    const world = given(limit(null), order("A", 3), order("B", 3))
    const [, second] = Array.from(world.state.documents.values())
    const id = second?.id ?? DocumentId.make(99)
    const first = given(limit(null), order("A", 3), order("B", 3), {
      _tag: "PrioritizeBackorder",
      backorder: { id },
      priority: 5
    })
    expect(backorders(first.when(receive(3)))).toMatchObject([{ order: "B", status: "filled" }])
    expect(() => decode({ _tag: "PrioritizeBackorder", organization: 1, backorder: { id }, priority: 0.5 })).toThrow()
  })
})
