import { beforeAll, describe, expect, it } from "vitest"
import type { World } from "../world.ts"
import { list, M, onHandOf, type Row, stockedIn, T, warehousesOf } from "./stock.ts"

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const P = "/api/v1/products"
const NOT_FOUND = { status: 404, json: { detail: "Transfer not found" } }

/** What API D's document promises of stock transfers, and what its own program got wrong. */
export const transfers = (world: () => World): void => {
  describe("stock transfers", () => {
    let main: number
    let second: number
    beforeAll(async () => {
      ;[main, second] = await warehousesOf(world().admin)
    })
    const ask = (product: number, quantity: number, more: object = {}) =>
      world().admin.post(`${T}/`, {
        product_id: product,
        from_warehouse_id: main,
        to_warehouse_id: second,
        quantity,
        ...more
      })
    const begun = async (product: number, quantity: number) => {
      const answer = await ask(product, quantity)
      expect(answer.status).toBe(201)
      return `${T}/${(answer.json as Row).id}`
    }

    it("begins as documented, and holds the stock at the source", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const request = {
        product_id: id,
        from_warehouse_id: main,
        to_warehouse_id: second,
        quantity: 10,
        transfer_reference: "TRANS-001",
        notes: "Moving to secondary warehouse"
      }
      const answer = await world().admin.post(`${T}/`, request)
      expect(answer.status).toBe(201)
      expect(answer.json).toMatchObject({
        ...request,
        id: expect.any(Number),
        status: "pending",
        created_at: TIME,
        completed_at: null,
        created_by: 1,
        product: { id },
        from_warehouse: { id: main, name: "Main Warehouse" },
        to_warehouse: { id: second, name: "Secondary Warehouse" },
        creator: { id: 1, username: "admin" }
      })
      const location = answer.headers.get("location") ?? ""
      expect(await world().staff.get(location)).toMatchObject({ status: 200, json: answer.json })
      // It is still there, and promised: on hand, and nobody else's to take.
      expect(await onHandOf(world(), id)).toEqual([10, 10, 0])
      const sale = { product_id: id, warehouse_id: main, movement_type: "sale", quantity: 1 }
      expect(await world().admin.post(M, sale)).toMatchObject({
        status: 400,
        json: { detail: "Insufficient stock. Available: 0, Requested: 1" }
      })
    })

    it("completes: out of the one, into the other, by two movements", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const transfer = await begun(id, 4)
      const answer = await world().staff.put(`${transfer}/complete`)
      expect(answer).toMatchObject({ status: 200, json: { status: "completed", completed_at: TIME, quantity: 4 } })
      expect((await world().admin.get(transfer)).json).toEqual(answer.json)
      expect(await onHandOf(world(), id)).toEqual([10, 6, 4])
      const number = transfer.split("/").at(-1)
      const moved = await list(world().admin, `${M}/?product_id=${id}&search=TRANSFER-${number}&sort_by=created_asc`)
      const shown = moved.items.map((row) => [row.movement_type, row.quantity, row.warehouse_id, row.reference_number])
      expect(shown).toEqual([
        ["transfer_out", -4, main, `TRANSFER-${number}`],
        ["transfer_in", 4, second, `TRANSFER-${number}`]
      ])
      const inwards = await list(world().admin, `${M}/?product_id=${id}&movement_type=transfer_in`)
      expect(inwards.items.map(({ quantity }) => quantity)).toEqual([4])
      const at = await list(world().admin, `${M}/?product_id=${id}&warehouse_id=${second}`)
      expect(at.total).toBe(1)
    })

    it("is cancelled: the stock is free again, and nothing moved", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const transfer = await begun(id, 10)
      expect(await world().admin.put(`${transfer}/cancel`)).toMatchObject({
        status: 200,
        json: { status: "cancelled", completed_at: null }
      })
      expect((await list(world().admin, `${M}/?product_id=${id}`)).total).toBe(1)
      expect((await ask(id, 10)).status).toBe(201)
    })

    it("is over once, however many ask at once", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const transfer = await begun(id, 4)
      const answers = await Promise.all(Array.from({ length: 8 }, () => world().admin.put(`${transfer}/complete`)))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      const late = { status: 400, json: { detail: "Transfer is not in pending status" } }
      expect(await world().admin.put(`${transfer}/complete`)).toMatchObject(late)
      expect(await world().admin.put(`${transfer}/cancel`)).toMatchObject({
        status: 400,
        json: { detail: "Only pending transfers can be cancelled" }
      })
      expect(await onHandOf(world(), id)).toEqual([10, 6, 4])
      const other = await begun(id, 1)
      await world().admin.put(`${other}/cancel`)
      expect(await world().admin.put(`${other}/complete`)).toMatchObject(late)
    })

    it("is refused in its own words", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      expect(await ask(id, 1, { to_warehouse_id: main })).toMatchObject({
        status: 400,
        json: { detail: "Source and destination warehouses must be different" }
      })
      expect(await ask(id, 11)).toMatchObject({
        status: 400,
        json: { detail: "Insufficient stock in source warehouse. Available: 10, Requested: 11" }
      })
      expect(await ask(999_999, 1)).toMatchObject({ status: 400, json: { detail: "Product not found or inactive" } })
      expect(await ask(id, 1, { to_warehouse_id: 999_999 })).toMatchObject({
        status: 400,
        json: { detail: "Warehouse not found or inactive" }
      })
      for (const quantity of [0, -1, 1.5]) {
        expect(await ask(id, quantity)).toMatchObject({
          status: 422,
          json: { detail: [{ loc: ["body", "quantity"] }] }
        })
      }
    })

    it("of a deleted product is not completed, and may be cancelled", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const transfer = await begun(id, 4)
      expect((await world().admin.delete(`${P}/${id}`)).status).toBe(204)
      expect(await world().admin.put(`${transfer}/complete`)).toMatchObject({
        status: 400,
        json: { detail: "Product not found or inactive" }
      })
      expect((await list(world().admin, `${M}/?product_id=${id}`)).total).toBe(1)
      expect(await world().admin.put(`${transfer}/cancel`)).toMatchObject({
        status: 200,
        json: { status: "cancelled", product: { id, is_active: false } }
      })
    })

    it("is nobody else's", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const transfer = await begun(id, 4)
      expect(await world().stranger.get(transfer)).toMatchObject(NOT_FOUND)
      expect(await world().stranger.put(`${transfer}/complete`)).toMatchObject(NOT_FOUND)
      expect(await world().stranger.put(`${transfer}/cancel`)).toMatchObject(NOT_FOUND)
      for (const number of [0, -1, 999_999, id]) {
        expect(await world().admin.get(`${T}/${number}`)).toMatchObject(NOT_FOUND)
        expect(await world().admin.put(`${T}/${number}/cancel`)).toMatchObject(NOT_FOUND)
      }
      expect((await list(world().stranger, T)).total).toBe(0)
    })

    it("is listed, the newest first, by product and status", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const first = await begun(id, 1)
      await begun(id, 2)
      await begun(id, 3)
      await world().admin.put(`${first}/complete`)
      const quantities = async (query: string) =>
        (await list(world().staff, `${T}/?product_id=${id}&${query}`)).items.map(({ quantity }) => quantity)
      expect(await quantities("")).toEqual([3, 2, 1])
      expect(await quantities("status=completed")).toEqual([1])
      expect(await quantities("sort_by=created_asc")).toEqual([1, 2, 3])
      expect(await quantities(`from_warehouse_id=${main}&to_warehouse_id=${second}`)).toHaveLength(3)
      expect(await quantities(`from_warehouse_id=${second}`)).toEqual([])
      expect(await quantities("search=nowhere")).toEqual([])
      expect(await quantities("created_to_date=2001-01-01")).toEqual([])
      expect(await quantities("status=pending&page=2&page_size=1")).toEqual([2])
      expect(await list(world().admin, `${T}/?product_id=${id}&page_size=2`)).toMatchObject({
        total: 3,
        page: 1,
        total_pages: 2
      })
      expect(await list(world().admin, `${T}/?product_id=${id}&page=1000000`)).toMatchObject({ items: [], total: 3 })
      for (const query of ["status=lost", "page=0", "page=1000000001", "product_id=x"]) {
        expect((await world().admin.get(`${T}/?${query}`)).status).toBe(422)
      }
    })

    it("is completed for a client that has seen it as it is", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const transfer = await begun(id, 4)
      const seen = { "if-match": (await world().admin.get(transfer)).headers.get("etag") ?? "" }
      expect((await world().admin.put(`${transfer}/complete`, undefined, { "if-match": '"else"' })).status).toBe(412)
      expect((await world().admin.put(`${transfer}/complete`, undefined, seen)).status).toBe(200)
      expect((await world().admin.put(`${transfer}/cancel/`, undefined, seen)).status).toBe(412)
    })

    it("happens once under a key", async () => {
      const { id } = await stockedIn(world().admin, main, 10)
      const body = { product_id: id, from_warehouse_id: main, to_warehouse_id: second, quantity: 4 }
      const key = { "idempotency-key": `transfer of ${id}` }
      const first = await world().admin.post(T, body, key)
      expect(await world().admin.post(T, body, key)).toMatchObject({ status: 201, text: first.text })
      expect((await list(world().admin, `${T}/?product_id=${id}`)).total).toBe(1)
      const path = `${T}/${(first.json as Row).id}/complete`
      const done = { "idempotency-key": `completion of ${id}` }
      const completed = await world().admin.put(path, undefined, done)
      expect(await world().admin.put(path, undefined, done)).toMatchObject({ status: 200, text: completed.text })
    })
  })
}
