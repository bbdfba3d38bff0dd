import { describe, expect, it } from "vitest"
import { ItemId } from "../../src/catalog/Item.ts"
import { LocationId } from "../../src/catalog/Location.ts"
import type { Input } from "./given.ts"
import { cancel, complete, dispatch, receive, standing, stocked } from "./transferSteps.ts"

type When = Parameters<ReturnType<typeof stocked>["when"]>[0]
const request = { _tag: "RequestTransfer", from: 1, to: 2, lines: [{ item: 1, quantity: 1 }] } as const
const refusals: ReadonlyArray<
  readonly [string, ReadonlyArray<Input>, When, string, Readonly<Record<string, unknown>>]
> = [
  [
    "an unknown item goes before unknown places",
    [],
    { ...request, from: 99, lines: [{ item: 99, quantity: 1 }] },
    "UnknownItem",
    { item: 99 }
  ],
  ["an unknown source", [], { ...request, from: 99 }, "UnknownLocation", { location: 99 }],
  ["another organization's destination", [], { ...request, to: 21 }, "UnknownLocation", { location: 21 }],
  ["a closed destination", [], { ...request, to: 3 }, "InactiveLocation", { location: 3 }],
  [
    "one location twice goes before too little stock",
    [],
    { ...request, to: 1, lines: [{ item: 1, quantity: 99 }] },
    "SameLocation",
    { location: 1 }
  ],
  ["the location of transit", [], { ...request, to: 4 }, "TransitLocation", { location: 4 }],
  [
    "more than is available",
    [],
    { ...request, lines: [{ item: 1, quantity: 3 }] },
    "InsufficientStock",
    { available: 2, requested: 3 }
  ],
  [
    "an unknown transfer",
    [],
    { _tag: "DispatchTransfer", transfer: { reference: "?" } },
    "UnknownTransfer",
    { reference: "?", transfer: null }
  ],
  ["another organization's transfer", [], { ...cancel, organization: 2 }, "UnknownTransfer", { reference: "T" }],
  ["a cancelled one", [cancel], dispatch, "TransferClosed", { status: "cancelled" }],
  ["a completed one", [complete], { ...cancel, pendingOnly: true }, "TransferClosed", { status: "completed" }],
  ["a second completion", [complete], complete, "TransferClosed", { status: "completed" }],
  ["a completion in one step of what has left", [dispatch], complete, "TransferNotPending", { status: "inTransit" }],
  [
    "a cancellation of what has left, where only pending ones may be",
    [dispatch],
    { ...cancel, pendingOnly: true },
    "TransferNotPending",
    { status: "inTransit" }
  ],
  [
    "more than is still to be dispatched",
    [],
    {
      ...dispatch,
      lines: [
        { item: 2, quantity: 1 },
        { item: 2, quantity: 2 }
      ]
    },
    "InsufficientToDispatch",
    { line: 1, item: 2, pending: 1, requested: 2 }
  ],
  [
    "what has not been dispatched",
    [],
    { ...receive, lines: [{ item: 1, quantity: 1 }] },
    "InsufficientInTransit",
    { list: "lines", line: 0, inTransit: 0, requested: 1 }
  ],
  [
    "more arrived and lost together than is in transit",
    [dispatch],
    { ...receive, lines: [{ item: 1, quantity: 2 }], lost: [{ item: 1, quantity: 2 }] },
    "InsufficientInTransit",
    { list: "lost", line: 0, inTransit: 1, requested: 2 }
  ],
  [
    "an item found that there is not",
    [dispatch],
    { ...receive, found: [{ item: 99, quantity: 1 }] },
    "UnknownItem",
    { item: 99 }
  ],
  [
    "more found than can be counted",
    [dispatch],
    { ...receive, found: [{ item: 1, quantity: Number.MAX_SAFE_INTEGER }] },
    "QuantityOverflow",
    { item: 1 }
  ]
]

describe("transfers refuse", () => {
  it.each(refusals)("%s", (_, before, when, tag, fields) => {
    expect(
      stocked(...before)
        .when(when)
        .rejection()
    ).toMatchObject({ _tag: tag, ...fields })
  })

  it.each([
    ["dispatch", [], dispatch],
    ["receive", [dispatch], receive],
    ["complete", [], complete]
  ] as const)(
    "to %s a deleted product, which may still be cancelled (as the warehouse program completed it)",
    (_, before, when) => {
      const { state, ...then } = stocked(...before)
      const item = state.items.get(ItemId.make(2))
      if (item === undefined) throw new Error("No item")
      state.items.set(item.item, { ...item, active: false })
      expect(then.when(when).rejection()).toMatchObject({ _tag: "InactiveItem", item: 2 })
      expect(standing(then.when(cancel))).toEqual(["cancelled", 0, 0, 0, 0, 5, 0])
    }
  )

  it("to go to a destination that was closed, or back to a source that was", () => {
    const { state, ...then } = stocked(dispatch)
    const close = (id: number, active: boolean) => {
      const facts = state.locations.get(LocationId.make(id))
      if (facts !== undefined) state.locations.set(LocationId.make(id), { ...facts, active })
    }
    close(2, false)
    expect(then.when(receive).rejection()).toMatchObject({ _tag: "InactiveLocation", location: 2 })
    expect(standing(then.when(cancel))[0]).toBe("cancelled")
    close(2, true)
    close(1, false)
    expect(then.when(cancel).rejection()).toMatchObject({ _tag: "InactiveLocation", location: 1 })
    expect(standing(then.when(receive))[0]).toBe("completed")
  })
})
