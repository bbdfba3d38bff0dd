import { expect } from "vitest"
import type { Client, World } from "../world.ts"

export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
/** An id that nothing has. */
export const NOBODYS = 999_999

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

let made = 0
/** A name that nothing has yet. */
export const newName = (what: string): string => `${what} ${++made}`

const create = async (client: Client, path: string, body: object) => {
  const answer = await client.post(path, body)
  expect(answer.status).toBe(201)
  return answer.json as { readonly id: number; readonly name: string }
}

export const newCategory = (client: Client) =>
  create(client, "/categories/create", { name: newName("Category"), description: "Things" })

/** A product of a category of its own. */
export const newProduct = async (client: Client, fields: object = {}) => {
  const { id } = await newCategory(client)
  return create(client, "/products/create", { name: newName("Article"), price: 1200, category_id: id, ...fields })
}

/** Asks, and expects this status with this detail. */
export const refused = async (answer: Promise<{ status: number; json: unknown }>, status: number, detail: unknown) =>
  expect(await answer).toMatchObject({ status, json: { detail } })

/** A customer, the user it is if it is one. */
export const newCustomer = (client: Client, fields: object = {}) =>
  create(client, "/customers/", { first_name: "Jane", last_name: "Smith", ...fields })

export const newSupplier = (client: Client, fields: object = {}) =>
  create(client, "/suppliers/", { name: "Supplier A", ...fields })

/** Who somebody is. */
export const userId = async (client: Client): Promise<number> =>
  ((await client.get("/auth/me")).json as { id: number }).id

/** Orders so many units of a product in a new batch, and gives the stock entry they are in. */
export const bought = async (
  client: Client,
  product: { readonly id: number },
  quantity: number,
  fields: { readonly batch_number?: string; readonly [field: string]: unknown } = {}
) => {
  const supplier = await newSupplier(client)
  const batch = fields.batch_number ?? newName("BATCH")
  const order = { supplier_id: supplier.id, product_id: product.id, batch_number: batch, quantity, unit_cost: 800 }
  const made = await create(client, "/incoming/", { ...order, ...fields })
  const [stock] = (await client.get(`/stocks/?product_id=${product.id}&search=${encodeURIComponent(batch)}`))
    .json as ReadonlyArray<{ id: number }>
  return { order: made, supplier, batch, stock: stock?.id ?? 0 }
}

/** What is available in a stock entry. */
export const available = async (client: Client, stock: number): Promise<number> =>
  ((await client.get(`/stocks/${stock}`)).json as { available_quantity: number }).available_quantity
