import { describe, expect, it } from "vitest"
import { newProduct, type World } from "../world.ts"
import { A, adjust, body, type Listed, type Moved, NOT_FOUND, stocked, TIME } from "./subject.ts"

/** `POST /inventory/{product_id}/adjust` and `GET /inventory/{product_id}/movements`. */
export const adjusting = (world: () => World): void => {
  describe("an adjustment", () => {
    it("is answered as documented", async () => {
      const id = await stocked(world(), 5)
      expect(await body(adjust(world().admin, id, 20, "RESTOCK", "Delivery of the week"))).toEqual({
        message: expect.any(String),
        product_id: id,
        movement: {
          id: expect.any(Number),
          movement_type: "RESTOCK",
          quantity: 20,
          previous_quantity: 5,
          new_quantity: 25,
          reference_type: null,
          reference_id: null,
          notes: "Delivery of the week",
          created_by: 1,
          created_at: TIME
        },
        previous_quantity: 5,
        new_quantity: 25,
        is_low_stock: false
      })
    })

    it.each([
      ["RESTOCK", 4, 14],
      ["RETURN", 4, 14],
      ["ADJUSTMENT", 4, 14],
      ["ADJUSTMENT", -4, 6],
      ["ADJUSTMENT", -10, 0]
    ])("a %s of %i leaves of 10", async (type, quantity, left) => {
      const id = await stocked(world(), 10)
      expect(await body(adjust(world().admin, id, quantity, type))).toMatchObject({
        movement: { movement_type: type, quantity },
        previous_quantity: 10,
        new_quantity: left,
        is_low_stock: left <= 10
      })
    })

    it.each([
      ["RESTOCK", 0, "quantity"],
      ["RESTOCK", -1, "quantity"],
      ["RETURN", 0, "quantity"],
      ["RETURN", -1, "quantity"],
      ["ADJUSTMENT", 0, "quantity"],
      ["ADJUSTMENT", 1.5, "quantity"],
      ["SALE", 1, "movement_type"],
      ["restock", 1, "movement_type"]
    ])("does not take a %s of %d", async (type, quantity, field) => {
      const id = await stocked(world(), 10)
      expect(await adjust(world().admin, id, quantity, type)).toMatchObject({
        status: 422,
        json: { detail: [{ loc: ["body", field] }] }
      })
      expect(await world().admin.get(`${A}/${id}`)).toMatchObject({ json: { quantity_available: 10 } })
    })

    it("takes nothing below zero, and nothing that is held", async () => {
      const id = await stocked(world(), 10)
      await world().admin.post("/api/v1/inventory/reserve", { product_id: id, quantity: 4 })
      expect(await adjust(world().admin, id, -7, "ADJUSTMENT")).toMatchObject({
        status: 400,
        json: { detail: "Insufficient stock. Available: 6, Requested: 7" }
      })
      const answers = await Promise.all(Array.from({ length: 10 }, () => adjust(world().admin, id, -1, "ADJUSTMENT")))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(6)
    })

    it("is made of a product that is there", async () => {
      const id = await stocked(world(), 1)
      expect(await adjust(world().stranger, id, 1, "RESTOCK")).toMatchObject(NOT_FOUND)
      for (const unknown of [0, 999_999]) {
        expect(await adjust(world().admin, unknown, 1, "RESTOCK")).toMatchObject(NOT_FOUND)
      }
      await world().admin.delete(`/api/v1/products/${id}`)
      expect(await adjust(world().admin, id, 1, "RESTOCK")).toMatchObject(NOT_FOUND)
    })

    it("takes from several places as one", async () => {
      const id = await stocked(world(), 5)
      await world().admin.put(`${A}/${id}`, { warehouse_location: "Secondary Warehouse" })
      await adjust(world().admin, id, 5, "RESTOCK")
      expect(await body(adjust(world().admin, id, -8, "ADJUSTMENT"))).toMatchObject({
        movement: { quantity: -8, previous_quantity: 10, new_quantity: 2 },
        previous_quantity: 10,
        new_quantity: 2
      })
    })
  })

  describe("a product's movements", () => {
    const read = (id: number, query = "") => body<Listed<Moved>>(world().admin.get(`${A}/${id}/movements?${query}`))

    it("are all that happened to it, newest first, each with what was available before and after", async () => {
      const id = await stocked(world(), 20)
      const order = `order of ${id}`
      await world().admin.post("/api/v1/inventory/reserve", { product_id: id, quantity: 5, order_id: order })
      await world().admin.post("/api/v1/inventory/release", { product_id: id, quantity: 2, order_id: order })
      await world().admin.post("/api/v1/inventory/fulfil", { order_id: order })
      await adjust(world().admin, id, 1, "RETURN")
      const { items } = await read(id)
      const shown = items.map((row) => [row.movement_type, row.quantity, row.previous_quantity, row.new_quantity])
      expect(shown).toEqual([
        ["RETURN", 1, 17, 18],
        ["SALE", -3, 17, 17],
        ["RELEASE", 2, 15, 17],
        ["RESERVATION", -5, 20, 15],
        ["RESTOCK", 20, 0, 20]
      ])
      expect(items[1]).toMatchObject({ reference_type: "order", reference_id: order })
      expect(items[4]).toMatchObject({ reference_type: null, reference_id: null })
    })

    it("are paged, twenty at a time when nothing is said", async () => {
      const { id } = await newProduct(world().admin)
      for (let quantity = 1; quantity <= 23; quantity++) await adjust(world().admin, id, quantity, "RESTOCK")
      const first = await read(id)
      expect(first).toMatchObject({ total: 23, page: 1, pages: 2 })
      expect(first.items.map(({ quantity }) => quantity)).toEqual(Array.from({ length: 20 }, (_, n) => 23 - n))
      expect((await read(id, "page=2")).items.map(({ quantity }) => quantity)).toEqual([3, 2, 1])
      expect((await read(id, "page=5&per_page=5")).items.map(({ quantity }) => quantity)).toEqual([3, 2, 1])
      expect((await read(id, "page=6&per_page=5")).items).toEqual([])
      expect(await read(id, "page=1000000&per_page=100")).toMatchObject({ items: [], total: 23, pages: 1 })
      for (const query of ["page=0", "page=1000000001", "per_page=101", "per_page=x"]) {
        expect((await world().admin.get(`${A}/${id}/movements?${query}`)).status).toBe(422)
      }
    })

    it("are a known product's of the organization", async () => {
      const id = await stocked(world(), 1)
      expect(await world().stranger.get(`${A}/${id}/movements`)).toMatchObject(NOT_FOUND)
      expect(await world().admin.get(`${A}/999999/movements`)).toMatchObject(NOT_FOUND)
    })
  })
}
