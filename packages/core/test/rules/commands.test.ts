import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { LocationId } from "../../src/catalog/Location.ts"
import { OrganizationId } from "../../src/catalog/Organization.ts"
import { fold } from "../../src/rules/fold.ts"
import { holdStatus } from "../../src/stock/Hold.ts"
import { decode, given } from "./given.ts"

const receive = (quantity: number, place: object = {}) =>
  ({ _tag: "Receive", lines: [{ item: 1, quantity, ...place }] }) as const
const reserve = (quantity: number, more: object = {}) =>
  ({ _tag: "Reserve", reference: "A", lines: [{ item: 1, quantity }], ...more }) as const

describe("receive", () => {
  it("lands at the default location unless the line names one", () => {
    const { moves } = given().when({
      _tag: "Receive",
      lines: [
        { item: 1, quantity: 3 },
        { item: 1, quantity: 4, location: 2, variation: 8, batch: 9 }
      ]
    })
    expect(moves()).toEqual(["3 supplier → available@1", "4 supplier → available@2 v8 b9"])
  })

  it("begins an item's record, once", () => {
    const { state } = given(receive(1))
    fold(state, [{ command: decode({ organization: 1, ...receive(1) }), key: null }], new Map(), 2000)
    expect(Array.from(state.items.values(), ({ openedAt }) => openedAt)).toEqual([1000, null, null, null])
  })

  it("comes from where the command says", () => {
    expect(
      given()
        .when({ ...receive(1), from: "customer" })
        .moves()
    ).toEqual(["1 customer → available@1"])
  })
})

describe("issue", () => {
  it("takes from the default location first, then by location", () => {
    const { when } = given(receive(2, { location: 2 }), receive(3))
    expect(when({ _tag: "Issue", lines: [{ item: 1, quantity: 4 }] }).moves()).toEqual([
      "3 available@1 → customer",
      "1 available@2 → customer"
    ])
  })

  it("takes from the default location first, also when its id is not the lowest", () => {
    const { state, when } = given(receive(3), receive(2, { location: 2 }))
    state.organizations.set(OrganizationId.make(1), {
      defaultLocation: LocationId.make(2),
      transit: LocationId.make(4)
    })
    expect(when({ _tag: "Issue", lines: [{ item: 1, quantity: 3 }] }).moves()).toEqual([
      "2 available@2 → customer",
      "1 available@1 → customer"
    ])
  })

  it("counts an item named twice twice", () => {
    const { when } = given(receive(5))
    const twice = (quantity: number) => [{ item: 1, quantity } as const, { item: 1, quantity } as const] as const
    expect(when({ _tag: "Issue", lines: [...twice(2)] }).moves()).toHaveLength(2)
    expect(when({ _tag: "Issue", lines: [...twice(3)] }).rejection()).toMatchObject({ available: 2, line: 1 })
  })

  it("finds the choice of leaves that serves all lines", () => {
    const { when } = given(receive(5), receive(5, { location: 2 }))
    const { moves } = when({
      _tag: "Issue",
      lines: [
        { item: 1, quantity: 5 },
        { item: 1, quantity: 5, location: 1 }
      ]
    })
    expect(moves()).toEqual(["5 available@2 → customer", "5 available@1 → customer"])
  })
})

describe("adjust", () => {
  it("books each difference against the adjustment account, later lines seeing earlier ones", () => {
    const { moves } = given().when({
      _tag: "Adjust",
      lines: [
        { item: 1, delta: 3 },
        { item: 1, delta: -2 }
      ]
    })
    expect(moves()).toEqual(["3 adjustment → available@1", "2 available@1 → adjustment"])
  })

  it("does not go below zero", () => {
    const { rejection } = given(receive(2)).when({ _tag: "Adjust", lines: [{ item: 1, delta: -3 }] })
    expect(rejection()).toMatchObject({ _tag: "InsufficientStock", available: 2, requested: 3 })
  })
})

