import { describe, expect, it } from "vitest"
import { newProduct } from "../world.ts"
import { ANOTHERS, dataOf, ITEMS, inSizes, levels, NOBODYS, newItem, refused, type Subject, TIME } from "./subject.ts"

const documented = {
  name: "T-Shirt",
  type: "product",
  stock_quantity: 0,
  default_price: 2000,
  default_cost_price: 1200,
  qr_code: "TSH-001",
  has_variations: true,
  has_batches: false,
  note: "Cotton T-Shirt",
  variations: [
    {
      variation_type: "Size",
      variation_value: "Small",
      variation_note: "Small size",
      variation_price: 1800,
      stock_quantity: 0,
      batch_tracking: false
    },
    { variation_type: "Size", variation_value: "Medium", variation_price: 2000, stock_quantity: 0 },
    { variation_type: "Size", variation_value: "Large", variation_price: 2200, stock_quantity: 0 }
  ]
}

/** `/api/inventories`, one at a time. */
export const items = (at: Subject): void => {
  const termOf = async (terms: string, name: string) =>
    dataOf(await at.admin.post(`/api/inventory_${terms}`, { name })).id

  describe("an inventory item", () => {
    it("is made as documented, with its variations", async () => {
      const terms = {
        unit_id: await termOf("units", "Piece"),
        category_id: await termOf("categories", "Apparel"),
        brand_id: await termOf("brands", "Acme")
      }
      const made = await at.admin.post(ITEMS, { ...documented, ...terms })
      expect(made).toMatchObject({
        status: 201,
        json: { success: true, message: "Inventory item created successfully" }
      })
      const item = dataOf(made)
      const kept = { is_deleted: 0, user_id: expect.any(Number), organization_id: expect.any(Number) }
      const times = { created_at: TIME, updated_at: TIME }
      expect(item).toEqual({
        ...documented,
        ...terms,
        ...kept,
        ...times,
        id: expect.any(Number),
        user: { id: expect.any(Number), name: "admin" },
        organization: { id: expect.any(Number), name: expect.stringMatching(/./) },
        variations: documented.variations.map((variation) => ({
          variation_note: null,
          batch_tracking: false,
          ...variation,
          note: null,
          id: expect.any(Number),
          inventory_id: item.id,
          ...kept,
          ...times
        })),
        batches: []
      })
      expect(made.headers.get("location")).toBe(`${ITEMS}/${item.id}`)
      const read = await at.world.customer.get(`${ITEMS}/${item.id}`)
      expect(read).toMatchObject({ status: 200, json: { success: true, data: { ...item, stock_records: [] } } })
    })

    it("needs a name and nothing else", async () => {
      const item = await newItem(at.admin, { name: "Plain" })
      expect(item).toMatchObject({
        name: "Plain",
        type: null,
        stock_quantity: 0,
        default_price: null,
        default_cost_price: null,
        unit_id: null,
        category_id: null,
        brand_id: null,
        qr_code: null,
        has_variations: false,
        has_batches: false,
        note: null,
        variations: [],
        batches: []
      })
    })

    it("takes a field that is blank or null for one that is not there", async () => {
      for (const blank of ["", null]) {
        const item = await newItem(at.admin, {
          type: blank,
          stock_quantity: blank,
          default_price: blank,
          default_cost_price: blank,
          unit_id: blank,
          category_id: blank,
          brand_id: blank,
          qr_code: blank,
          has_variations: blank,
          has_batches: blank,
          note: blank,
          variations: [
            {
              variation_type: "Size",
              variation_value: "One",
              variation_note: blank,
              variation_price: blank,
              stock_quantity: blank,
              batch_tracking: blank
            }
          ]
        })
        expect(item).toMatchObject({ type: null, default_price: null, qr_code: null, stock_quantity: 0 })
      }
      expect((await newItem(at.admin, { variations: "" })).variations).toEqual([])
    })

    it("is refused as documented", async () => {
      expect(await at.admin.post(ITEMS, { variations: [{ variation_type: "Size" }] })).toMatchObject({
        status: 422,
        json: {
          success: false,
          errors: {
            name: ["The name field is required."],
            "variations.0.variation_value": ["The variation value field is required."]
          }
        }
      })
    })

    it.each([
      [{ name: "x".repeat(256) }, "name", "The name may not be greater than 255 characters."],
      [{ name: "" }, "name", "The name field is required."],
      [{ name: null }, "name", "The name field is required."],
      [{ name: "   " }, "name", "The name field is required."],
      [{ stock_quantity: -1 }, "stock_quantity", "The stock quantity must be at least 0."],
      [{ stock_quantity: 1.5 }, "stock_quantity", "The stock quantity must be an integer."],
      [{ stock_quantity: "many" }, "stock_quantity", "The stock quantity must be an integer."],
      [{ default_price: "a lot" }, "default_price", "The default price must be a number."],
      [{ default_price: -1 }, "default_price", "The default price must be at least 0."],
      [{ has_batches: "perhaps" }, "has_batches", "The has batches field must be true or false."],
      [{ qr_code: "x".repeat(101) }, "qr_code", "The qr code may not be greater than 100 characters."],
      [{ category_id: NOBODYS }, "category_id", "The selected category id is invalid."],
      [{ brand_id: NOBODYS }, "brand_id", "The selected brand id is invalid."],
      [{ unit_id: NOBODYS }, "unit_id", "The selected unit id is invalid."],
      [{ variations: 5 }, "variations", "The variations must be an array."],
      [{ variations: [5] }, "variations.0", "The variations.0 must be an array."]
    ])("does not take %j", async (fields, field, message) => {
      expect(await at.admin.post(ITEMS, { name: "Wrong", ...fields })).toMatchObject(refused(field, message))
    })

    it("is not made of what is no JSON", async () => {
      expect(await at.admin.post(ITEMS, '{"name":')).toMatchObject(
        refused("body", "The request body is not valid JSON.")
      )
    })

    it("has its opening stock in the ledger", async () => {
      const { id, medium, large } = await inSizes(at.admin, 100, 50, 5)
      expect(await levels(at.admin, id)).toEqual({ item: 155, variations: [100, 50], batches: [] })
      const { stock_records } = dataOf(await at.admin.get(`${ITEMS}/${id}`))
      const record = { transaction_type: "purchase", note: "Initial stock", inventory_id: id, created_at: TIME }
      expect(stock_records).toMatchObject([
        { ...record, variation_id: large, quantity: 50, balance_after: 155 },
        { ...record, variation_id: medium, quantity: 100, balance_after: 105 },
        { ...record, variation_id: null, batch_id: null, quantity: 5, balance_after: 5 }
      ])
    })

    it("is made with no more than can be counted, or not at all", async () => {
      const most = Number.MAX_SAFE_INTEGER
      const name = "Uncountable"
      const variations = [{ variation_type: "Size", variation_value: "One", stock_quantity: 1 }]
      const answer = await at.admin.post(ITEMS, { name, stock_quantity: most, variations })
      expect(answer).toMatchObject(refused("stock_quantity", `The stock quantity may not be greater than ${most}.`))
      expect(dataOf<{ total: number }>(await at.admin.get(`${ITEMS}?search=${name}`)).total).toBe(0)
    })

    it("has a qr code that no other has", async () => {
      await newItem(at.admin, { qr_code: "QR-TAKEN" })
      const taken = refused("qr_code", "The qr code has already been taken.")
      expect(await at.admin.post(ITEMS, { name: "Twin", qr_code: "QR-TAKEN" })).toMatchObject(taken)
      const { id } = await newItem(at.admin)
      expect(await at.admin.put(`${ITEMS}/${id}`, { qr_code: "QR-TAKEN" })).toMatchObject(taken)
      expect((await at.world.stranger.post(ITEMS, { name: "Twin", qr_code: "QR-TAKEN" })).status).toBe(201)
    })

    it("has variations that differ", async () => {
      const twin = { variation_type: "Size", variation_value: "Medium" }
      const name = "With twins"
      expect(await at.admin.post(ITEMS, { name, variations: [twin, twin] })).toMatchObject({
        status: 422,
        json: { errors: { "variations.1.variation_value": ["The variation value has already been taken."] } }
      })
      expect(dataOf<{ total: number }>(await at.admin.get(`${ITEMS}?search=${name}`)).total).toBe(0)
    })

    it("changes in the fields given and no others", async () => {
      const { id } = await newItem(at.admin, {
        type: "product",
        default_price: 2000,
        qr_code: "KEPT",
        stock_quantity: 3
      })
      const change = {
        name: "T-Shirt Updated",
        default_price: 2500,
        default_cost_price: 1500,
        note: "Premium cotton T-Shirt",
        has_batches: true
      }
      expect(await at.admin.put(`${ITEMS}/${id}`, change)).toMatchObject({
        status: 200,
        json: {
          success: true,
          message: "Inventory item updated successfully",
          data: { ...change, id, type: "product", qr_code: "KEPT", stock_quantity: 3 }
        }
      })
      const blank = { name: "", default_price: "", note: "", stock_quantity: 99, variations: [] }
      expect(dataOf(await at.admin.put(`${ITEMS}/${id}`, blank))).toMatchObject({ ...change, stock_quantity: 3 })
    })

    it("loses what is set to null", async () => {
      const { id } = await newItem(at.admin, { type: "product", default_price: 2000, qr_code: "LOST", note: "Old" })
      const none = { type: null, default_price: null, default_cost_price: null, qr_code: null, note: null }
      expect(dataOf(await at.admin.put(`${ITEMS}/${id}`, none))).toMatchObject(none)
    })

    it("is a product of the other APIs, and theirs are items here", async () => {
      const { id } = await newItem(at.admin, { default_price: 12.5 })
      expect((await at.admin.get(`/api/v1/products/${id}`)).json).toMatchObject({ id, unit_price: "12.50" })
      const product = await newProduct(at.admin, { unit_price: 3 })
      expect(dataOf(await at.admin.get(`${ITEMS}/${product.id}`))).toMatchObject({ default_price: 3, type: null })
    })

    it.each(["GET", "PUT", "DELETE"] as const)("is another organization's own: %s", async (method) => {
      const { id } = await newItem(at.admin)
      const body = method === "PUT" ? { name: "Mine" } : undefined
      expect(await at.world.stranger.send(method, `${ITEMS}/${id}`, body)).toMatchObject(ANOTHERS)
      expect((await at.admin.get(`${ITEMS}/${id}`)).status).toBe(200)
    })

    it.each(["0", "-1", "9007199254740991"])("is not found as %s", async (id) => {
      const message = "Inventory item not found"
      expect(await at.admin.get(`${ITEMS}/${id}`)).toMatchObject({ status: 404, json: { success: false, message } })
    })

    it.each(["x", "1.5"])("has no id like %s", async (id) => {
      expect(await at.admin.get(`${ITEMS}/${id}`)).toMatchObject(refused("id", "The id must be an integer."))
    })
  })

  describe.each([
    ["categories", "Category"],
    ["brands", "Brand"]
  ])("inventory %s", (terms, word) => {
    const path = `/api/inventory_${terms}`

    it("are made and listed", async () => {
      const made = await at.admin.post(path, { name: `Made ${terms}`, description: "Of cotton" })
      const term = {
        id: expect.any(Number),
        name: `Made ${terms}`,
        description: "Of cotton",
        created_at: TIME,
        updated_at: TIME
      }
      expect(made).toMatchObject({ status: 201, json: { success: true, message: `${word} created successfully` } })
      expect(dataOf(made)).toEqual(term)
      expect((await at.world.customer.get(`${path}?search=made`)).json).toEqual({ success: true, data: [dataOf(made)] })
      expect((await at.world.stranger.get(path)).json).toEqual({ success: true, data: [] })
      expect(await at.admin.post(path, { name: `Made ${terms}` })).toMatchObject(
        refused("name", "The name has already been taken.")
      )
      expect((await at.admin.post(path, { name: "Blank", description: "" })).json).toMatchObject({
        data: { description: null }
      })
    })
  })

  it("has units of measure", async () => {
    const made = await at.admin.post("/api/inventory_units", { name: "Kilogram", symbol: "kg", scale: 3 })
    expect(made).toMatchObject({ status: 201, json: { success: true, message: "Unit created successfully" } })
    const unit = {
      id: expect.any(Number),
      name: "Kilogram",
      symbol: "kg",
      scale: 3,
      created_at: TIME,
      updated_at: TIME
    }
    expect(dataOf(made)).toEqual(unit)
    expect((await at.admin.get("/api/inventory_units?search=kilo")).json).toEqual({
      success: true,
      data: [dataOf(made)]
    })
  })
}
