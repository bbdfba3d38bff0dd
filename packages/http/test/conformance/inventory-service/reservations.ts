import { describe, expect, it } from "vitest"
import { newProduct } from "../world.ts"
import { I, NOBODYS, newOrder, type Subject, stocked, TIME } from "./subject.ts"

/** Holding units, giving them back, shipping them. */
export const reservations = (at: Subject): void => {
  it("walks an order from product to parcel", async () => {
    const order = newOrder()
    const { id } = await newProduct(at.admin)
    expect((await at.admin.get(`${I}/${id}`)).status).toBe(404)
    const opening = { product_id: id, available_quantity: 10, reserved_quantity: 0, reorder_threshold: 2 }
    expect(await at.admin.post(`${I}/`, opening)).toMatchObject({ status: 201 })
    const wanted = { product_id: id, quantity: 3, order_id: order }
    const reserved = await at.world.staff.post(`${I}/reserve`, wanted)
    expect(reserved.status).toBe(200)
    expect(reserved.json).toEqual({
      reserved: true,
      product_id: id,
      quantity: 3,
      available_quantity: 7,
      reserved_quantity: 3,
      reservation_id: expect.any(Number),
      expires_at: null
    })
    expect(await at.admin.post(`${I}/commit`, { order_id: order })).toMatchObject({
      status: 200,
      json: { committed: true, product_id: id, quantity: 3, available_quantity: 7, reserved_quantity: 0 }
    })
    expect(await at.admin.post(`${I}/fulfil/`, { order_id: order })).toMatchObject({
      status: 200,
      json: { fulfilled: true, product_id: id, quantity: 3, available_quantity: 7, reserved_quantity: 0 }
    })
    expect(await at.levels(id)).toEqual([7, 0])
    expect((await at.admin.get(`/api/v1/products/${id}`)).json).toMatchObject({ total_stock: 7 })
    const rows = await at.history(id)
    expect(rows.map((row) => [row.change_type, row.quantity_change, row.new_quantity])).toEqual([
      ["fulfilment", 0, 7],
      ["commitment", 0, 7],
      ["reservation", -3, 7],
      ["receipt", 10, 10]
    ])
  })

  describe("a reservation", () => {
    it("of more than there is takes nothing", async () => {
      const { id } = await stocked(at.admin, 2)
      expect(await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 3 })).toMatchObject({
        status: 400,
        json: { detail: "Insufficient inventory. Requested: 3, Available: 2" }
      })
      expect(await at.levels(id)).toEqual([2, 0])
    })

    it.each([NOBODYS, String(NOBODYS), "no-such-sku"])("of the unknown product %j is 404", async (product_id) => {
      expect(await at.admin.post(`${I}/reserve`, { product_id, quantity: 1 })).toMatchObject({
        status: 404,
        json: { detail: `Product with ID ${product_id} not found` }
      })
    })

    it("takes a SKU of digits where no product has that id", async () => {
      const sku = "8800001234"
      const { id } = await newProduct(at.admin, { sku })
      await at.admin.post(I, { product_id: sku, available_quantity: 3, reorder_threshold: 0 })
      expect(await at.admin.post(`${I}/reserve`, { product_id: sku, quantity: 1 })).toMatchObject({
        status: 200,
        json: { product_id: id, available_quantity: 2 }
      })
      const shadowed = await newProduct(at.admin, { sku: String(id) })
      expect((await at.admin.post(`${I}/reserve`, { product_id: String(id), quantity: 1 })).json).toMatchObject({
        product_id: id
      })
      expect((await at.admin.get(`${I}/check?product_id=${id}&quantity=1`)).json).not.toMatchObject({
        product_id: shadowed.id
      })
    })

    it("of several products is all or nothing", async () => {
      const one = await stocked(at.admin, 5)
      const two = await stocked(at.admin, 1)
      const order_id = newOrder()
      const items = (quantity: number) => [
        { product_id: one.id, quantity: 2 },
        { product_id: two.sku, quantity }
      ]
      expect(await at.admin.post(`${I}/reserve`, { order_id, items: items(2) })).toMatchObject({
        status: 400,
        json: { detail: "Insufficient inventory. Requested: 2, Available: 1" }
      })
      expect([await at.levels(one.id), await at.levels(two.id)]).toEqual([
        [5, 0],
        [1, 0]
      ])
      const answer = await at.admin.post(`${I}/reserve`, { order_id, items: items(1), expires_in: 60 })
      expect(answer.json).toEqual({
        reserved: true,
        reservation_id: expect.any(Number),
        expires_at: TIME,
        items: [
          { product_id: one.id, quantity: 2, available_quantity: 3, reserved_quantity: 2 },
          { product_id: two.id, quantity: 1, available_quantity: 0, reserved_quantity: 1 }
        ]
      })
      expect(await at.admin.post(`${I}/release`, { order_id })).toMatchObject({
        status: 200,
        json: {
          released: true,
          items: [
            { product_id: one.id, quantity: 2 },
            { product_id: two.id, quantity: 1 }
          ]
        }
      })
      expect([await at.levels(one.id), await at.levels(two.id)]).toEqual([
        [5, 0],
        [1, 0]
      ])
    })

    it("for the same order and body is the same one, for another body none", async () => {
      const { id } = await stocked(at.admin, 10)
      const body = { product_id: id, quantity: 2, order_id: 70_000 + id, expires_in: 600 }
      const answers = await Promise.all(Array.from({ length: 5 }, () => at.admin.post(`${I}/reserve`, body)))
      const [first] = answers
      expect(first?.status).toBe(200)
      for (const answer of answers) expect(answer.json).toEqual(first?.json)
      const asText = { ...body, order_id: String(body.order_id) }
      expect((await at.admin.post(`${I}/reserve`, asText)).json).toEqual(first?.json)
      expect((await at.admin.post(`${I}/reserve`, { ...body, quantity: 3 })).status).toBe(409)
      expect(await at.levels(id)).toEqual([8, 2])
    })

    it("ends by itself", async () => {
      const { id } = await stocked(at.admin, 3)
      const order_id = newOrder()
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 3, order_id, expires_in: 1 })
      expect(await at.levels(id)).toEqual([0, 3])
      await new Promise((resolve) => setTimeout(resolve, 1100))
      expect(await at.levels(id)).toEqual([3, 0])
      expect((await at.admin.post(`${I}/commit`, { order_id })).status).toBe(400)
      expect((await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 3 })).status).toBe(200)
    })

    it("is had by as many as there are units, however many ask at once", async () => {
      const { id } = await stocked(at.admin, 10)
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => at.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 }))
      )
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(10)
      expect(statuses.filter((status) => status === 400)).toHaveLength(10)
      expect(await at.levels(id)).toEqual([0, 10])
      expect((await at.history(id)).filter((row) => row.change_type === "reservation")).toHaveLength(10)
    })

    it("is for one product or for several, not both", async () => {
      const items = [{ product_id: 1, quantity: 1 }]
      const status = async (body: object) => (await at.admin.post(`${I}/reserve`, body)).status
      expect(await status({ order_id: "x", items, product_id: 1, quantity: 1 })).toBe(422)
      expect(await status({ order_id: "x", items: [] })).toBe(422)
      expect(await status({ items })).toBe(422)
      expect(await status({ product_id: 1 })).toBe(422)
      expect(await status({ order_id: "x", items: [{ product_id: 1, quantity: 0 }] })).toBe(422)
    })
  })

  describe("a release", () => {
    it("gives back a part of what an order holds, and no more than it holds", async () => {
      const { id, sku } = await stocked(at.admin, 10)
      const order_id = newOrder()
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id })
      expect(await at.admin.post(`${I}/release`, { product_id: sku, quantity: 1, order_id })).toMatchObject({
        status: 200,
        json: { released: true, product_id: id, quantity: 1, available_quantity: 7, reserved_quantity: 3 }
      })
      expect(await at.admin.post(`${I}/release`, { product_id: id, quantity: 4, order_id })).toMatchObject({
        status: 400
      })
      expect(await at.levels(id)).toEqual([7, 3])
      expect(await at.admin.post(`${I}/release`, { order_id })).toMatchObject({
        status: 200,
        json: { released: true, product_id: id, quantity: 3, available_quantity: 10, reserved_quantity: 0 }
      })
      expect((await at.admin.post(`${I}/release`, { product_id: id, quantity: 1, order_id })).status).toBe(400)
      expect((await at.admin.post(`${I}/release`, { order_id })).status).toBe(400)
    })

    it("for an order that holds nothing gives back nobody else's units", async () => {
      const { id } = await stocked(at.admin, 10)
      const order_id = newOrder()
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id })
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 2 })
      const empty = { product_id: id, quantity: 1, order_id: newOrder() }
      expect((await at.admin.post(`${I}/release`, empty)).status).toBe(400)
      expect((await at.admin.post(`${I}/release`, { order_id: empty.order_id })).status).toBe(404)
      expect(await at.levels(id)).toEqual([4, 6])
    })

    it("without an order takes from what no order holds, as far as that goes", async () => {
      const { id } = await stocked(at.admin, 10)
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id: newOrder() })
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 2 })
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })
      const release = (quantity: number) => at.admin.post(`${I}/release`, { product_id: id, quantity })
      expect((await release(1)).json).toEqual({
        released: true,
        product_id: id,
        quantity: 1,
        available_quantity: 4,
        reserved_quantity: 6
      })
      expect(await release(5)).toMatchObject({ status: 200, json: { quantity: 2, reserved_quantity: 4 } })
      expect(await release(1)).toMatchObject({
        status: 200,
        json: { released: true, quantity: 0, available_quantity: 6, reserved_quantity: 4 }
      })
    })

    it("knows no unknown product", async () => {
      for (const product_id of [NOBODYS, "no-such-sku"]) {
        expect((await at.admin.post(`${I}/release`, { product_id, quantity: 1 })).status).toBe(404)
      }
    })
  })

  describe("committing and shipping", () => {
    it.each(["commit", "fulfil"])("%s knows no unknown order", async (what) => {
      expect(await at.admin.post(`${I}/${what}`, { order_id: newOrder() })).toMatchObject({ status: 404 })
    })

    it("ships once", async () => {
      const { id } = await stocked(at.admin, 10)
      const order_id = newOrder()
      await at.admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id })
      const answers = await Promise.all(Array.from({ length: 5 }, () => at.admin.post(`${I}/fulfil`, { order_id })))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
      expect(await at.levels(id)).toEqual([6, 0])
      expect((await at.admin.post(`${I}/commit`, { order_id })).status).toBe(400)
      expect((await at.admin.post(`${I}/release`, { order_id })).status).toBe(400)
    })
  })
}
