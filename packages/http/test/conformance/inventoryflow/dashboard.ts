import { describe, expect, it } from "vitest"
import { newUserWorld } from "./newUserWorld.ts"
import { available, bought, newCustomer, newProduct, type Subject } from "./subject.ts"

export const dashboard = (at: Subject): void => {
  describe("the dashboard", () => {
    it("adds an organization up exactly, and shows what is recent", async () => {
      const { admin, staff } = await newUserWorld(at.world)
      const empty = {
        user_overview: {
          total_users: 2,
          new_users_last_30_days: 2,
          user_role_distribution: { admin: 1, staff: 1, customer: 0, supplier: 0 }
        },
        performance_metrics: {
          inventory: { total_products: 0, total_categories: 0, total_stock_quantity: 0, inventory_value: 0 },
          orders: {
            total_incoming_orders: 0,
            total_outgoing_orders: 0,
            total_incoming_value: 0,
            total_outgoing_value: 0
          }
        },
        recent_activity: { recent_outgoing_orders: [], recent_incoming_orders: [] }
      }
      expect(await admin.get("/dashboard/")).toMatchObject({ status: 200, json: empty })

      const product = await newProduct(admin, { price: 0.1 })
      const { order: incoming, stock } = await bought(admin, product, 10, { unit_cost: "799.995" })
      const customer = await newCustomer(admin)
      const form = { customer_id: customer.id, product_id: product.id, stock_id: stock, quantity: 3 }
      const { id } = (await admin.post("/outgoing/", form)).json as { id: number }
      const { id: gone } = (await admin.post("/outgoing/", form)).json as { id: number }
      await admin.patch(`/outgoing/${gone}`, { status: "cancelled" })
      expect(await available(admin, stock)).toBe(7)
      const row = { customer_id: customer.id, product_id: product.id, quantity: 3, total_price: 0.3 }
      expect((await staff.get("/dashboard")).json).toEqual({
        ...empty,
        performance_metrics: {
          inventory: { total_products: 1, total_categories: 1, total_stock_quantity: 7, inventory_value: 0.7 },
          orders: {
            total_incoming_orders: 1,
            total_outgoing_orders: 2,
            total_incoming_value: 7999.95,
            total_outgoing_value: 0.3
          }
        },
        recent_activity: {
          recent_outgoing_orders: [
            { id: gone, ...row, status: "cancelled" },
            { id, ...row, status: "pending" }
          ],
          recent_incoming_orders: [expect.objectContaining({ id: incoming.id, total_cost: 7999.95 })]
        }
      })
    })
  })
}
