import { describe, expect, it } from "vitest"
import { available, bought, newCustomer, newProduct } from "../inventoryflow/subject.ts"
import { list, M } from "../warehouse-management/stock.ts"
import type { World } from "../world.ts"

const I = "/api/v1/inventory"

/** Orders of E, as the other APIs see what they move. */
export const ordersEverywhere = (world: () => World): void => {
  describe("orders", () => {
    it("placed and cancelled in E are in D's movements and in C's numbers", async () => {
      const { admin } = world()
      const product = await newProduct(admin, { price: 5 })
      const { order, stock } = await bought(admin, product, 10)
      const customer = await newCustomer(admin)
      const form = { customer_id: customer.id, product_id: product.id, stock_id: stock, quantity: 4 }
      const { id } = (await admin.post("/outgoing", form)).json as { id: number }
      expect((await admin.get(`${I}/${product.id}`)).json).toMatchObject({ available_quantity: 6 })
      expect((await admin.patch(`/outgoing/${id}`, { status: "cancelled" })).status).toBe(200)
      const { items } = await list(admin, `${M}/?product_id=${product.id}&sort_by=created_asc`)
      expect(items.map(({ movement_type, quantity }) => [movement_type, quantity])).toEqual([
        ["purchase", 10],
        ["sale", -4],
        ["return", 4]
      ])
      expect((await admin.patch(`/incoming/${order.id}`, { status: "cancelled" })).status).toBe(200)
      expect((await admin.get(`/api/v1/products/${product.id}`)).json).toMatchObject({ total_stock: 0 })
    })

    it("take nothing that C holds, and are short of what D sold", async () => {
      const { admin } = world()
      const product = await newProduct(admin, { price: 5 })
      const { stock } = await bought(admin, product, 10)
      const customer = await newCustomer(admin)
      const held = { product_id: product.id, quantity: 7, order_id: `held ${product.id}` }
      expect((await admin.post(`${I}/reserve`, held)).status).toBe(200)
      const form = { customer_id: customer.id, product_id: product.id, stock_id: stock, quantity: 4 }
      const detail = "Insufficient stock. Available: 3, Requested: 4"
      expect(await admin.post("/outgoing", form)).toMatchObject({ status: 400, json: { detail } })
      expect((await admin.post(`${I}/release`, { order_id: held.order_id })).status).toBe(200)
      expect((await admin.post("/outgoing", form)).status).toBe(201)
      expect(await available(admin, stock)).toBe(6)
    })
  })
}
