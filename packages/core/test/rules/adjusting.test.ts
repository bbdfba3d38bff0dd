import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { BatchId } from "../../src/catalog/Batch.ts"
import { ItemId } from "../../src/catalog/Item.ts"
import { decide } from "../../src/rules/decide.ts"
import { evolve } from "../../src/rules/evolve.ts"
import type { Movement } from "../../src/stock/Movement.ts"
import { decode, given, type Input } from "./given.ts"

const receive = (quantity: number, place: object = {}): Input => ({
  _tag: "Receive",
  lines: [{ item: 1, quantity, ...place }]
})
const quarantine = (quantity: number, place: object = {}): Input => ({
  _tag: "Quarantine",
  reason: "damage",
  lines: [{ item: 1, quantity, ...place }]
})
const reserve = (quantity: number): Input => ({ _tag: "Reserve", reference: "A", lines: [{ item: 1, quantity }] })

/** Input these commands, with their movements in the ledger: `of` is the id of the nth. */
const ledgerOf = (...commands: ReadonlyArray<Input>) => {
  const { state, when } = given()
  const movements = new Map<number, Movement>()
  const known = { ...state, movements }
  const ids: Array<number> = []
  const carry = (command: Input) => {
    const decision = Result.getOrThrow(decide(known, decode({ organization: 1, ...command }), 1000))
    evolve(known, decision, 1000, null)
    for (const movement of decision.movements) {
      movements.set(movement.id, movement)
      ids.push(movement.id)
    }
    return decision
  }
  for (const command of commands) carry(command)
  Object.assign(state, { movements, nextId: known.nextId })
  return {
    state,
    of: (nth: number) => ids[nth - 1] ?? 0,
    carry,
    when: (command: Input) => {
      state.nextId = known.nextId
      return when(command)
    }
  }
}

describe("quarantine", () => {
  it("takes available stock out of sale, and restoring puts it back", () => {
    const { when } = given(receive(5), receive(2, { location: 2 }))
    expect(when(quarantine(6)).moves()).toEqual(["5 available@1 → quarantined@1", "1 available@2 → quarantined@2"])
    const held = given(receive(5), quarantine(3))
    expect(held.when({ _tag: "Restore", lines: [{ item: 1, quantity: 2 }] }).moves()).toEqual([
      "2 quarantined@1 → available@1"
    ])
    expect(held.when({ _tag: "Restore", lines: [{ item: 1, quantity: 4 }] }).rejection()).toMatchObject({
      _tag: "InsufficientQuarantine",
      level: "item",
      quarantined: 3,
      requested: 4
    })
  })

  it("takes only what is available: held units stay with who holds them", () => {
    expect(given(receive(5), reserve(3)).when(quarantine(3)).rejection()).toMatchObject({
      _tag: "InsufficientStock",
      available: 2,
      requested: 3
    })
  })

  it.each([
    ["unknown item", { lines: [{ item: 9, quantity: 1 }], reason: "nonsense" }, "UnknownItem"],
    ["closed location", { lines: [{ item: 1, quantity: 1, location: 3 }], reason: "nonsense" }, "InactiveLocation"],
    ["unknown reason", { lines: [{ item: 1, quantity: 1 }], reason: "nonsense" }, "UnknownReason"],
    ["another organization's reason", { lines: [{ item: 1, quantity: 1 }], reason: "seasonal2" }, "UnknownReason"],
    ["too much", { lines: [{ item: 1, quantity: 1 }], reason: "seasonal" }, "InsufficientStock"]
  ] as const)("refuses for the first thing wrong: %s", (_, command, tag) => {
    const { lines, reason } = command
    const [line] = lines
    expect(
      given()
        .when({ _tag: "Quarantine", lines: [line], reason })
        .rejection()?._tag
    ).toBe(tag)
  })
})