describe("set", () => {
  it.each([
    [7, ["2 adjustment → available@1"]],
    [5, []],
    [1, ["4 available@1 → adjustment"]]
  ])("to %i adjusts by the difference", (quantity, moves) => {
    expect(given(receive(5)).when({ _tag: "Set", item: 1, quantity, expected: 5 }).moves()).toEqual(moves)
  })

  it("counts available stock only", () => {
    const { when } = given(receive(5), reserve(2))
    expect(when({ _tag: "Set", item: 1, quantity: 3, expected: 3 }).moves()).toEqual([])
  })
})

describe("reserve", () => {
  it("is one hold over all leaves it picks", () => {
    const { result, moves } = given(receive(2), receive(2, { location: 2 })).when(reserve(3))
    expect(moves()).toEqual(["2 available@1 → reserved@1", "1 available@2 → reserved@2"])
    expect(Result.getOrThrow(result).holds).toMatchObject([{ reference: "A", lines: [{ held: 2 }, { held: 1 }] }])
  })

  it("takes all or nothing", () => {
    const { when } = given(receive(2))
    expect(when(reserve(3)).rejection()).toMatchObject({ available: 2, requested: 3 })
  })

  it("takes what there is when told to do its best, and names the shortfall", () => {
    const { result } = given(receive(2)).when(reserve(3, { mode: "bestEffort" }))
    expect(Result.getOrThrow(result)).toMatchObject({
      shortfalls: [{ line: 0, item: 1, requested: 3, reserved: 2 }],
      holds: [{ lines: [{ held: 2 }] }]
    })
  })

  it("refuses a best effort that finds nothing", () => {
    expect(
      given()
        .when(reserve(3, { mode: "bestEffort" }))
        .rejection()
    ).toMatchObject({ available: 0, requested: 3 })
  })

  it("is done once for one reference and request", () => {
    const { when } = given(receive(5), reserve(2))
    const again = Result.getOrThrow(when(reserve(2)).result)
    expect(again.movements).toEqual([])
    expect(again.existing).toMatchObject([{ reference: "A" }])
    expect(when(reserve(3)).rejection()).toMatchObject({ _tag: "ReferenceConflict" })
  })

  it("may use the reference again once all of it was released or has expired", () => {
    const released = given(receive(5), reserve(2), { _tag: "Release", hold: { reference: "A" } })
    expect(released.when(reserve(4)).moves()).toHaveLength(1)
    const expired = given(receive(5), reserve(2, { expiresIn: 10 }))
    expect(expired.when(reserve(3), 1010).moves()).toHaveLength(1)
  })

  it("may not use the reference of a fulfilled order again", () => {
    const { when } = given(receive(5), reserve(2), { _tag: "Fulfil", hold: { reference: "A" } })
    expect(when(reserve(3)).rejection()).toMatchObject({ _tag: "ReferenceConflict" })
  })
})

