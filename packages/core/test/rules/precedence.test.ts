import { describe, expect, it } from "vitest"
import { given } from "./given.ts"

/**
 * The order of errors, as a table: each row breaks several rules at once and is refused by the first. The order is
 * organization, items, variations, batches, locations, each known before active, hold known, hold open, quantities.
 */
const stocked = () =>
  given(
    { _tag: "Receive", lines: [{ item: 1, quantity: 5 }] },
    { _tag: "Reserve", reference: "open", lines: [{ item: 1, quantity: 2 }] },
    { _tag: "Reserve", reference: "gone", lines: [{ item: 1, quantity: 1 }] },
    { _tag: "Release", hold: { reference: "gone" } },
    { _tag: "Reserve", reference: "short", expiresIn: 10, lines: [{ item: 1, quantity: 1 }] }
  )

const absent = 99
const deleted = 3
const foreign = 21
const closed = 3

type When = Parameters<ReturnType<typeof stocked>["when"]>[0]

const rows: ReadonlyArray<readonly [string, When, string, Record<string, unknown>]> = [
  [
    "an unknown organization goes before unknown items",
    { _tag: "Receive", organization: 9, lines: [{ item: absent, quantity: 1 }] },
    "UnknownOrganization",
    { organization: 9 }
  ],
  [
    "an unknown item in any line goes before a deleted item in an earlier one",
    {
      _tag: "Receive",
      lines: [
        { item: deleted, quantity: 1 },
        { item: absent, quantity: 1 }
      ]
    },
    "UnknownItem",
    { item: absent }
  ],
  [
    "another organization's item is unknown",
    { _tag: "Issue", lines: [{ item: foreign, quantity: 1 }] },
    "UnknownItem",
    { item: foreign }
  ],
  [
    "a deleted item goes before an unknown location",
    { _tag: "Receive", lines: [{ item: deleted, quantity: 1, location: absent }] },
    "InactiveItem",
    { item: deleted }
  ],
  [
    "an unknown location in any line goes before a closed one in an earlier line",
    {
      _tag: "Receive",
      lines: [
        { item: 1, quantity: 1, location: closed },
        { item: 1, quantity: 1, location: absent }
      ]
    },
    "UnknownLocation",
    { location: absent }
  ],
  [
    "another organization's location is unknown",
    { _tag: "Receive", lines: [{ item: 1, quantity: 1, location: 21 }] },
    "UnknownLocation",
    { location: 21 }
  ],
  [
    "a closed location goes before too little stock",
    { _tag: "Issue", lines: [{ item: 1, quantity: 100, location: closed }] },
    "InactiveLocation",
    { location: closed }
  ],
  [
    "places of all lines go before the stock of any",
    {
      _tag: "Reserve",
      lines: [
        { item: 1, quantity: 100 },
        { item: absent, quantity: 1 }
      ]
    },
    "UnknownItem",
    { item: absent }
  ],
  [
    "the first line that is short is named, with what it could have had",
    {
      _tag: "Reserve",
      lines: [
        { item: 1, quantity: 1 },
        { item: 1, quantity: 2 }
      ]
    },
    "InsufficientStock",
    { line: 1, available: 1, requested: 2, level: "item" }
  ],
  [
    "a reference in use by another request goes before unknown items",
    { _tag: "Reserve", reference: "open", lines: [{ item: absent, quantity: 1 }] },
    "ReferenceConflict",
    { reference: "open" }
  ],
  [
    "the level of a short line is the narrowest it names",
    { _tag: "Reserve", lines: [{ item: 1, quantity: 1, batch: 7, location: 1 }] },
    "InsufficientStock",
    { level: "batch", batch: 7, location: 1, available: 0 }
  ],
  [
    "another organization's item goes before a variation",
    { _tag: "Receive", lines: [{ item: foreign, variation: absent, quantity: 1 }] },
    "UnknownItem",
    { item: foreign }
  ],
  [
    "an unknown variation in any line goes before a deleted one in an earlier one",
    {
      _tag: "Receive",
      lines: [
        { item: 1, variation: 6, quantity: 1 },
        { item: 2, variation: absent, quantity: 1 }
      ]
    },
    "UnknownVariation",
    { item: 2, variation: absent }
  ],
  [
    "a deleted variation goes before an unknown batch",
    { _tag: "Reserve", lines: [{ item: 1, variation: 6, batch: absent, quantity: 1 }] },
    "InactiveVariation",
    { item: 1, variation: 6 }
  ],
  [
    "an unknown batch in any line goes before a deleted one in an earlier one",
    {
      _tag: "Issue",
      lines: [
        { item: 1, batch: 5, quantity: 1 },
        { item: 1, batch: absent, quantity: 1 }
      ]
    },
    "UnknownBatch",
    { item: 1, variation: null, batch: absent }
  ],
  [
    "a batch is none of another variation",
    { _tag: "Receive", lines: [{ item: 1, variation: 1, batch: 2, quantity: 1 }] },
    "UnknownBatch",
    { item: 1, variation: 1, batch: 2 }
  ],
  [
    "a deleted batch goes before an unknown location",
    { _tag: "Adjust", lines: [{ item: 1, batch: 5, location: absent, delta: 1 }] },
    "InactiveBatch",
    { item: 1, batch: 5 }
  ],
  [
    "an unknown hold",
    { _tag: "Release", hold: { reference: "none" } },
    "UnknownHold",
    { reference: "none", hold: null }
  ],
  [
    "a released hold goes before too much asked of it",
    { _tag: "Release", hold: { reference: "gone" }, lines: [{ item: 1, quantity: 50 }] },
    "HoldClosed",
    { status: "released" }
  ],
  [
    "more than the hold keeps",
    { _tag: "Fulfil", hold: { reference: "open" }, lines: [{ item: 1, quantity: 3 }] },
    "InsufficientHold",
    { held: 2, requested: 3 }
  ],
  [
    "an item the hold has not",
    { _tag: "Fulfil", hold: { reference: "open" }, lines: [{ item: 2, quantity: 1 }] },
    "InsufficientHold",
    { held: 0, requested: 1 }
  ],
  [
    "an expectation goes before too little stock",
    { _tag: "Set", item: 1, quantity: 0, expected: 4 },
    "ExpectationFailed",
    { expected: 4, actual: 2 }
  ],
  [
    "a level beyond exact integers",
    { _tag: "Receive", lines: [{ item: 1, quantity: Number.MAX_SAFE_INTEGER }] },
    "QuantityOverflow",
    { item: 1, limit: Number.MAX_SAFE_INTEGER }
  ],
  [
    "two lines that only together go beyond exact integers",
    {
      _tag: "Receive",
      lines: [
        { item: 2, quantity: Number.MAX_SAFE_INTEGER - 1 },
        { item: 2, quantity: 2 }
      ]
    },
    "QuantityOverflow",
    { item: 2 }
  ],
  ["a stock record that is there already", { _tag: "Open", item: 1 }, "AlreadyOpen", { item: 1 }],
  [
    "an extension to before the present end",
    { _tag: "Extend", hold: { reference: "short" }, expiresIn: 5 },
    "NotAnExtension",
    { expiresAt: 1010, requested: 1005 }
  ],
  [
    "an extension to the present end",
    { _tag: "Extend", hold: { reference: "short" }, expiresIn: 10 },
    "NotAnExtension",
    { expiresAt: 1010, requested: 1010 }
  ],
  [
    "an extension of what never ends",
    { _tag: "Extend", hold: { reference: "open" }, expiresIn: 5 },
    "NotAnExtension",
    { expiresAt: null }
  ]
]

describe("errors in their order", () => {
  it.each(rows)("%s", (_, command, tag, fields) => {
    expect(stocked().when(command).rejection()).toMatchObject({ _tag: tag, ...fields })
  })

  it.each(["Release", "Commit", "Fulfil"] as const)("refuse to %s what has expired", (_tag) => {
    const late = stocked().when({ _tag, hold: { reference: "short" } }, 1010)
    expect(late.rejection()).toMatchObject({ _tag: "HoldClosed", status: "expired" })
  })

  it("refuse to extend what has expired", () => {
    const late = stocked().when({ _tag: "Extend", hold: { reference: "short" }, expiresIn: 100 }, 1010)
    expect(late.rejection()).toMatchObject({ _tag: "HoldClosed", status: "expired" })
  })

  it("say what is available and what was asked for, in words", () => {
    const { rejection } = stocked().when({ _tag: "Issue", lines: [{ item: 1, quantity: 9 }] })
    expect(rejection()?.message).toBe("Insufficient stock. Available: 2, Requested: 9")
  })
})
