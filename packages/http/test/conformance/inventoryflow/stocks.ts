import { describe, expect, it } from "vitest"
import { available, bought, NOBODYS, newName, newProduct, refused, type Subject, TIME } from "./subject.ts"

const MISSING = "Stock with the specified ID not found"

export const stocks = (at: Subject): void => {
  describe("stock entries", () => {
    it("are a 404 where there are none", async () => {
      await refused(at.world.stranger.get("/stocks/"), 404, "No stock entries found")
    })

    it("are the batches of products, as documented", async () => {
      const product = await newProduct(at.admin, { price: 1200 })
      const { stock, batch } = await bought(at.admin, product, 50, { expiry_date: "2099-12-31T00:00:00Z" })
      const row = { id: stock, product_id: product.id, available_quantity: 50, batch_number: batch }
      expect((await at.world.customer.get(`/stocks/?product_id=${product.id}`)).json).toEqual([row])
      expect((await at.world.customer.get(`/stocks/${stock}`)).json).toEqual({
        ...row,
        expiry_date: "2099-12-31T00:00:00.000Z",
        created_at: TIME,
        updated_at: TIME,
        product: { id: product.id, name: product.name, price: 1200 }
      })
    })

    it("are set to what is available, by an adjustment in the ledger", async () => {
      const product = await newProduct(at.admin)
      const { stock } = await bought(at.admin, product, 50)
      const { stock: other } = await bought(at.admin, product, 5)
      const before = (await at.admin.get(`/stocks/${stock}`)).json as object
      const patched = await at.admin.patch(`/stocks/${stock}`, { available_quantity: 45 })
      expect(patched).toMatchObject({ status: 200, json: { ...before, available_quantity: 45, updated_at: TIME } })
      expect(await available(at.admin, other)).toBe(5)
      const [newest] = (await at.admin.get(`/api/v1/inventory/history/${product.id}`)).json as ReadonlyArray<object>
      expect(newest).toMatchObject({ quantity_change: -5, previous_quantity: 55, new_quantity: 50 })
      expect((await at.admin.patch(`/stocks/${stock}`, { available_quantity: 0 })).status).toBe(200)
      expect((await at.admin.patch(`/stocks/${stock}`, { available_quantity: 1.5 })).status).toBe(422)
    })

    it("are changed only by who has seen the last, when they say so", async () => {
      const { stock } = await bought(at.admin, await newProduct(at.admin), 5)
      const seen = { "if-match": (await at.admin.get(`/stocks/${stock}`)).headers.get("etag") ?? "" }
      const sets = await Promise.all(
        [1, 2, 3].map((n) => at.admin.patch(`/stocks/${stock}`, { available_quantity: n }, seen))
      )
      expect(sets.map(({ status }) => status).sort()).toEqual([200, 412, 412])
    })

    it("are missed in the documented words, by another organization too", async () => {
      const { stock } = await bought(at.admin, await newProduct(at.admin), 5)
      for (const [client, id] of [
        [at.admin, NOBODYS],
        [at.admin, 0],
        [at.world.stranger, stock]
      ] as const) {
        await refused(client.get(`/stocks/${id}`), 404, MISSING)
        await refused(client.patch(`/stocks/${id}`, { available_quantity: 1 }), 404, MISSING)
      }
    })

    it("are paged and searched", async () => {
      const product = await newProduct(at.admin)
      const word = newName("LOT")
      for (const n of [1, 2, 3]) await bought(at.admin, product, 1, { batch_number: `${word}-${n}` })
      const rows = (await at.admin.get(`/stocks?search=${encodeURIComponent(word)}`)).json as Array<{ id: number }>
      expect(rows).toHaveLength(3)
      const page = (await at.admin.get(`/stocks?product_id=${product.id}&skip=1&limit=1`)).json as Array<{ id: number }>
      expect(page).toEqual([rows[1]])
      await refused(at.admin.get("/stocks?search=no-such-batch"), 404, "No stock entries found")
    })

    it("are lowered by what is held in other APIs", async () => {
      const product = await newProduct(at.admin)
      const { stock } = await bought(at.admin, product, 5)
      expect((await at.admin.post("/api/v1/inventory/reserve", { product_id: product.id, quantity: 2 })).status).toBe(
        200
      )
      expect(await available(at.admin, stock)).toBe(3)
    })
  })
}
