import { describe, expect, it } from "vitest"
import { dataOf, ITEMS, inSizes, levels, NOBODYS, newItem, refused, type Subject, TIME, VARIATIONS } from "./subject.ts"

const ANOTHERS = { status: 403, json: { success: false, message: "Unauthorized access to variation" } }

/** `/api/inventory-variations`. */
export const variations = (at: Subject): void => {
  describe("a variation", () => {
    it("is made as documented, and its item then has variations", async () => {
      const { id } = await newItem(at.admin)
      const documented = {
        inventory_id: id,
        variation_type: "Color",
        variation_value: "Blue",
        variation_note: "Navy blue color",
        variation_price: 2100,
        stock_quantity: 0,
        batch_tracking: false,
        note: "New color variant"
      }
      const made = await at.admin.post(VARIATIONS, documented)
      expect(made).toMatchObject({ status: 201, json: { success: true, message: "Variation created successfully" } })
      const variation = dataOf(made)
      expect(variation).toEqual({
        ...documented,
        id: expect.any(Number),
        is_deleted: 0,
        user_id: expect.any(Number),
        organization_id: expect.any(Number),
        created_at: TIME,
        updated_at: TIME
      })
      expect(dataOf(await at.admin.get(`${ITEMS}/${id}`))).toMatchObject({
        has_variations: true,
        variations: [variation]
      })
      const read = await at.world.customer.get(`${VARIATIONS}/${variation.id}`)
      expect(read).toMatchObject({ status: 200 })
      const inventory = { id, name: expect.stringMatching(/^Item/) }
      expect(read.json).toEqual({ success: true, data: { ...variation, inventory } })
      expect(made.headers.get("location")).toBe(`${VARIATIONS}/${variation.id}`)
      expect((await at.admin.get(`${VARIATIONS}/inventory/${id}`)).json).toEqual({ success: true, data: [variation] })
    })

    it("needs an item and a value, and costs what the item costs", async () => {
      const { id } = await newItem(at.admin, { default_price: 1500 })
      const blank = { variation_type: "", variation_note: "", variation_price: "", stock_quantity: "", note: "" }
      const made = await at.admin.post(VARIATIONS, { inventory_id: id, variation_value: "One", ...blank })
      expect(dataOf(made)).toMatchObject({ variation_type: null, variation_price: 1500, stock_quantity: 0, note: null })
      await at.admin.put(`${ITEMS}/${id}`, { default_price: 1600 })
      expect(dataOf(await at.admin.get(`${VARIATIONS}/${dataOf(made).id}`))).toMatchObject({ variation_price: 1600 })
      expect(dataOf(await at.admin.get(`${ITEMS}/${id}`))).toMatchObject({ variations: [{ variation_price: 1600 }] })
    })

    it("brings its opening stock to the item", async () => {
      const { id } = await newItem(at.admin, { stock_quantity: 5 })
      const form = { inventory_id: id, variation_type: "Size", variation_value: "Extra Large", stock_quantity: 7 }
      expect(dataOf(await at.admin.post(VARIATIONS, form)).stock_quantity).toBe(7)
      expect(await levels(at.admin, id)).toEqual({ item: 12, variations: [7], batches: [] })
      const { stock_records } = dataOf(await at.admin.get(`${ITEMS}/${id}`))
      expect(stock_records[0]).toMatchObject({ transaction_type: "purchase", quantity: 7, balance_after: 12 })
    })

    it("changes in the fields given and no others", async () => {
      const { medium, id } = await inSizes(at.admin, 4, 0)
      const change = { variation_value: "Extra Large", variation_price: 2400, note: "Updated to XL size" }
      expect(await at.admin.put(`${VARIATIONS}/${medium}`, change)).toMatchObject({
        status: 200,
        json: {
          success: true,
          message: "Variation updated successfully",
          data: { ...change, id: medium, inventory_id: id, variation_type: "Size", stock_quantity: 4 }
        }
      })
      const price = await at.admin.put(`${VARIATIONS}/${medium}`, { variation_price: 2500, variation_value: "" })
      expect(dataOf(price)).toMatchObject({ ...change, variation_price: 2500 })
      expect(dataOf(await at.admin.put(`${VARIATIONS}/${medium}`, { note: null }))).toMatchObject({ note: null })
    })

    it("differs from the item's others", async () => {
      const { id, large } = await inSizes(at.admin, 0, 0)
      const taken = refused("variation_value", "The variation value has already been taken.")
      const twin = { variation_type: "Size", variation_value: "Medium" }
      expect(await at.admin.post(VARIATIONS, { inventory_id: id, ...twin })).toMatchObject(taken)
      expect(await at.admin.put(`${VARIATIONS}/${large}`, twin)).toMatchObject(taken)
      expect((await at.admin.post(VARIATIONS, { inventory_id: id, ...twin, variation_type: "Fit" })).status).toBe(201)
    })

    it("belongs to an item that there is", async () => {
      const invalid = refused("inventory_id", "The selected inventory id is invalid.")
      const { id } = await newItem(at.admin)
      const form = { variation_value: "Blue" }
      expect(await at.admin.post(VARIATIONS, { ...form, inventory_id: NOBODYS })).toMatchObject(invalid)
      expect(await at.world.stranger.post(VARIATIONS, { ...form, inventory_id: id })).toMatchObject(invalid)
      await at.admin.delete(`${ITEMS}/${id}`)
      expect(await at.admin.post(VARIATIONS, { ...form, inventory_id: id })).toMatchObject(invalid)
      expect(await at.admin.post(VARIATIONS, form)).toMatchObject(
        refused("inventory_id", "The inventory id field is required.")
      )
    })

    it("is another organization's own", async () => {
      const { id, medium } = await inSizes(at.admin, 1, 1)
      const path = `${VARIATIONS}/${medium}`
      const { stranger } = at.world
      expect(await stranger.get(path)).toMatchObject(ANOTHERS)
      expect(await stranger.put(path, { note: "mine" })).toMatchObject(ANOTHERS)
      expect(await stranger.delete(`${path}?force=true`)).toMatchObject(ANOTHERS)
      expect((await stranger.get(`${VARIATIONS}/inventory/${id}`)).status).toBe(403)
      expect(await levels(at.admin, id)).toEqual({ item: 2, variations: [1, 1], batches: [] })
    })

    it("is not found when there is none", async () => {
      const missing = { status: 404, json: { success: false, message: "Variation not found" } }
      expect(await at.admin.get(`${VARIATIONS}/0`)).toMatchObject(missing)
      expect(await at.admin.put(`${VARIATIONS}/${NOBODYS}`, { note: "x" })).toMatchObject(missing)
      expect(await at.admin.get(`${VARIATIONS}/inventory/${NOBODYS}`)).toMatchObject({
        status: 404,
        json: { message: "Inventory item not found" }
      })
    })

    it("is listed in pages where asked for", async () => {
      const { id, medium, large } = await inSizes(at.admin, 0, 0)
      const ids = async (query: string) =>
        dataOf<ReadonlyArray<{ id: number }>>(await at.admin.get(`${VARIATIONS}/inventory/${id}${query}`)).map(
          (each) => each.id
        )
      expect(await ids("")).toEqual([medium, large])
      expect(await ids("?per_page=1")).toEqual([medium])
      expect(await ids("?per_page=1&page=2")).toEqual([large])
      expect(await at.admin.get(`${VARIATIONS}/inventory/${id}?per_page=1001`)).toMatchObject(
        refused("per_page", "The per page may not be greater than 1000.")
      )
    })
  })
}
