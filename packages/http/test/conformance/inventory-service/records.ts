import { describe, expect, it } from "vitest"
import { newProduct } from "../world.ts"
import { I, NOBODYS, newOrder, type Subject, stocked, TIME } from "./subject.ts"

/** Records: how they begin, change, are listed, and what became of them. */
export const records = (at: Subject): void => {
  describe("a record", () => {
    it("is made as documented, once", async () => {
      const { id, sku } = await newProduct(at.admin)
      const form = { product_id: sku, available_quantity: 10, reserved_quantity: 4, reorder_threshold: 3 }
      const made = await at.admin.post(I, form)
      expect(made.status).toBe(201)
      expect(made.json).toEqual({
        id: expect.any(Number),
        product_id: id,
        available_quantity: 10,
        reserved_quantity: 4,
        reorder_threshold: 3,
        created_at: TIME,
        updated_at: TIME
      })
      for (const product_id of [id, sku, String(id)]) {
        expect(await at.admin.post(I, { ...form, product_id })).toMatchObject({
          status: 400,
          json: { detail: `Inventory item for product ${product_id} already exists` }
        })
      }
      expect(await at.levels(id)).toEqual([10, 4])
      expect((await at.admin.get(`/api/v1/products/${id}`)).json).toMatchObject({ total_stock: 14 })
      for (const reference of [id, sku]) expect((await at.admin.get(`${I}/${reference}`)).json).toEqual(made.json)
    })

    it("is made by one of many who ask at once", async () => {
      const { id } = await newProduct(at.admin)
      const form = { product_id: id, available_quantity: 5, reorder_threshold: 1 }
      const answers = await Promise.all(Array.from({ length: 10 }, () => at.admin.post(I, form)))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 400)])
      expect(await at.levels(id)).toEqual([5, 0])
    })

    it("does not begin without a threshold", async () => {
      const { id } = await newProduct(at.admin)
      expect(await at.admin.post(I, { product_id: id, available_quantity: 1 })).toMatchObject({
        status: 422,
        json: { detail: [{ type: "missing", loc: ["body", "reorder_threshold"], msg: "Field required" }] }
      })
    })

    it("may begin empty, and is listed from then on", async () => {
      const { id } = await newProduct(at.admin)
      const listed = async () =>
        ((await at.admin.get(`${I}?limit=100`)).json as ReadonlyArray<{ product_id: number }>).some(
          (row) => row.product_id === id
        )
      expect(await listed()).toBe(false)
      expect((await at.admin.post(I, { product_id: id, available_quantity: 0, reorder_threshold: 0 })).status).toBe(201)
      expect(await listed()).toBe(true)
    })

    it("also begins with the first stock", async () => {
      const { id } = await newProduct(at.admin)
      const answer = await at.admin.post(`${I}/adjust`, { product_id: id, quantity_change: 4, reason: "found" })
      expect(answer).toMatchObject({ status: 200, json: { available_quantity: 4 } })
      expect((await at.admin.post(I, { product_id: id, available_quantity: 1, reorder_threshold: 1 })).status).toBe(400)
    })

    it.each([NOBODYS, "no-such-sku", String(NOBODYS)])("is not made for the unknown product %j", async (product_id) => {
      expect(await at.admin.post(I, { product_id, available_quantity: 1, reorder_threshold: 1 })).toMatchObject({
        status: 400,
        json: { detail: `Product with ID ${product_id} not found` }
      })
    })

    it("changes where it is told to, and each change is in the history", async () => {
      const { id, sku } = await stocked(at.admin, 10)
      expect(await at.admin.put(`${I}/${sku}`, { available_quantity: 8 })).toMatchObject({
        status: 200,
        json: { available_quantity: 8, reserved_quantity: 0, reorder_threshold: 0 }
      })
      expect((await at.admin.put(`${I}/${id}`, { reorder_threshold: 5 })).json).toMatchObject({
        available_quantity: 8,
        reorder_threshold: 5
      })
      expect((await at.admin.put(`${I}/${id}`, { reserved_quantity: 3 })).json).toMatchObject({
        available_quantity: 8,
        reserved_quantity: 3
      })
      expect((await at.admin.put(`${I}/${id}`, { available_quantity: 20, reserved_quantity: 1 })).json).toMatchObject({
        available_quantity: 20,
        reserved_quantity: 1
      })
      expect((await at.admin.put(`${I}/${id}`, {})).json).toMatchObject({
        available_quantity: 20,
        reserved_quantity: 1
      })
      expect((await at.history(id, "?limit=1"))[0]).toMatchObject({ new_quantity: 20, change_type: "adjustment" })
      expect(await at.admin.put(`${I}/${NOBODYS}`, { available_quantity: 1 })).toMatchObject({ status: 404 })
    })

    it("does not give away what orders have reserved", async () => {
      const { id } = await stocked(at.admin, 10)
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id: newOrder() })
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 2 })
      expect((await at.admin.put(`${I}/${id}`, { reserved_quantity: 3 })).status).toBe(400)
      expect(await at.levels(id)).toEqual([4, 6])
      expect((await at.admin.put(`${I}/${id}`, { reserved_quantity: 4 })).status).toBe(200)
      expect(await at.levels(id)).toEqual([4, 4])
    })

    it("is what it was told to be, whoever reserves meanwhile", async () => {
      const { id } = await stocked(at.admin, 100)
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 2 === 0
            ? at.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })
            : at.admin.put(`${I}/${id}`, { available_quantity: 50, reserved_quantity: 10 })
        )
      )
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
      const [available = 0, reserved = 0] = await at.levels(id)
      expect(available + reserved).toBe(60)
    })

    it("is gone with its product", async () => {
      const { id } = await stocked(at.admin, 5)
      const order = newOrder()
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 2, order_id: order })
      await at.admin.delete(`/api/v1/products/${id}`)
      expect((await at.admin.get(`${I}/${id}`)).status).toBe(404)
      expect((await at.admin.put(`${I}/${id}`, { available_quantity: 1 })).status).toBe(404)
      expect((await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })).status).toBe(404)
      expect((await at.admin.post(`${I}/adjust`, { product_id: id, quantity_change: 1, reason: "more" })).status).toBe(
        404
      )
      const again = { product_id: id, available_quantity: 1, reorder_threshold: 1 }
      expect(await at.admin.post(I, again)).toMatchObject({
        status: 400,
        json: { detail: `Product with ID ${id} not found` }
      })
      expect((await at.admin.get(`${I}/check?product_id=${id}&quantity=1`)).json).toMatchObject({ available: false })
      // What was held before is settled all the same.
      expect((await at.admin.post(`${I}/release`, { order_id: order })).status).toBe(200)
    })
  })

  describe("an adjustment", () => {
    it("changes what is available, and says so in the history", async () => {
      const { id, sku } = await stocked(at.admin, 10)
      const form = { product_id: sku, quantity_change: -3, reason: "Broken in storage", reference_id: "COUNT-7" }
      expect(await at.world.staff.post(`${I}/adjust`, form)).toMatchObject({
        status: 200,
        json: { product_id: id, available_quantity: 7, updated_at: TIME }
      })
      expect((await at.history(id))[0]).toEqual({
        id: expect.any(Number),
        product_id: id,
        quantity_change: -3,
        previous_quantity: 10,
        new_quantity: 7,
        change_type: "adjustment",
        reason: "Broken in storage",
        reference_id: "COUNT-7",
        created_by: expect.any(Number),
        created_at: TIME
      })
    })

    it("does not go below zero", async () => {
      const { id } = await stocked(at.admin, 2)
      expect(await at.admin.post(`${I}/adjust`, { product_id: id, quantity_change: -3, reason: "lost" })).toMatchObject(
        {
          status: 400,
          json: { detail: "Insufficient inventory. Requested: 3, Available: 2" }
        }
      )
      expect(await at.levels(id)).toEqual([2, 0])
    })

    it("knows no unknown product", async () => {
      for (const product_id of [NOBODYS, "no-such-sku"]) {
        expect(await at.admin.post(`${I}/adjust`, { product_id, quantity_change: 1, reason: "lost" })).toMatchObject({
          status: 404,
          json: { detail: `Product with ID ${product_id} not found` }
        })
      }
    })

    it("has a reason of 3 to 200 characters", async () => {
      const { id } = await stocked(at.admin, 2)
      const status = async (length: number) =>
        (await at.admin.post(`${I}/adjust`, { product_id: id, quantity_change: 1, reason: "x".repeat(length) })).status
      expect(await Promise.all([2, 3, 200, 201].map(status))).toEqual([422, 200, 200, 422])
    })
  })
}
