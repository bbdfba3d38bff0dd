import { type Flow, get, post, put } from "../Ask.ts"
import { credentials, found } from "./founder.ts"

const I = "/api/v1/inventory"

/** API C: a product's record, reservations for orders, and what becomes of them. */
export const inventoryService: Flow = {
  api: "inventory-service",
  title: "Inventory service, at /api/v1/inventory",
  play: async (ask, authorize) => {
    await found(ask)
    const { access_token } = await ask("Log in", post("/api/v1/auth/login-json", credentials("username")))
    authorize(access_token ?? "")
    const product = { name: "Laptop Computer", sku: "LAPTOP-001", unit_price: 999.99 }
    const { id } = await ask("Make a product", post("/api/v1/products/", product))
    await ask("Begin its inventory record", post(I, { product_id: id, available_quantity: 100, reorder_threshold: 10 }))
    await ask("Check whether there is enough", get(`${I}/check?product_id=${id}&quantity=5`))
    await ask("Reserve for an order", post(`${I}/reserve`, { product_id: id, quantity: 5, order_id: "ORD-1001" }))
    await ask(
      "The same order again is the same reservation",
      post(`${I}/reserve`, { product_id: id, quantity: 5, order_id: "ORD-1001" })
    )
    await ask(
      "Ask for more than there is",
      post(`${I}/reserve`, { product_id: id, quantity: 500, order_id: "ORD-1002" })
    )
    await ask(
      "Reserve by SKU, for half an hour",
      post(`${I}/reserve`, { product_id: "LAPTOP-001", quantity: 86, order_id: "ORD-1003", expires_in: 1800 })
    )
    await ask("List what is low", get(`${I}/low-stock`))
    await ask("Release a part of an order", post(`${I}/release`, { product_id: id, quantity: 6, order_id: "ORD-1003" }))
    await ask("Commit an order", post(`${I}/commit`, { order_id: "ORD-1001" }))
    await ask("Ship it", post(`${I}/fulfil`, { order_id: "ORD-1001" }))
    await ask(
      "Correct a count",
      post(`${I}/adjust`, { product_id: id, quantity_change: -2, reason: "damaged in transit" })
    )
    await ask("Set the threshold", put(`${I}/${id}`, { reorder_threshold: 20 }))
    await ask("See the record", get(`${I}/${id}`))
    await ask("See its history", get(`${I}/history/${id}`))
    await ask("List all records", get(`${I}?limit=10`))
  }
}
