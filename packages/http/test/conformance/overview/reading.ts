import { describe, expect, it } from "vitest"
import { newProduct, type World } from "../world.ts"

/** What the overview shows of the stock. */
export const reading = (world: () => World): void => {
  const stocked = async (quantity: number, threshold = 0) => {
    const product = await newProduct(world().admin)
    const record = { product_id: product.id, available_quantity: quantity, reorder_threshold: threshold }
    expect((await world().admin.post("/api/v1/inventory", record)).status).toBe(201)
    return product
  }
  const reserve = async (product_id: number, quantity: number, order_id: string, expires_in?: number) => {
    const body = { product_id, quantity, order_id, ...(expires_in === undefined ? {} : { expires_in }) }
    expect((await world().admin.post("/api/v1/inventory/reserve", body)).status).toBe(200)
  }
  const warehouses = async () => {
    const { json } = await world().admin.get("/api/v1/warehouses")
    return (json as { items: Array<{ id: number; name: string }> }).items
  }

  describe("the stock", () => {
    it("is shown by product and location, and found by name, SKU, threshold and location", async () => {
      const { id, sku } = await stocked(10, 7)
      await reserve(id, 4, `overview ${sku}`)
      const places = await warehouses()
      const [main, second] = places
      const moving = { product_id: id, from_warehouse_id: main?.id, to_warehouse_id: second?.id, quantity: 2 }
      const made = await world().admin.post("/api/v1/stock-transfers", moving)
      const { id: transfer } = made.json as { id: number }
      expect((await world().admin.put(`/api/v1/stock-transfers/${transfer}/complete`)).status).toBe(200)

      const { json } = await world().customer.get(`/overview/stock?search=${sku}`)
      const levels = { on_hand: 10, available: 6, reserved: 4, committed: 0, quarantined: 0 }
      expect(json).toMatchObject({ total: 1, page: 1, page_size: 20, total_pages: 1 })
      const [row] = (json as { items: Array<{ by_warehouse: Array<{ warehouse_id: number }> }> }).items
      expect(row).toMatchObject({ product_id: id, product_sku: sku, ...levels })
      expect(row).toMatchObject({ low_stock_threshold: 7, is_low_stock: true })
      const at = (place: { id: number } | undefined) =>
        row?.by_warehouse.find(({ warehouse_id }) => warehouse_id === place?.id)
      expect(at(main)).toMatchObject({ warehouse_name: main?.name, on_hand: 8, available: 4, reserved: 4 })
      expect(at(second)).toMatchObject({ warehouse_name: second?.name, on_hand: 2, available: 2, reserved: 0 })

      const total = async (query: string) =>
        ((await world().admin.get(`/overview/stock?search=${sku}&${query}`)).json as { total: number }).total
      expect(await total("low_stock=true")).toBe(1)
      expect(await total(`warehouse_id=${second?.id}`)).toBe(1)
      expect(await total(`warehouse_id=987654`)).toBe(0)
      expect(await total(`warehouse_id=-1`)).toBe(0)
      const plenty = await stocked(10)
      const { json: enough } = await world().admin.get(`/overview/stock?search=${plenty.sku}&low_stock=true`)
      expect(enough).toMatchObject({ items: [], total: 0 })
    })

    it("is paged, and refuses a page that is none", async () => {
      await stocked(1)
      await stocked(1)
      const page = async (number: number) =>
        (await world().admin.get(`/overview/stock?page_size=1&page=${number}`)).json as { items: Array<object> }
      expect((await page(1)).items).toHaveLength(1)
      expect((await page(1)).items).not.toEqual((await page(2)).items)
      const refused = await world().admin.get("/overview/stock?page=0&page_size=101&low_stock=perhaps")
      expect(refused.status).toBe(422)
      const { detail } = refused.json as { detail: Array<{ loc: Array<string> }> }
      expect(detail.map(({ loc }) => loc.join("."))).toEqual(["query.page", "query.page_size", "query.low_stock"])
    })

    it("is that of one's own organization", async () => {
      const { sku } = await stocked(1)
      expect((await world().stranger.get(`/overview/stock?search=${sku}`)).json).toMatchObject({ total: 0 })
    })
  })

  describe("a product's history", () => {
    it("says what each movement left, newest first, page by page", async () => {
      const { id, sku } = await stocked(10)
      await reserve(id, 4, `history ${sku}`)
      const path = `/overview/products/${id}/history`
      const first = (await world().customer.get(`${path}?limit=1`)).json as { items: [{ id: number }]; next: number }
      expect(first).toMatchObject({ product_id: id, next: first.items[0].id })
      expect(first.items).toEqual([
        expect.objectContaining({
          quantity: 4,
          available_after: 6,
          on_hand_after: 10,
          cause: "Reserve",
          reference: `history ${sku}`,
          from: { account: "available", warehouse_id: expect.any(Number) },
          to: { account: "reserved", warehouse_id: expect.any(Number) }
        })
      ])
      const second = (await world().admin.get(`${path}?before=${first.next}`)).json
      expect(second).toMatchObject({ items: [{ available_after: 10, quantity: 10 }], next: null })
    })

    it("is 404 for what the organization does not have", async () => {
      const { id } = await stocked(1)
      for (const answer of [
        await world().stranger.get(`/overview/products/${id}/history`),
        await world().admin.get("/overview/products/0/history")
      ]) {
        expect(answer).toMatchObject({ status: 404, json: { detail: "Product not found" } })
      }
    })
  })

  describe("the holds", () => {
    it("are those that expire within the time, the soonest first", async () => {
      const { id, sku } = await stocked(10)
      await reserve(id, 1, `later ${sku}`, 1800)
      await reserve(id, 2, `soon ${sku}`, 900)
      await reserve(id, 1, `tomorrow ${sku}`, 86_400)
      await reserve(id, 1, `never ${sku}`)
      const orders = async (query = "") =>
        ((await world().staff.get(`/overview/holds${query}`)).json as Array<{ order: string | null }>)
          .map(({ order }) => order ?? "")
          .filter((order) => order.endsWith(` ${sku}`))
      expect(await orders()).toEqual([`soon ${sku}`, `later ${sku}`])
      expect(await orders("?within=1000")).toEqual([`soon ${sku}`])
      expect(await orders("?within=100000")).toEqual([`soon ${sku}`, `later ${sku}`, `tomorrow ${sku}`])
      const { json } = await world().staff.get("/overview/holds?within=1000")
      const hold = (json as Array<{ order: string }>).find(({ order }) => order === `soon ${sku}`)
      expect(hold).toMatchObject({ lines: [{ product_id: id, quantity: 2 }] })
      expect((await world().stranger.get("/overview/holds?within=31536000")).json).toEqual([])
      expect((await world().staff.get("/overview/holds?within=0&limit=501")).status).toBe(422)
    })
  })
}
