import { describe, expect, it } from "vitest"
import { ItemId } from "../../src/catalog/Item.ts"
import { LocationId } from "../../src/catalog/Location.ts"
import { OrganizationId } from "../../src/catalog/Organization.ts"
import { type Everything, verifyItem } from "../../src/ledger/verifyItem.ts"
import { HoldId } from "../../src/stock/Hold.ts"

const organization = OrganizationId.make(1)
const item = ItemId.make(1)
const location = LocationId.make(1)
const leaf = { item, variation: null, batch: null, location }
const at = (state: "available" | "reserved") => ({ state, variation: null, batch: null, location })
const said = {
  cause: "Receive",
  reason: null,
  reference: null,
  note: null,
  actor: null,
  details: null,
  organization,
  item
}

/** 10 received, 4 of them reserved. */
const sound = (): Everything => ({
  stock: {
    organization,
    item,
    active: true,
    version: 2,
    openedAt: 1,
    lowStockThreshold: null,
    alert: false,
    clock: 20,
    available: 6,
    reserved: 4,
    committed: 0,
    quarantined: 0,
    negativeLimit: 0,
    details: null
  },
  balances: [{ organization, ...leaf, available: 6, reserved: 4, committed: 0, quarantined: 0, negativeLimit: 0 }],
  due: [],
  barred: [],
  holds: [
    {
      id: HoldId.make(2),
      organization,
      reference: null,
      fingerprint: "",
      expiresAt: null,
      createdAt: 20,
      lines: [{ ...leaf, line: 0, held: 4, reserved: 4, committed: 0, fulfilled: 0, released: 0, expired: 0 }]
    }
  ],
  documents: [],
  serials: [],
  movements: [
    {
      ...said,
      id: 1,
      from: "supplier",
      to: at("available"),
      quantity: 10,
      availableAfter: 10,
      onHandAfter: 10,
      hold: null,
      at: 10
    },
    {
      ...said,
      id: 3,
      from: at("available"),
      to: at("reserved"),
      quantity: 4,
      availableAfter: 6,
      onHandAfter: 10,
      hold: 2,
      at: 20
    }
  ]
})

const [received, reserved] = sound().movements
const [hold] = sound().holds
const [balance] = sound().balances
if (received === undefined || reserved === undefined || hold === undefined || balance === undefined) throw new Error()

const damage: ReadonlyArray<readonly [string, Partial<Everything>, ReadonlyArray<string>]> = [
  ["a leaf that lost a unit", { balances: [{ ...balance, available: 5 }] }, ["balance", "total"]],
  ["a leaf that is gone", { balances: [] }, ["balance", "balance", "total", "total", "held"]],
  ["a total that is not the sum", { stock: { ...sound().stock, available: 7 } }, ["total"]],
  ["a movement that is gone", { movements: [received] }, ["balance", "balance"]],
  ["a movement from nothing", { movements: [reserved] }, ["negative", "running", "running", "balance"]],
  [
    "a quantity of zero",
    { movements: [received, { ...reserved, quantity: 0 }] },
    ["movement", "running", "balance", "balance"]
  ],
  [
    "a movement that says something else is left",
    { movements: [received, { ...reserved, onHandAfter: 9 }] },
    ["running"]
  ],
  ["a step back in time", { movements: [received, { ...reserved, at: 5 }] }, ["order"]],
  [
    "a hold that holds less",
    { holds: [{ ...hold, lines: hold.lines.map((l) => ({ ...l, reserved: 3 })) }] },
    ["hold", "held"]
  ],
  ["a hold that is gone", { holds: [] }, ["held"]]
]

describe("verify", () => {
  it("finds nothing wrong with a sound item", () => {
    expect(verifyItem(sound())).toEqual([])
  })

  it.each(damage)("names %s", (_, change, rules) => {
    expect(verifyItem({ ...sound(), ...change }).map((difference) => difference.rule)).toEqual(rules)
  })
})
