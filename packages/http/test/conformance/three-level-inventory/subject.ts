import { expect } from "vitest"
import type { Client, World } from "../world.ts"

/** Times as B's document prints them: ISO 8601 in UTC, with microseconds. */
export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
export const ITEMS = "/api/inventories"
export const VARIATIONS = "/api/inventory-variations"
export const BATCHES = "/api/inventory-batches"
/** An id that nothing has. */
export const NOBODYS = 999_999

export const stockPath = (id: number, what: "add" | "reduce" | "balance") => `/api/inventory/${id}/stock/${what}`

/** A JSON document of B's that a test looks into. */
export interface Shown {
  readonly id: number
  readonly stock_quantity: number
  readonly variations: ReadonlyArray<Shown>
  readonly batches: ReadonlyArray<Shown>
  readonly stock_records: ReadonlyArray<{ readonly quantity: number; readonly balance_after: number }>
}

/** The API under test, as an admin of one organization has it. */
export interface Subject {
  readonly world: World
  readonly admin: Client
}

/** The world is opened before the first test, so it is asked for at each use. */
export const subjectIn = (world: () => World): Subject => ({
  get world() {
    return world()
  },
  get admin() {
    return world().admin
  }
})

/** What an answer has under `data`. */
export const dataOf = <A = Shown>({ json }: { readonly json: unknown }): A => (json as { data: A }).data

let made = 0

/** A new inventory item, by what B answers. */
export const newItem = async (client: Client, fields: object = {}): Promise<Shown> => {
  made += 1
  const answer = await client.post(ITEMS, { name: `Item ${made}`, ...fields })
  expect(answer).toMatchObject({ status: 201 })
  return dataOf(answer)
}

/** An item with two variations: so many units in its medium, so many in its large, so many in neither. */
export const inSizes = async (client: Client, medium: number, large: number, own = 0) => {
  const item = await newItem(client, {
    stock_quantity: own,
    variations: [
      { variation_type: "Size", variation_value: "Medium", stock_quantity: medium },
      { variation_type: "Size", variation_value: "Large", stock_quantity: large }
    ]
  })
  const [first, second] = item.variations
  return { id: item.id, medium: first?.id ?? 0, large: second?.id ?? 0 }
}

/** An item with two batches of so many units each. */
export const inBatches = async (client: Client, first: number, second: number) => {
  const { id } = await newItem(client, { has_batches: true })
  const batches: Array<number> = []
  for (const [index, quantity] of [first, second].entries()) {
    const form = { inventory_id: id, batch_name: `BATCH-${index}`, expiry_date: `209${index}-12-31` }
    const batch = dataOf(await client.post(BATCHES, form)).id
    batches.push(batch)
    if (quantity > 0) expect((await client.post(stockPath(id, "add"), { batch_id: batch, quantity })).status).toBe(200)
  }
  return { id, first: batches[0] ?? 0, second: batches[1] ?? 0 }
}

/** What is in stock of an item, and of its variations and batches. */
export const levels = async (client: Client, id: number) => {
  const item = dataOf(await client.get(`${ITEMS}/${id}`))
  const units = (parts: ReadonlyArray<Shown>) => parts.map((part) => part.stock_quantity)
  return { item: item.stock_quantity, variations: units(item.variations), batches: units(item.batches) }
}

/** An answer that refuses a field, in B's words. */
export const refused = (field: string, message: string) => ({
  status: 422,
  json: { success: false, errors: { [field]: [message] } }
})

/** What B says to who asks for another organization's. */
export const ANOTHERS = {
  status: 403,
  json: { success: false, message: "Unauthorized access to inventory item" }
}
