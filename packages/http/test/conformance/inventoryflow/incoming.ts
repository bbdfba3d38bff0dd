import { describe, expect, it } from "vitest"
import {
  available,
  bought,
  NOBODYS,
  newCustomer,
  newName,
  newProduct,
  newSupplier,
  refused,
  type Subject,
  userId
} from "./subject.ts"

const MISSING = "Incoming order with the specified ID not found"

export const incoming = (at: Subject): void => {
  describe("incoming orders", () => {
    it("are a 404 where there are none", async () => {
      await refused(at.world.stranger.get("/incoming/"), 404, "No incoming orders found")
    })

    it("bring their stock at once, as documented", async () => {
      const product = await newProduct(at.admin)
      const supplier = await newSupplier(at.admin)
      const form = {
        supplier_id: supplier.id,
        product_id: product.id,
        batch_number: "BATCH001",
        quantity: 50,
        unit_cost: 800,
        supply_date: "2023-10-27T10:20:00Z",
        expiry_date: "2099-12-31T00:00:00Z"
      }
      const { expiry_date: _, ...shown } = form
      const created = await at.admin.post("/incoming/", form)
      expect(created.status).toBe(201)
      expect(created.json).toEqual({
        id: expect.any(Number),
        ...shown,
        supply_date: "2023-10-27T10:20:00.000Z",
        total_cost: 40_000,
        status: "pending",
        supplier: { id: supplier.id, name: "Supplier A" },
        product: { id: product.id, name: product.name }
      })
      const { id } = created.json as { id: number }
      expect(created.headers.get("location")).toBe(`/incoming/${id}`)
      expect((await at.world.staff.get(`/incoming/${id}`)).json).toEqual(created.json)
      expect((await at.admin.get(`/incoming/?supplier_id=${supplier.id}`)).json).toEqual([
        {
          id,
          supplier_id: supplier.id,
          product_id: product.id,
          quantity: 50,
          total_cost: 40_000,
          status: "pending"
        }
      ])
      expect((await at.admin.get(`/stocks?product_id=${product.id}`)).json).toMatchObject([
        { available_quantity: 50, batch_number: "BATCH001" }
      ])

      // Another order adds to the batch of that name, and must mean the same one.
      expect((await at.admin.post("/incoming/", { ...form, quantity: 5 })).status).toBe(201)
      expect((await at.admin.get(`/stocks?product_id=${product.id}`)).json).toMatchObject([{ available_quantity: 55 }])
      const other = { ...form, expiry_date: "2098-12-31" }
      await refused(at.admin.post("/incoming/", other), 400, "Batch BATCH001 expires at 2099-12-31T00:00:00.000Z")
      expect((await at.admin.get(`/stocks?product_id=${product.id}`)).json).toMatchObject([{ available_quantity: 55 }])
    })

    it("bring stock that is for sale when its date was past on arrival, as in the document", async () => {
      const product = await newProduct(at.admin, { price: 1200 })
      const expiry_date = "2025-12-31T00:00:00Z"
      const { stock, batch } = await bought(at.admin, product, 50, { expiry_date })
      expect((await at.admin.get(`/stocks/${stock}`)).json).toMatchObject({
        available_quantity: 50,
        expiry_date: "2025-12-31T00:00:00.000Z"
      })
      await bought(at.admin, product, 5, { expiry_date, batch_number: batch })
      expect((await at.admin.patch(`/stocks/${stock}`, { available_quantity: 45 })).status).toBe(200)
      const customer = await newCustomer(at.admin)
      const form = { customer_id: customer.id, product_id: product.id, stock_id: stock, quantity: 2 }
      const created = await at.admin.post("/outgoing/", { ...form, order_date: "2023-10-27T11:00:00Z" })
      expect(created).toMatchObject({ status: 201, json: { total_price: 2400 } })
      expect(await available(at.admin, stock)).toBe(43)
    })

    // Defects seen: a unit cost of 799.995 was stored rounded and totalled unrounded.
    it.each([
      [799.995, 3, 2399.985],
      ["0.000001", 2, 0.000002],
      [0.1, 3, 0.3],
      [1.005, 1000, 1005]
    ])("cost %j each for %j exactly %j in all", async (unit_cost, quantity, total_cost) => {
      const product = await newProduct(at.admin)
      const { order } = await bought(at.admin, product, quantity, { unit_cost })
      expect(order).toMatchObject({ unit_cost: Number(unit_cost), total_cost })
      expect((await at.admin.get(`/incoming/${order.id}`)).json).toMatchObject({
        unit_cost: Number(unit_cost),
        total_cost
      })
    })

    // Defects seen: negative and zero order quantities were accepted and raised stock.
    it.each([0, -5, 1.5, "5", 2 ** 53])("are not of %j units", async (quantity) => {
      const product = await newProduct(at.admin)
      const supplier = await newSupplier(at.admin)
      const form = { supplier_id: supplier.id, product_id: product.id, batch_number: "B", quantity, unit_cost: 1 }
      expect(await at.admin.post("/incoming/", form)).toMatchObject({
        status: 422,
        json: { detail: [{ loc: ["body", "quantity"] }] }
      })
      await refused(at.admin.get(`/stocks?product_id=${product.id}`), 404, "No stock entries found")
    })

    it("need a product and a supplier that are there", async () => {
      const product = await newProduct(at.admin)
      const supplier = await newSupplier(at.admin)
      const form = { supplier_id: supplier.id, product_id: product.id, batch_number: "B", quantity: 1, unit_cost: 1 }
      await refused(at.admin.post("/incoming/", { ...form, product_id: NOBODYS }), 404, "Product not found")
      await refused(at.admin.post("/incoming/", { ...form, supplier_id: NOBODYS }), 404, "Supplier not found")
      await refused(at.world.stranger.post("/incoming/", form), 404, "Product not found")
      expect((await at.admin.delete(`/suppliers/${supplier.id}`)).status).toBe(204)
      await refused(at.admin.post("/incoming/", form), 404, "Supplier not found")
      await refused(at.admin.get(`/stocks?product_id=${product.id}`), 404, "No stock entries found")
    })

    it("leave no batch behind when they are refused", async () => {
      const product = await newProduct(at.admin)
      const supplier = await newSupplier(at.admin)
      const form = {
        supplier_id: supplier.id,
        product_id: product.id,
        batch_number: "B",
        quantity: 9e15,
        unit_cost: 1e12
      }
      expect((await at.admin.post("/incoming/", form)).status).toBe(400)
      await refused(at.admin.get(`/stocks?product_id=${product.id}`), 404, "No stock entries found")
    })

    it("make one batch of a name, however many come at once", async () => {
      const product = await newProduct(at.admin)
      const supplier = await newSupplier(at.admin)
      const form = { supplier_id: supplier.id, product_id: product.id, batch_number: "B", quantity: 2, unit_cost: 1 }
      const answers = await Promise.all(Array.from({ length: 8 }, () => at.admin.post("/incoming/", form)))
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
      expect((await at.admin.get(`/stocks?product_id=${product.id}`)).json).toMatchObject([{ available_quantity: 16 }])
    })

    it("are made once for a key", async () => {
      const product = await newProduct(at.admin)
      const supplier = await newSupplier(at.admin)
      const form = { supplier_id: supplier.id, product_id: product.id, batch_number: "B", quantity: 2, unit_cost: 1 }
      const key = { "idempotency-key": newName("incoming") }
      const answers = await Promise.all(Array.from({ length: 5 }, () => at.admin.post("/incoming/", form, key)))
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
      expect((await at.admin.post("/incoming/", { ...form, quantity: 3 }, key)).status).toBe(409)
      expect((await at.admin.get(`/stocks?product_id=${product.id}`)).json).toMatchObject([{ available_quantity: 2 }])
    })

    it("are completed or cancelled, once; cancelling takes the stock back out if it is still there", async () => {
      const product = await newProduct(at.admin)
      const first = await bought(at.admin, product, 5)
      const completed = await at.world.staff.patch(`/incoming/${first.order.id}`, { status: "completed" })
      expect(completed).toMatchObject({ status: 200, json: { status: "completed", total_cost: 4000 } })
      for (const status of ["completed", "cancelled"]) {
        await refused(at.admin.patch(`/incoming/${first.order.id}`, { status }), 400, "Order is already completed")
      }
      expect(await available(at.admin, first.stock)).toBe(5)

      const second = await bought(at.admin, product, 4)
      await at.admin.patch(`/stocks/${second.stock}`, { available_quantity: 3 })
      const gone = "Insufficient stock. Available: 3, Requested: 4"
      await refused(at.admin.patch(`/incoming/${second.order.id}`, { status: "cancelled" }), 400, gone)
      await at.admin.patch(`/stocks/${second.stock}`, { available_quantity: 4 })
      const cancelled = await at.admin.patch(`/incoming/${second.order.id}`, { status: "cancelled" })
      expect(cancelled).toMatchObject({ status: 200, json: { status: "cancelled" } })
      expect(await available(at.admin, second.stock)).toBe(0)
      const listed = async (status: string) =>
        ((await at.admin.get(`/incoming?product_id=${product.id}&status=${status}`)).json as Array<{ id: number }>).map(
          ({ id }) => id
        )
      expect([await listed("completed"), await listed("cancelled")]).toEqual([[first.order.id], [second.order.id]])
    })

    it("are missed in the documented words, by another organization and on the other side too", async () => {
      const { order } = await bought(at.admin, await newProduct(at.admin), 1)
      for (const [client, id] of [
        [at.admin, NOBODYS],
        [at.admin, 0],
        [at.world.stranger, order.id]
      ] as const) {
        await refused(client.get(`/incoming/${id}`), 404, MISSING)
        await refused(client.patch(`/incoming/${id}`, { status: "completed" }), 404, MISSING)
      }
      await refused(at.admin.get(`/outgoing/${order.id}`), 404, "Outgoing order with the specified ID not found")
    })

    it("are paged and searched by product, supplier and batch", async () => {
      const product = await newProduct(at.admin)
      const orders = []
      for (const _ of [1, 2, 3]) orders.push(await bought(at.admin, product, 1))
      const ids = orders.map(({ order }) => order.id)
      const page = async (query: string) =>
        ((await at.admin.get(`/incoming/?${query}`)).json as Array<{ id: number }>).map(({ id }) => id)
      expect(await page(`search=${encodeURIComponent(product.name)}&limit=2&skip=1`)).toEqual(ids.slice(1))
      await refused(at.admin.get("/incoming/?skip=9007199254740991"), 404, "No incoming orders found")
      expect(await page(`search=${encodeURIComponent(orders[1]?.batch ?? "")}`)).toEqual([ids[1]])
      expect(await page(`product_id=${product.id}`)).toEqual(ids)
      expect((await at.admin.get("/incoming?status=lost")).status).toBe(422)
    })

    it("are seen by their own supplier and by no customer", async () => {
      const { supplier: user, customer } = at.world
      const product = await newProduct(at.admin)
      const { order: others } = await bought(at.admin, product, 1)
      await refused(user.get("/incoming"), 404, "No incoming orders found")
      const own = await newSupplier(at.admin, { user_id: await userId(user) })
      const { order } = await bought(at.admin, product, 1, { supplier_id: own.id })
      expect((await user.get("/incoming")).json).toMatchObject([{ id: order.id }])
      expect((await user.get(`/incoming/${order.id}`)).status).toBe(200)
      await refused(user.get(`/incoming/${others.id}`), 404, MISSING)
      await refused(user.get(`/incoming?supplier_id=${own.id + 1}`), 404, "No incoming orders found")
      await refused(user.get("/outgoing"), 403, "Operation not permitted")
      await refused(customer.get("/incoming"), 403, "Operation not permitted")
      await refused(customer.get(`/incoming/${order.id}`), 403, "Operation not permitted")
    })
  })
}
