import type { Words } from "../guarded.ts"
import type { Endpoint } from "../world.ts"
import { BATCHES, ITEMS, NOBODYS, stockPath, VARIATIONS } from "./subject.ts"

/** How API B words what all APIs owe. */
export const words: Words = {
  forbidden: { success: false, message: "This action is unauthorized." },
  none: { message: "Unauthenticated." },
  bad: { message: "Unauthenticated." },
  fields: (json) => Object.keys((json as { errors: object }).errors),
  body: "body",
  key: "Idempotency-Key"
}

const item = { name: "Guarded", type: "product" }
const wrongItem = {
  name: "",
  type: 5,
  default_price: "a lot",
  default_cost_price: -1,
  unit_id: 0,
  category_id: "one",
  brand_id: 1.5,
  qr_code: "x".repeat(101),
  has_variations: "perhaps",
  has_batches: 2,
  note: {}
}
const wrongFields = [
  "name",
  "type",
  "default_price",
  "default_cost_price",
  "unit_id",
  "category_id",
  "brand_id",
  "qr_code",
  "has_variations",
  "has_batches",
  "note"
]
const wrongMove = { variation_id: 0, batch_id: "x", quantity: 0, note: 5, related_invoice_id: -1 }
const term = { name: "Guarded" }
const wrongTerm = [{ name: "x".repeat(256), description: 5 }, ["name", "description"]] as const
const variation = { inventory_id: NOBODYS, variation_value: "Blue" }
const batch = { inventory_id: NOBODYS, batch_name: "B-1" }

/** Every endpoint of API B that wants a token. */
export const endpoints: ReadonlyArray<Endpoint> = [
  { method: "GET", path: ITEMS, ability: "read catalogue" },
  {
    method: "POST",
    path: ITEMS,
    body: item,
    ability: "write catalogue",
    malformed: [
      { ...wrongItem, stock_quantity: -1, variations: [{ variation_value: "" }, 5] },
      [...wrongFields, "stock_quantity", "variations.0.variation_type", "variations.0.variation_value", "variations.1"]
    ]
  },
  { method: "GET", path: `${ITEMS}/9999`, ability: "read catalogue" },
  {
    method: "PUT",
    path: `${ITEMS}/9999`,
    body: { name: "New" },
    ability: "write catalogue",
    malformed: [{ ...wrongItem, name: 5 }, wrongFields]
  },
  { method: "DELETE", path: `${ITEMS}/9999`, ability: "write catalogue" },
  { method: "GET", path: `${VARIATIONS}/inventory/9999`, ability: "read catalogue" },
  { method: "GET", path: `${VARIATIONS}/9999`, ability: "read catalogue" },
  {
    method: "POST",
    path: VARIATIONS,
    body: variation,
    ability: "write catalogue",
    missing: 422,
    malformed: [
      { inventory_id: "x", variation_type: 1, variation_price: [], stock_quantity: 1.5, batch_tracking: "no" },
      ["inventory_id", "variation_type", "variation_value", "variation_price", "batch_tracking", "stock_quantity"]
    ]
  },
  {
    method: "PUT",
    path: `${VARIATIONS}/9999`,
    body: { variation_value: "Red" },
    ability: "write catalogue",
    malformed: [{ variation_value: 5, note: 5 }, ["variation_value", "note"]]
  },
  { method: "DELETE", path: `${VARIATIONS}/9999`, ability: "write catalogue" },
  { method: "GET", path: `${BATCHES}/inventory/9999`, ability: "read catalogue" },
  { method: "GET", path: `${BATCHES}/9999`, ability: "read catalogue" },
  {
    method: "POST",
    path: BATCHES,
    body: batch,
    ability: "write catalogue",
    missing: 422,
    malformed: [
      { inventory_id: 0, variation_id: "x", expiry_date: "soon", manufacture_date: "2025-02-30", cost_price: -5 },
      ["inventory_id", "variation_id", "batch_name", "expiry_date", "manufacture_date", "cost_price"]
    ]
  },
  {
    method: "PUT",
    path: `${BATCHES}/9999`,
    body: { batch_name: "B-2" },
    ability: "write catalogue",
    malformed: [{ batch_name: 5, expiry_date: 5 }, ["batch_name", "expiry_date"]]
  },
  { method: "DELETE", path: `${BATCHES}/9999`, ability: "write catalogue" },
  ...(["add", "reduce"] as const).map(
    (what): Endpoint => ({
      method: "POST",
      path: stockPath(9999, what),
      body: { quantity: 1 },
      ability: "write stock",
      malformed: [wrongMove, ["variation_id", "batch_id", "quantity", "note", "related_invoice_id"]]
    })
  ),
  { method: "GET", path: stockPath(9999, "balance"), ability: "read stock" },
  ...(["categories", "brands"] as const).flatMap(
    (terms): ReadonlyArray<Endpoint> => [
      { method: "GET", path: `/api/inventory_${terms}`, ability: "read catalogue" },
      {
        method: "POST",
        path: `/api/inventory_${terms}`,
        body: term,
        ability: "write catalogue",
        malformed: wrongTerm
      }
    ]
  ),
  { method: "GET", path: "/api/inventory_units", ability: "read catalogue" },
  {
    method: "POST",
    path: "/api/inventory_units",
    body: term,
    ability: "write catalogue",
    malformed: [{ symbol: "x".repeat(21), scale: 7 }, ["name", "symbol", "scale"]]
  }
]