describe("release, commit and fulfil", () => {
  it("settle a part, the rest stays held", () => {
    const { when } = given(receive(5), reserve(4), {
      _tag: "Release",
      hold: { reference: "A" },
      lines: [{ item: 1, quantity: 1 }]
    })
    const { result, moves } = when({ _tag: "Fulfil", hold: { reference: "A" }, lines: [{ item: 1, quantity: 2 }] })
    expect(moves()).toEqual(["2 reserved@1 → customer"])
    expect(Result.getOrThrow(result).holds[0]?.lines).toMatchObject([
      { held: 4, reserved: 1, fulfilled: 2, released: 1 }
    ])
  })

  it("ship what is committed first", () => {
    const { when } = given(receive(5), reserve(4), {
      _tag: "Commit",
      hold: { reference: "A" },
      lines: [{ item: 1, quantity: 1 }]
    })
    expect(when({ _tag: "Fulfil", hold: { reference: "A" }, lines: [{ item: 1, quantity: 2 }] }).moves()).toEqual([
      "1 committed@1 → customer",
      "1 reserved@1 → customer"
    ])
  })

  it("keep committed units past the expiry", () => {
    const { when } = given(receive(5), reserve(4, { expiresIn: 10 }), {
      _tag: "Commit",
      hold: { reference: "A" },
      lines: [{ item: 1, quantity: 1 }]
    })
    expect(when({ _tag: "Fulfil", hold: { reference: "A" } }, 5000).moves()).toEqual(["1 committed@1 → customer"])
    const rest = when({ _tag: "Fulfil", hold: { reference: "A" }, lines: [{ item: 1, quantity: 2 }] }, 5000)
    expect(rest.rejection()).toMatchObject({ _tag: "InsufficientHold", held: 1, requested: 2 })
  })

  it("end a hold once", () => {
    const { when } = given(receive(5), reserve(2), { _tag: "Fulfil", hold: { reference: "A" } })
    for (const _tag of ["Release", "Commit", "Fulfil"] as const) {
      expect(when({ _tag, hold: { reference: "A" } }).rejection()).toMatchObject({ status: "fulfilled" })
    }
  })

  it("find another choice of held leaves when lines overlap", () => {
    const { when } = given(receive(2), receive(2, { location: 2 }), reserve(4))
    const { moves } = when({
      _tag: "Release",
      hold: { reference: "A" },
      lines: [
        { item: 1, quantity: 2 },
        { item: 1, quantity: 2, location: 1 }
      ]
    })
    expect(moves()).toEqual(["2 reserved@2 → available@2", "2 reserved@1 → available@1"])
  })
})

describe("anonymous holds", () => {
  const anonymous = (quantity: number) => ({ _tag: "Reserve", lines: [{ item: 1, quantity }] }) as const

  it("are released oldest first, up to what they hold, and no named hold is touched", () => {
    const { when } = given(receive(10), anonymous(2), reserve(3), anonymous(2))
    const release = (quantity: number) => when({ _tag: "ReleaseAnonymous", item: 1, quantity })
    expect(Result.getOrThrow(release(3).result).holds.map((hold) => hold.lines[0]?.reserved)).toEqual([0, 1])
    expect(release(9).moves()).toEqual(["2 reserved@1 → available@1", "2 reserved@1 → available@1"])
  })

  it("are passed over when their time is over", () => {
    const { when } = given(receive(5), { ...anonymous(2), expiresIn: 10 }, anonymous(1))
    expect(when({ _tag: "ReleaseAnonymous", item: 1, quantity: 5 }, 1010).moves()).toEqual([
      "1 reserved@1 → available@1"
    ])
  })

  it("may be none: releasing nothing is a success", () => {
    expect(given(receive(1)).when({ _tag: "ReleaseAnonymous", item: 1, quantity: 1 }).moves()).toEqual([])
  })
})

describe("expiry", () => {
  const held = () => given(receive(5), reserve(2, { expiresIn: 100 }))

  it("gives back what is still softly held, at its instant and not before", () => {
    const { state, when } = held()
    const [id] = state.holds.keys()
    if (id === undefined) throw new Error("No hold")
    expect(when({ _tag: "Expire", holds: [id] }, 1099).moves()).toEqual([])
    const { moves, result } = when({ _tag: "Expire", holds: [id, id] }, 1100)
    expect(moves()).toEqual(["2 reserved@1 → available@1"])
    expect(Result.getOrThrow(result).holds.map(holdStatus)).toEqual(["expired"])
  })

  it("is moved by extending", () => {
    const extended = Result.getOrThrow(held().when({ _tag: "Extend", hold: { reference: "A" }, expiresIn: 500 }).result)
    expect(extended.holds).toMatchObject([{ expiresAt: 1500 }])
    const never = Result.getOrThrow(held().when({ _tag: "Extend", hold: { reference: "A" }, expiresIn: null }).result)
    expect(never.holds).toMatchObject([{ expiresAt: null }])
  })
})

