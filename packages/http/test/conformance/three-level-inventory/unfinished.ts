import { Store, StoreError } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openWorld, type StoreLayer, type World } from "../world.ts"
import { dataOf, ITEMS, levels, newItem, type Shown, VARIATIONS } from "./subject.ts"

/** What happens when the store fails between making a thing and receiving its opening stock. */
export const unfinished = (name: string, store: () => StoreLayer): void => {
  describe(`opening stock on ${name}, when the store fails before it is received`, () => {
    let world: World
    let failing = false
    const failure = new StoreError({ reason: "unavailable", message: "gone", cause: null })
    const failingStock = Layer.effect(
      Store,
      Effect.map(Store, (given) =>
        Store.of({
          ...given,
          stock: {
            ...given.stock,
            transact: (...args) => (failing ? Effect.fail(failure) : given.stock.transact(...args)),
            ...(given.stock.storeGuarded === undefined
              ? {}
              : { storeGuarded: (...args) => (failing ? Effect.fail(failure) : storeGuardedOf(given)(...args)) })
          }
        })
      )
    )
    beforeAll(async () => {
      world = await openWorld(Layer.provideMerge(failingStock, store()))
    })
    afterAll(() => world.close())

    const whileFailing = async <A>(ask: () => Promise<A>): Promise<A> => {
      failing = true
      return ask().finally(() => {
        failing = false
      })
    }
    const listed = async (search: string) =>
      dataOf<{ data: ReadonlyArray<Shown> }>(await world.admin.get(`${ITEMS}?search=${search}`)).data
    const sizes = [{ variation_type: "Size", variation_value: "One", stock_quantity: 4 }]
    const form = (what: string) => ({ name: what, qr_code: `QR ${what}`, stock_quantity: 3, variations: sizes })

    it("leaves nothing of an item, so that it can be made again", async () => {
      const answer = await whileFailing(() => world.admin.post(ITEMS, form("Halfway")))
      expect(answer).toMatchObject({ status: 503, json: { success: false } })
      expect(await listed("Halfway")).toEqual([])
      const made = await newItem(world.admin, form("Halfway"))
      expect(await levels(world.admin, made.id)).toEqual({ item: 7, variations: [4], batches: [] })
    })

    it("goes on where it was when it comes again under its key", async () => {
      const key = { "idempotency-key": "halfway" }
      const ask = () => world.admin.post(ITEMS, form("Keyed"), key)
      expect((await whileFailing(ask)).status).toBe(503)
      const made = await ask()
      expect(made).toMatchObject({ status: 201, json: { data: { stock_quantity: 7 } } })
      expect((await listed("Keyed")).map(({ id }) => id)).toEqual([dataOf(made).id])
      expect(await ask()).toMatchObject({ status: 201, text: made.text })
      expect(await levels(world.admin, dataOf(made).id)).toEqual({ item: 7, variations: [4], batches: [] })
    })

    it("holds for a variation", async () => {
      const { id } = await newItem(world.admin)
      const variation = { inventory_id: id, variation_type: "Size", variation_value: "Two", stock_quantity: 5 }
      const ask = (headers = {}) => world.admin.post(VARIATIONS, variation, headers)
      expect((await whileFailing(ask)).status).toBe(503)
      expect(await levels(world.admin, id)).toEqual({ item: 0, variations: [], batches: [] })
      const key = { "idempotency-key": "halfway, a variation" }
      expect((await whileFailing(() => ask(key))).status).toBe(503)
      expect(await ask(key)).toMatchObject({ status: 201, json: { data: { stock_quantity: 5 } } })
      expect(await levels(world.admin, id)).toEqual({ item: 5, variations: [5], batches: [] })
    })
  })
}

const storeGuardedOf = ({ stock }: Store["Service"]) => {
  if (stock.storeGuarded === undefined) throw new Error("The store has no fast road")
  return stock.storeGuarded
}
