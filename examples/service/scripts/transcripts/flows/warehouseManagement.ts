import { type Flow, get, post, put, remove } from "../Ask.ts"
import { credentials, found } from "./founder.ts"

const V = "/api/v1"

/** API D: a product in two warehouses, moved in, out and between them. */
export const warehouseManagement: Flow = {
  api: "warehouse-management",
  title: "Warehouse management, at /api/v1",
  play: async (ask, authorize) => {
    await found(ask)
    const login = new URLSearchParams(credentials("username"))
    const { access_token } = await ask("Log in", post(`${V}/auth/login`, login))
    authorize(access_token ?? "")
    const { items } = await ask("List the warehouses", get(`${V}/warehouses/`))
    const [from_warehouse_id, to_warehouse_id] = [items?.[0]?.["id"], items?.[1]?.["id"]]
    const product = {
      name: "Laptop Computer",
      sku: "LAPTOP-001",
      description: "High-performance laptop",
      unit_price: 999.99,
      unit_of_measure: "piece",
      category: "Electronics"
    }
    const { id: product_id } = await ask("Make a product", post(`${V}/products/`, product))
    const moving = { product_id, warehouse_id: from_warehouse_id }
    const purchase = {
      ...moving,
      movement_type: "purchase",
      quantity: 100,
      unit_cost: 850,
      reference_number: "PO-2024-001"
    }
    await ask("Record a purchase", post(`${V}/stock-movements/`, purchase))
    await ask("Record a sale", post(`${V}/stock-movements/`, { ...moving, movement_type: "sale", quantity: 3 }))
    await ask(
      "Sell more than there is",
      post(`${V}/stock-movements/`, { ...moving, movement_type: "sale", quantity: 300 })
    )
    const between = { product_id, from_warehouse_id, to_warehouse_id }
    const transfer = { ...between, quantity: 40, transfer_reference: "TRF-2024-001", notes: "For the autumn" }
    const { id } = await ask("Ask for a transfer", post(`${V}/stock-transfers/`, transfer))
    await ask("Complete it", put(`${V}/stock-transfers/${id}/complete`))
    const second = await ask("Ask for another", post(`${V}/stock-transfers/`, { ...between, quantity: 5 }))
    await ask("Cancel it", put(`${V}/stock-transfers/${second["id"]}/cancel`))
    await ask("List the movements", get(`${V}/stock-movements/?product_id=${product_id}&page_size=10`))
    await ask("See the product in each warehouse", get(`${V}/products/${product_id}`))
    await ask("Search the products", get(`${V}/products/?page=1&page_size=20&search=laptop&sort_by=name_asc`))
    await ask("Change the product", put(`${V}/products/${product_id}`, { unit_price: 1299.99 }))
    const other = await ask(
      "Make another product",
      post(`${V}/products/`, { name: "Mouse", sku: "MOUSE-1", unit_price: "19.50" })
    )
    await ask("Delete it", remove(`${V}/products/${other["id"]}`))
  }
}
