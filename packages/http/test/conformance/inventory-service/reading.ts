import { describe, expect, it } from "vitest"
import { newProduct } from "../world.ts"
import { I, type Subject, stocked } from "./subject.ts"

/** What is read: the history, the lists, the check. */
export const reading = (at: Subject): void => {
  describe("the history", () => {
    it("is newest first, and paged", async () => {
      const { id } = await stocked(at.admin, 10)
      for (const change of [1, 2, 3]) {
        await at.admin.post(`${I}/adjust`, { product_id: id, quantity_change: change, reason: "counted" })
      }
      const changes = async (query: string) => (await at.history(id, query)).map((row) => row.quantity_change)
      expect(await changes("")).toEqual([3, 2, 1, 10])
      expect(await changes("?skip=1&limit=2")).toEqual([2, 1])
      expect(await changes("?skip=4")).toEqual([])
      expect((await at.admin.get(`${I}/history/${id}?limit=101`)).status).toBe(422)
    })

    it("knows no unknown product", async () => {
      expect((await at.admin.get(`${I}/history/no-such-sku`)).status).toBe(404)
    })
  })

  describe("the lists", () => {
    it("are paged by skip and limit", async () => {
      const { id: first } = await stocked(at.world.stranger, 1)
      const { id: second } = await stocked(at.world.stranger, 1)
      const ids = async (query: string) =>
        ((await at.world.stranger.get(`${I}${query}`)).json as ReadonlyArray<{ product_id: number }>).map(
          (row) => row.product_id
        )
      expect(await ids("")).toEqual([first, second])
      expect(await ids("?skip=1")).toEqual([second])
      expect(await ids("?limit=1")).toEqual([first])
    })

    it.each(["skip=-1", "skip=x", "limit=0", "limit=101", "low_stock_only=maybe"])("do not take ?%s", async (query) => {
      expect(await at.admin.get(`${I}?${query}`)).toMatchObject({
        status: 422,
        json: { detail: [{ loc: ["query", query.split("=")[0]] }] }
      })
    })

    it("take the last of a parameter given twice", async () => {
      const query = "limit=0&low_stock_only=maybe&limit=2&skip=x&skip=0&low_stock_only=false&"
      const answer = await at.admin.get(`${I}?${query}`)
      expect(answer.status).toBe(200)
      expect(answer.json).toHaveLength(2)
      expect((await at.admin.get(`${I}?limit=2&limit=0`)).status).toBe(422)
    })

    it("show what is at or below its threshold, and no product called low-stock", async () => {
      const low = await stocked(at.admin, 5, 5)
      const enough = await stocked(at.admin, 6, 5)
      await newProduct(at.admin)
      for (const path of [`${I}/low-stock?limit=100`, `${I}/low-stock/?limit=100`, `${I}?low_stock_only=true`]) {
        const answer = await at.world.customer.get(path)
        expect(answer.status).toBe(200)
        const ids = (answer.json as ReadonlyArray<{ product_id: number }>).map((row) => row.product_id)
        expect(ids).toContain(low.id)
        expect(ids).not.toContain(enough.id)
      }
    })
  })

  describe("the check", () => {
    it("tells whether there is enough", async () => {
      const { id, sku } = await stocked(at.admin, 5)
      const check = async (product: unknown, quantity: number) =>
        (await at.world.customer.get(`${I}/check?product_id=${product}&quantity=${quantity}`)).json
      const answer = { current_quantity: 5, product_id: id }
      expect(await check(id, 5)).toEqual({ ...answer, available: true, requested_quantity: 5 })
      expect(await check(sku, 6)).toEqual({ ...answer, available: false, requested_quantity: 6 })
      expect(await check("none", 1)).toEqual({ available: false, message: expect.stringContaining("none") })
    })

    it.each(["", "?product_id=1", "?quantity=1", "?product_id=1&quantity=0", "?product_id=1&quantity=x"])(
      "does not take %j",
      async (query) => {
        expect((await at.admin.get(`${I}/check${query}`)).status).toBe(422)
      }
    )
  })
}
