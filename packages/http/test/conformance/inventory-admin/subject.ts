import { expect } from "vitest"
import { type Client, type Endpoint, newProduct, type World } from "../world.ts"

export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
/** Where the API is. */
export const A = "/inventory"
export const NOT_FOUND = { status: 404, json: { detail: "Inventory not found" } }

/** Every endpoint of API A. */
export const endpoints: ReadonlyArray<Endpoint> = [
  { method: "GET", path: `${A}/`, ability: "administer" },
  { method: "GET", path: `${A}/9999`, ability: "administer" },
  {
    method: "PUT",
    path: `${A}/9999`,
    body: { reorder_point: 1 },
    ability: "administer",
    malformed: [
      {
        quantity_available: -1,
        low_stock_threshold: 1.5,
        reorder_point: "5",
        max_stock_level: -1,
        warehouse_location: ""
      },
      [
        "body.quantity_available",
        "body.low_stock_threshold",
        "body.reorder_point",
        "body.max_stock_level",
        "body.warehouse_location"
      ]
    ]
  },
  {
    method: "POST",
    path: `${A}/9999/adjust`,
    body: { quantity: 1, movement_type: "RESTOCK" },
    ability: "administer",
    malformed: [
      { quantity: "x", movement_type: "SALE", notes: 5 },
      ["body.quantity", "body.movement_type", "body.notes"]
    ]
  },
  { method: "GET", path: `${A}/9999/movements`, ability: "administer" },
  { method: "GET", path: `${A}/alerts/low-stock`, ability: "administer" },
  { method: "GET", path: `${A}/reports/summary`, ability: "administer" }
]

export interface Row {
  readonly product_id: number
  readonly quantity_available: number
  readonly low_stock_threshold: number
  readonly is_low_stock: boolean
  readonly last_restocked_at: string | null
  readonly warehouse_location: string
}

export interface Listed<R = Row> {
  readonly items: ReadonlyArray<R>
  readonly total: number
  readonly page: number
  readonly per_page: number
  readonly pages: number
}

export interface Moved {
  readonly id: number
  readonly movement_type: string
  readonly quantity: number
  readonly previous_quantity: number
  readonly new_quantity: number
  readonly reference_type: string | null
  readonly reference_id: string | null
}

/** The body of an answer that says it was done. */
export const body = async <B>(answer: Promise<{ readonly status: number; readonly json: unknown }>): Promise<B> => {
  const { status, json } = await answer
  expect(status).toBe(200)
  return json as B
}

export const adjust = (
  client: Client,
  id: number,
  quantity: number,
  movement_type: string,
  notes?: string
): ReturnType<Client["post"]> =>
  client.post(`${A}/${id}/adjust`, { quantity, movement_type, ...(notes === undefined ? {} : { notes }) })

/** A product of which so many units came from a supplier. */
export const stocked = async ({ admin }: World, quantity: number, fields: object = {}): Promise<number> => {
  const { id } = await newProduct(admin, fields)
  expect((await adjust(admin, id, quantity, "RESTOCK")).status).toBe(200)
  return id
}
