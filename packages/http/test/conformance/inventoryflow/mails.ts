import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openMailServer } from "../../notifications/mailServer.ts"
import { openWorld, type StoreLayer, type World } from "../world.ts"
import { bought, newCustomer, newProduct, newSupplier, userId } from "./subject.ts"

/** The mails that orders cause: each once, and none for what was refused. */
export const mails = (store: () => StoreLayer): void => {
  describe("mails", () => {
    let server: Awaited<ReturnType<typeof openMailServer>>
    let world: World
    beforeEach(async () => {
      server = await openMailServer([])
      const mail = { smtp: server.url, from: "Acme Stock <stock@acme.example>" }
      world = await openWorld(store(), { notifications: { mail } })
    })
    afterEach(async () => {
      await world.close()
      await server.close()
    })

    it("go to the supplier of an incoming order", async () => {
      const product = await newProduct(world.admin)
      const supplier = await newSupplier(world.admin, { email: "orders@supplier.example" })
      const { order } = await bought(world.admin, product, 3, { supplier_id: supplier.id, unit_cost: 799.995 })
      await world.admin.patch(`/incoming/${order.id}`, { status: "completed" })
      const [mail, ...more] = await server.until(1)
      expect(more).toEqual([])
      expect(mail).toMatchObject({ to: ["orders@supplier.example"] })
      for (const line of [
        `Order: ${order.id}`,
        `Product: ${product.name}`,
        "Total cost: 2399.985",
        "Hello Supplier A,"
      ]) {
        expect(mail?.text).toContain(line)
      }
    })

    it("go to the customer of an outgoing order, and on each change of its status, once for a key", async () => {
      const { admin } = world
      const product = await newProduct(admin, { price: 1200 })
      const { stock } = await bought(admin, product, 10)
      // Without an address of its own, a customer is told at that of the user it is.
      const customer = await newCustomer(admin, { user_id: await userId(world.customer) })
      const form = { customer_id: customer.id, product_id: product.id, stock_id: stock, quantity: 2 }
      expect((await admin.post("/outgoing", { ...form, quantity: 99 })).status).toBe(400)
      const place = () => admin.post("/outgoing", form, { "idempotency-key": "order" })
      const [first] = await Promise.all([place(), place(), place()])
      const { id } = first.json as { id: number }
      const cancel = () => admin.patch(`/outgoing/${id}`, { status: "cancelled" })
      expect((await Promise.all([cancel(), cancel()])).map(({ status }) => status).sort()).toEqual([200, 400])
      const taken = await server.until(2)
      expect(taken.map(({ to }) => to)).toEqual([["customer@example.org"], ["customer@example.org"]])
      const texts = taken.map(({ text }) => text).sort()
      expect(texts[0]).toContain(`thank you for your order:`)
      for (const line of [`Order: ${id}`, "Quantity: 2", "Total: 2400.00", "Hello Jane Smith,"]) {
        expect(texts.some((text) => text.includes(line))).toBe(true)
      }
      expect(texts.some((text) => text.includes("Status: cancelled\r\nStatus before: pending"))).toBe(true)
    })
  })
}
