import { Catalog, type CommandInput, StockEngine } from "@stockbook/core"
import { Effect } from "effect"

/** What is sold: name, price, what a unit costs, category. */
const goods = [
  ["Desk lamp", "39.90", "17.50", "Light"],
  ["Floor lamp", "89.00", "41.20", "Light"],
  ["Bulb, warm white", "4.90", "1.15", "Light"],
  ["Extension cord, 3 m", "12.50", "4.80", "Cables"],
  ["USB-C cable, 1 m", "9.90", "2.10", "Cables"],
  ["Office chair", "249.00", "131.00", "Furniture"],
  ["Standing desk", "499.00", "287.00", "Furniture"],
  ["Bookshelf", "129.00", "64.00", "Furniture"],
  ["Notebook, dotted", "6.50", "1.90", "Paper"],
  ["Printer paper, 500 sheets", "5.90", "2.75", "Paper"],
  ["Pencil set", "8.00", "2.60", "Paper"],
  ["Whiteboard", "79.00", "33.00", "Office"]
] as const

/** Founds an organization with items that have been bought, sold and reserved, and answers with how much there is. */
export const seed = Effect.fnUntraced(function* (name: string) {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { id: organization, defaultLocation } = yield* catalog.createOrganization(name)
  const { rows: locations } = yield* catalog.locations({ organization, offset: 0, limit: 2 })
  const second = locations.find(({ id }) => id !== defaultLocation)?.id ?? defaultLocation
  const items = yield* catalog.createItems(
    organization,
    goods.map(([name, unitPrice, unitCost, category], index) => ({
      name,
      sku: `DEMO-${String(index + 1).padStart(3, "0")}`,
      unitPrice,
      unitCost,
      category
    }))
  )
  const commands = items.flatMap(({ id: item, unitCost }, index): ReadonlyArray<CommandInput> => {
    const bought = 20 + ((index * 37) % 80)
    // Every fourth has nearly sold out, so that there is something on the low-stock list.
    const sold = index % 4 === 0 ? bought - 3 : Math.floor(bought / 3)
    const cost = unitCost === null ? {} : { unitCost }
    return [
      { _tag: "Receive", organization, reference: "PO-1", lines: [{ item, quantity: bought, ...cost }] },
      { _tag: "Receive", organization, reference: "PO-2", lines: [{ item, quantity: 10, location: second, ...cost }] },
      { _tag: "Issue", organization, reason: "sale", lines: [{ item, quantity: sold, location: defaultLocation }] },
      { _tag: "Reserve", organization, reference: `ORDER-${index + 1}`, lines: [{ item, quantity: 2 }] }
    ]
  })
  const outcomes = yield* Effect.forEach(commands, (command) => engine.execute(command), { concurrency: "unbounded" })
  return {
    id: organization,
    items: items.length,
    movements: outcomes.reduce((sum, { movements }) => sum + movements.length, 0)
  }
})
