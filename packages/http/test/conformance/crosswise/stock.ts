import { beforeAll, describe, expect, it } from "vitest"
import { list, M, onHandOf, type Row, stockedIn, T, warehousesOf } from "../warehouse-management/stock.ts"
import { newProduct, type World } from "../world.ts"

const I = "/api/v1/inventory"
const B = "/api/inventory"

/** Stock that one API moves or holds, as the others see it. */
export const stockEverywhere = (world: () => World): void => {
  describe("stock", () => {
    let main: number
    let second: number
    beforeAll(async () => {
      ;[main, second] = await warehousesOf(world().admin)
    })
    const available = async (id: number) =>
      ((await world().admin.get(`${I}/${id}`)).json as { available_quantity: number }).available_quantity
    /** B's own: on hand, at all levels together. */
    const balance = async (id: number) => {
      const { json } = await world().admin.get(`${B}/${id}/stock/balance`)
      return (json as { data: { inventory_stock: number } }).data.inventory_stock
    }
    const sell = (id: number, quantity: number) =>
      world().admin.post(M, { product_id: id, warehouse_id: main, movement_type: "sale", quantity })

    /** A's movements of a product, the oldest first. */
    const movements = async (id: number) => {
      const { json } = await world().admin.get(`/inventory/${id}/movements`)
      const { items } = json as { items: ReadonlyArray<{ movement_type: string; quantity: number }> }
      return items.map(({ movement_type, quantity }) => [movement_type, quantity]).reverse()
    }

    it("recorded in D is in A's, B's and C's numbers, in C's history and A's movements", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      await sell(id, 4)
      expect(await available(id)).toBe(6)
      expect(await balance(id)).toBe(6)
      const history = (await world().admin.get(`${I}/history/${id}`)).json
      expect(history).toMatchObject([{ quantity_change: -4 }, { quantity_change: 10 }])
      expect(await movements(id)).toEqual([
        ["RESTOCK", 10],
        ["SALE", -4]
      ])
      expect((await world().admin.get(`/inventory/${id}`)).json).toMatchObject({ quantity_available: 6 })
    })

    it("held in C may be taken in neither D nor B, and is on hand in both", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      await world().admin.post(`${I}/reserve`, { product_id: id, quantity: 7 })
      expect(await onHandOf(world(), id)).toEqual([10, 10, 0])
      expect(await balance(id)).toBe(10)
      expect(await sell(id, 4)).toMatchObject({
        status: 400,
        json: { detail: "Insufficient stock. Available: 3, Requested: 4" }
      })
      // B's document answers what is short with 500.
      const reduced = await world().admin.post(`${B}/${id}/stock/reduce`, { quantity: 4 })
      expect(reduced.status).toBe(500)
      expect(reduced.text).toContain("Insufficient")
      expect((await sell(id, 3)).status).toBe(201)
    })

    it("added and reduced in B, adjusted and shipped in C, is in D's list of movements", async () => {
      const { id } = await newProduct(world().admin)
      expect((await world().admin.post(`${B}/${id}/stock/add`, { quantity: 9 })).status).toBe(200)
      expect((await world().admin.post(`${B}/${id}/stock/reduce`, { quantity: 2 })).status).toBe(200)
      await world().admin.post(`${I}/adjust`, { product_id: id, quantity_change: -3, reason: "broken" })
      await world().admin.post(`${I}/reserve`, { product_id: id, quantity: 1, order_id: `order of ${id}` })
      await world().admin.post(`${I}/fulfil`, { order_id: `order of ${id}` })
      const { items } = await list(world().admin, `${M}/?product_id=${id}&sort_by=created_asc`)
      expect(items.map(({ quantity }) => quantity)).toEqual([9, -2, -3, -1])
      expect(items.at(-1)?.movement_type).toBe("sale")
      expect(await onHandOf(world(), id)).toEqual([3, 3, 0])
    })

    it("adjusted in A, where A says that it lands, is in D's list of movements and its warehouses", async () => {
      const { id } = await newProduct(world().admin)
      await world().admin.put(`/inventory/${id}`, { warehouse_location: "Secondary Warehouse" })
      await world().admin.post(`/inventory/${id}/adjust`, { quantity: 8, movement_type: "RESTOCK" })
      // B and C name no place: what they add lands there too, and is taken from there first.
      await world().admin.post(`${B}/${id}/stock/add`, { quantity: 2 })
      expect(await onHandOf(world(), id)).toEqual([10, 0, 10])
      const { items } = await list(world().admin, `${M}/?product_id=${id}&warehouse_id=${second}&sort_by=created_asc`)
      expect(items.map(({ movement_type, quantity }) => [movement_type, quantity])).toEqual([
        ["purchase", 8],
        [items[1]?.movement_type, 2]
      ])
    })

    it("on its way in D may be taken in no other, until it is there", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const body = { product_id: id, from_warehouse_id: main, to_warehouse_id: second, quantity: 10 }
      const { json } = await world().admin.post(T, body)
      expect(await available(id)).toBe(0)
      expect(await world().admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })).toMatchObject({
        status: 400,
        json: { detail: "Insufficient inventory. Requested: 1, Available: 0" }
      })
      await world().admin.put(`${T}/${(json as Row).id}/complete`)
      expect(await available(id)).toBe(10)
      expect(await balance(id)).toBe(10)
      expect(await movements(id)).toEqual([
        ["RESTOCK", 10],
        ["RESERVATION", -10],
        ["TRANSFER_OUT", -10],
        ["TRANSFER_IN", 10]
      ])
      expect((await world().admin.post(`${I}/reserve`, { product_id: id, quantity: 10 })).status).toBe(200)
      const { json: summary } = await world().admin.get("/inventory/reports/summary")
      const { locations } = summary as { locations: ReadonlyArray<{ location_name: string }> }
      expect(locations.map((at) => at.location_name)).not.toContain("In transit")
    })
  })
}
