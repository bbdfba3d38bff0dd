import { beforeAll, describe, expect, it } from "vitest"
import { type Client, newProduct, type World } from "../world.ts"
import { A, adjust, body, type Listed, type Row, stocked, TIME } from "./subject.ts"

/** A's lists: of products, of what is low, and the summary. */
export const lists = (world: () => World): void => {
  describe("the list of stock", () => {
    let low: number
    let much: number
    let none: number
    beforeAll(async () => {
      low = await stocked(world(), 10)
      much = await stocked(world(), 500)
      ;({ id: none } = await newProduct(world().admin))
    })
    const read = (query = "", client: Client = world().admin) => body<Listed>(client.get(`${A}/?per_page=100&${query}`))
    const idsOf = async (query = "") => (await read(query)).items.map(({ product_id }) => product_id)

    it("has a row for every product, as documented", async () => {
      const { items, ...page } = await read()
      expect(page).toEqual({ total: items.length, page: 1, per_page: 100, pages: 1 })
      expect(items.find(({ product_id }) => product_id === low)).toEqual({
        product_id: low,
        product_name: expect.any(String),
        product_sku: expect.any(String),
        quantity_available: 10,
        quantity_reserved: 0,
        quantity_committed: 0,
        low_stock_threshold: 10,
        is_low_stock: true,
        last_restocked_at: TIME,
        warehouse_location: "MAIN"
      })
      expect(items.find(({ product_id }) => product_id === none)).toMatchObject({
        quantity_available: 0,
        is_low_stock: true,
        last_restocked_at: null
      })
    })

    it("is paged, fifty at a time when nothing is said", async () => {
      expect(await body<Listed>(world().admin.get(A))).toMatchObject({ page: 1, per_page: 50 })
      const { total } = await read()
      const first = await body<Listed>(world().admin.get(`${A}?page=1&per_page=2`))
      const second = await body<Listed>(world().admin.get(`${A}?page=2&per_page=2`))
      expect(first).toMatchObject({ total, per_page: 2, pages: Math.ceil(total / 2) })
      expect([...first.items, ...second.items].map(({ product_id }) => product_id)).toEqual((await idsOf()).slice(0, 4))
    })

    it("is narrowed to what is low", async () => {
      const ids = await idsOf("low_stock_only=true")
      expect(ids).toContain(low)
      expect(ids).not.toContain(much)
      expect(await idsOf("low_stock_only=false")).toContain(much)
    })

    it("is narrowed to a location by its name or id, or MAIN", async () => {
      const { json } = await world().admin.get("/api/v1/warehouses")
      const [main, second] = (json as { items: ReadonlyArray<{ id: number }> }).items
      expect(await idsOf("warehouse=Secondary%20Warehouse")).toEqual([])
      await world().admin.put(`${A}/${none}`, { warehouse_location: "Secondary Warehouse" })
      expect(await idsOf(`warehouse=${second?.id}`)).toEqual([none])
      const movement = { product_id: much, warehouse_id: second?.id, movement_type: "purchase", quantity: 1 }
      await world().admin.post("/api/v1/stock-movements", movement)
      expect(await idsOf("warehouse=Secondary%20Warehouse")).toEqual([much, none])
      const inMain = await idsOf(`warehouse=${main?.id}`)
      expect(inMain).toContain(much)
      expect(inMain).not.toContain(none)
      expect(await idsOf("warehouse=MAIN")).toEqual(inMain)
      expect(await idsOf("warehouse=Nowhere")).toEqual([])
    })

    it.each(["page=0", "per_page=0", "per_page=101", "page=x", "low_stock_only=maybe"])(
      "does not take ?%s",
      async (query) => {
        expect(await world().admin.get(`${A}?${query}`)).toMatchObject({
          status: 422,
          json: { detail: [{ loc: ["query", query.split("=", 1)[0]] }] }
        })
      }
    )

    it("is one organization's", async () => {
      expect((await read("", world().stranger)).total).toBe(0)
    })
  })

  describe("alerts and reports", () => {
    it("are no product ids, and numbers alone are", async () => {
      expect((await world().admin.get(`${A}/alerts/low-stock`)).status).toBe(200)
      expect((await world().admin.get(`${A}/reports/summary`)).status).toBe(200)
      for (const path of ["alerts", "reports", "1.5", "bulk-update"]) {
        expect(await world().admin.get(`${A}/${path}`)).toMatchObject({
          status: 422,
          json: { detail: [{ loc: ["path", "product_id"] }] }
        })
      }
    })

    it("show what fell to its threshold, until it is above it again", async () => {
      const id = await stocked(world(), 11)
      const rows = () => body<ReadonlyArray<Row>>(world().admin.get(`${A}/alerts/low-stock`))
      const isThere = async () => (await rows()).some(({ product_id }) => product_id === id)
      expect(await isThere()).toBe(false)
      expect(await body(adjust(world().admin, id, -1, "ADJUSTMENT"))).toMatchObject({ is_low_stock: true })
      expect(await isThere()).toBe(true)
      expect((await rows()).every(({ is_low_stock }) => is_low_stock)).toBe(true)
      expect(await body<unknown>(world().admin.get(`${A}/alerts/low-stock?per_page=1`))).toHaveLength(1)
      await adjust(world().admin, id, 5, "RETURN")
      expect(await isThere()).toBe(false)
    })

    it("add the stock up", async () => {
      const { stranger } = world()
      const empty = await body<object>(stranger.get(`${A}/reports/summary`))
      expect(empty).toMatchObject({ total_products: 0, total_units: 0, stock_value: "0.00", locations: [] })
      const lamp = await newProduct(stranger, { unit_price: "10.05" })
      const desk = await newProduct(stranger, { unit_price: 100 })
      await adjust(stranger, lamp.id, 30, "RESTOCK")
      await adjust(stranger, desk.id, 2, "RESTOCK")
      await newProduct(stranger)
      await stranger.post("/api/v1/inventory/reserve", { product_id: lamp.id, quantity: 4, order_id: "sum" })
      await stranger.post("/api/v1/inventory/reserve", { product_id: lamp.id, quantity: 1 })
      await stranger.post("/api/v1/inventory/commit", { order_id: "sum" })
      expect(await body<object>(stranger.get(`${A}/reports/summary`))).toEqual({
        total_products: 3,
        total_units: 32,
        total_on_hand: 32,
        total_available: 27,
        total_reserved: 1,
        total_committed: 4,
        total_quarantined: 0,
        low_stock_count: 2,
        out_of_stock_count: 1,
        stock_value: "501.50",
        locations: [
          {
            location_id: expect.any(Number),
            location_name: "Main Warehouse",
            on_hand: 32,
            available: 27,
            reserved: 1,
            committed: 4,
            quarantined: 0
          }
        ]
      })
    })
  })
}