describe("write off", () => {
  it.each([
    ["available", ["1 available@1 → loss"]],
    ["quarantined", ["1 quarantined@1 → loss"]]
  ] as const)("takes from %s what is named", (from, moves) => {
    const { when } = given(receive(5), quarantine(2))
    expect(when({ _tag: "WriteOff", reason: "theft", from, lines: [{ item: 1, quantity: 1 }] }).moves()).toEqual(moves)
  })

  it("of all takes what is available and quarantined at the level", () => {
    const { when } = given(receive(5), receive(2, { location: 2 }), quarantine(3))
    expect(when({ _tag: "WriteOffAll", reason: "expiry", item: 1 }).moves()).toEqual([
      "2 available@1 → loss",
      "3 quarantined@1 → loss",
      "2 available@2 → loss"
    ])
    expect(when({ _tag: "WriteOffAll", reason: "expiry", item: 1, location: 2 }).moves()).toEqual([
      "2 available@2 → loss"
    ])
    expect(given().when({ _tag: "WriteOffAll", reason: "expiry", item: 1 }).moves()).toEqual([])
  })

  it("of all names the holds that are in the way", () => {
    const { state, when } = given(receive(5), reserve(3))
    const [hold] = state.holds.keys()
    expect(when({ _tag: "WriteOffAll", reason: "expiry", item: 1 }).rejection()).toMatchObject({
      _tag: "StockHeld",
      item: 1,
      reserved: 3,
      committed: 0,
      holds: [hold]
    })
    expect(when({ _tag: "WriteOffAll", reason: "expiry", item: 1, location: 2 }).moves()).toEqual([])
  })
})

describe("a return without an original", () => {
  it.each([
    ["restock", ["2 customer → available@2 v8"]],
    ["quarantine", ["2 customer → quarantined@2 v8"]],
    ["scrap", ["2 customer → quarantined@2 v8", "2 quarantined@2 v8 → loss"]]
  ] as const)("to %s", (disposition, moves) => {
    const { when } = given(receive(1, { location: 2, variation: 8 }))
    const lines = [{ item: 1, quantity: 2, location: 2, variation: 8 }] as const
    expect(when({ _tag: "Return", disposition, lines: [...lines] }).moves()).toEqual(moves)
  })

  it("goes into quarantine when the batch is under recall", () => {
    const { state, when } = given(receive(1, { batch: 9 }))
    const item = state.items.get(ItemId.make(1))
    Object.assign(item ?? {}, {
      batches: new Map([
        [
          BatchId.make(9),
          { item: ItemId.make(1), variation: null, active: true, quarantined: true, expiresAt: null, createdAt: 1 }
        ]
      ])
    })
    expect(
      when({ _tag: "Return", disposition: "restock", lines: [{ item: 1, quantity: 1, batch: 9 }] }).moves()
    ).toEqual(["1 customer → quarantined@1 b9"])
  })
})

describe("a return against its movement", () => {
  const sold = () =>
    ledgerOf(receive(5, { location: 2, batch: 9 }), { _tag: "Issue", lines: [{ item: 1, quantity: 4 }] })
  const back = (movement: number, quantity?: number, more: object = {}): Input => ({
    _tag: "Return",
    disposition: "restock",
    lines: [{ movement, ...(quantity === undefined ? {} : { quantity }), ...more }]
  })

  it("comes back as the batch it was, to where it was or where told", () => {
    const { when, of } = sold()
    expect(when(back(of(2))).moves()).toEqual(["4 customer → available@2 v8 b9"])
    expect(when(back(of(2), 1, { location: 1 })).moves()).toEqual(["1 customer → available@1 v8 b9"])
    expect(when(back(of(2), 1, { location: 3 })).rejection()).toMatchObject({ _tag: "InactiveLocation", location: 3 })
  })

  it("brings back no more than went out, over all returns (Blnk #315: a double refund)", () => {
    const { when, carry, of } = sold()
    carry(back(of(2), 3))
    expect(when(back(of(2), 2)).rejection()).toMatchObject({
      _tag: "ReturnExceedsSold",
      sold: 4,
      returned: 3,
      requested: 2,
      line: 0
    })
    carry(back(of(2)))
    expect(when(back(of(2))).rejection()).toMatchObject({ _tag: "ReturnExceedsSold", returned: 4, requested: 0 })
  })

  it("counts lines of one command that name one movement together", () => {
    const { when, of } = sold()
    const lines = [
      { movement: of(2), quantity: 3 },
      { movement: of(2), quantity: 2 }
    ] as const
    expect(when({ _tag: "Return", disposition: "restock", lines: [...lines] }).rejection()).toMatchObject({
      _tag: "ReturnExceedsSold",
      returned: 3,
      requested: 2,
      line: 1
    })
  })

  it("is of what a hold shipped as well", () => {
    const { when, of } = ledgerOf(receive(5), reserve(2), { _tag: "Fulfil", hold: { reference: "A" } })
    expect(when(back(of(3), 2)).moves()).toEqual(["2 customer → available@1"])
    expect(when(back(of(1), 2)).rejection()).toMatchObject({ _tag: "NotASale" })
    expect(when(back(99, 2)).rejection()).toMatchObject({ _tag: "UnknownMovement", movement: 99 })
  })
})

