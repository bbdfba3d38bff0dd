import { describe, expect, it } from "vitest"
import { newProduct, type World } from "../world.ts"
import { A, body, type Row, stocked } from "./subject.ts"

interface Result {
  readonly updated: number
  readonly failed: number
  readonly results: ReadonlyArray<{ readonly product_id: number; readonly status: string; readonly error?: string }>
}

/** `POST /inventory/bulk-update`. */
export const bulk = (world: () => World): void => {
  describe("a bulk update", () => {
    const send = (rows: unknown, query = "", headers?: Record<string, string>) =>
      world().admin.post(`${A}/bulk-update${query}`, rows, headers)
    const available = async (id: number) => (await body<Row>(world().admin.get(`${A}/${id}`))).quantity_available

    it("does each row for itself, and says of each what became of it", async () => {
      const [one, two, three] = [await stocked(world(), 10), await stocked(world(), 10), await stocked(world(), 10)]
      const rows = [
        { product_id: one, quantity: 5, movement_type: "RESTOCK", notes: "Monday" },
        { product_id: two, quantity: -11, movement_type: "ADJUSTMENT" },
        { product_id: 999_999, quantity: 1, movement_type: "RETURN" },
        { product_id: three, quantity_available: 3, low_stock_threshold: 2, warehouse_location: "Secondary Warehouse" },
        { product_id: two, low_stock_threshold: 1, warehouse_location: "Nowhere" },
        { product_id: one, quantity: -1, movement_type: "ADJUSTMENT" }
      ]
      expect(await body<Result>(send(rows))).toEqual({
        updated: 3,
        failed: 3,
        results: [
          { product_id: one, status: "updated" },
          { product_id: two, status: "failed", error: "Insufficient stock. Available: 10, Requested: 11" },
          { product_id: 999_999, status: "failed", error: "Inventory not found" },
          { product_id: three, status: "updated" },
          { product_id: two, status: "failed", error: "Warehouse location Nowhere not found" },
          { product_id: one, status: "updated" }
        ]
      })
      expect([await available(one), await available(two), await available(three)]).toEqual([14, 10, 3])
      expect(await world().admin.get(`${A}/${three}`)).toMatchObject({
        json: { low_stock_threshold: 2, warehouse_location: "Secondary Warehouse" }
      })
      // A row is all or nothing: the threshold went with the location.
      expect(await world().admin.get(`${A}/${two}`)).toMatchObject({ json: { low_stock_threshold: 10 } })
    })

    it("does all rows or none where it is to be atomic", async () => {
      const [one, two] = [await stocked(world(), 10), await stocked(world(), 10)]
      const good = { product_id: one, quantity: 5, movement_type: "RESTOCK" }
      const bad = { product_id: two, quantity: -11, movement_type: "ADJUSTMENT" }
      const refused = await send([good, bad, { ...good, product_id: 999_999 }], "?atomic=true")
      expect(refused).toMatchObject({ status: 409 })
      expect(refused.json).toEqual({
        detail: "2 of 3 rows were refused",
        updated: 0,
        failed: 2,
        results: [
          { product_id: one, status: "not_updated" },
          { product_id: two, status: "failed", error: "Insufficient stock. Available: 10, Requested: 11" },
          { product_id: 999_999, status: "failed", error: "Inventory not found" }
        ]
      })
      expect((await send([good, { ...good, warehouse_location: "Nowhere" }], "?atomic=1")).status).toBe(409)
      expect([await available(one), await available(two)]).toEqual([10, 10])
      const done = await body<Result>(send([good, { ...bad, quantity: -10 }], "?atomic=true"))
      expect(done).toMatchObject({ updated: 2, failed: 0 })
      expect([await available(one), await available(two)]).toEqual([15, 0])
    })

    it("lets a later row see an earlier one", async () => {
      for (const query of ["", "?atomic=true"]) {
        const id = await stocked(world(), 1)
        const rows = [
          { product_id: id, quantity: 9, movement_type: "RESTOCK" },
          { product_id: id, quantity: -10, movement_type: "ADJUSTMENT" }
        ]
        expect(await body<Result>(send(rows, query))).toMatchObject({ updated: 2 })
        expect(await available(id)).toBe(0)
      }
    })

    it.each([
      ["an empty list", [], ["body"]],
      ["an object", {}, ["body"]],
      ["a row without a product", [{ quantity: 1, movement_type: "RESTOCK" }], ["body.0.product_id"]],
      ["a row that changes nothing", [{ product_id: 1 }], ["body.0.quantity"]],
      ["a quantity without a type", [{ product_id: 1, quantity: 1 }], ["body.0.movement_type"]],
      ["a type without a quantity", [{ product_id: 1, movement_type: "RETURN" }], ["body.0.quantity"]],
      ["a negative delivery", [{ product_id: 1, quantity: -1, movement_type: "RESTOCK" }], ["body.0.quantity"]],
      [
        "a quantity and a change of it",
        [{ product_id: 1, quantity_available: 1, quantity: 1, movement_type: "RESTOCK" }],
        ["body.0.quantity"]
      ],
      [
        "what is wrong in several rows",
        [
          { product_id: 1, quantity_available: -1 },
          { product_id: "x", reorder_point: 1 }
        ],
        ["body.0.quantity_available", "body.1.product_id"]
      ]
    ])("refuses %s, naming the field", async (_, rows, fields) => {
      const answer = await send(rows)
      expect(answer.status).toBe(422)
      const { detail } = answer.json as { detail: ReadonlyArray<{ loc: ReadonlyArray<string | number> }> }
      expect(detail.map(({ loc }) => loc.join("."))).toEqual(fields)
    })

    it("refuses more than ten thousand rows", async () => {
      const row = { product_id: 1, reorder_point: 1 }
      expect((await send(Array.from({ length: 10_001 }, () => row))).status).toBe(422)
    })

    it("is an admin's alone, and of the organization's own products", async () => {
      const id = await stocked(world(), 1)
      const rows = [{ product_id: id, quantity: 1, movement_type: "RESTOCK" }]
      expect((await world().nobody.post(`${A}/bulk-update`, rows)).status).toBe(401)
      for (const role of ["staff", "customer", "supplier"] as const) {
        expect(await world()[role].post(`${A}/bulk-update`, rows)).toMatchObject({
          status: 403,
          json: { detail: "Operation not permitted" }
        })
      }
      expect(await world().stranger.post(`${A}/bulk-update`, rows)).toMatchObject({
        status: 200,
        json: { updated: 0, failed: 1, results: [{ error: "Inventory not found" }] }
      })
      expect(await available(id)).toBe(1)
    })

    it("happens once under a key, each for itself or together", async () => {
      for (const query of ["", "?atomic=true"]) {
        const { id } = await newProduct(world().admin)
        const rows = [{ product_id: id, quantity: 3, movement_type: "RESTOCK" }]
        const key = { "idempotency-key": `bulk of ${id}` }
        const first = await send(rows, query, key)
        expect(await send(rows, query, key)).toMatchObject({ status: 200, text: first.text })
        expect(await available(id)).toBe(3)
      }
    })
  })
}
