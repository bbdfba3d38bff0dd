import { describe, expect, it } from "vitest"
import {
  available,
  bought,
  NOBODYS,
  newCustomer,
  newName,
  newProduct,
  refused,
  type Subject,
  userId
} from "./subject.ts"

const MISSING = "Outgoing order with the specified ID not found"

export const outgoing = (at: Subject): void => {
  /** A product with so many units in a batch, and a customer who wants two of them. */
  const offered = async (units: number) => {
    const product = await newProduct(at.admin, { price: 1200 })
    const { stock } = await bought(at.admin, product, units)
    const customer = await newCustomer(at.admin)
    return { product, stock, form: { customer_id: customer.id, product_id: product.id, stock_id: stock, quantity: 2 } }
  }

  describe("outgoing orders", () => {
    it("are a 404 where there are none", async () => {
      await refused(at.world.stranger.get("/outgoing/"), 404, "No outgoing orders found")
    })

    it("take their stock at once, as documented", async () => {
      const { product, stock, form } = await offered(50)
      const created = await at.admin.post("/outgoing/", { ...form, order_date: "2023-10-27T11:00:00Z" })
      expect(created.status).toBe(201)
      expect(created.json).toEqual({
        id: expect.any(Number),
        ...form,
        unit_price: 1200,
        total_price: 2400,
        order_date: "2023-10-27T11:00:00.000Z",
        status: "pending",
        customer: { id: form.customer_id, first_name: "Jane", last_name: "Smith" },
        product: { id: product.id, name: product.name }
      })
      const { id } = created.json as { id: number }
      expect(created.headers.get("location")).toBe(`/outgoing/${id}`)
      expect(await available(at.admin, stock)).toBe(48)
      await at.admin.put(`/products/${product.id}`, { price: 1 })
      expect((await at.world.staff.get(`/outgoing/${id}`)).json).toEqual(created.json)
      const { stock_id: _, ...row } = form
      expect((await at.admin.get(`/outgoing/?customer_id=${form.customer_id}`)).json).toEqual([
        { id, ...row, total_price: 2400, status: "pending" }
      ])
    })

    it("take no more than their batch has, whatever other batches have", async () => {
      const { product, stock, form } = await offered(3)
      await bought(at.admin, product, 100)
      const short = "Insufficient stock. Available: 3, Requested: 4"
      await refused(at.admin.post("/outgoing/", { ...form, quantity: 4 }), 400, short)
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => at.admin.post("/outgoing/", { ...form, quantity: 1 }))
      )
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(7)
      expect(await available(at.admin, stock)).toBe(0)
    })

    // Defects seen: negative and zero order quantities were accepted and raised stock.
    it.each([0, -5, 1.5, "5"])("are not of %j units", async (quantity) => {
      const { stock, form } = await offered(3)
      const answer = await at.admin.post("/outgoing/", { ...form, quantity })
      expect(answer).toMatchObject({ status: 422, json: { detail: [{ loc: ["body", "quantity"] }] } })
      expect(await available(at.admin, stock)).toBe(3)
    })

    // Defects seen: an order took from another product's batch.
    it("take from a batch of their product only", async () => {
      const { stock, form } = await offered(3)
      const other = await offered(3)
      const strange = { ...form, stock_id: other.stock }
      await refused(at.admin.post("/outgoing/", strange), 404, "Stock not found")
      expect([await available(at.admin, stock), await available(at.admin, other.stock)]).toEqual([3, 3])
    })

    it("need a product with a price, a customer and stock that are there", async () => {
      const { form } = await offered(3)
      const post = (fields: object) => at.admin.post("/outgoing/", { ...form, ...fields })
      await refused(post({ product_id: NOBODYS }), 404, "Product not found")
      await refused(post({ customer_id: NOBODYS }), 404, "Customer not found")
      await refused(post({ stock_id: NOBODYS }), 404, "Stock not found")
      await refused(at.world.stranger.post("/outgoing/", form), 404, "Product not found")
      await at.admin.put(`/products/${form.product_id}`, { price: null })
      await refused(post({}), 400, "Product has no price")
    })

    it("are completed or cancelled, once; cancelling brings the stock back", async () => {
      const { stock, form } = await offered(5)
      const order = async () => ((await at.admin.post("/outgoing/", form)).json as { id: number }).id
      const first = await order()
      const second = await order()
      expect(await at.world.staff.patch(`/outgoing/${first}`, { status: "completed" })).toMatchObject({
        status: 200,
        json: { id: first, status: "completed", total_price: 2400 }
      })
      expect(await available(at.admin, stock)).toBe(1)
      const tries = await Promise.all(
        Array.from({ length: 5 }, () => at.admin.patch(`/outgoing/${second}`, { status: "cancelled" }))
      )
      expect(tries.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
      await refused(at.admin.patch(`/outgoing/${first}`, { status: "cancelled" }), 400, "Order is already completed")
      expect(await available(at.admin, stock)).toBe(3)
      expect((await at.admin.get(`/outgoing?product_id=${form.product_id}&status=cancelled`)).json).toMatchObject([
        { id: second }
      ])
    })

    it("are made once for a key", async () => {
      const { stock, form } = await offered(10)
      const key = { "idempotency-key": newName("outgoing") }
      const answers = await Promise.all(Array.from({ length: 5 }, () => at.admin.post("/outgoing/", form, key)))
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
      expect((await at.admin.post("/outgoing/", { ...form, quantity: 3 }, key)).status).toBe(409)
      expect(await available(at.admin, stock)).toBe(8)
    })

    it("are missed in the documented words, by another organization too", async () => {
      const { form } = await offered(3)
      const { id } = (await at.admin.post("/outgoing/", form)).json as { id: number }
      for (const [client, missing] of [
        [at.admin, NOBODYS],
        [at.world.stranger, id]
      ] as const) {
        await refused(client.get(`/outgoing/${missing}`), 404, MISSING)
        await refused(client.patch(`/outgoing/${missing}`, { status: "cancelled" }), 404, MISSING)
      }
    })

    it("are searched by product and customer", async () => {
      const { product, form } = await offered(3)
      const { id } = (await at.admin.post("/outgoing/", form)).json as { id: number }
      expect((await at.admin.get(`/outgoing?search=${encodeURIComponent(product.name)}`)).json).toMatchObject([{ id }])
      await refused(at.admin.get("/outgoing?search=no-such-thing"), 404, "No outgoing orders found")
    })

    it("are a customer's own: it orders for itself and sees nobody else's", async () => {
      const { customer, staff, supplier } = at.world
      const { stock, form } = await offered(9)
      const { id: others } = (await at.admin.post("/outgoing/", form)).json as { id: number }
      const forbidden = "Operation not permitted"
      await refused(customer.post("/outgoing/", form), 403, forbidden)
      const own = await newCustomer(at.admin, { user_id: await userId(customer) })
      for (const client of [customer, staff, supplier]) {
        await refused(client.post("/outgoing/", form), 403, forbidden)
        await refused(client.post("/outgoing/", { ...form, customer_id: NOBODYS }), 403, forbidden)
      }
      const placed = await customer.post("/outgoing/", { ...form, customer_id: own.id })
      expect(placed.status).toBe(201)
      const { id } = placed.json as { id: number }
      expect((await customer.get("/outgoing")).json).toMatchObject([{ id }])
      expect((await customer.get(`/outgoing/${id}`)).json).toEqual(placed.json)
      await refused(customer.get(`/outgoing/${others}`), 404, MISSING)
      await refused(customer.get(`/outgoing?customer_id=${form.customer_id}`), 404, "No outgoing orders found")
      await refused(customer.patch(`/outgoing/${id}`, { status: "cancelled" }), 403, forbidden)
      expect(await available(at.admin, stock)).toBe(5)
      expect((await at.admin.delete(`/customers/${own.id}`)).status).toBe(204)
    })
  })
}
