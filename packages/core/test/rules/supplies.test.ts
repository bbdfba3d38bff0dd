import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { ItemId } from "../../src/catalog/Item.ts"
import type { Supply } from "../../src/documents/Supply.ts"
import { availableToPromise } from "../../src/ledger/promise.ts"
import type { Decision } from "../../src/rules/Decision.ts"
import { given, type Input } from "./given.ts"

const supply = { reference: "PO" }
const expectation = {
  _tag: "ExpectSupply",
  reference: "PO",
  supplier: 5,
  label: "spring",
  tolerance: { percent: 25 },
  lines: [
    { item: 1, quantity: 10, unitCost: "2.50", expectedAt: 3000 },
    { item: 2, quantity: 6, location: 2, expectedAt: 2000 },
    { item: 1, quantity: 4 }
  ]
} as const
const expected = (...then: ReadonlyArray<Input>) => given(expectation, ...then)
const receive = (...lines: ReadonlyArray<{ line: number; item: number; quantity: number; unitCost?: string }>) => {
  const [first, ...rest] = lines
  if (first === undefined) throw new Error("No lines")
  return { _tag: "ReceiveSupply", supply, lines: [first, ...rest] } as const
}

const supplyOf = ({ result }: { readonly result: Result.Result<Decision, unknown> }): Supply => {
  const [document] = Result.getOrThrow(result).documents
  if (document?.kind !== "supply") throw new Error("No supply was written")
  return document
}

/** Units that items 1 and 2 expect after a decision. */
const expecting = ({ result }: { readonly result: Result.Result<Decision, unknown> }) => {
  const { details } = Result.getOrThrow(result)
  return [1, 2].map((item) => details?.get(ItemId.make(item))?.expected ?? 0)
}