describe("reversal", () => {
  const reverse = (movement: number): Input => ({ _tag: "Reverse", movement })

  it.each<[string, Array<Input>, Array<string>]>([
    ["a receipt", [receive(3)], ["3 available@1 → supplier"]],
    [
      "an issue",
      [receive(3), { _tag: "Issue", to: "loss", lines: [{ item: 1, quantity: 2 }] }],
      ["2 loss → available@1"]
    ],
    ["an adjustment", [{ _tag: "Adjust", lines: [{ item: 1, delta: 2 }] }], ["2 available@1 → adjustment"]],
    ["a quarantine", [receive(3), quarantine(2)], ["2 quarantined@1 → available@1"]]
  ])("takes back %s", (_, commands, moves) => {
    const { when, of } = ledgerOf(...commands)
    const reversed = when(reverse(of(commands.length)))
    expect(reversed.moves()).toEqual(moves)
    expect(Result.getOrThrow(reversed.result).movements[0]).toMatchObject({
      reason: "correction",
      details: { corrects: of(commands.length) }
    })
  })

  it("is done once, and not of a reversal", () => {
    const { when, carry, of } = ledgerOf(receive(3))
    carry(reverse(of(1)))
    expect(when(reverse(of(1))).rejection()).toMatchObject({ _tag: "AlreadyReversed", movement: of(1), by: of(2) })
    expect(when(reverse(of(2))).rejection()).toMatchObject({ _tag: "NotReversible", because: "correction" })
  })

  it("is refused when the units are no longer there", () => {
    const { when, of } = ledgerOf(receive(3), reserve(1))
    expect(when(reverse(of(1))).rejection()).toMatchObject({ _tag: "InsufficientStock", available: 2, requested: 3 })
    const quarantined = ledgerOf(receive(3), quarantine(2), { _tag: "Restore", lines: [{ item: 1, quantity: 1 }] })
    expect(quarantined.when(reverse(quarantined.of(2))).rejection()).toMatchObject({
      _tag: "InsufficientQuarantine",
      quarantined: 1,
      requested: 2
    })
  })

  it("is left to the hold's own commands", () => {
    const { when, of } = ledgerOf(receive(3), reserve(1))
    expect(when(reverse(of(2))).rejection()).toMatchObject({ _tag: "NotReversible", because: "hold" })
  })

  it("is refused of a sale of which some came back, until that return is taken back", () => {
    const sale: Input = { _tag: "Issue", lines: [{ item: 1, quantity: 2 }] }
    const { when, carry, of } = ledgerOf(receive(3), sale)
    carry({ _tag: "Return", disposition: "restock", lines: [{ movement: of(2), quantity: 1 }] })
    expect(when(reverse(of(2))).rejection()).toMatchObject({ _tag: "NotReversible", because: "returned" })
    carry(reverse(of(3)))
    expect(when(reverse(of(2))).moves()).toEqual(["2 customer → available@1"])
    const again: Input = { _tag: "Return", disposition: "restock", lines: [{ movement: of(2), quantity: 2 }] }
    expect(when(again).moves()).toEqual(["2 customer → available@1"])
    carry(reverse(of(2)))
    expect(when(again).rejection()).toMatchObject({ _tag: "ReturnExceedsSold", sold: 2, returned: 2 })
  })
})
