import { describe, expect, it } from "vitest"
import { newProduct } from "../world.ts"
import { I, newOrder, type Subject, stocked } from "./subject.ts"

/** What holds for every request: what is reported of a bad one, keys, and who sees what. */
export const requests = (at: Subject): void => {
  it("reports what is wrong in all parts of a request at once", async () => {
    const locs = async (path: string, body: unknown) => {
      const answer = await at.admin.put(`${I}/${path}`, body, { "idempotency-key": "" })
      expect(answer.status).toBe(422)
      return (answer.json as { detail: Array<{ loc: Array<string> }> }).detail.map(({ loc }) => loc.join("."))
    }
    expect(await locs("a%00", { available_quantity: -1 })).toEqual([
      "path.product_id",
      "header.Idempotency-Key",
      "body.available_quantity"
    ])
    expect(await locs("1", "{")).toEqual(["header.Idempotency-Key", "body"])
    expect(await locs("1", {})).toEqual(["header.Idempotency-Key"])
  })

  describe("an idempotency key", () => {
    it.each<readonly [string, (id: number) => object, (id: number) => object]>([
      ["POST reserve", (id) => ({ product_id: id, quantity: 1 }), (id) => ({ product_id: id, quantity: 2 })],
      ["POST release", (id) => ({ product_id: id, quantity: 1 }), (id) => ({ product_id: id, quantity: 2 })],
      [
        "POST adjust",
        (id) => ({ product_id: id, quantity_change: 2, reason: "found" }),
        (id) => ({ product_id: id, quantity_change: 3, reason: "found" })
      ],
      ["PUT ", () => ({ available_quantity: 40 }), () => ({ available_quantity: 41 })],
      ["PUT ", () => ({ reserved_quantity: 7 }), () => ({ reserved_quantity: 8 })]
    ])("makes %s happen once, and answers alike", async (what, body, other) => {
      const { id } = await stocked(at.admin, 10)
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 3 })
      const [method, below] = what.split(" ") as ["POST" | "PUT", string]
      const path = `${I}/${below === "" ? id : below}`
      const key = { "idempotency-key": `key of ${what} ${id}` }
      const first = await at.admin.send(method, path, body(id), key)
      expect(first.status).toBe(200)
      const before = await at.levels(id)
      expect(await at.admin.send(method, path, body(id), key)).toMatchObject({ status: 200, json: first.json })
      expect(await at.levels(id)).toEqual(before)
      expect((await at.admin.send(method, path, other(id), key)).status).toBe(409)
      expect(await at.levels(id)).toEqual(before)
      // Another user's key is another key; the same key elsewhere is the same.
      expect((await at.world.staff.send(method, path, other(id), key)).status).toBe(200)
      expect((await at.admin.post(`${I}/commit`, { order_id: newOrder() }, key)).status).toBe(409)
    })

    it("makes a record once", async () => {
      const { id } = await newProduct(at.admin)
      const key = { "idempotency-key": `create ${id}` }
      const form = { product_id: id, available_quantity: 3, reorder_threshold: 1 }
      const first = await at.admin.post(I, form, key)
      expect(await at.admin.post(I, form, key)).toMatchObject({ status: 201, json: first.json })
      expect((await at.admin.post(I, { ...form, available_quantity: 4 }, key)).status).toBe(409)
      expect((await at.admin.post(I, form)).status).toBe(400)
    })

    it("does not remember a refusal", async () => {
      const { id } = await stocked(at.admin, 1)
      const key = { "idempotency-key": `refused ${id}` }
      const wanted = { product_id: id, quantity: 2 }
      expect((await at.admin.post(`${I}/reserve`, wanted, key)).status).toBe(400)
      await at.admin.post(`${I}/adjust`, { product_id: id, quantity_change: 1, reason: "found" })
      expect((await at.admin.post(`${I}/reserve`, wanted, key)).status).toBe(200)
    })

    it.each(["", "x".repeat(201), "caf\u00e9", "a\tb"])("is not %j", async (key) => {
      const answer = await at.admin.post(`${I}/reserve`, { product_id: 1, quantity: 1 }, { "idempotency-key": key })
      expect(answer).toMatchObject({ status: 422, json: { detail: [{ loc: ["header", "Idempotency-Key"] }] } })
    })
  })

  describe("another organization", () => {
    it("sees and moves nothing of ours", async () => {
      const { id, sku } = await stocked(at.admin, 10)
      const order_id = newOrder()
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 2, order_id })
      const { stranger } = at.world
      const missing: ReadonlyArray<readonly [Promise<{ readonly status: number }>, number]> = [
        [stranger.get(`${I}/${id}`), 404],
        [stranger.get(`${I}/${sku}`), 404],
        [stranger.get(`${I}/history/${id}`), 404],
        [stranger.put(`${I}/${id}`, { available_quantity: 1 }), 404],
        [stranger.post(I, { product_id: id, available_quantity: 1, reorder_threshold: 1 }), 400],
        [stranger.post(`${I}/adjust`, { product_id: id, quantity_change: 1, reason: "mine" }), 404],
        [stranger.post(`${I}/reserve`, { product_id: id, quantity: 1 }), 404],
        [stranger.post(`${I}/reserve`, { product_id: sku, quantity: 1 }), 404],
        [stranger.post(`${I}/release`, { product_id: id, quantity: 1 }), 404],
        [stranger.post(`${I}/release`, { order_id }), 404],
        [stranger.post(`${I}/release`, { product_id: id, quantity: 1, order_id }), 400],
        [stranger.post(`${I}/commit`, { order_id }), 404],
        [stranger.post(`${I}/fulfil`, { order_id }), 404]
      ]
      for (const [answer, status] of missing) expect((await answer).status).toBe(status)
      expect((await stranger.get(`${I}/check?product_id=${id}&quantity=1`)).json).toMatchObject({ available: false })
      const listed = (await stranger.get(`${I}?limit=100`)).json as ReadonlyArray<{ product_id: number }>
      expect(listed.some((row) => row.product_id === id)).toBe(false)
      expect(await at.levels(id)).toEqual([8, 2])
    })
  })
}
