import { describe, expect, it } from "vitest"
import {
  BATCHES,
  dataOf,
  ITEMS,
  inBatches,
  inSizes,
  levels,
  newItem,
  refused,
  type Subject,
  stockPath,
  VARIATIONS
} from "./subject.ts"

const C = "/api/v1/inventory"

/** Deleting items, variations and batches, with and without stock. */
export const deleting = (at: Subject): void => {
  const gone = (message: string) => ({ status: 404, json: { success: false, message } })
  const deleted = (what: string) => ({
    status: 200,
    json: { success: true, message: `${what} deleted successfully` }
  })

  describe("deleting", () => {
    it("an item takes its variations and batches with it", async () => {
      const { id, medium } = await inSizes(at.admin, 0, 0)
      const batch = dataOf(await at.admin.post(BATCHES, { inventory_id: id, batch_name: "LOT" })).id
      const answer = await at.admin.delete(`${ITEMS}/${id}`)
      expect(answer).toMatchObject(deleted("Inventory item"))
      expect(await at.admin.delete(`${ITEMS}/${id}`)).toMatchObject(gone("Inventory item not found"))
      expect(await at.admin.get(`${ITEMS}/${id}`)).toMatchObject(gone("Inventory item not found"))
      expect(await at.admin.put(`${ITEMS}/${id}`, { name: "Back" })).toMatchObject(gone("Inventory item not found"))
      expect(await at.admin.get(`${VARIATIONS}/${medium}`)).toMatchObject(gone("Variation not found"))
      expect(await at.admin.get(`${BATCHES}/${batch}`)).toMatchObject(gone("Batch not found"))
    })

    it("a variation or a batch leaves the item", async () => {
      const { id, medium, large } = await inSizes(at.admin, 0, 3)
      expect(await at.admin.delete(`${VARIATIONS}/${medium}`)).toMatchObject(deleted("Variation"))
      expect(dataOf(await at.admin.get(`${ITEMS}/${id}`))).toMatchObject({ variations: [{ id: large }] })
      const lots = await inBatches(at.admin, 0, 2)
      expect(await at.admin.delete(`${BATCHES}/${lots.first}`)).toMatchObject(deleted("Batch"))
      expect(dataOf(await at.admin.get(`${ITEMS}/${lots.id}`))).toMatchObject({ batches: [{ id: lots.second }] })
      expect(await at.admin.delete(`${BATCHES}/${lots.first}`)).toMatchObject(gone("Batch not found"))
    })

    it("is refused while there is stock, unless it is to be written off", async () => {
      const { id, medium } = await inSizes(at.admin, 4, 6)
      const said = (of: string, units: number) =>
        refused("stock_quantity", `The ${of} still has stock: ${units} on hand, 0 held.`)
      expect(await at.admin.delete(`${ITEMS}/${id}`)).toMatchObject(said("item", 10))
      expect(await at.admin.delete(`${ITEMS}/${id}?force=false`)).toMatchObject(said("item", 10))
      expect(await at.admin.delete(`${VARIATIONS}/${medium}`)).toMatchObject(said("variation", 4))
      expect(await at.admin.delete(`${ITEMS}/${id}?force=maybe`)).toMatchObject(
        refused("force", "The force field must be true or false.")
      )
      expect(await levels(at.admin, id)).toEqual({ item: 10, variations: [4, 6], batches: [] })
      expect(await at.admin.delete(`${VARIATIONS}/${medium}?force=true`)).toMatchObject(deleted("Variation"))
      expect(await levels(at.admin, id)).toEqual({ item: 6, variations: [6], batches: [] })
      const { stock_records } = dataOf(await at.admin.get(`${ITEMS}/${id}`))
      expect(stock_records[0]).toMatchObject({ transaction_type: "adjustment", quantity: -4, balance_after: 6 })
      expect(await at.admin.delete(`${ITEMS}/${id}?force=1`)).toMatchObject(deleted("Inventory item"))
    })

    it("a batch likewise", async () => {
      const { id, first } = await inBatches(at.admin, 4, 6)
      expect(await at.admin.delete(`${BATCHES}/${first}`)).toMatchObject(
        refused("stock_quantity", "The batch still has stock: 4 on hand, 0 held.")
      )
      expect(await at.admin.delete(`${BATCHES}/${first}?force=true`)).toMatchObject(deleted("Batch"))
      expect(await levels(at.admin, id)).toEqual({ item: 6, variations: [], batches: [6] })
    })

    it("is refused while something is held, forced or not, and nothing is written off", async () => {
      const { id } = await newItem(at.admin, { stock_quantity: 10 })
      const order_id = `held-${id}`
      await at.admin.post(`${C}/reserve`, { product_id: id, quantity: 3, order_id })
      for (const query of ["", "?force=true"]) {
        expect(await at.admin.delete(`${ITEMS}/${id}${query}`)).toMatchObject(
          refused("stock_quantity", "The item still has stock: 10 on hand, 3 held.")
        )
      }
      expect((await levels(at.admin, id)).item).toBe(10)
      expect((await at.admin.get(`${C}/${id}`)).json).toMatchObject({ available_quantity: 7, reserved_quantity: 3 })
      await at.admin.post(`${C}/release`, { order_id })
      expect(await at.admin.delete(`${ITEMS}/${id}?force=true`)).toMatchObject(deleted("Inventory item"))
    })

    it("is refused while something of a variation is held", async () => {
      const { id, medium } = await inSizes(at.admin, 3, 3)
      await at.admin.post(`${C}/reserve`, { product_id: id, quantity: 6, order_id: `held-${id}` })
      expect(await at.admin.delete(`${VARIATIONS}/${medium}?force=true`)).toMatchObject(
        refused("stock_quantity", "The variation still has stock: 3 on hand, 3 held.")
      )
      expect((await at.admin.post(stockPath(id, "add"), { variation_id: medium, quantity: 1 })).status).toBe(200)
    })

    it("frees the name of a batch and of a variation", async () => {
      const { id, medium } = await inSizes(at.admin, 0, 0)
      await at.admin.delete(`${VARIATIONS}/${medium}`)
      const again = { inventory_id: id, variation_type: "Size", variation_value: "Medium" }
      expect((await at.admin.post(VARIATIONS, again)).status).toBe(201)
    })

    it.each([
      ["an item", async () => `${ITEMS}/${(await newItem(at.admin, { stock_quantity: 2 })).id}`],
      ["a variation", async () => `${VARIATIONS}/${(await inSizes(at.admin, 2, 2)).medium}`],
      ["a batch", async () => `${BATCHES}/${(await inBatches(at.admin, 2, 2)).first}`]
    ] as const)("%s that the client has seen, once", async (_, made) => {
      const path = await made()
      const seen = (await at.admin.get(path)).headers.get("etag") ?? ""
      const stale = await at.admin.delete(`${path}?force=true`, undefined, { "if-match": '"else"' })
      expect(stale.status).toBe(412)
      expect(dataOf(await at.admin.get(path)).stock_quantity).toBe(2)
      const key = { "if-match": seen, "idempotency-key": `delete ${path}` }
      const first = await at.admin.delete(`${path}?force=true`, undefined, key)
      expect(first.status).toBe(200)
      expect(await at.admin.delete(`${path}?force=true`, undefined, key)).toMatchObject({
        status: 200,
        text: first.text
      })
      expect((await at.admin.get(path)).status).toBe(404)
    })
  })
}
