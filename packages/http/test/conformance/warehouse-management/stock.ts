import { expect } from "vitest"
import { type Client, type Endpoint, newProduct, type World } from "../world.ts"

export const M = "/api/v1/stock-movements"
export const T = "/api/v1/stock-transfers"
const P = "/api/v1/products"
const W = "/api/v1/warehouses"

/** Every endpoint of API D that moves stock. */
export const stockEndpoints: ReadonlyArray<Endpoint> = [
  { method: "GET", path: `${M}/`, ability: "read stock" },
  {
    method: "POST",
    path: `${M}/`,
    body: { product_id: 9999, warehouse_id: 9999, movement_type: "purchase", quantity: 1 },
    ability: "write stock",
    malformed: [
      { product_id: "x", movement_type: "theft", quantity: 0, unit_cost: -1, reference_number: 5 },
      [
        "body.product_id",
        "body.warehouse_id",
        "body.movement_type",
        "body.quantity",
        "body.unit_cost",
        "body.reference_number"
      ]
    ]
  },
  { method: "GET", path: `${T}/`, ability: "read stock" },
  {
    method: "POST",
    path: `${T}/`,
    body: { product_id: 9999, from_warehouse_id: 9998, to_warehouse_id: 9999, quantity: 1 },
    ability: "write stock",
    malformed: [
      { product_id: 1.5, quantity: -1, notes: "x".repeat(2001) },
      ["body.product_id", "body.from_warehouse_id", "body.to_warehouse_id", "body.quantity", "body.notes"]
    ]
  },
  { method: "GET", path: `${T}/9999`, ability: "read stock" },
  { method: "PUT", path: `${T}/9999/complete`, ability: "write stock" },
  { method: "PUT", path: `${T}/9999/cancel`, ability: "write stock" }
]

export interface Row {
  readonly id: number
  readonly movement_type: string
  readonly quantity: number
  readonly warehouse_id: number
  readonly reference_number: string | null
  readonly status: string
}

interface Listed {
  readonly items: ReadonlyArray<Row>
  readonly total: number
  readonly total_pages: number
}

/** The warehouses every organization starts with. */
export const warehousesOf = async (client: Client): Promise<readonly [main: number, second: number]> => {
  const { items } = (await client.get(W)).json as Listed
  return [items[0]?.id ?? 0, items[1]?.id ?? 0]
}

export const list = async (client: Client, path: string): Promise<Listed> => {
  const answer = await client.get(path)
  expect(answer.status).toBe(200)
  return answer.json as Listed
}

/** A product with so many units in a warehouse. */
export const stockedIn = async (client: Client, warehouse: number, quantity: number) => {
  const product = await newProduct(client)
  const body = { product_id: product.id, warehouse_id: warehouse, movement_type: "purchase", quantity }
  expect((await client.post(M, body)).status).toBe(201)
  return product
}

/** What is on hand of a product: in all, and in each of the two warehouses. */
export const onHandOf = async ({ admin }: World, id: number): Promise<ReadonlyArray<number>> => {
  const { json } = await admin.get(`${P}/${id}`)
  const { total_stock, warehouse_stock } = json as {
    total_stock: number
    warehouse_stock: ReadonlyArray<{ current_stock: number }>
  }
  return [total_stock, ...warehouse_stock.slice(0, 2).map(({ current_stock }) => current_stock)]
}
