import { isStockbookError, openStockbook } from "@stockbook/adapter-sqlite"

const stockbook = await openStockbook({ filename: process.argv[2] ?? ":memory:" })
const inventory = await stockbook.createOrganization("Acme")

const { id: lamp } = await inventory.items.create({ name: "Lamp", sku: "LAMP-1", lowStockThreshold: 5 })
await inventory.receive({ reference: "delivery-1", lines: [{ item: lamp, quantity: 10 }] })

// A hold for 15 minutes, named by its order: asking again is answered with the same hold.
const order = { reference: "order-1", lines: [{ item: lamp, quantity: 4 }], expiresIn: 15 * 60_000 } as const
await inventory.reserve(order)
const again = await inventory.reserve(order)
console.log(`order-1 holds ${again.holds[0]?.lines[0]?.held}, ${again.items[0]?.available} are left`)

await inventory.reserve({ reference: "order-2", lines: [{ item: lamp, quantity: 7 }] }).catch((error: unknown) => {
  if (!isStockbookError(error) || error.code !== "InsufficientStock") throw error
  console.log(`order-2 wants ${error.requested}, ${error.available} are left`)
})

await inventory.commit({ hold: { reference: "order-1" } }) // paid
await inventory.fulfil({ hold: { reference: "order-1" } }) // shipped
console.log((await inventory.stock(lamp))?.total)

for (const { cause, quantity, availableAfter } of (await inventory.movements()).toReversed()) {
  console.log(`${cause} ${quantity}, ${availableAfter} available`)
}
const { differences } = await inventory.verify()
console.log(`${differences.length} differences between the stock and the ledger`)
await stockbook.close()
