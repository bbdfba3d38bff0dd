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
  return create(client, "/products/create", { name: newName("Product"), price: 1200, category_id: id, ...fields })
}

/** Asks, and expects this status with this detail. */
export const refused = async (answer: Promise<{ status: number; json: unknown }>, status: number, detail: unknown) =>
  expect(await answer).toMatchObject({ status, json: { detail } })
