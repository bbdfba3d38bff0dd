import { Result } from "effect"
import { describe, expect, it } from "vitest"
import type { Count } from "../../src/documents/Count.ts"
import { given, type Input } from "./given.ts"

const receive = (quantity: number, place: object = {}): Input => ({
  _tag: "Receive",
  lines: [{ item: 1, quantity, ...place }]
})
const issue = (quantity: number, place: object = {}): Input => ({
  _tag: "Issue",
  lines: [{ item: 1, quantity, ...place }]
})
const start = (more: object = {}): Input => ({ _tag: "StartCount", reference: "N", items: [{ item: 1 }], ...more })
const record = (counted: number, place: object = {}): Input => ({
  _tag: "RecordCount",
  count: { reference: "N" },
  lines: [{ item: 1, counted, ...place }]
})
const post = (more: object = {}): Input => ({ _tag: "PostCount", count: { reference: "N" }, ...more })

const countOf = (decided: ReturnType<ReturnType<typeof given>["when"]>): Count => {
  const document = Result.getOrThrow(decided.result).documents.at(-1)
  if (document?.kind !== "count") throw new Error("No count")
  return document
}

describe("starting a count", () => {
  it("freezes what is on hand at each leaf, whatever its state", () => {
    const { when } = given(receive(5), receive(2, { location: 2 }), {
      _tag: "Reserve",
      reference: "A",
      lines: [{ item: 1, quantity: 2 }]
    })
    expect(countOf(when(start())).lines.map(({ location, expected }) => [location, expected])).toEqual([
      [1, 5],
      [2, 2]
    ])
    expect(countOf(when(start({ location: 2 }))).lines.map(({ location, expected }) => [location, expected])).toEqual([
      [2, 2]
    ])
    expect(when(start()).moves()).toEqual([])
  })

  it("passes over leaves that are empty", () => {
    const { when } = given(receive(5), receive(2, { location: 2 }), issue(2, { location: 2 }))
    expect(countOf(when(start())).lines.map(({ location }) => location)).toEqual([1])
  })

  it("is done once for one reference and request", () => {
    const { when } = given(receive(5), start())
    expect(Result.getOrThrow(when(start()).result)).toMatchObject({ documents: [], existing: [{ kind: "count" }] })
    expect(when(start({ blind: true })).rejection()).toMatchObject({ _tag: "ReferenceConflict", hold: null })
  })

  it.each<[string, Input, string]>([
    ["unknown item", start({ items: [{ item: 9 }], location: 9 }), "UnknownItem"],
    ["unknown location", start({ location: 9 }), "UnknownLocation"],
    ["nothing there", { _tag: "StartCount", reference: "N", location: 2 }, "NothingToCount"]
  ])("is refused for %s", (_, command, tag) => {
    expect(given().when(command).rejection()?._tag).toBe(tag)
  })

  it("says of what", () => {
    expect(() => given().when({ _tag: "StartCount" })).toThrow("Expected items, a location, or both")
  })
})

describe("posting a count", () => {
  it.each([
    [7, ["2 adjustment → available@1"]],
    [5, []],
    [3, ["2 available@1 → adjustment"]]
  ])("of %i where 5 are expected moves the difference", (counted, moves) => {
    const posted = given(receive(5), start(), record(counted)).when(post())
    expect(posted.moves()).toEqual(moves)
    expect(countOf(posted)).toMatchObject({ status: "posted", lines: [{ difference: counted - 5 }] })
    for (const movement of Result.getOrThrow(posted.result).movements) {
      expect(movement).toMatchObject({ reason: "count", reference: "N", details: { document: countOf(posted).id } })
    }
  })

  it("keeps what moved since the line was counted (ERPNext #37192: a late count corrupts later balances)", () => {
    const { when, state } = given(receive(10), start(), record(8), issue(3), receive(20))
    expect(when(post()).moves()).toEqual(["2 available@1 → adjustment"])
    expect(state.items.values().next().value?.totals.available).toBe(27)
  })

  it("is refused while a line moved before it was counted, until it is counted again or accepted", () => {
    const stale = given(receive(10), start(), issue(4), record(6))
    expect(stale.when(post()).rejection()).toMatchObject({
      _tag: "StaleCountLine",
      line: 0,
      expected: 10,
      now: 6,
      moved: -4,
      counted: 6
    })
    expect(stale.when(post({ acceptStale: true })).moves()).toEqual([])
    const again = given(receive(10), start(), issue(4), record(6), record(5))
    expect(again.when(post()).moves()).toEqual(["1 available@1 → adjustment"])
  })

  it("takes the last of what was counted, and nothing of what was not", () => {
    const { when } = given(receive(5), receive(4, { location: 2 }), start(), record(9), record(6))
    expect(when(post()).moves()).toEqual(["1 adjustment → available@1"])
  })

  it("adds leaves that were not expected", () => {
    const found = given(receive(5), start(), record(3, { location: 2, variation: 1 }))
    expect(found.when(post()).moves()).toEqual(["3 adjustment → available@2 v1"])
    const within = given(receive(5), start({ location: 1 }))
    expect(within.when(record(3, { location: 2 })).rejection()).toMatchObject({ _tag: "OutsideCount", location: 2 })
  })

  it("takes what is missing from quarantine after what is available", () => {
    const quarantined: Input = { _tag: "Quarantine", reason: "damage", lines: [{ item: 1, quantity: 2 }] }
    expect(given(receive(5), quarantined, start(), record(1)).when(post()).moves()).toEqual([
      "3 available@1 → adjustment",
      "1 quarantined@1 → adjustment"
    ])
  })

  it("leaves held units to who holds them, and names the holds", () => {
    const { state, when } = given(
      receive(5),
      { _tag: "Reserve", reference: "A", lines: [{ item: 1, quantity: 4 }] },
      start(),
      record(3)
    )
    expect(when(post()).rejection()).toMatchObject({
      _tag: "CountShortage",
      missing: 2,
      available: 1,
      reserved: 4,
      holds: Array.from(state.holds.keys())
    })
  })

  it("never takes what has gone since it was counted", () => {
    const { when } = given(receive(5), start(), record(2), issue(5))
    expect(when(post()).rejection()).toMatchObject({ _tag: "CountShortage", missing: 3, available: 0, holds: [] })
  })

  it.each([
    ["posted", post()],
    ["cancelled", { _tag: "CancelCount", count: { reference: "N" } } satisfies Input]
  ])("ends with it being %s", (status, end) => {
    const { when } = given(receive(5), start(), record(5), end)
    for (const command of [record(1), post()]) {
      expect(when(command).rejection()).toMatchObject({ _tag: "CountClosed", status })
    }
    expect(given().when(post()).rejection()).toMatchObject({ _tag: "UnknownCount", reference: "N" })
  })

  it("tells how far it is in events, before and after", () => {
    const { events } = Result.getOrThrow(given(receive(5), start(), record(5)).when(post()).result)
    expect(events.map(({ event }) => event)).toMatchObject([
      {
        _tag: "CountChanged",
        reference: "N",
        before: { status: "open", lines: 1, counted: 1, stale: 0 },
        after: { status: "posted", lines: 1, counted: 1, stale: 0 }
      }
    ])
  })
})
