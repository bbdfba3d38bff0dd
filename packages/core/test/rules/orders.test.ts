import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { evolve } from "../../src/rules/evolve.ts"
import { given, type Input } from "./given.ts"

type Fields = Partial<Extract<Input, { readonly _tag: "PlaceOrder" }>>

const order = (
  side: "incoming" | "outgoing",
  fields: Fields = {}
): Extract<Input, { readonly _tag: "PlaceOrder" }> => ({
  _tag: "PlaceOrder",
  side,
  reference: "O",
  partner: 7,
  item: 1,
  batch: 1,
  quantity: 3,
  unitAmount: "799.995",
  date: 500,
  ...fields
})
const receive = (quantity: number, place: object = { batch: 1 }): Input => ({
  _tag: "Receive",
  lines: [{ item: 1, quantity, ...place }]
})
const cancel = (side: "incoming" | "outgoing"): Input => ({ _tag: "CancelOrder", order: { side, reference: "O" } })
const complete = (side: "incoming" | "outgoing"): Input => ({ _tag: "CompleteOrder", order: { side, reference: "O" } })

describe("placing an order", () => {
  it("brings an incoming one into its batch at once", () => {
    const placed = given().when(order("incoming"))
    expect(placed.moves()).toEqual(["3 supplier → available@1 b1"])
    const { documents, movements } = Result.getOrThrow(placed.result)
    expect(documents).toMatchObject([
      {
        kind: "incomingOrder",
        side: "incoming",
        status: "pending",
        partner: 7,
        item: 1,
        batch: 1,
        quantity: 3,
        unitAmount: "799.995",
        total: "2399.985",
        date: 500,
        places: [{ variation: null, location: 1, quantity: 3 }]
      }
    ])
    const [made] = documents
    const details = { document: made?.id, unitCost: "799.995" }
    expect(movements).toMatchObject([{ reason: "purchase", reference: `order:${made?.id}`, details }])
  })

  it("is for the day it is placed unless it says another", () => {
    const { date: _, ...undated } = order("incoming")
    expect(Result.getOrThrow(given().when(undated, 1234).result).documents).toMatchObject([{ date: 1234 }])
  })

  it("takes an outgoing one from its batch and no other, by the pick order", () => {
    const { when } = given(receive(2), receive(2, { batch: 1, location: 2 }), receive(9, {}))
    expect(when(order("outgoing")).moves()).toEqual(["2 available@1 b1 → customer", "1 available@2 b1 → customer"])
    expect(when(order("outgoing", { location: 2 })).rejection()).toMatchObject({ _tag: "InsufficientStock" })
  })

  it.each<[string, Fields, object]>([
    ["another organization's item", { item: 21 }, { _tag: "UnknownItem", item: 21 }],
    ["a deleted item", { item: 3 }, { _tag: "InactiveItem" }],
    ["an unknown batch", { batch: 99 }, { _tag: "UnknownBatch", item: 1, batch: 99 }],
    ["a deleted batch", { batch: 5 }, { _tag: "InactiveBatch" }],
    ["a closed location", { location: 3 }, { _tag: "InactiveLocation" }],
    ["more than the batch has", { quantity: 6 }, { _tag: "InsufficientStock", available: 5, requested: 6, batch: 1 }],
    [
      "more than can be kept exactly",
      { quantity: 2, unitAmount: "9999999999999.00" },
      { _tag: "OrderTooLarge", total: "19999999999998.00" }
    ]
  ])("refuses %s", (_, fields, rejection) => {
    const { when } = given(receive(5), receive(5, {}))
    expect(when(order("outgoing", fields)).rejection()).toMatchObject(rejection)
  })

  it("is done once for its reference, and another request under it is a conflict", () => {
    const { when } = given(order("incoming"))
    expect(when(order("incoming")).moves()).toEqual([])
    expect(Result.getOrThrow(when(order("incoming")).result).existing).toMatchObject([{ reference: "O" }])
    expect(when(order("incoming", { quantity: 4 })).rejection()).toMatchObject({ _tag: "ReferenceConflict" })
    expect(when(order("outgoing")).moves()).toEqual(["3 available@1 b1 → customer"])
  })

  it("raises what is to be told with the order's id", () => {
    const { result } = given().when(
      order("incoming", { notices: [{ kind: "placed", to: "a@example.org", data: { status: "pending" } }] })
    )
    const { documents, events } = Result.getOrThrow(result)
    const id = documents[0]?.id
    expect(events.map(({ event }) => event)).toEqual([
      {
        _tag: "Noticed",
        kind: "placed",
        to: "a@example.org",
        reference: String(id),
        data: { status: "pending", order_id: id }
      }
    ])
  })
})

describe("completing an order", () => {
  it("moves nothing, and is done once", () => {
    const { when, state } = given(order("incoming"))
    const completed = when(complete("incoming"))
    expect(completed.moves()).toEqual([])
    expect(Result.getOrThrow(completed.result).documents).toMatchObject([{ status: "completed" }])
    evolve(state, Result.getOrThrow(completed.result), 1000, null)
    for (const again of [complete("incoming"), cancel("incoming")]) {
      expect(when(again).rejection()).toMatchObject({ _tag: "OrderClosed", status: "completed" })
    }
  })
})

describe("cancelling an order", () => {
  it("sends back what came in, if it is still there", () => {
    const { when } = given(order("incoming"))
    expect(when(cancel("incoming")).moves()).toEqual(["3 available@1 b1 → supplier"])
    const sold = given(order("incoming"), order("outgoing", { quantity: 1 }), receive(5, {}))
    const missing = { _tag: "InsufficientStock", available: 2, requested: 3, batch: 1 }
    expect(sold.when(cancel("incoming")).rejection()).toMatchObject(missing)
  })

  it("sends back from quarantine what was put there since", () => {
    const quarantine: Input = { _tag: "Quarantine", reason: "damage", lines: [{ item: 1, batch: 1, quantity: 2 }] }
    expect(given(order("incoming"), quarantine).when(cancel("incoming")).moves()).toEqual([
      "1 available@1 b1 → supplier",
      "2 quarantined@1 b1 → supplier"
    ])
  })

  it("brings what went out back to where it was taken from", () => {
    const { when } = given(receive(2), receive(2, { batch: 1, location: 2 }), order("outgoing"))
    expect(when(cancel("outgoing")).moves()).toEqual(["2 customer → available@1 b1", "1 customer → available@2 b1"])
  })

  it.each<[string, Input & { readonly organization?: number }, object]>([
    ["no order", { _tag: "CancelOrder", order: { side: "incoming", reference: "none" } }, { reference: "none" }],
    ["the other side's", { _tag: "CancelOrder", order: { side: "incoming", reference: "O" } }, { reference: "O" }],
    ["another organization's", { ...cancel("outgoing"), organization: 2 }, { reference: "O" }],
    ["no order by its id", { _tag: "CompleteOrder", order: { id: 999 } }, { order: 999 }]
  ])("knows nothing of %s", (_, command, rejection) => {
    const { when } = given(receive(5), order("outgoing"))
    expect(when(command).rejection()).toMatchObject({ _tag: "UnknownOrder", ...rejection })
  })
})
