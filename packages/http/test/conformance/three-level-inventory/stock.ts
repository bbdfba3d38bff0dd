import { describe, expect, it } from "vitest"
import {
  ANOTHERS,
  BATCHES,
  dataOf,
  ITEMS,
  inBatches,
  inSizes,
  levels,
  NOBODYS,
  newItem,
  refused,
  type Subject,
  stockPath,
  TIME,
  VARIATIONS
} from "./subject.ts"

/** Stock that could not be moved, as the document has it. */
const failed = (what: "add" | "reduce", error: string) => ({
  status: 500,
  json: { success: false, message: `Failed to ${what} stock`, error }
})

/** `/api/inventory/{id}/stock`. */
export const stock = (at: Subject): void => {
  const move = (what: "add" | "reduce", id: number, form: object) => at.admin.post(stockPath(id, what), form)
  const balance = (id: number, query = "") => at.admin.get(`${stockPath(id, "balance")}${query}`)

  describe("adding and reducing stock", () => {
    it("is as documented", async () => {
      const { id, medium } = await inSizes(at.admin, 0, 0)
      const note = "Stock purchase from Supplier ABC"
      const form = { variation_id: medium, batch_id: null, quantity: 100, note, related_invoice_id: null }
      const record = {
        id: expect.any(Number),
        inventory_id: id,
        variation_id: medium,
        batch_id: null,
        transaction_type: "purchase",
        quantity: 100,
        balance_after: 100,
        related_invoice_id: null as number | null,
        note,
        is_deleted: 0,
        user_id: expect.any(Number),
        organization_id: expect.any(Number),
        created_at: TIME,
        updated_at: TIME
      }
      const added = await move("add", id, form)
      expect(added).toMatchObject({ status: 200 })
      expect(added.json).toEqual({
        success: true,
        message: "Stock added successfully",
        data: {
          inventory: { id, name: expect.stringMatching(/^Item/), stock_quantity: 100 },
          variation: { id: medium, variation_value: "Medium", stock_quantity: 100 },
          batch: null,
          stock_record: record,
          old_stock: 0,
          new_stock: 100,
          quantity_added: 100
        }
      })
      const sale = { variation_id: medium, batch_id: null, quantity: 5, note: "Sale to Customer XYZ" }
      const reduced = await move("reduce", id, { ...sale, related_invoice_id: 123 })
      expect(reduced.json).toEqual({
        success: true,
        message: "Stock reduced successfully",
        data: {
          inventory: { id, name: expect.stringMatching(/^Item/), stock_quantity: 95 },
          variation: { id: medium, variation_value: "Medium", stock_quantity: 95 },
          batch: null,
          stock_record: {
            ...record,
            transaction_type: "sale",
            quantity: -5,
            balance_after: 95,
            related_invoice_id: 123,
            note: "Sale to Customer XYZ"
          },
          old_stock: 100,
          new_stock: 95,
          quantity_reduced: 5
        }
      })
      const { stock_records } = dataOf(await at.admin.get(`${ITEMS}/${id}`))
      expect(stock_records).toEqual(
        [reduced, added].map((answer) => dataOf<{ stock_record: object }>(answer).stock_record)
      )
    })

    it("takes blank fields for absent ones", async () => {
      const { id } = await newItem(at.admin)
      const blank = { variation_id: "", batch_id: "", note: "", related_invoice_id: "" }
      expect(dataOf(await move("add", id, { ...blank, quantity: 2 }))).toMatchObject({
        variation: null,
        batch: null,
        stock_record: { note: null, related_invoice_id: null, variation_id: null, batch_id: null }
      })
    })

    it("keeps all levels in step", async () => {
      const { id, medium, large } = await inSizes(at.admin, 10, 20, 5)
      await move("add", id, { quantity: 3 })
      await move("add", id, { quantity: 7, variation_id: large })
      await move("reduce", id, { quantity: 4, variation_id: medium })
      expect(await levels(at.admin, id)).toEqual({ item: 41, variations: [6, 27], batches: [] })
      const answer = dataOf<{ inventory: object; variation: object }>(
        await move("reduce", id, { quantity: 1, variation_id: large })
      )
      expect(answer).toMatchObject({ inventory: { stock_quantity: 40 }, variation: { stock_quantity: 26 } })
    })

    it("picks from variations when none is named", async () => {
      const { id } = await inSizes(at.admin, 3, 4, 2)
      const reduced = await move("reduce", id, { quantity: 8 })
      expect(dataOf(reduced)).toMatchObject({
        inventory: { stock_quantity: 1 },
        variation: null,
        stock_record: { variation_id: null, quantity: -8, balance_after: 1 },
        old_stock: 9,
        new_stock: 1
      })
      const { item, variations } = await levels(at.admin, id)
      expect(item).toBe(1)
      expect(variations.reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(1)
    })

    it("moves a batch, which names its variation", async () => {
      const { id, medium } = await inSizes(at.admin, 0, 0)
      const form = { inventory_id: id, variation_id: medium, batch_name: "LOT-1", expiry_date: "2095-12-31" }
      const batch = dataOf(await at.admin.post(BATCHES, form)).id
      const added = await move("add", id, { batch_id: batch, quantity: 50 })
      expect(dataOf(added)).toMatchObject({
        batch: { id: batch, batch_name: "LOT-1", stock_quantity: 50 },
        stock_record: { variation_id: medium, batch_id: batch }
      })
      const named = await move("reduce", id, { variation_id: medium, batch_id: batch, quantity: 1 })
      expect(dataOf(named)).toMatchObject({ variation: { stock_quantity: 49 }, batch: { stock_quantity: 49 } })
      expect(await levels(at.admin, id)).toEqual({ item: 49, variations: [49, 0], batches: [49] })
    })

    it("says at which level there is too little: the item, then the variation, then the batch", async () => {
      const { id, medium, large } = await inSizes(at.admin, 0, 50)
      const form = { inventory_id: id, variation_id: medium, batch_name: "LOT-1" }
      const batch = dataOf(await at.admin.post(BATCHES, form)).id
      await move("add", id, { batch_id: batch, quantity: 20 })
      await move("add", id, { variation_id: medium, quantity: 30 })
      const reduce = (quantity: number, more: object = {}) => move("reduce", id, { quantity, ...more })
      const ofBatch = { variation_id: medium, batch_id: batch }
      const item = failed("reduce", "Insufficient stock. Available: 100, Requested: 101")
      const variation = failed("reduce", "Insufficient variation stock. Available: 50, Requested: 60")
      expect(await reduce(101)).toMatchObject(item)
      expect(await reduce(101, { variation_id: large })).toMatchObject(item)
      expect(await reduce(101, ofBatch)).toMatchObject(item)
      expect(await reduce(101, { batch_id: batch })).toMatchObject(item)
      expect(await reduce(60, { variation_id: large })).toMatchObject(variation)
      expect(await reduce(60, ofBatch)).toMatchObject(variation)
      const short = failed("reduce", "Insufficient batch stock. Available: 20, Requested: 21")
      expect(await reduce(21, ofBatch)).toMatchObject(short)
      expect(await reduce(21, { batch_id: batch })).toMatchObject(short)
      expect(await levels(at.admin, id)).toEqual({ item: 100, variations: [50, 50], batches: [20] })
      const { json } = await reduce(101)
      expect(Object.keys(json as object)).toEqual(["success", "message", "error"])
    })

    it("says what things are called now, however often it was asked before", async () => {
      const { id, medium } = await inSizes(at.admin, 20, 0)
      const sale = { variation_id: medium, quantity: 1 }
      const sell = async () => dataOf(await move("reduce", id, sale))
      for (let n = 0; n < 4; n++) await sell()
      for (const name of ["Tall", "Taller"]) {
        expect((await at.admin.put(`${ITEMS}/${id}`, { name })).status).toBe(200)
        const size = { variation_type: "Size", variation_value: name }
        expect((await at.admin.put(`${VARIATIONS}/${medium}`, size)).status).toBe(200)
        for (let n = 0; n < 4; n++) {
          expect(await sell()).toMatchObject({ inventory: { id, name }, variation: { variation_value: name } })
        }
      }
      expect((await move("reduce", id, { ...sale, quantity: 8 })).status).toBe(200)
      expect((await at.admin.delete(`${VARIATIONS}/${medium}`)).status).toBe(200)
      expect(await move("reduce", id, sale)).toMatchObject(failed("reduce", "Variation not found"))
      expect(await move("add", id, sale)).toMatchObject(failed("add", "Variation not found"))
      expect((await at.admin.delete(`${ITEMS}/${id}`)).status).toBe(200)
      expect(await move("add", id, sale)).toMatchObject({ status: 404, json: { message: "Inventory item not found" } })
    })

    it("takes no more than is available, which holds made through another API lower", async () => {
      const { id } = await newItem(at.admin, { stock_quantity: 100 })
      const order = { product_id: id, quantity: 40, order_id: `B-${id}` }
      expect((await at.admin.post("/api/v1/inventory/reserve", order)).status).toBe(200)
      expect(dataOf(await at.admin.get(`${ITEMS}/${id}`)).stock_quantity).toBe(100)
      expect(dataOf(await balance(id))).toMatchObject({ inventory_stock: 100 })
      expect(await move("reduce", id, { quantity: 61 })).toMatchObject(
        failed("reduce", "Insufficient stock. Available: 60, Requested: 61")
      )
      expect(dataOf(await move("reduce", id, { quantity: 60 }))).toMatchObject({ old_stock: 100, new_stock: 40 })
    })

    it("never takes more than there is, however many ask at once", async () => {
      const { id, medium } = await inSizes(at.admin, 10, 5)
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => move("reduce", id, { quantity: 1, variation_id: medium }))
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([
        ...Array.from({ length: 10 }, () => 200),
        ...Array.from({ length: 10 }, () => 500)
      ])
      const done = answers.filter(({ status }) => status === 200).map((answer) => dataOf<Moved>(answer))
      // Each answer is of the moment after its own command, at both levels.
      for (const each of done) expect(each.inventory.stock_quantity - each.variation.stock_quantity).toBe(5)
      expect(done.map(({ new_stock }) => new_stock).sort((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
    })

    it.each(["add", "reduce"] as const)("knows what it is to %s: item, variation and batch", async (what) => {
      const { id, medium } = await inSizes(at.admin, 5, 5)
      const other = await inSizes(at.admin, 5, 5)
      const lots = await inBatches(at.admin, 5, 5)
      const noVariation = failed(what, "Variation not found")
      const noBatch = failed(what, "Batch not found")
      for (const variation_id of [NOBODYS, other.medium]) {
        expect(await move(what, id, { quantity: 1, variation_id })).toMatchObject(noVariation)
      }
      for (const batch_id of [NOBODYS, lots.first]) {
        expect(await move(what, id, { quantity: 1, batch_id })).toMatchObject(noBatch)
      }
      const ofLarge = { inventory_id: id, variation_id: (await levelsOf(id)).large, batch_name: "LOT" }
      const batch_id = dataOf(await at.admin.post(BATCHES, ofLarge)).id
      expect(await move(what, id, { quantity: 1, variation_id: medium, batch_id })).toMatchObject(noBatch)
      expect(await move(what, id, { quantity: 1, variation_id: NOBODYS, batch_id: NOBODYS })).toMatchObject(noVariation)
      expect((await at.admin.delete(`/api/inventory-variations/${medium}?force=true`)).status).toBe(200)
      expect(await move(what, id, { quantity: 1, variation_id: medium })).toMatchObject(noVariation)
      expect((await at.admin.delete(`${BATCHES}/${batch_id}`)).status).toBe(200)
      expect(await move(what, id, { quantity: 1, batch_id })).toMatchObject(noBatch)
      const message = "Inventory item not found"
      expect(await move(what, NOBODYS, { quantity: 1 })).toMatchObject({
        status: 404,
        json: { success: false, message }
      })
      expect(await at.world.stranger.post(stockPath(id, what), { quantity: 1 })).toMatchObject(ANOTHERS)
      await at.admin.delete(`${ITEMS}/${id}?force=true`)
      expect(await move(what, id, { quantity: 1 })).toMatchObject({ status: 404, json: { message } })
    })

    const levelsOf = async (id: number) => {
      const { variations } = dataOf(await at.admin.get(`${ITEMS}/${id}`))
      return { large: variations[1]?.id ?? 0 }
    }

    it.each([
      [{ quantity: 0 }, "quantity", "The quantity must be at least 1."],
      [{ quantity: -5 }, "quantity", "The quantity must be at least 1."],
      [{ quantity: 1.5 }, "quantity", "The quantity must be an integer."],
      [{ quantity: "5" }, "quantity", "The quantity must be an integer."],
      [{ quantity: null }, "quantity", "The quantity field is required."],
      [{ quantity: "" }, "quantity", "The quantity field is required."],
      [{}, "quantity", "The quantity field is required."],
      [{ quantity: 1, variation_id: "x" }, "variation_id", "The variation id must be an integer."],
      [{ quantity: 1, batch_id: 0 }, "batch_id", "The batch id must be at least 1."],
      [{ quantity: 1, note: 5 }, "note", "The note must be a string."]
    ])("does not take %j", async (form, field, message) => {
      const { id } = await newItem(at.admin, { stock_quantity: 5 })
      for (const what of ["add", "reduce"] as const) {
        expect(await move(what, id, form)).toMatchObject(refused(field, message))
      }
      expect((await levels(at.admin, id)).item).toBe(5)
    })

    it("counts no further than numbers go", async () => {
      const { id } = await newItem(at.admin, { stock_quantity: 1 })
      const answer = await move("add", id, { quantity: Number.MAX_SAFE_INTEGER })
      expect(answer).toMatchObject({ status: 500, json: { success: false, message: "Failed to add stock" } })
      expect((await levels(at.admin, id)).item).toBe(1)
    })
  })

  describe("the balance", () => {
    it("is as documented, of the item, the variation and the batch", async () => {
      const { id, medium } = await inSizes(at.admin, 0, 55)
      const form = { inventory_id: id, variation_id: medium, batch_name: "BATCH-2025-001", expiry_date: "2095-12-31" }
      const batch = dataOf(await at.admin.post(BATCHES, form)).id
      await move("add", id, { batch_id: batch, quantity: 50 })
      await move("add", id, { variation_id: medium, quantity: 45 })
      const item = { inventory_id: id, inventory_name: expect.stringMatching(/^Item/), inventory_stock: 150 }
      const variation = { variation_id: medium, variation_value: "Medium", variation_stock: 95 }
      const lot = {
        batch_id: batch,
        batch_name: "BATCH-2025-001",
        batch_stock: 50,
        batch_expiry_date: "2095-12-31"
      }
      expect((await balance(id)).json).toEqual({ success: true, data: item })
      expect((await balance(id, `?variation_id=${medium}`)).json).toEqual({
        success: true,
        data: { ...item, ...variation }
      })
      expect((await balance(id, `?variation_id=${medium}&batch_id=${batch}`)).json).toEqual({
        success: true,
        data: { ...item, ...variation, ...lot }
      })
      expect((await balance(id, `?batch_id=${batch}&variation_id=`)).json).toEqual({
        success: true,
        data: { ...item, ...lot }
      })
    })

    it("is of what there is", async () => {
      const { id } = await newItem(at.admin)
      const missing = (message: string) => ({ status: 404, json: { success: false, message } })
      expect(await balance(NOBODYS)).toMatchObject(missing("Inventory item not found"))
      expect(await balance(id, `?variation_id=${NOBODYS}`)).toMatchObject(missing("Variation not found"))
      expect(await balance(id, `?batch_id=${NOBODYS}`)).toMatchObject(missing("Batch not found"))
      expect(await balance(id, "?variation_id=x")).toMatchObject(
        refused("variation_id", "The variation id must be an integer.")
      )
      expect(await at.world.stranger.get(stockPath(id, "balance"))).toMatchObject(ANOTHERS)
    })
  })
}

interface Moved {
  readonly inventory: { readonly stock_quantity: number }
  readonly variation: { readonly stock_quantity: number }
  readonly new_stock: number
}
