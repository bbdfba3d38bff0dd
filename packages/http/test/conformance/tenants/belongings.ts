import { expect } from "vitest"
import type { Client } from "../world.ts"

/** What an id in a request is of. */
export type Kind =
  | "item"
  | "variation"
  | "batch"
  | "category"
  | "brand"
  | "unit"
  | "location"
  | "transfer"
  | "customer"
  | "supplier"
  | "incoming"
  | "outgoing"
  | "order"
  | "user"
  | "sku"

/** One of everything that an organization can have, and what a request needs beside it to be carried out. */
export interface Belongings extends Readonly<Record<Exclude<Kind, "order" | "sku">, number>> {
  /** What C calls an order that holds two units of the item. */
  readonly order: string
  /** The SKU of the item. */
  readonly sku: string
  /** The item of the variation. */
  readonly sized: number
  /** Things without stock, that may be deleted. */
  readonly bare: { readonly item: number; readonly batch: number; readonly category: number; readonly location: number }
}

/** In the name of everything an organization has: whoever is shown it was shown what is that organization's. */
export const MARK = "Ourselves"

let made = 0

/** Makes one of everything. Every text of it but the SKU and the order's name holds `mark`. */
export const belongings = async (client: Client, user: number, mark: string): Promise<Belongings> => {
  made += 1
  const name = (what: string) => `${mark} ${what} ${made}`
  const make = async (path: string, body: object): Promise<number> => {
    const answer = await client.post(path, body)
    expect(answer, `POST ${path}`).toMatchObject({ status: 201 })
    const json = answer.json as { id?: number; data?: { id: number } }
    return json.id ?? json.data?.id ?? 0
  }
  const done = async (path: string, body: object) =>
    expect(await client.post(path, body), `POST ${path}`).toMatchObject({ status: 200 })

  const category = await make("/categories/create", { name: name("category") })
  const brand = await make("/api/inventory_brands", { name: name("brand") })
  const unit = await make("/api/inventory_units", { name: name("unit") })
  const location = await make("/api/v1/warehouses", { name: name("location"), location: name("address") })
  const customer = await make("/customers/", { first_name: name("customer"), last_name: mark })
  const supplier = await make("/suppliers/", { name: name("supplier") })
  const sku = `T-${made}`
  const product = { name: name("item"), sku, description: name("text"), unit_price: 9.5, category: name("kind") }
  const item = await make("/api/v1/products", product)
  expect(await client.put(`/products/${item}`, { category_id: category })).toMatchObject({ status: 200 })
  const purchase = { product_id: item, warehouse_id: location, movement_type: "purchase", quantity: 50 }
  await make("/api/v1/stock-movements", { ...purchase, notes: name("note"), reference_number: name("reference") })
  const stock = { product_id: item, batch_number: name("batch"), quantity: 20, unit_cost: 800 }
  const incoming = await make("/incoming/", { supplier_id: supplier, ...stock })
  const listed = await client.get(`/stocks/?product_id=${item}`)
  const batch = (listed.json as ReadonlyArray<{ id: number }>)[0]?.id ?? 0
  const order = { customer_id: customer, product_id: item, stock_id: batch, quantity: 1 }
  const outgoing = await make("/outgoing/", order)
  const elsewhere = await make("/api/v1/warehouses", { name: name("other location") })
  const transfer = await make("/api/v1/stock-transfers", {
    ...{ product_id: item, from_warehouse_id: location, to_warehouse_id: elsewhere, quantity: 3 },
    notes: name("note")
  })
  const held = `H-${made}`
  await done("/api/v1/inventory/reserve", { product_id: item, quantity: 2, order_id: held })
  const sized = await make("/api/inventories", { name: name("sized item"), has_variations: true })
  const size = { inventory_id: sized, variation_type: "Size", variation_value: name("size"), stock_quantity: 5 }
  const variation = await make("/api/inventory-variations", size)
  const bare = {
    item: await make("/api/v1/products", { ...product, name: name("bare item"), sku: `${sku}-bare` }),
    batch: await make("/api/inventory-batches", { inventory_id: item, batch_name: name("bare batch") }),
    category: await make("/categories/create", { name: name("bare category") }),
    location: await make("/api/v1/warehouses", { name: name("bare location") })
  }
  return {
    ...{ item, variation, batch, category, brand, unit, location, transfer, customer, supplier, incoming, outgoing },
    ...{ order: held, sku, user, sized, bare }
  }
}

/** A user that an admin registers, by its id. */
export const newUser = async (admin: Client): Promise<number> => {
  made += 1
  const user = { username: `user-${made}`, email: `user-${made}@example.org`, password: "correct horse", role: "staff" }
  const answer = await admin.post("/auth/register", user)
  expect(answer.status).toBe(201)
  return (answer.json as { id: number }).id
}
