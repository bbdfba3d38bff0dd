import { Catalog, StockEngine, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { Checkout } from "./Checkout.ts"

/** Founds a shop with ten lamps and lets sixty buyers at them; what they got, and what the ledger says of it. */
export const program = Effect.gen(function* () {
  const [catalog, engine, queries, checkout] = yield* Effect.all([Catalog, StockEngine, StockQueries, Checkout])
  const { id: organization } = yield* catalog.createOrganization("Acme")
  const { id: item } = yield* catalog.createItem(organization, { name: "Lamp", sku: "LAMP-1" })
  yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 10 }] })

  const buy = Effect.fnUntraced(function* (buyer: number) {
    const order = { organization, reference: `order-${buyer}`, item, quantity: 1 }
    yield* checkout.place(order)
    yield* checkout.complete(order)
    return true
  })
  const bought = yield* Effect.forEach(
    Array.from({ length: 60 }, (_, buyer) => buyer),
    (buyer) => Effect.catchTag(buy(buyer), "SoldOut", () => Effect.succeed(false)),
    { concurrency: "unbounded" }
  )
  const stock = yield* queries.stock(organization, item)
  const { differences } = yield* queries.verify(organization)
  return { sold: bought.filter(Boolean).length, available: stock?.total.available, differences: differences.length }
})
