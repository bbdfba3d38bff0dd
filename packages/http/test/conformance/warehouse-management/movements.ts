import { beforeAll, describe, expect, it } from "vitest"
import { newProduct, type World } from "../world.ts"
import { list, M, onHandOf, stockedIn, warehousesOf } from "./stock.ts"

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const P = "/api/v1/products"

/** What API D's document promises of stock movements, and what its own program got wrong. */
export const movements = (world: () => World): void => {
  describe("stock movements", () => {
    let main: number
    let second: number
    beforeAll(async () => {
      ;[main, second] = await warehousesOf(world().admin)
    })
    const record = (product: number, movement_type: string, quantity: number, more: object = {}) =>
      world().admin.post(`${M}/`, { product_id: product, warehouse_id: main, movement_type, quantity, ...more })

    it("records one as documented", async () => {
      const { id } = await newProduct(world().admin)
      const request = {
        product_id: id,
        warehouse_id: main,
        movement_type: "purchase",
        quantity: 50,
        unit_cost: 100.0,
        reference_number: "PO-2023-001",
        notes: "Initial stock purchase"
      }
      const answer = await world().admin.post(`${M}/`, request)
      expect(answer.status).toBe(201)
      expect(answer.json).toMatchObject({
        ...request,
        id: expect.any(Number),
        unit_cost: "100.00",
        total_cost: "5000.00",
        created_at: TIME,
        created_by: 1,
        product: { id, total_stock: 50 },
        warehouse: { id: main, name: "Main Warehouse" },
        creator: { id: 1, username: "admin", email: "admin@example.org" }
      })
      expect(await onHandOf(world(), id)).toEqual([50, 50, 0])
      const { items } = await list(world().admin, `${M}/?product_id=${id}`)
      expect(items).toEqual([answer.json])
    })

    it.each([
      ["purchase", 3, 3],
      ["return", 3, 3],
      ["sale", 3, -3],
      ["sale", -3, -3],
      ["damaged", 3, -3],
      ["damaged", -3, -3],
      ["adjustment", 3, 3],
      ["adjustment", -3, -3]
    ])("a %s of %i changes what is there by %i", async (type, quantity, change) => {
      const { id } = await stockedIn(world().admin, main, 10)
      const answer = await record(id, type, quantity, { unit_cost: "0.07" })
      expect(answer).toMatchObject({
        status: 201,
        json: { quantity: change, unit_cost: "0.07", total_cost: change < 0 ? "-0.21" : "0.21" }
      })
      expect((await onHandOf(world(), id))[0]).toBe(10 + change)
      const [row] = (await list(world().admin, `${M}/?product_id=${id}`)).items
      expect(row).toEqual(answer.json)
    })

    it.each([
      ["purchase", 0, "quantity"],
      ["sale", 0, "quantity"],
      ["adjustment", 0, "quantity"],
      ["purchase", -5, "quantity"],
      ["return", -1, "quantity"],
      ["adjustment", 1.5, "quantity"],
      ["theft", 1, "movement_type"]
    ])("does not take a %s of %d", async (type, quantity, field) => {
      const { id } = await stockedIn(world().admin, main, 10)
      expect(await record(id, type, quantity)).toMatchObject({
        status: 422,
        json: { detail: [{ loc: ["body", field] }] }
      })
      expect(await onHandOf(world(), id)).toEqual([10, 10, 0])
    })

    it.each(["transfer_in", "transfer_out"])("a %s by hand makes no stock from nothing", async (type) => {
      const { id } = await stockedIn(world().admin, main, 10)
      for (const quantity of [5, -5]) {
        const answer = await record(id, type, quantity)
        expect(answer).toMatchObject({ status: 422, json: { detail: [{ loc: ["body", "movement_type"] }] } })
        expect(answer.text).toContain("/stock-transfers")
      }
      expect(await onHandOf(world(), id)).toEqual([10, 10, 0])
    })

    it("takes no more than is available in that warehouse, and what it takes is all or nothing", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      for (const [type, quantity] of [
        ["sale", 11],
        ["damaged", -11],
        ["adjustment", -11]
      ] as const) {
        const detail = "Insufficient stock. Available: 10, Requested: 11"
        expect(await record(id, type, quantity)).toMatchObject({ status: 400, json: { detail } })
      }
      expect(await record(id, "sale", 1, { warehouse_id: second })).toMatchObject({
        status: 400,
        json: { detail: "Insufficient stock. Available: 0, Requested: 1" }
      })
      const sales = await Promise.all(Array.from({ length: 20 }, () => record(id, "sale", 1)))
      expect(sales.filter(({ status }) => status === 201)).toHaveLength(10)
      expect(await onHandOf(world(), id)).toEqual([0, 0, 0])
    })

    it("knows no deleted product, closed warehouse, or stranger's", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const product = { status: 400, json: { detail: "Product not found or inactive" } }
      const warehouse = { status: 400, json: { detail: "Warehouse not found or inactive" } }
      for (const product_id of [0, -1, 999_999]) expect(await record(product_id, "sale", 1)).toMatchObject(product)
      for (const warehouse_id of [0, 999_999]) {
        expect(await record(id, "sale", 1, { warehouse_id })).toMatchObject(warehouse)
      }
      const closed = (await world().admin.post("/api/v1/warehouses", { name: "Closing" })).json as { id: number }
      await world().admin.delete(`/api/v1/warehouses/${closed.id}`)
      expect(await record(id, "purchase", 1, { warehouse_id: closed.id })).toMatchObject(warehouse)
      const [theirs] = await warehousesOf(world().stranger)
      expect(await record(id, "purchase", 1, { warehouse_id: theirs })).toMatchObject(warehouse)
      const body = { product_id: id, warehouse_id: theirs, movement_type: "purchase", quantity: 1 }
      expect(await world().stranger.post(M, body)).toMatchObject(product)
      expect((await list(world().stranger, `${M}/?product_id=${id}`)).total).toBe(0)
      await world().admin.delete(`${P}/${id}`)
      expect(await record(id, "sale", 1)).toMatchObject(product)
      // Its history stays.
      expect((await list(world().admin, `${M}/?product_id=${id}`)).total).toBe(1)
    })

    it("leaves an empty reference out, and rounds no cost", async () => {
      const { id } = await newProduct(world().admin)
      expect(await record(id, "purchase", 1, { reference_number: "", notes: null, unit_cost: null })).toMatchObject({
        status: 201,
        json: { reference_number: null, notes: null, unit_cost: null, total_cost: null }
      })
      for (const unit_cost of [799.995, "1e3", -1, "x"]) {
        expect(await record(id, "purchase", 1, { unit_cost })).toMatchObject({
          status: 422,
          json: { detail: [{ loc: ["body", "unit_cost"] }] }
        })
      }
      const cost = { unit_cost: "9999999999999.99" }
      expect(await record(id, "purchase", 1_000_000_007, cost)).toMatchObject({
        json: { total_cost: "10000000069999989999999.93" }
      })
    })

    describe("a list", () => {
      let product: number
      beforeAll(async () => {
        ;({ id: product } = await newProduct(world().admin))
        await record(product, "purchase", 50, { reference_number: "PO-LIST" })
        await record(product, "sale", 5, { notes: "sold as po-list said" })
        await record(product, "damaged", 2)
        await record(product, "purchase", 7, { warehouse_id: second })
        await world().admin.post("/api/v1/inventory/reserve", { product_id: product, quantity: 1 })
      })
      const quantities = async (query: string) =>
        (await list(world().staff, `${M}/?product_id=${product}&${query}`)).items.map(({ quantity }) => quantity)

      it("has the newest first, and no holds, which move nothing", async () => {
        expect(await quantities("")).toEqual([7, -2, -5, 50])
        expect(await quantities("sort_by=created_asc")).toEqual([50, -5, -2, 7])
      })

      it("is narrowed by warehouse, type, words and dates", async () => {
        expect(await quantities(`warehouse_id=${second}`)).toEqual([7])
        expect(await quantities("movement_type=purchase")).toEqual([7, 50])
        expect(await quantities("movement_type=damaged")).toEqual([-2])
        expect(await quantities("movement_type=transfer_in")).toEqual([])
        expect(await quantities("search=po-LIST")).toEqual([-5, 50])
        expect(await quantities("search=%25")).toEqual([])
        const today = new Date().toISOString().slice(0, 10)
        expect(await quantities(`created_from_date=${today}&created_to_date=${today}`)).toHaveLength(4)
        expect(await quantities("created_to_date=2001-01-01")).toEqual([])
        expect(await quantities("created_from_date=2999-01-01T00:00:00Z")).toEqual([])
      })

      it("is paged", async () => {
        const at = (page: number) => list(world().admin, `${M}/?product_id=${product}&page=${page}&page_size=3`)
        expect(await at(1)).toMatchObject({ total: 4, page: 1, page_size: 3, total_pages: 2 })
        expect((await at(2)).items.map(({ quantity }) => quantity)).toEqual([50])
        expect((await at(3)).items).toEqual([])
        expect(await at(1_000_000)).toMatchObject({ items: [], total: 4, total_pages: 2 })
        expect((await world().admin.get(M)).json).toMatchObject({ page: 1, page_size: 20 })
      })

      it.each([
        ["page=0", "page"],
        ["page=1000000001", "page"],
        ["page_size=101", "page_size"],
        ["sort_by=quantity", "sort_by"],
        ["movement_type=gift", "movement_type"],
        ["product_id=x", "product_id"],
        ["warehouse_id=1.5", "warehouse_id"],
        ["created_from_date=yesterday", "created_from_date"]
      ])("does not take ?%s", async (query, field) => {
        expect(await world().admin.get(`${M}/?${query}`)).toMatchObject({
          status: 422,
          json: { detail: [{ loc: ["query", field] }] }
        })
      })
    })
  })
}
