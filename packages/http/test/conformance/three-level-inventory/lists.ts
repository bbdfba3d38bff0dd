import { beforeAll, describe, expect, it } from "vitest"
import { dataOf, ITEMS, newItem, refused, type Shown, type Subject } from "./subject.ts"

interface Listed {
  readonly current_page: number
  readonly data: ReadonlyArray<Shown & { readonly name: string }>
  readonly per_page: number
  readonly total: number
}

/** `GET /api/inventories`. */
export const lists = (at: Subject): void => {
  describe("the list of inventory items", () => {
    let category: number
    const list = async (query: string) => dataOf<Listed>(await at.admin.get(`${ITEMS}?search=listed&${query}`))
    const names = async (query: string) => (await list(query)).data.map(({ name }) => name)

    beforeAll(async () => {
      category = dataOf(await at.admin.post("/api/inventory_categories", { name: "Of the list" })).id
      await newItem(at.admin, { name: "Listed shirt", type: "product", category_id: category, stock_quantity: 30 })
      const sizes = ["Medium", "Large"].map((value) => ({
        variation_type: "Size",
        variation_value: value,
        variation_price: 2000,
        stock_quantity: 10
      }))
      await newItem(at.admin, { name: "Listed shoes", type: "product", variations: sizes })
      await newItem(at.admin, { name: "Listed thread", type: "raw_material", has_batches: true, qr_code: "LISTED-QR" })
    })

    it("is as documented", async () => {
      const answer = await at.world.customer.get(`${ITEMS}?search=listed&has_variations=true&per_page=20`)
      expect(answer).toMatchObject({
        status: 200,
        json: {
          success: true,
          data: {
            current_page: 1,
            per_page: 20,
            total: 1,
            data: [
              {
                name: "Listed shoes",
                stock_quantity: 20,
                has_variations: true,
                user: { name: "admin" },
                variations: [
                  { variation_value: "Medium", variation_price: 2000, stock_quantity: 10 },
                  { variation_value: "Large", variation_price: 2000, stock_quantity: 10 }
                ],
                batches: []
              }
            ]
          }
        }
      })
    })

    it("is paged, ten at a time unless told otherwise", async () => {
      expect(await list("")).toMatchObject({ current_page: 1, per_page: 10, total: 3 })
      expect(await list("per_page=2&page=2")).toMatchObject({ current_page: 2, per_page: 2, total: 3 })
      const pages = await Promise.all([1, 2, 3].map((page) => names(`per_page=2&page=${page}`)))
      expect(pages).toEqual([["Listed shirt", "Listed shoes"], ["Listed thread"], []])
    })

    it.each([
      ["type=raw_material", ["Listed thread"]],
      ["has_variations=0", ["Listed shirt", "Listed thread"]],
      ["has_variations=1", ["Listed shoes"]],
      ["has_batches=true", ["Listed thread"]],
      ["has_batches=false", ["Listed shirt", "Listed shoes"]],
      ["stock_status=in_stock", ["Listed shirt", "Listed shoes"]],
      ["stock_status=out_of_stock", ["Listed thread"]],
      ["stock_status=low_stock&low_stock_threshold=20", ["Listed shoes", "Listed thread"]],
      ["low_stock_threshold=20", ["Listed shirt", "Listed shoes", "Listed thread"]],
      ["type=product&has_variations=false&stock_status=in_stock", ["Listed shirt"]],
      [
        "type=&has_batches=&category_id=&stock_status=&page=&per_page=&low_stock_threshold=",
        ["Listed shirt", "Listed shoes", "Listed thread"]
      ],
      ["category_id=999999", []],
      ["brand_id=999999", []],
      ["unit_id=999999", []]
    ])("is narrowed by %s", async (query, expected) => {
      expect(await names(query)).toEqual(expected)
    })

    it("is narrowed by category, and searched by name and QR code", async () => {
      expect(await names(`category_id=${category}`)).toEqual(["Listed shirt"])
      const found = dataOf<Listed>(await at.admin.get(`${ITEMS}?search=listed-qr`))
      expect(found.data.map(({ name }) => name)).toEqual(["Listed thread"])
      expect(dataOf<Listed>(await at.world.stranger.get(`${ITEMS}?search=listed`)).data).toEqual([])
    })

    it.each([
      ["page=0", "page", "The page must be at least 1."],
      ["page=x", "page", "The page must be an integer."],
      ["per_page=0", "per_page", "The per page must be at least 1."],
      ["per_page=101", "per_page", "The per page may not be greater than 100."],
      ["stock_status=plenty", "stock_status", "The selected stock status is invalid."],
      ["stock_status=low_stock", "low_stock_threshold", "The low stock threshold field is required."],
      ["low_stock_threshold=-1", "low_stock_threshold", "The low stock threshold must be at least 0."],
      ["has_batches=perhaps", "has_batches", "The has batches field must be true or false."],
      ["category_id=x", "category_id", "The category id must be an integer."]
    ])("does not take ?%s", async (query, field, message) => {
      expect(await at.admin.get(`${ITEMS}?${query}`)).toMatchObject(refused(field, message))
    })

    it.each(["categories", "brands", "units"])("of %s says nothing of its length, so it is whole", async (what) => {
      const path = `/api/inventory_${what}`
      for (let n = 0; n < 11; n++) await at.admin.post(path, { name: `Eleven ${n}` })
      expect(dataOf(await at.admin.get(`${path}?search=eleven`))).toHaveLength(11)
      expect(dataOf(await at.admin.get(`${path}?search=eleven&per_page=4&page=3`))).toHaveLength(3)
      expect((await at.admin.get(`${path}?per_page=1001`)).status).toBe(422)
    })

    it("shows all variations of a page, however many there are", async () => {
      const many = Array.from({ length: 100 }, (_, n) => ({ variation_type: "Number", variation_value: `${n}` }))
      for (let n = 0; n < 11; n++) await newItem(at.admin, { name: `Numerous ${n}`, variations: many })
      const { data } = dataOf<Listed>(await at.admin.get(`${ITEMS}?search=numerous&per_page=100`))
      expect(data.map(({ variations }) => variations.length)).toEqual(Array.from({ length: 11 }, () => 100))
    })
  })
}
