import { type Flow, get, post, put } from "../Ask.ts"
import { credentials, found } from "./founder.ts"

/** API A: an admin looks after what is in stock, one product at a time and many at once. */
export const inventoryAdmin: Flow = {
  api: "inventory-admin",
  title: "Inventory admin, at /inventory",
  play: async (ask, authorize) => {
    await found(ask)
    const { access_token } = await ask("Log in", post("/api/v1/auth/login-json", credentials("username")))
    authorize(access_token ?? "")
    const laptop = { name: "Laptop Computer", sku: "LAPTOP-001", unit_price: 999.99 }
    const { id } = await ask("Make a product", post("/api/v1/products/", laptop))
    const mouse = { name: "Mouse", sku: "MOUSE-001", unit_price: 19.5 }
    const other = await ask("Make another", post("/api/v1/products/", mouse))
    const restock = { quantity: 120, movement_type: "RESTOCK", notes: "Delivery of the week" }
    await ask("Restock", post(`/inventory/${id}/adjust`, restock))
    await ask(
      "Correct a count",
      post(`/inventory/${id}/adjust`, { quantity: -3, movement_type: "ADJUSTMENT", notes: "Counted" })
    )
    await ask(
      "Take more than there is",
      post(`/inventory/${id}/adjust`, { quantity: -500, movement_type: "ADJUSTMENT" })
    )
    await ask("Restock by a negative quantity", post(`/inventory/${id}/adjust`, { ...restock, quantity: -1 }))
    await ask("Set thresholds", put(`/inventory/${id}`, { low_stock_threshold: 20, reorder_point: 10 }))
    await ask(
      "Change many at once",
      post("/inventory/bulk-update", [
        { product_id: id, quantity: 25, movement_type: "RESTOCK" },
        { product_id: other["id"], quantity_available: 4, low_stock_threshold: 8 },
        { product_id: 999_999, quantity: 1, movement_type: "RESTOCK" }
      ])
    )
    await ask("See a product with its movements", get(`/inventory/${id}`))
    await ask("List its movements", get(`/inventory/${id}/movements?per_page=2`))
    await ask("List all", get("/inventory/?page=1&per_page=50"))
    await ask("List what is low", get("/inventory/alerts/low-stock"))
    await ask("See the summary", get("/inventory/reports/summary"))
    await ask("Ask for a product that is not there", get("/inventory/999999"))
  }
}
