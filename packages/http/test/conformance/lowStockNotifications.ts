import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openReceiver } from "../notifications/receiver.ts"
import { newProduct, openWorld, type StoreLayer, type World } from "./world.ts"

const I = "/api/v1/inventory"

/** What C promises of its notifications. */
export const lowStockNotifications = (name: string, store: () => StoreLayer): void => {
  describe(`low-stock notifications on ${name}`, () => {
    let receiver: Awaited<ReturnType<typeof openReceiver>>
    let world: World
    beforeEach(async () => {
      receiver = await openReceiver()
      world = await openWorld(store(), { notifications: { webhook: receiver.webhook } })
    })
    afterEach(async () => {
      await world.close()
      await receiver.close()
    })

    const stocked = async (available: number, threshold: number, name: string) => {
      const { id } = await newProduct(world.admin, { name })
      const record = { product_id: id, available_quantity: available, reorder_threshold: threshold }
      await world.admin.post(I, record)
      return id
    }

    it("come once per crossing, with the quantity of the crossing", async () => {
      const id = await stocked(6, 5, "Tea")
      const adjust = (change: number) =>
        world.admin.post(`${I}/adjust`, { product_id: id, quantity_change: change, reason: "counted" })
      await world.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })
      await adjust(-2)
      await adjust(-3)
      // At zero: neither a change that changes nothing nor a new threshold above it is another crossing.
      await world.admin.put(`${I}/${id}`, { available_quantity: 0 })
      await world.admin.put(`${I}/${id}`, { reorder_threshold: 7 })
      expect((await adjust(-1)).status).toBe(400)
      expect((await receiver.until(1)).map(({ body }) => body)).toEqual([
        {
          type: "low_stock",
          product_id: id,
          product_name: "Tea",
          current_quantity: 5,
          threshold: 5,
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
        }
      ])
      await adjust(20)
      await adjust(-13)
      expect((await receiver.until(2)).map(({ body }) => body)).toMatchObject([
        { current_quantity: 5 },
        { current_quantity: 7, threshold: 7 }
      ])
    })

    it("are not sent for a record that begins low, or with what it has reserved", async () => {
      await stocked(3, 10, "Low from the start")
      const { id } = await newProduct(world.admin)
      await world.admin.post(I, { product_id: id, available_quantity: 0, reorder_threshold: 2 })
      expect(await receiver.until(0)).toEqual([])
    })

    it("keep no request waiting", async () => {
      await receiver.close()
      const id = await stocked(2, 1, "First")
      const before = performance.now()
      expect((await world.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })).status).toBe(200)
      expect(performance.now() - before).toBeLessThan(400)
      await receiver.comeBack()
      expect(await receiver.until(1)).toHaveLength(1)
    })
  })
}
