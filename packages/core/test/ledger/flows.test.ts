import { describe, expect, it } from "vitest"
import { ItemId } from "../../src/catalog/Item.ts"
import { LocationId } from "../../src/catalog/Location.ts"
import { OrganizationId } from "../../src/catalog/Organization.ts"
import { movementStatistics } from "../../src/ledger/flows.ts"
import type { Movement } from "../../src/stock/Movement.ts"

const day = 86_400_000
const available = { state: "available", variation: null, batch: null, location: LocationId.make(1) } as const

const movement = (
  at: number,
  from: Movement["from"],
  to: Movement["to"],
  quantity: number,
  onHandAfter: number
): Movement => ({
  id: at + 1,
  organization: OrganizationId.make(1),
  item: ItemId.make(1),
  from,
  to,
  quantity,
  availableAfter: onHandAfter,
  onHandAfter,
  cause: from === "supplier" ? "Receive" : from === "customer" ? "Return" : "Issue",
  hold: null,
  details: null,
  at,
  reason: null,
  reference: null,
  note: null,
  actor: null
})

describe("statistics of a period", () => {
  const period = { from: 0, until: 10 * day }

  it("weigh each level with how long it lasted", () => {
    const movements = [
      movement(2 * day, "supplier", available, 20, 30),
      movement(5 * day, available, "customer", 12, 18),
      movement(7 * day, "customer", available, 2, 20)
    ]
    // 2 days of 10, 3 of 30, 2 of 18, 3 of 20.
    const found = movementStatistics({ available: 10, onHand: 10 }, movements, period)
    expect(found).toMatchObject({
      opening: { onHand: 10 },
      closing: { onHand: 20 },
      in: 22,
      out: 12,
      sold: 10,
      averageOnHand: 20.6
    })
    expect(found.turnover).toBeCloseTo(10 / 20.6, 12)
    expect(found.daysOfStock).toBeCloseTo(10 / (10 / 20.6), 12)
  })

  it("know no turnover of no stock, nor how long stock lasts that nobody buys", () => {
    expect(movementStatistics({ available: 0, onHand: 0 }, [], period)).toMatchObject({
      averageOnHand: 0,
      turnover: null,
      daysOfStock: null
    })
    expect(movementStatistics({ available: 4, onHand: 4 }, [], period)).toMatchObject({
      averageOnHand: 4,
      turnover: 0,
      daysOfStock: null
    })
  })

  it("stay exact with large quantities over long periods", () => {
    const units = 2 ** 50
    expect(
      movementStatistics({ available: units, onHand: units }, [], { from: 0, until: 3650 * day }).averageOnHand
    ).toBe(units)
  })
})
