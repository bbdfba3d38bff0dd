import type { Endpoint } from "../world.ts"

/** An id that nothing has; by the guard's own convention it stands for an id in a path. */
const NONE = 9999

const wrongProduct = { name: "", description: 5, price: -1, category_id: 0 }
const wrongFields = ["body.name", "body.description", "body.price", "body.category_id"]

/** Every endpoint of API E behind a token. */
export const endpoints: ReadonlyArray<Endpoint> = [
  {
    method: "POST",
    path: "/categories/create",
    body: { name: "Guarded" },
    ability: "administer",
    malformed: [{ name: "", description: 5 }, ["body.name", "body.description"]]
  },
  { method: "GET", path: "/categories/", ability: "read catalogue" },
  { method: "GET", path: `/categories/${NONE}`, ability: "read catalogue" },
  {
    method: "PUT",
    path: `/categories/${NONE}`,
    body: { name: "New" },
    ability: "administer",
    malformed: [{ name: "", description: 5 }, ["body.name", "body.description"]]
  },
  { method: "DELETE", path: `/categories/${NONE}`, ability: "administer" },
  {
    method: "POST",
    path: "/products/create",
    body: { name: "Guarded", category_id: NONE },
    ability: "administer",
    malformed: [wrongProduct, wrongFields]
  },
  { method: "GET", path: "/products/", ability: "read catalogue" },
  { method: "GET", path: `/products/${NONE}`, missing: 400, ability: "read catalogue" },
  {
    method: "PUT",
    path: `/products/${NONE}`,
    missing: 400,
    body: { name: "New" },
    ability: "administer",
    malformed: [wrongProduct, wrongFields]
  },
  { method: "DELETE", path: `/products/${NONE}`, missing: 400, ability: "administer" },
  {
    method: "POST",
    path: "/customers/",
    body: { first_name: "A", last_name: "B" },
    ability: "write partners",
    malformed: [
      { first_name: "", last_name: 5, user_id: 0, email: "none" },
      ["body.first_name", "body.last_name", "body.user_id", "body.email"]
    ]
  },
  { method: "GET", path: "/customers/", ability: "read partners" },
  { method: "GET", path: `/customers/${NONE}`, ability: "read partners" },
  {
    method: "PUT",
    path: `/customers/${NONE}`,
    body: { address: "New" },
    ability: "write partners",
    malformed: [
      { first_name: "", last_name: 5, user_id: 0, email: "none" },
      ["body.first_name", "body.last_name", "body.user_id", "body.email"]
    ]
  },
  { method: "DELETE", path: `/customers/${NONE}`, ability: "write partners" },
  { method: "GET", path: "/customers/me", ability: "own orders" },
  {
    method: "POST",
    path: "/suppliers/",
    body: { name: "A" },
    ability: "write partners",
    malformed: [{ name: "", user_id: "x", phone_number: 5 }, ["body.name", "body.user_id", "body.phone_number"]]
  },
  { method: "GET", path: "/suppliers/", ability: "read partners" },
  { method: "GET", path: `/suppliers/${NONE}`, ability: "read partners" },
  {
    method: "PUT",
    path: `/suppliers/${NONE}`,
    body: { address: "New" },
    ability: "write partners",
    malformed: [{ name: "", user_id: "x", phone_number: 5 }, ["body.name", "body.user_id", "body.phone_number"]]
  },
  { method: "DELETE", path: `/suppliers/${NONE}`, ability: "write partners" },
  { method: "GET", path: "/stocks/", ability: "read stock" },
  { method: "GET", path: `/stocks/${NONE}`, ability: "read stock" },
  {
    method: "PATCH",
    path: `/stocks/${NONE}`,
    body: { available_quantity: 1 },
    ability: "administer",
    malformed: [{ available_quantity: -1 }, ["body.available_quantity"]]
  },
  {
    method: "POST",
    path: "/incoming/",
    body: { supplier_id: NONE, product_id: NONE, batch_number: "B", quantity: 1, unit_cost: 1 },
    ability: "administer",
    malformed: [
      { supplier_id: 0, product_id: "x", batch_number: "", quantity: 0, unit_cost: -1, supply_date: "soon" },
      ["supplier_id", "product_id", "batch_number", "quantity", "unit_cost", "supply_date"].map((f) => `body.${f}`)
    ]
  },
  { method: "GET", path: "/incoming/", ability: "own orders" },
  { method: "GET", path: `/incoming/${NONE}`, ability: "own orders" },
  {
    method: "PATCH",
    path: `/incoming/${NONE}`,
    body: { status: "completed" },
    ability: "write orders",
    malformed: [{ status: "pending" }, ["body.status"]]
  },
  {
    method: "POST",
    path: "/outgoing/",
    body: { customer_id: NONE, product_id: NONE, stock_id: NONE, quantity: 1 },
    ability: "own orders",
    malformed: [
      { customer_id: 0, product_id: "x", quantity: -2, order_date: "2023-02-30" },
      ["customer_id", "product_id", "stock_id", "quantity", "order_date"].map((f) => `body.${f}`)
    ]
  },
  { method: "GET", path: "/outgoing/", ability: "own orders" },
  { method: "GET", path: `/outgoing/${NONE}`, ability: "own orders" },
  {
    method: "PATCH",
    path: `/outgoing/${NONE}`,
    body: { status: "cancelled" },
    ability: "write orders",
    malformed: [{ status: "shipped" }, ["body.status"]]
  },
  { method: "GET", path: "/dashboard/", ability: "read dashboard" }
]