describe("a supply", () => {
  it("is expected, without moving any stock", () => {
    const made = given().when(expectation)
    expect(made.moves()).toEqual([])
    expect(expecting(made)).toEqual([14, 6])
    expect(supplyOf(made)).toMatchObject({ status: "open", supplier: 5, label: "spring", dueAt: 2000, items: [1, 2] })
    expect(supplyOf(made).lines.map(({ location }) => location)).toEqual([1, 2, 1])
    expect(Result.getOrThrow(made.result).events).toMatchObject([
      { event: { _tag: "SupplyChanged", supplier: 5, before: null, after: { status: "open", expected: 20 } } }
    ])
  })

  it("comes in whole at its leaves, at its costs", () => {
    const all = expected().when({ _tag: "ReceiveSupply", supply })
    expect(all.moves()).toEqual(["10 supplier → available@1", "6 supplier → available@2", "4 supplier → available@1"])
    expect(Result.getOrThrow(all.result).movements.map(({ details }) => details)).toEqual([
      { document: 1, unitCost: "2.50" },
      { document: 1 },
      { document: 1 }
    ])
    expect(supplyOf(all)).toMatchObject({ status: "received", dueAt: null })
    // An item that expects nothing any more says nothing of it.
    expect(Array.from(Result.getOrThrow(all.result).details?.values() ?? [])).toEqual([null, null])
  })

  it("comes in by parts, one line in several batches and at another cost or place", () => {
    const part = expected().when({
      _tag: "ReceiveSupply",
      supply,
      reference: "delivery note 7",
      lines: [
        { line: 0, item: 1, quantity: 3, batch: 1, unitCost: "2.75" },
        { line: 0, item: 1, quantity: 2, location: 2 },
        { line: 1, item: 2, quantity: 6 }
      ]
    })
    expect(part.moves()).toEqual([
      "3 supplier → available@1 b1",
      "2 supplier → available@2",
      "6 supplier → available@2"
    ])
    const { movements } = Result.getOrThrow(part.result)
    expect(movements.map(({ details, reference }) => [details?.unitCost, reference])).toEqual([
      ["2.75", "delivery note 7"],
      ["2.50", "delivery note 7"],
      [undefined, "delivery note 7"]
    ])
    expect(supplyOf(part)).toMatchObject({ status: "open", dueAt: 3000 })
    expect(supplyOf(part).lines.map(({ received }) => received)).toEqual([5, 6, 0])
    expect(expecting(part)).toEqual([9, 0])
  })

  it("may bring more than expected within its tolerance, even after all of it came", () => {
    const more = expected(receive({ line: 0, item: 1, quantity: 12 })).when({ _tag: "ReceiveSupply", supply })
    expect(more.moves()).toEqual(["6 supplier → available@2", "4 supplier → available@1"])
    const late = expected({ _tag: "ReceiveSupply", supply }).when(receive({ line: 1, item: 2, quantity: 1 }))
    expect(supplyOf(late)).toMatchObject({ status: "received" })
    expect(expecting(late)).toEqual([0, 0])
  })

  it.each([
    ["CloseSupply", "closed"],
    ["CancelSupply", "cancelled"]
  ] as const)("is no longer expected after %s; what came stays", (_tag, status) => {
    const over = expected(receive({ line: 0, item: 1, quantity: 3 })).when({ _tag, supply })
    expect(over.moves()).toEqual([])
    expect(expecting(over)).toEqual([0, 0])
    expect(supplyOf(over)).toMatchObject({ status, dueAt: null })
    expect(supplyOf(over).lines[0]?.received).toBe(3)
    expect(Result.getOrThrow(over.result).events).toMatchObject([
      { event: { before: { status: "open", expected: 17, received: 3 }, after: { status, expected: 0, received: 3 } } }
    ])
  })

  it("counts for alerts on what is available and expected, until it no longer is", () => {
    const low = { _tag: "SetPolicy", item: 1, lowStockThreshold: 5, basis: "availableAndExpected" } as const
    const expect4 = { _tag: "ExpectSupply", reference: "PO", lines: [{ item: 1, quantity: 4 }] } as const
    const stocked = [{ _tag: "Receive", lines: [{ item: 1, quantity: 10 }] }, low] as const
    const issue = { _tag: "Issue", lines: [{ item: 1, quantity: 8 }] } as const
    const alerts = ({ result }: { readonly result: Result.Result<Decision, unknown> }) =>
      Result.getOrThrow(result).events.flatMap(({ event }) =>
        event._tag === "LowStockRaised" || event._tag === "LowStockCleared" ? [[event._tag, event.available]] : []
      )
    expect(alerts(given(...stocked, expect4).when(issue))).toEqual([])
    expect(alerts(given(...stocked).when(issue))).toEqual([["LowStockRaised", 2]])
    expect(alerts(given(...stocked, issue).when(expect4))).toEqual([["LowStockCleared", 6]])
    const waiting = given(...stocked, expect4, issue)
    expect(alerts(waiting.when({ _tag: "ReceiveSupply", supply }))).toEqual([])
    expect(alerts(waiting.when({ _tag: "CancelSupply", supply }))).toEqual([["LowStockRaised", 2]])
  })

  it("is expected once for one reference and request", () => {
    const again = Result.getOrThrow(expected().when(expectation).result)
    expect([again.documents, again.details]).toEqual([[], null])
    expect(again.existing).toMatchObject([{ kind: "supply", reference: "PO" }])
    const other = expected().when({ ...expectation, label: "autumn" })
    expect(other.rejection()).toMatchObject({ _tag: "ReferenceConflict", document: 1 })
  })
})

type When = Parameters<ReturnType<typeof given>["when"]>[0]

const refusals: ReadonlyArray<
  readonly [string, ReadonlyArray<Input>, When, string, Readonly<Record<string, unknown>>]
