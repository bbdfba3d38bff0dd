import { describe, expect, it } from "vitest"
import {
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
  TIME
} from "./subject.ts"

const ANOTHERS = { status: 403, json: { success: false, message: "Unauthorized access to batch" } }

/** `/api/inventory-batches`. */
export const batches = (at: Subject): void => {
  describe("a batch", () => {
    it("is made, read and listed", async () => {
      const { id } = await newItem(at.admin, { has_batches: true })
      const form = {
        inventory_id: id,
        variation_id: null,
        batch_name: "BATCH-2025-001",
        expiry_date: "2095-12-31",
        manufacture_date: "2025-01-31",
        cost_price: 1200
      }
      const made = await at.admin.post(BATCHES, form)
      expect(made).toMatchObject({ status: 201, json: { success: true, message: "Batch created successfully" } })
      const batch = dataOf(made)
      expect(batch).toEqual({
        ...form,
        id: expect.any(Number),
        stock_quantity: 0,
        is_deleted: 0,
        user_id: expect.any(Number),
        organization_id: expect.any(Number),
        created_at: TIME,
        updated_at: TIME
      })
      expect(made.headers.get("location")).toBe(`${BATCHES}/${batch.id}`)
      expect((await at.world.customer.get(`${BATCHES}/${batch.id}`)).json).toEqual({ success: true, data: batch })
      expect((await at.admin.get(`${BATCHES}/inventory/${id}`)).json).toEqual({ success: true, data: [batch] })
      expect(dataOf(await at.admin.get(`${ITEMS}/${id}`))).toMatchObject({ batches: [batch] })
      expect((await at.admin.get(`${BATCHES}/inventory/${id}?per_page=1&page=2`)).json).toEqual({
        success: true,
        data: []
      })
    })

    it("is of a variation of the item, if of any", async () => {
      const { id, medium } = await inSizes(at.admin, 0, 0)
      const form = { inventory_id: id, batch_name: "LOT", expiry_date: "", manufacture_date: "", cost_price: "" }
      const made = dataOf(await at.admin.post(BATCHES, { ...form, variation_id: medium }))
      expect(made).toMatchObject({ variation_id: medium, expiry_date: null, manufacture_date: null, cost_price: null })
      expect(dataOf(await at.admin.post(BATCHES, { ...form, variation_id: "" }))).toMatchObject({ variation_id: null })
      const other = await inSizes(at.admin, 0, 0)
      for (const variation_id of [NOBODYS, other.medium]) {
        expect(await at.admin.post(BATCHES, { ...form, variation_id })).toMatchObject(
          refused("variation_id", "The selected variation id is invalid.")
        )
      }
      const invalid = refused("inventory_id", "The selected inventory id is invalid.")
      expect(await at.world.stranger.post(BATCHES, form)).toMatchObject(invalid)
      expect(await at.admin.post(BATCHES, { ...form, inventory_id: NOBODYS })).toMatchObject(invalid)
      expect(await at.admin.post(BATCHES, { ...form, variation_id: medium })).toMatchObject(
        refused("batch_name", "The batch name has already been taken.")
      )
    })

    it("changes in the fields given and no others", async () => {
      const { id, first } = await inBatches(at.admin, 4, 0)
      const change = { batch_name: "BATCH-2025-001A", expiry_date: "2098-12-31", cost_price: 12.5 }
      expect(await at.admin.put(`${BATCHES}/${first}`, change)).toMatchObject({
        status: 200,
        json: {
          success: true,
          message: "Batch updated successfully",
          data: { ...change, inventory_id: id, stock_quantity: 4, manufacture_date: null }
        }
      })
      expect(dataOf(await at.admin.put(`${BATCHES}/${first}`, { batch_name: "", cost_price: "" }))).toMatchObject(
        change
      )
      expect(dataOf(await at.admin.put(`${BATCHES}/${first}`, { expiry_date: null }))).toMatchObject({
        ...change,
        expiry_date: null
      })
    })

    it.each([
      [{ batch_name: "" }, "batch_name", "The batch name field is required."],
      [{ expiry_date: "soon" }, "expiry_date", "The expiry date is not a valid date."],
      [{ expiry_date: "2025-02-30" }, "expiry_date", "The expiry date is not a valid date."],
      [{ manufacture_date: "31.12.2025" }, "manufacture_date", "The manufacture date is not a valid date."],
      [{ cost_price: -1 }, "cost_price", "The cost price must be at least 0."]
    ])("does not take %j", async (fields, field, message) => {
      const { id } = await newItem(at.admin)
      expect(await at.admin.post(BATCHES, { inventory_id: id, batch_name: "B", ...fields })).toMatchObject(
        refused(field, message)
      )
    })

    it("is another organization's own", async () => {
      const { id, first } = await inBatches(at.admin, 3, 0)
      const path = `${BATCHES}/${first}`
      const { stranger } = at.world
      expect(await stranger.get(path)).toMatchObject(ANOTHERS)
      expect(await stranger.put(path, { batch_name: "mine" })).toMatchObject(ANOTHERS)
      expect(await stranger.delete(`${path}?force=true`)).toMatchObject(ANOTHERS)
      expect((await stranger.get(`${BATCHES}/inventory/${id}`)).status).toBe(403)
      expect(await levels(at.admin, id)).toEqual({ item: 3, variations: [], batches: [3, 0] })
    })

    it("is sold from when its date was past on arrival, as in the document, until it is given another", async () => {
      const { id, medium } = await inSizes(at.admin, 45, 0)
      const form = { inventory_id: id, variation_id: medium, batch_name: "BATCH-2025-001", expiry_date: "2025-12-31" }
      const made = dataOf(await at.admin.post(BATCHES, form))
      expect(made).toMatchObject({ expiry_date: "2025-12-31" })
      const named = { variation_id: medium, batch_id: made.id }
      await at.admin.post(stockPath(id, "add"), { ...named, quantity: 60 })
      expect((await at.admin.post(stockPath(id, "reduce"), { ...named, quantity: 10 })).status).toBe(200)
      const balance = await at.admin.get(
        `/api/inventory/${id}/stock/balance?variation_id=${medium}&batch_id=${made.id}`
      )
      expect(dataOf(balance)).toMatchObject({ batch_stock: 50, batch_expiry_date: "2025-12-31" })
      const path = `${BATCHES}/${made.id}`
      expect((await at.admin.put(path, { batch_name: "B", expiry_date: "2025-12-31" })).status).toBe(200)
      expect((await at.admin.post(stockPath(id, "reduce"), { ...named, quantity: 1 })).status).toBe(200)
      expect((await at.admin.put(path, { expiry_date: "2025-12-30" })).status).toBe(200)
      expect(await at.admin.post(stockPath(id, "reduce"), { ...named, quantity: 1 })).toMatchObject({
        status: 500,
        json: { error: "Insufficient batch stock. Available: 0, Requested: 1" }
      })
    })

    it("is sold from by its date when none is named, past as the dates may be", async () => {
      const { id } = await newItem(at.admin)
      for (const [batch_name, expiry_date] of [
        ["LATE", "2025-12-31"],
        ["EARLY", "2025-06-30"]
      ] as const) {
        const batch = dataOf(await at.admin.post(BATCHES, { inventory_id: id, batch_name, expiry_date }))
        await at.admin.post(stockPath(id, "add"), { batch_id: batch.id, quantity: 5 })
      }
      expect((await at.admin.post(stockPath(id, "reduce"), { quantity: 6 })).status).toBe(200)
      expect(await levels(at.admin, id)).toEqual({ item: 4, variations: [], batches: [4, 0] })
    })

    it("is sold from by expiry when none is named, and not once it is expired", async () => {
      const { id, first, second } = await inBatches(at.admin, 3, 5)
      expect((await at.admin.post(stockPath(id, "reduce"), { quantity: 4 })).status).toBe(200)
      expect(await levels(at.admin, id)).toEqual({ item: 4, variations: [], batches: [0, 4] })
      await at.admin.post(stockPath(id, "add"), { batch_id: first, quantity: 2 })
      expect((await at.admin.put(`${BATCHES}/${second}`, { expiry_date: "2001-01-01" })).status).toBe(200)
      expect(await at.admin.post(stockPath(id, "reduce"), { quantity: 3 })).toMatchObject({
        status: 500,
        json: { error: "Insufficient stock. Available: 2, Requested: 3" }
      })
      expect(await at.admin.post(stockPath(id, "reduce"), { quantity: 1, batch_id: second })).toMatchObject({
        status: 500,
        json: { error: "Insufficient batch stock. Available: 0, Requested: 1" }
      })
      expect(await levels(at.admin, id)).toEqual({ item: 6, variations: [], batches: [2, 4] })
    })
  })
}
