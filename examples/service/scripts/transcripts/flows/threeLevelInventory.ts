import { type Flow, get, post, put, remove } from "../Ask.ts"
import { credentials, found } from "./founder.ts"

/** API B: an item with its sizes, bought, sold, counted and listed. */
export const threeLevelInventory: Flow = {
  api: "three-level-inventory",
  title: "Three-level inventory, at /api",
  play: async (ask, authorize) => {
    await found(ask)
    const { access_token } = await ask("Log in", post("/api/auth/login", credentials("email")))
    authorize(access_token ?? "")
    const category = await ask("Make a category", post("/api/inventory_categories", { name: "Apparel" }))
    const made = await ask(
      "Create a product with variations",
      post("/api/inventories", {
        name: "Premium T-Shirt",
        type: "product",
        default_price: 2000,
        category_id: category["data"]?.["id"],
        qr_code: "TSH-001",
        has_variations: true,
        variations: [
          { variation_type: "Size", variation_value: "Small", variation_price: 1800 },
          { variation_type: "Size", variation_value: "Medium", variation_price: 2000 },
          { variation_type: "Size", variation_value: "Large", variation_price: 2200 }
        ]
      })
    )
    const id = made["data"]?.["id"]
    const medium = made["data"]?.["variations"]?.[1]?.["id"]
    const stock = `/api/inventory/${id}/stock`
    const purchase = { variation_id: medium, quantity: 100, note: "Purchase order #PO-2025-001 from Supplier ABC" }
    await ask("Add stock", post(`${stock}/add`, purchase))
    const sale = { variation_id: medium, quantity: 5, related_invoice_id: 123, note: "Sale - Invoice #INV-2025-123" }
    await ask("Reduce stock", post(`${stock}/reduce`, sale))
    await ask("Ask for more than there is", post(`${stock}/reduce`, { variation_id: medium, quantity: 1000 }))
    await ask("Check stock before a sale", get(`${stock}/balance?variation_id=${medium}`))
    await ask(
      "Add a variation later, with opening stock",
      post("/api/inventory-variations", {
        inventory_id: id,
        variation_type: "Size",
        variation_value: "Extra Large",
        variation_price: 2400,
        stock_quantity: 12
      })
    )
    const batch = await ask(
      "Make a batch",
      post("/api/inventory-batches", {
        inventory_id: id,
        variation_id: medium,
        batch_name: "BATCH-2025-001",
        expiry_date: "2095-12-31"
      })
    )
    const batch_id = batch["data"]?.["id"]
    await ask("Add stock to the batch", post(`${stock}/add`, { variation_id: medium, batch_id, quantity: 20 }))
    await ask("See the stock at all three levels", get(`${stock}/balance?variation_id=${medium}&batch_id=${batch_id}`))
    await ask("Change the item", put(`/api/inventories/${id}`, { default_price: 2500, note: "Premium cotton T-Shirt" }))
    await ask("See the item with its stock records", get(`/api/inventories/${id}`))
    await ask("Search", get("/api/inventories?search=shirt&has_variations=true"))
    await ask("List what is low in stock", get("/api/inventories?stock_status=low_stock&low_stock_threshold=20"))
    await ask("Leave out what is required", post("/api/inventories", { variations: [{ variation_type: "Size" }] }))
    await ask("Delete an item that has stock", remove(`/api/inventories/${id}`))
    await ask("Delete it, and write its stock off", remove(`/api/inventories/${id}?force=true`))
  }
}
