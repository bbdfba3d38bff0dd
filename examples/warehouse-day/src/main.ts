import { type Inventory, openStockbook } from "@stockbook/adapter-sqlite"

const stockbook = await openStockbook({ filename: process.argv[2] ?? ":memory:" })
const inventory = await stockbook.createOrganization("Dairy", ["North", "South"])
const [north = 0, south = 0] = (await inventory.locations.list()).rows.map(({ id }) => id)

console.log("07:00 a delivery of two lots")
const { id: milk } = await inventory.items.create({ name: "Milk, a crate of 12", sku: "MILK-12" })
await inventory.setCosting({ item: milk, method: "fifo" })
const fresh = await lot("L-2", Date.UTC(2090, 5, 30))
const older = await lot("L-1", Date.UTC(2090, 5, 10))
await inventory.receive({
  reference: "delivery-77",
  lines: [
    { item: milk, batch: fresh, location: north, quantity: 30, unitCost: "9.60" },
    { item: milk, batch: older, location: north, quantity: 20, unitCost: "9.00" }
  ]
})
await show(inventory)

console.log("09:00 an order of 24, picked first expired, first out")
const { holds } = await inventory.reserve({
  reference: "order-501",
  lines: [{ item: milk, location: north, quantity: 24 }]
})
for (const { batch, held } of holds[0]?.lines ?? []) console.log(`  pick ${held} of ${batch === older ? "L-1" : "L-2"}`)
await inventory.commit({ hold: { reference: "order-501" } })
await inventory.fulfil({ hold: { reference: "order-501" } })
await show(inventory)

console.log("11:00 ten crates to the second warehouse, one of them is dropped on the way")
const transfer = { reference: "transfer-9" }
await inventory.requestTransfer({ ...transfer, from: north, to: south, lines: [{ item: milk, quantity: 10 }] })
await inventory.dispatchTransfer({ transfer })
const onItsWay = await inventory.planning.arrivals({ location: south })
console.log(`  on its way: ${onItsWay.map(({ quantity }) => quantity).join(", ")}`)
await inventory.receiveTransfer({ transfer, lost: [{ item: milk, batch: fresh, quantity: 1 }] })
await show(inventory)

console.log("16:00 a blind count of the first warehouse")
const count = { reference: "count-3" }
await inventory.startCount({ ...count, location: north, blind: true })
await inventory.recordCount({ count, lines: [{ item: milk, batch: fresh, location: north, counted: 15 }] })
await inventory.postCount({ count })
const variance = await inventory.history.variance(count)
for (const { expected, counted } of variance?.lines ?? [])
  console.log(`  the books said ${expected}, there are ${counted}`)
await show(inventory)

console.log("18:00 what it is worth")
const worth = await inventory.costs.item(milk)
console.log(`  ${worth?.units} crates, ${worth?.value}`)
const { differences } = await inventory.verify()
console.log(`  ${differences.length} differences between the stock and its ledger`)
await stockbook.close()

async function lot(name: string, expiresAt: number): Promise<number> {
  const batch = await inventory.batches.create(milk, { name, expiresAt })
  if (batch === null) throw new Error("The item is there")
  return batch.id
}

async function show({ stock }: Inventory): Promise<void> {
  const { byLocation = [] } = (await stock(milk)) ?? {}
  const places = byLocation.filter(({ location }) => location === north || location === south)
  console.log(
    `  ${places.map(({ location, available }) => `${location === north ? "North" : "South"} ${available}`).join(", ")}`
  )
}
