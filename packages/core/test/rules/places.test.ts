import { describe, expect, it } from "vitest"
import { given } from "./given.ts"

/** The tree of `given`: 2 holds the bins 5 and 6, 6 holds 7; 6 is not sellable, 4 is transit. */
const receive = (quantity: number, place: object = {}) =>
  ({ _tag: "Receive", lines: [{ item: 1, quantity, ...place }] }) as const
const issue = (quantity: number, place: object = {}) =>
  ({ _tag: "Issue", lines: [{ item: 1, quantity, ...place }] }) as const

describe("a location", () => {
  it("covers all that is in it, and what is put there lies at the place itself", () => {
    const { when } = given(receive(1, { location: 2 }), receive(2, { location: 5 }))
    expect(when(issue(3, { location: 2 })).moves()).toEqual(["1 available@2 → customer", "2 available@5 → customer"])
    expect(when(issue(3, { location: 5 })).rejection()).toMatchObject({ available: 2, requested: 3, level: "location" })
    expect(when(receive(1, { location: 2 })).moves()).toEqual(["1 supplier → available@2"])
  })

  it("that is not sellable is picked from only when it is named, and so is what lies in it", () => {
    const { when } = given(receive(1), receive(2, { location: 6 }), receive(4, { location: 7 }))
    expect(when(issue(2)).rejection()).toMatchObject({ _tag: "InsufficientStock", available: 1 })
    expect(when(issue(1, { location: 2 })).rejection()).toMatchObject({ available: 0 })
    expect(when(issue(6, { location: 6 })).moves()).toEqual(["2 available@6 → customer", "4 available@7 → customer"])
    expect(when(issue(4, { location: 7 })).moves()).toEqual(["4 available@7 → customer"])
  })

  it("in transit is left alone, by corrections too, unless it is named", () => {
    const { when } = given(receive(1), receive(2, { location: 6 }), receive(4, { location: 4 }))
    expect(when({ _tag: "Set", item: 1, quantity: 0 }).moves()).toEqual([
      "1 available@1 → adjustment",
      "2 available@6 → adjustment"
    ])
    expect(when({ _tag: "Set", item: 1, quantity: 5, expected: 3 }).moves()).toEqual(["2 adjustment → available@1"])
    expect(when(issue(4, { location: 4 })).moves()).toEqual(["4 available@4 → customer"])
  })

  it("names what a hold keeps within it", () => {
    const { when } = given(receive(1, { location: 2 }), receive(2, { location: 5 }), {
      _tag: "Reserve",
      reference: "A",
      lines: [{ item: 1, quantity: 3 }]
    })
    expect(
      when({ _tag: "Fulfil", hold: { reference: "A" }, lines: [{ item: 1, quantity: 3, location: 2 }] }).moves()
    ).toEqual(["1 reserved@2 → customer", "2 reserved@5 → customer"])
  })
})

describe("a batch of a variation", () => {
  it("brings its variation along", () => {
    expect(
      given()
        .when(receive(1, { batch: 9 }))
        .moves()
    ).toEqual(["1 supplier → available@1 v8 b9"])
    expect(
      given()
        .when(receive(1, { batch: 7, variation: 8 }))
        .moves()
    ).toEqual(["1 supplier → available@1 v8 b7"])
  })

  it("that is deleted keeps nobody from settling what is held of it", () => {
    const { state, when } = given(receive(2, { batch: 9 }), { _tag: "Reserve", lines: [{ item: 1, quantity: 2 }] })
    const item = Array.from(state.items.values())[0]
    if (item === undefined) throw new Error("no item")
    const batches = new Map(Array.from(item.batches, ([id, facts]) => [id, { ...facts, active: false }]))
    state.items.set(item.item, { ...item, batches })
    expect(when(receive(1, { batch: 9 })).rejection()).toMatchObject({ _tag: "InactiveBatch", batch: 9 })
    const released = when({ _tag: "ReleaseAnonymous", item: 1, batch: 9 as never, quantity: 1 })
    expect(released.moves()).toEqual(["1 reserved@1 v8 b9 → available@1 v8 b9"])
  })
})
