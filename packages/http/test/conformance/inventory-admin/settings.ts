import { describe, expect, it } from "vitest"
import { newProduct, type World } from "../world.ts"
import { A, adjust, body, type Moved, NOT_FOUND, type Row, stocked } from "./subject.ts"

interface Detail extends Row {
  readonly reorder_point: number
  readonly max_stock_level: number | null
  readonly movements: ReadonlyArray<Moved>
}

/** `GET` and `PUT /inventory/{product_id}`. */
export const settings = (world: () => World): void => {
  const detail = (id: number) => body<Detail>(world().admin.get(`${A}/${id}`))

  describe("a product's stock", () => {
    it("shows its policy and the latest twenty movements", async () => {
      const id = await stocked(world(), 100)
      expect(await detail(id)).toMatchObject({
        product_id: id,
        quantity_available: 100,
        reorder_point: 5,
        max_stock_level: null,
        movements: [{ movement_type: "RESTOCK", quantity: 100, previous_quantity: 0, new_quantity: 100 }]
      })
      for (let n = 0; n < 20; n++) await adjust(world().admin, id, 1, "ADJUSTMENT")
      const { movements } = await detail(id)
      expect(movements).toHaveLength(20)
      expect(movements[0]).toMatchObject({ movement_type: "ADJUSTMENT", new_quantity: 120 })
    })

    it("is nobody's that is deleted, unknown or a stranger's", async () => {
      const id = await stocked(world(), 1)
      expect(await world().stranger.get(`${A}/${id}`)).toMatchObject(NOT_FOUND)
      expect(await world().stranger.put(`${A}/${id}`, { quantity_available: 5 })).toMatchObject(NOT_FOUND)
      for (const unknown of [0, -1, 999_999]) {
        expect(await world().admin.get(`${A}/${unknown}`)).toMatchObject(NOT_FOUND)
        expect(await world().admin.put(`${A}/${unknown}`, {})).toMatchObject(NOT_FOUND)
      }
      await world().admin.delete(`/api/v1/products/${id}`)
      expect(await world().admin.get(`${A}/${id}`)).toMatchObject(NOT_FOUND)
      expect(await world().admin.put(`${A}/${id}`, { quantity_available: 5 })).toMatchObject(NOT_FOUND)
    })
  })

  describe("changing a product's settings", () => {
    const change = (id: number, fields: object, headers?: Record<string, string>) =>
      world().admin.put(`${A}/${id}`, fields, headers)

    it("changes the fields given and no others", async () => {
      const id = await stocked(world(), 50)
      const all = {
        quantity_available: 40,
        low_stock_threshold: 45,
        reorder_point: 20,
        max_stock_level: 500,
        warehouse_location: "Secondary Warehouse"
      }
      expect(await body<Row>(change(id, all))).toMatchObject({
        quantity_available: 40,
        low_stock_threshold: 45,
        is_low_stock: true,
        warehouse_location: "Secondary Warehouse"
      })
      expect(await detail(id)).toMatchObject({ reorder_point: 20, max_stock_level: 500 })
      expect(await body<Row>(change(id, { low_stock_threshold: 3 }))).toMatchObject({
        quantity_available: 40,
        low_stock_threshold: 3,
        is_low_stock: false,
        warehouse_location: "Secondary Warehouse"
      })
      expect(await detail(id)).toMatchObject({ reorder_point: 20, max_stock_level: 500 })
      const before = await detail(id)
      expect(await body<Row>(change(id, { reorder_point: null }))).toMatchObject({ low_stock_threshold: 3 })
      expect(await body<Row>(change(id, {}))).toMatchObject({ low_stock_threshold: 3 })
      expect(await detail(id)).toEqual(before)
    })

    it("adjusts a quantity in the ledger, and only where it differs", async () => {
      const id = await stocked(world(), 50)
      await change(id, { quantity_available: 44 })
      await change(id, { quantity_available: 44 })
      const { movements } = await detail(id)
      expect(movements).toHaveLength(2)
      expect(movements[0]).toMatchObject({
        movement_type: "ADJUSTMENT",
        quantity: -6,
        previous_quantity: 50,
        new_quantity: 44,
        created_by: 1
      })
    })

    it("moves where stock lands, not the stock", async () => {
      const id = await stocked(world(), 5)
      await change(id, { warehouse_location: "Secondary Warehouse" })
      await adjust(world().admin, id, 3, "RESTOCK")
      const warehouses = async () => {
        const { json } = await world().admin.get(`/api/v1/products/${id}`)
        const { warehouse_stock } = json as { warehouse_stock: ReadonlyArray<{ current_stock: number }> }
        return warehouse_stock.slice(0, 2).map(({ current_stock }) => current_stock)
      }
      expect(await warehouses()).toEqual([5, 3])
      expect(await body<Row>(change(id, { warehouse_location: "MAIN" }))).toMatchObject({ warehouse_location: "MAIN" })
      await adjust(world().admin, id, 1, "RESTOCK")
      expect(await warehouses()).toEqual([6, 3])
    })

    it("changes nothing for a location that is not there, or closed", async () => {
      const { id } = await newProduct(world().admin)
      const { json } = await world().admin.post("/api/v1/warehouses", { name: "Shut" })
      await world().admin.delete(`/api/v1/warehouses/${(json as { id: number }).id}`)
      expect(await change(id, { warehouse_location: "Nowhere", low_stock_threshold: 1 })).toMatchObject({
        status: 400,
        json: { detail: "Warehouse location Nowhere not found" }
      })
      expect((await change(id, { warehouse_location: "Shut", low_stock_threshold: 1 })).status).toBe(400)
      expect(await detail(id)).toMatchObject({ low_stock_threshold: 10, warehouse_location: "MAIN" })
    })

    it("is done for a client that has seen the stock as it is", async () => {
      const id = await stocked(world(), 5)
      const seen = { "if-match": (await world().admin.get(`${A}/${id}`)).headers.get("etag") ?? "" }
      await adjust(world().admin, id, 1, "RESTOCK")
      expect((await change(id, { quantity_available: 9 }, seen)).status).toBe(412)
      const now = { "if-match": (await world().admin.get(`${A}/${id}`)).headers.get("etag") ?? "" }
      expect((await change(id, { quantity_available: 9 }, now)).status).toBe(200)
    })

    it("happens once under a key", async () => {
      const id = await stocked(world(), 5)
      const key = { "idempotency-key": `settings of ${id}` }
      const first = await change(id, { quantity_available: 9 }, key)
      await adjust(world().admin, id, 1, "RESTOCK")
      expect(await change(id, { quantity_available: 9 }, key)).toMatchObject({ status: 200, text: first.text })
      expect(await detail(id)).toMatchObject({ quantity_available: 10 })
    })
  })
}