describe("low stock", () => {
  const events = (decided: ReturnType<ReturnType<typeof given>["when"]>) =>
    Result.getOrThrow(decided.result).events.map(({ event }) => event)
  const watched = (quantity: number) =>
    given(receive(quantity), { _tag: "SetPolicy", item: 1, lowStockThreshold: 3 } as const)

  it("is raised when available falls to the threshold, with the quantity it fell to", () => {
    expect(events(watched(5).when(reserve(1)))).toEqual([])
    expect(events(watched(5).when(reserve(2)))).toEqual([
      { _tag: "LowStockRaised", item: 1, available: 3, threshold: 3 }
    ])
  })

  it("is raised once until it clears", () => {
    const low = given(receive(5), { _tag: "SetPolicy", item: 1, lowStockThreshold: 3 }, reserve(2))
    expect(events(low.when({ _tag: "Issue", lines: [{ item: 1, quantity: 1 }] }))).toEqual([])
    expect(events(low.when({ _tag: "Release", hold: { reference: "A" } }))).toEqual([
      { _tag: "LowStockCleared", item: 1, available: 5, threshold: 3 }
    ])
  })

  it("is raised by a threshold that rises over the stock, and cleared by one that goes", () => {
    const [changed, raised] = events(given(receive(2)).when({ _tag: "SetPolicy", item: 1, lowStockThreshold: 2 }))
    expect([changed?._tag, raised?._tag]).toEqual(["PolicyChanged", "LowStockRaised"])
    const cleared = given(receive(2), { _tag: "SetPolicy", item: 1, lowStockThreshold: 2 }).when({
      _tag: "SetPolicy",
      item: 1,
      lowStockThreshold: null
    })
    expect(events(cleared).map(({ _tag }) => _tag)).toEqual(["PolicyChanged", "LowStockCleared"])
  })

  it("is not raised by a no-op at zero, nor by stock that never was above the threshold", () => {
    const empty = given({ _tag: "SetPolicy", item: 1, lowStockThreshold: 3 })
    expect(events(empty.when({ _tag: "Set", item: 1, quantity: 0 }))).toEqual([])
    expect(events(empty.when(receive(2)))).toEqual([])
  })
})

describe("linked commands", () => {
  it("see the ones before and stand or fall together", () => {
    const link = (quantity: number) =>
      given().when({
        _tag: "Linked",
        commands: [
          { organization: 1, ...receive(3) },
          { organization: 1, ...reserve(2) },
          { _tag: "Fulfil", organization: 1, hold: { reference: "A" }, lines: [{ item: 1, quantity }] }
        ]
      })
    expect(link(2).moves()).toEqual([
      "3 supplier → available@1",
      "2 available@1 → reserved@1",
      "2 reserved@1 → customer"
    ])
    expect(link(3).rejection()).toMatchObject({ _tag: "InsufficientHold", held: 2 })
  })

  it("raise and clear alerts once, for the state they leave", () => {
    const watched = given(receive(5), { _tag: "SetPolicy", item: 1, lowStockThreshold: 3 })
    const link = (quantity: number) =>
      watched.when({
        _tag: "Linked",
        commands: [
          { _tag: "Set", organization: 1, item: 1, quantity: 0 },
          { _tag: "Set", organization: 1, item: 1, quantity }
        ]
      })
    const events = (quantity: number) => Result.getOrThrow(link(quantity).result).events.map(({ event }) => event)
    const policy = (lowStockThreshold: number) =>
      ({ _tag: "SetPolicy", organization: 1, item: 1, lowStockThreshold }) as const
    const twice = watched.when({ _tag: "Linked", commands: [policy(9), policy(4)] })
    expect(Result.getOrThrow(twice.result).events.map(({ event }) => event._tag)).toEqual([
      "PolicyChanged",
      "PolicyChanged"
    ])
    expect(events(5)).toEqual([])
    expect(events(2)).toEqual([{ _tag: "LowStockRaised", item: 1, available: 2, threshold: 3 }])
  })

  it("are of one organization", () => {
    expect(() => given().when({ _tag: "Linked", commands: [{ _tag: "Open", organization: 2, item: 21 }] })).toThrow(
      "Expected the organization of the list"
    )
  })
})
