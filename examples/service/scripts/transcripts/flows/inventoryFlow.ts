import { type Flow, get, patch, post } from "../Ask.ts"

const admin = {
  username: "ada",
  first_name: "Ada",
  last_name: "Lovelace",
  email: "ada@example.com",
  password: "correct horse",
  role: "admin"
}

/** API E: a product bought in a batch from a supplier, and sold from it to a customer. */
export const inventoryFlow: Flow = {
  api: "inventoryflow",
  title: "InventoryFlow, at /",
  play: async (ask, authorize) => {
    await ask("Register the first user, who founds the organization", post("/auth/register", admin))
    const { email, password } = admin
    const { access_token } = await ask("Log in", post("/auth/login", { email, password }))
    authorize(access_token ?? "")
    await ask("Ask who one is", get("/auth/me"))
    const category = await ask(
      "Make a category",
      post("/categories/create", { name: "Laptops", description: "Portable computers" })
    )
    const product = await ask(
      "Make a product",
      post("/products/create", {
        name: "Laptop Pro",
        description: "A high-end laptop",
        price: 1200,
        category_id: category["id"]
      })
    )
    const supplier = await ask(
      "Make a supplier",
      post("/suppliers/", { name: "Supplier A", phone_number: "+44 20 7946 0001" })
    )
    const customer = await ask("Make a customer", post("/customers/", { first_name: "Jane", last_name: "Smith" }))
    const incoming = await ask(
      "Order from the supplier, which is received at once",
      post("/incoming/", {
        supplier_id: supplier["id"],
        product_id: product["id"],
        batch_number: "BATCH001",
        quantity: 50,
        unit_cost: 800,
        supply_date: "2026-01-01T00:00:00Z",
        expiry_date: "2095-12-31T00:00:00Z"
      })
    )
    await ask("Complete the order", patch(`/incoming/${incoming["id"]}`, { status: "completed" }))
    const stock = await ask("List the stock", get("/stocks/"))
    const stock_id = stock[0]?.["id"]
    const order = {
      customer_id: customer["id"],
      product_id: product["id"],
      stock_id,
      order_date: "2026-01-02T00:00:00Z"
    }
    const outgoing = await ask("Sell from the batch", post("/outgoing/", { ...order, quantity: 2 }))
    await ask("Sell more than there is", post("/outgoing/", { ...order, quantity: 200 }))
    await ask("Complete the sale", patch(`/outgoing/${outgoing["id"]}`, { status: "completed" }))
    await ask("See the sale", get(`/outgoing/${outgoing["id"]}`))
    await ask("Correct the count of the batch", patch(`/stocks/${stock_id}`, { available_quantity: 45 }))
    await ask("See the dashboard", get("/dashboard/"))
  }
}