> = [
  [
    "an unknown item goes before an unknown supplier",
    [],
    { ...expectation, reference: null, supplier: 9, lines: [{ item: 99, quantity: 1 }] },
    "UnknownItem",
    { item: 99 }
  ],
  [
    "a deleted item",
    [],
    { ...expectation, reference: null, lines: [{ item: 3, quantity: 1 }] },
    "InactiveItem",
    { item: 3 }
  ],
  [
    "a closed location",
    [],
    { ...expectation, reference: null, lines: [{ item: 1, quantity: 1, location: 3 }] },
    "InactiveLocation",
    { location: 3 }
  ],
  ["an unknown supplier", [], { ...expectation, reference: null, supplier: 9 }, "UnknownSupplier", { supplier: 9 }],
  [
    "another organization's supplier",
    [],
    { ...expectation, organization: 2, lines: [{ item: 21, quantity: 1 }] },
    "UnknownSupplier",
    { supplier: 5 }
  ],
  [
    "the location of transit",
    [],
    { ...expectation, reference: null, lines: [{ item: 1, quantity: 1, location: 4 }] },
    "TransitLocation",
    { location: 4 }
  ],
  [
    "more than can be counted",
    [],
    { ...expectation, reference: null, lines: [{ item: 1, quantity: Number.MAX_SAFE_INTEGER }] },
    "QuantityOverflow",
    { item: 1 }
  ],
  [
    "an unknown supply",
    [],
    { _tag: "ReceiveSupply", supply: { reference: "?" } },
    "UnknownSupply",
    { reference: "?", supply: null }
  ],
  ["a transfer in a supply's place", [], { _tag: "CloseSupply", supply: { id: 99 } }, "UnknownSupply", { supply: 99 }],
  [
    "another organization's supply",
    [],
    { _tag: "CancelSupply", organization: 2, supply },
    "UnknownSupply",
    { reference: "PO" }
  ],
  ["a line there is not", [], receive({ line: 3, item: 1, quantity: 1 }), "UnknownSupplyLine", { line: 3 }],
  [
    "a line of another item (an order that took another product's batch)",
    [],
    receive({ line: 1, item: 1, quantity: 1 }),
    "UnknownSupplyLine",
    { line: 1, item: 1 }
  ],
  [
    "more than the tolerance allows",
    [receive({ line: 0, item: 1, quantity: 9 })],
    receive({ line: 0, item: 1, quantity: 4 }),
    "OverReceipt",
    { line: 0, item: 1, expected: 10, received: 9, requested: 4, tolerated: 2 }
  ],
  [
    "lines that only together are too many",
    [],
    receive({ line: 2, item: 1, quantity: 4 }, { line: 2, item: 1, quantity: 2 }),
    "OverReceipt",
    { line: 2, received: 4, requested: 2, tolerated: 1 }
  ],
  [
    "all again of what came",
    [{ _tag: "ReceiveSupply", supply }],
    { _tag: "ReceiveSupply", supply },
    "SupplyClosed",
    { status: "received" }
  ],
  [
    "a receipt of a closed one",
    [{ _tag: "CloseSupply", supply }],
    receive({ line: 0, item: 1, quantity: 1 }),
    "SupplyClosed",
    { status: "closed" }
  ],
  [
    "the end of a cancelled one",
    [{ _tag: "CancelSupply", supply }],
    { _tag: "CloseSupply", supply },
    "SupplyClosed",
    { status: "cancelled" }
  ]
]

describe("supplies refuse", () => {
  it.each(refusals)("%s", (_, before, when, tag, fields) => {
    expect(
      expected(...before)
        .when(when)
        .rejection()
    ).toMatchObject({ _tag: tag, ...fields })
  })

  it("any more than ordered when no tolerance was given", () => {
    const strict = given({ _tag: "ExpectSupply", reference: "PO", lines: [{ item: 1, quantity: 2 }] })
    expect(strict.when(receive({ line: 0, item: 1, quantity: 3 })).rejection()).toMatchObject({
      _tag: "OverReceipt",
      tolerated: 0
    })
  })

  it.each([0, -1, 1.5])("a quantity of %s (an order program took those and raised stock)", (quantity) => {
    expect(() => given({ _tag: "ExpectSupply", lines: [{ item: 1, quantity }] })).toThrow("quantity")
  })
})

describe("available to promise", () => {
  const item = ItemId.make(1)
  const place = { item, variation: null, batch: null, location: 1 as never }
  const levels = { reserved: 0, committed: 0, quarantined: 0 }
  const arrival = { ...place, kind: "supply", document: 1 as never, reference: null, inTransit: 0 } as const
  const given = {
    leaves: [
      { ...place, ...levels, available: 5 },
      { ...place, ...levels, location: 2 as never, available: 2 }
    ],
    arrivals: [
      { ...arrival, quantity: 10, dueAt: 100 },
      { ...arrival, quantity: 20, dueAt: 200 },
      { ...arrival, quantity: 40, dueAt: null }
    ],
    backorders: [
      { ...place, location: null, waiting: 3 },
      { ...place, location: 2 as never, waiting: 1 }
    ]
  }

  it.each([
    ["before anything arrives", { item }, 99, [3, 7, 0, 4]],
    ["at the instant of an arrival", { item }, 100, [13, 7, 10, 4]],
    ["after all that has a date", { item }, 1e12, [33, 7, 30, 4]],
    ["at one location, whose promises elsewhere do not count", { item, location: 1 as never }, 100, [12, 5, 10, 3]],
    ["at a location to which nothing comes", { item, location: 2 as never }, 1e12, [-2, 2, 0, 4]],
    ["of another item", { item: ItemId.make(2) }, 1e12, [0, 0, 0, 0]]
  ] as const)(
    "is available + expected by then − promised, %s",
    (_, selector, at, [units, available, expected, promised]) => {
      expect(availableToPromise({ ...given, selector, at })).toEqual({ units, available, expected, promised })
    }
  )
})
