import { expect } from "vitest"
import { type Client, newProduct, type World } from "../world.ts"

export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
/** Where the API is. */
export const I = "/api/v1/inventory"
/** An id that no product has. */
export const NOBODYS = 999_999

interface Record {
  readonly available_quantity: number
  readonly reserved_quantity: number
}
interface HistoryRow {
  readonly id: number
  readonly change_type: string
  readonly quantity_change: number
  readonly previous_quantity: number
  readonly new_quantity: number
}

/** The API under test, as an admin of one organization has it. */
export interface Subject {
  readonly world: World
  readonly admin: Client
  /** What is available and reserved of a product. */
  readonly levels: (id: number) => Promise<readonly [available: number, reserved: number]>
  readonly history: (id: number, query?: string) => Promise<ReadonlyArray<HistoryRow>>
}

/** The world is opened before the first test, so it is asked for at each use. */
export const subjectIn = (world: () => World): Subject => ({
  get world() {
    return world()
  },
  get admin() {
    return world().admin
  },
  levels: async (id) => {
    const { available_quantity, reserved_quantity } = (await world().admin.get(`${I}/${id}`)).json as Record
    return [available_quantity, reserved_quantity]
  },
  history: async (id, query = "") =>
    (await world().admin.get(`${I}/history/${id}${query}`)).json as ReadonlyArray<HistoryRow>
})

/** A product with a record of so many units. */
export const stocked = async (client: Client, available: number, threshold = 0) => {
  const product = await newProduct(client)
  const record = { product_id: product.id, available_quantity: available, reorder_threshold: threshold }
  expect((await client.post(I, record)).status).toBe(201)
  return product
}

let orders = 0
export const newOrder = () => `ORD-${++orders}`
