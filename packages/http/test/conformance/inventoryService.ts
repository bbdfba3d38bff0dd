import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { guarded } from "./guarded.ts"
import { type Client, type Endpoint, newProduct, openWorld, type StoreLayer, type World } from "./world.ts"

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const I = "/api/v1/inventory"
const NOBODYS = 999_999

const endpoints: ReadonlyArray<Endpoint> = [
  { method: "GET", path: I, ability: "read stock" },
  { method: "GET", path: `${I}/low-stock`, ability: "read stock" },
  { method: "GET", path: `${I}/check?product_id=1&quantity=1`, ability: "read stock" },
  { method: "GET", path: `${I}/history/${NOBODYS}`, ability: "read stock" },
  { method: "GET", path: `${I}/${NOBODYS}`, ability: "read stock" },
  {
    method: "POST",
    path: I,
    body: { product_id: NOBODYS, available_quantity: 1, reorder_threshold: 1 },
    ability: "write stock",
    malformed: [
      { product_id: 0, available_quantity: -1, reserved_quantity: 1.5, reorder_threshold: "x" },
      ["body.product_id", "body.available_quantity", "body.reserved_quantity", "body.reorder_threshold"]
    ]
  },
  {
    method: "PUT",
    path: `${I}/${NOBODYS}`,
    body: { available_quantity: 1 },
    ability: "write stock",
    malformed: [
      { available_quantity: -1, reserved_quantity: -1, reorder_threshold: -1 },
      ["body.available_quantity", "body.reserved_quantity", "body.reorder_threshold"]
    ]
  },
  {
    method: "POST",
    path: `${I}/adjust`,
    body: { product_id: NOBODYS, quantity_change: 1, reason: "counted" },
    ability: "write stock",
    malformed: [{ quantity_change: 0, reason: "no" }, ["body.product_id", "body.quantity_change", "body.reason"]]
  },
  {
    method: "POST",
    path: `${I}/reserve`,
    body: { product_id: NOBODYS, quantity: 1 },
    ability: "write stock",
    malformed: [
      { product_id: true, quantity: 0, order_id: "", expires_in: 0 },
      ["body.product_id", "body.quantity", "body.order_id", "body.expires_in"]
    ]
  },
  {
    method: "POST",
    path: `${I}/release`,
    body: { product_id: NOBODYS, quantity: 1 },
    ability: "write stock",
    malformed: [{ quantity: -1, order_id: 1.5 }, ["body.quantity", "body.order_id"]]
  },
  {
    method: "POST",
    path: `${I}/commit`,
    body: { order_id: "none" },
    ability: "write stock",
    malformed: [{}, ["body.order_id"]]
  },
  {
    method: "POST",
    path: `${I}/fulfil`,
    body: { order_id: "none" },
    ability: "write stock",
    malformed: [{}, ["body.order_id"]]
  }
]

interface Record {
  readonly available_quantity: number
  readonly reserved_quantity: number
}
interface HistoryRow {
  readonly id: number
  readonly change_type: string
  readonly quantity_change: number
  readonly previous_quantity: number
  readonly new_quantity: number
}

/** A product with a record of so many units. */
const stocked = async (client: Client, available: number, threshold = 0) => {
  const product = await newProduct(client)
  const record = { product_id: product.id, available_quantity: available, reorder_threshold: threshold }
  expect((await client.post(I, record)).status).toBe(201)
  return product
}

let orders = 0
const newOrder = () => `ORD-${++orders}`

/** What API C's document promises, and what its own program got wrong. */
export const inventoryService = (name: string, store: () => StoreLayer): void => {
  describe(`inventory service on ${name}`, () => {
    let world: World
    let admin: Client
    beforeAll(async () => {
      world = await openWorld(store())
      admin = world.admin
    })
    afterAll(() => world.close())

    const levels = async (id: number) => {
      const { available_quantity, reserved_quantity } = (await admin.get(`${I}/${id}`)).json as Record
      return [available_quantity, reserved_quantity]
    }
    const history = async (id: number, query = "") =>
      (await admin.get(`${I}/history/${id}${query}`)).json as ReadonlyArray<HistoryRow>

    guarded(() => world, endpoints)

    it("walks an order from product to parcel", async () => {
      const order = newOrder()
      const { id } = await newProduct(admin)
      expect((await admin.get(`${I}/${id}`)).status).toBe(404)
      const opening = { product_id: id, available_quantity: 10, reserved_quantity: 0, reorder_threshold: 2 }
      expect(await admin.post(`${I}/`, opening)).toMatchObject({ status: 201 })
      const wanted = { product_id: id, quantity: 3, order_id: order }
      const reserved = await world.staff.post(`${I}/reserve`, wanted)
      expect(reserved.status).toBe(200)
      expect(reserved.json).toEqual({
        reserved: true,
        product_id: id,
        quantity: 3,
        available_quantity: 7,
        reserved_quantity: 3,
        reservation_id: expect.any(Number),
        expires_at: null
      })
      expect(await admin.post(`${I}/commit`, { order_id: order })).toMatchObject({
        status: 200,
        json: { committed: true, product_id: id, quantity: 3, available_quantity: 7, reserved_quantity: 0 }
      })
      expect(await admin.post(`${I}/fulfil/`, { order_id: order })).toMatchObject({
        status: 200,
        json: { fulfilled: true, product_id: id, quantity: 3, available_quantity: 7, reserved_quantity: 0 }
      })
      expect(await levels(id)).toEqual([7, 0])
      expect((await admin.get(`/api/v1/products/${id}`)).json).toMatchObject({ total_stock: 7 })
      const rows = await history(id)
      expect(rows.map((row) => [row.change_type, row.quantity_change, row.new_quantity])).toEqual([
        ["fulfilment", 0, 7],
        ["commitment", 0, 7],
        ["reservation", -3, 7],
        ["receipt", 10, 10]
      ])
    })

    describe("a record", () => {
      it("is made as documented, once", async () => {
        const { id, sku } = await newProduct(admin)
        const form = { product_id: sku, available_quantity: 10, reserved_quantity: 4, reorder_threshold: 3 }
        const made = await admin.post(I, form)
        expect(made.status).toBe(201)
        expect(made.json).toEqual({
          id: expect.any(Number),
          product_id: id,
          available_quantity: 10,
          reserved_quantity: 4,
          reorder_threshold: 3,
          created_at: TIME,
          updated_at: TIME
        })
        for (const product_id of [id, sku, String(id)]) {
          expect(await admin.post(I, { ...form, product_id })).toMatchObject({
            status: 400,
            json: { detail: `Inventory item for product ${product_id} already exists` }
          })
        }
        expect(await levels(id)).toEqual([10, 4])
        expect((await admin.get(`/api/v1/products/${id}`)).json).toMatchObject({ total_stock: 14 })
        for (const reference of [id, sku]) expect((await admin.get(`${I}/${reference}`)).json).toEqual(made.json)
      })

      it("is made by one of many who ask at once", async () => {
        const { id } = await newProduct(admin)
        const form = { product_id: id, available_quantity: 5, reorder_threshold: 1 }
        const answers = await Promise.all(Array.from({ length: 10 }, () => admin.post(I, form)))
        expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 400)])
        expect(await levels(id)).toEqual([5, 0])
      })

      it("does not begin without a threshold", async () => {
        const { id } = await newProduct(admin)
        expect(await admin.post(I, { product_id: id, available_quantity: 1 })).toMatchObject({
          status: 422,
          json: { detail: [{ type: "missing", loc: ["body", "reorder_threshold"], msg: "Field required" }] }
        })
      })

      it("may begin empty, and is listed from then on", async () => {
        const { id } = await newProduct(admin)
        const listed = async () =>
          ((await admin.get(`${I}?limit=100`)).json as ReadonlyArray<{ product_id: number }>).some(
            (row) => row.product_id === id
          )
        expect(await listed()).toBe(false)
        expect((await admin.post(I, { product_id: id, available_quantity: 0, reorder_threshold: 0 })).status).toBe(201)
        expect(await listed()).toBe(true)
      })

      it("also begins with the first stock", async () => {
        const { id } = await newProduct(admin)
        const answer = await admin.post(`${I}/adjust`, { product_id: id, quantity_change: 4, reason: "found" })
        expect(answer).toMatchObject({ status: 200, json: { available_quantity: 4 } })
        expect((await admin.post(I, { product_id: id, available_quantity: 1, reorder_threshold: 1 })).status).toBe(400)
      })

      it.each([NOBODYS, "no-such-sku", String(NOBODYS)])(
        "is not made for the unknown product %j",
        async (product_id) => {
          expect(await admin.post(I, { product_id, available_quantity: 1, reorder_threshold: 1 })).toMatchObject({
            status: 400,
            json: { detail: `Product with ID ${product_id} not found` }
          })
        }
      )

      it("changes where it is told to, and each change is in the history", async () => {
        const { id, sku } = await stocked(admin, 10)
        expect(await admin.put(`${I}/${sku}`, { available_quantity: 8 })).toMatchObject({
          status: 200,
          json: { available_quantity: 8, reserved_quantity: 0, reorder_threshold: 0 }
        })
        expect((await admin.put(`${I}/${id}`, { reorder_threshold: 5 })).json).toMatchObject({
          available_quantity: 8,
          reorder_threshold: 5
        })
        expect((await admin.put(`${I}/${id}`, { reserved_quantity: 3 })).json).toMatchObject({
          available_quantity: 8,
          reserved_quantity: 3
        })
        expect((await admin.put(`${I}/${id}`, { available_quantity: 20, reserved_quantity: 1 })).json).toMatchObject({
          available_quantity: 20,
          reserved_quantity: 1
        })
        expect((await admin.put(`${I}/${id}`, {})).json).toMatchObject({ available_quantity: 20, reserved_quantity: 1 })
        expect((await history(id, "?limit=1"))[0]).toMatchObject({ new_quantity: 20, change_type: "adjustment" })
        expect(await admin.put(`${I}/${NOBODYS}`, { available_quantity: 1 })).toMatchObject({ status: 404 })
      })

      it("does not give away what orders have reserved", async () => {
        const { id } = await stocked(admin, 10)
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id: newOrder() })
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 2 })
        expect((await admin.put(`${I}/${id}`, { reserved_quantity: 3 })).status).toBe(400)
        expect(await levels(id)).toEqual([4, 6])
        expect((await admin.put(`${I}/${id}`, { reserved_quantity: 4 })).status).toBe(200)
        expect(await levels(id)).toEqual([4, 4])
      })

      it("is what it was told to be, whoever reserves meanwhile", async () => {
        const { id } = await stocked(admin, 100)
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            index % 2 === 0
              ? admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })
              : admin.put(`${I}/${id}`, { available_quantity: 50, reserved_quantity: 10 })
          )
        )
        expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
        const [available = 0, reserved = 0] = await levels(id)
        expect(available + reserved).toBe(60)
      })

      it("is gone with its product", async () => {
        const { id } = await stocked(admin, 5)
        const order = newOrder()
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 2, order_id: order })
        await admin.delete(`/api/v1/products/${id}`)
        expect((await admin.get(`${I}/${id}`)).status).toBe(404)
        expect((await admin.put(`${I}/${id}`, { available_quantity: 1 })).status).toBe(404)
        expect((await admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })).status).toBe(404)
        expect((await admin.post(`${I}/adjust`, { product_id: id, quantity_change: 1, reason: "more" })).status).toBe(
          404
        )
        const again = { product_id: id, available_quantity: 1, reorder_threshold: 1 }
        expect(await admin.post(I, again)).toMatchObject({
          status: 400,
          json: { detail: `Product with ID ${id} not found` }
        })
        expect((await admin.get(`${I}/check?product_id=${id}&quantity=1`)).json).toMatchObject({ available: false })
        // What was held before is settled all the same.
        expect((await admin.post(`${I}/release`, { order_id: order })).status).toBe(200)
      })
    })

    describe("an adjustment", () => {
      it("changes what is available, and says so in the history", async () => {
        const { id, sku } = await stocked(admin, 10)
        const form = { product_id: sku, quantity_change: -3, reason: "Broken in storage", reference_id: "COUNT-7" }
        expect(await world.staff.post(`${I}/adjust`, form)).toMatchObject({
          status: 200,
          json: { product_id: id, available_quantity: 7, updated_at: TIME }
        })
        expect((await history(id))[0]).toEqual({
          id: expect.any(Number),
          product_id: id,
          quantity_change: -3,
          previous_quantity: 10,
          new_quantity: 7,
          change_type: "adjustment",
          reason: "Broken in storage",
          reference_id: "COUNT-7",
          created_by: expect.any(Number),
          created_at: TIME
        })
      })

      it("does not go below zero", async () => {
        const { id } = await stocked(admin, 2)
        expect(await admin.post(`${I}/adjust`, { product_id: id, quantity_change: -3, reason: "lost" })).toMatchObject({
          status: 400,
          json: { detail: "Insufficient inventory. Requested: 3, Available: 2" }
        })
        expect(await levels(id)).toEqual([2, 0])
      })

      it("knows no unknown product", async () => {
        for (const product_id of [NOBODYS, "no-such-sku"]) {
          expect(await admin.post(`${I}/adjust`, { product_id, quantity_change: 1, reason: "lost" })).toMatchObject({
            status: 404,
            json: { detail: `Product with ID ${product_id} not found` }
          })
        }
      })

      it("has a reason of 3 to 200 characters", async () => {
        const { id } = await stocked(admin, 2)
        const status = async (length: number) =>
          (await admin.post(`${I}/adjust`, { product_id: id, quantity_change: 1, reason: "x".repeat(length) })).status
        expect(await Promise.all([2, 3, 200, 201].map(status))).toEqual([422, 200, 200, 422])
      })
    })

    describe("the history", () => {
      it("is newest first, and paged", async () => {
        const { id } = await stocked(admin, 10)
        for (const change of [1, 2, 3]) {
          await admin.post(`${I}/adjust`, { product_id: id, quantity_change: change, reason: "counted" })
        }
        const changes = async (query: string) => (await history(id, query)).map((row) => row.quantity_change)
        expect(await changes("")).toEqual([3, 2, 1, 10])
        expect(await changes("?skip=1&limit=2")).toEqual([2, 1])
        expect(await changes("?skip=4")).toEqual([])
        expect((await admin.get(`${I}/history/${id}?limit=101`)).status).toBe(422)
      })

      it("knows no unknown product", async () => {
        expect((await admin.get(`${I}/history/no-such-sku`)).status).toBe(404)
      })
    })

    describe("the lists", () => {
      it("are paged by skip and limit", async () => {
        const { id: first } = await stocked(world.stranger, 1)
        const { id: second } = await stocked(world.stranger, 1)
        const ids = async (query: string) =>
          ((await world.stranger.get(`${I}${query}`)).json as ReadonlyArray<{ product_id: number }>).map(
            (row) => row.product_id
          )
        expect(await ids("")).toEqual([first, second])
        expect(await ids("?skip=1")).toEqual([second])
        expect(await ids("?limit=1")).toEqual([first])
      })

      it.each(["skip=-1", "skip=x", "limit=0", "limit=101", "low_stock_only=maybe"])(
        "do not take ?%s",
        async (query) => {
          expect(await admin.get(`${I}?${query}`)).toMatchObject({
            status: 422,
            json: { detail: [{ loc: ["query", query.split("=")[0]] }] }
          })
        }
      )

      it("take the last of a parameter given twice", async () => {
        const query = "limit=0&low_stock_only=maybe&limit=2&skip=x&skip=0&low_stock_only=false&"
        const answer = await admin.get(`${I}?${query}`)
        expect(answer.status).toBe(200)
        expect(answer.json).toHaveLength(2)
        expect((await admin.get(`${I}?limit=2&limit=0`)).status).toBe(422)
      })

      it("show what is at or below its threshold, and no product called low-stock", async () => {
        const low = await stocked(admin, 5, 5)
        const enough = await stocked(admin, 6, 5)
        await newProduct(admin)
        for (const path of [`${I}/low-stock?limit=100`, `${I}/low-stock/?limit=100`, `${I}?low_stock_only=true`]) {
          const answer = await world.customer.get(path)
          expect(answer.status).toBe(200)
          const ids = (answer.json as ReadonlyArray<{ product_id: number }>).map((row) => row.product_id)
          expect(ids).toContain(low.id)
          expect(ids).not.toContain(enough.id)
        }
      })
    })

    describe("the check", () => {
      it("tells whether there is enough", async () => {
        const { id, sku } = await stocked(admin, 5)
        const check = async (product: unknown, quantity: number) =>
          (await world.customer.get(`${I}/check?product_id=${product}&quantity=${quantity}`)).json
        const answer = { current_quantity: 5, product_id: id }
        expect(await check(id, 5)).toEqual({ ...answer, available: true, requested_quantity: 5 })
        expect(await check(sku, 6)).toEqual({ ...answer, available: false, requested_quantity: 6 })
        expect(await check("none", 1)).toEqual({ available: false, message: expect.stringContaining("none") })
      })

      it.each(["", "?product_id=1", "?quantity=1", "?product_id=1&quantity=0", "?product_id=1&quantity=x"])(
        "does not take %j",
        async (query) => {
          expect((await admin.get(`${I}/check${query}`)).status).toBe(422)
        }
      )
    })

    describe("a reservation", () => {
      it("of more than there is takes nothing", async () => {
        const { id } = await stocked(admin, 2)
        expect(await admin.post(`${I}/reserve`, { product_id: id, quantity: 3 })).toMatchObject({
          status: 400,
          json: { detail: "Insufficient inventory. Requested: 3, Available: 2" }
        })
        expect(await levels(id)).toEqual([2, 0])
      })

      it.each([NOBODYS, String(NOBODYS), "no-such-sku"])("of the unknown product %j is 404", async (product_id) => {
        expect(await admin.post(`${I}/reserve`, { product_id, quantity: 1 })).toMatchObject({
          status: 404,
          json: { detail: `Product with ID ${product_id} not found` }
        })
      })

      it("takes a SKU of digits where no product has that id", async () => {
        const sku = "8800001234"
        const { id } = await newProduct(admin, { sku })
        await admin.post(I, { product_id: sku, available_quantity: 3, reorder_threshold: 0 })
        expect(await admin.post(`${I}/reserve`, { product_id: sku, quantity: 1 })).toMatchObject({
          status: 200,
          json: { product_id: id, available_quantity: 2 }
        })
        const shadowed = await newProduct(admin, { sku: String(id) })
        expect((await admin.post(`${I}/reserve`, { product_id: String(id), quantity: 1 })).json).toMatchObject({
          product_id: id
        })
        expect((await admin.get(`${I}/check?product_id=${id}&quantity=1`)).json).not.toMatchObject({
          product_id: shadowed.id
        })
      })

      it("of several products is all or nothing", async () => {
        const one = await stocked(admin, 5)
        const two = await stocked(admin, 1)
        const order_id = newOrder()
        const items = (quantity: number) => [
          { product_id: one.id, quantity: 2 },
          { product_id: two.sku, quantity }
        ]
        expect(await admin.post(`${I}/reserve`, { order_id, items: items(2) })).toMatchObject({
          status: 400,
          json: { detail: "Insufficient inventory. Requested: 2, Available: 1" }
        })
        expect([await levels(one.id), await levels(two.id)]).toEqual([
          [5, 0],
          [1, 0]
        ])
        const answer = await admin.post(`${I}/reserve`, { order_id, items: items(1), expires_in: 60 })
        expect(answer.json).toEqual({
          reserved: true,
          reservation_id: expect.any(Number),
          expires_at: TIME,
          items: [
            { product_id: one.id, quantity: 2, available_quantity: 3, reserved_quantity: 2 },
            { product_id: two.id, quantity: 1, available_quantity: 0, reserved_quantity: 1 }
          ]
        })
        expect(await admin.post(`${I}/release`, { order_id })).toMatchObject({
          status: 200,
          json: {
            released: true,
            items: [
              { product_id: one.id, quantity: 2 },
              { product_id: two.id, quantity: 1 }
            ]
          }
        })
        expect([await levels(one.id), await levels(two.id)]).toEqual([
          [5, 0],
          [1, 0]
        ])
      })

      it("for the same order and body is the same one, for another body none", async () => {
        const { id } = await stocked(admin, 10)
        const body = { product_id: id, quantity: 2, order_id: 70_000 + id, expires_in: 600 }
        const answers = await Promise.all(Array.from({ length: 5 }, () => admin.post(`${I}/reserve`, body)))
        const [first] = answers
        expect(first?.status).toBe(200)
        for (const answer of answers) expect(answer.json).toEqual(first?.json)
        const asText = { ...body, order_id: String(body.order_id) }
        expect((await admin.post(`${I}/reserve`, asText)).json).toEqual(first?.json)
        expect((await admin.post(`${I}/reserve`, { ...body, quantity: 3 })).status).toBe(409)
        expect(await levels(id)).toEqual([8, 2])
      })

      it("ends by itself", async () => {
        const { id } = await stocked(admin, 3)
        const order_id = newOrder()
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 3, order_id, expires_in: 1 })
        expect(await levels(id)).toEqual([0, 3])
        await new Promise((resolve) => setTimeout(resolve, 1100))
        expect(await levels(id)).toEqual([3, 0])
        expect((await admin.post(`${I}/commit`, { order_id })).status).toBe(400)
        expect((await admin.post(`${I}/reserve`, { product_id: id, quantity: 3 })).status).toBe(200)
      })

      it("is had by as many as there are units, however many ask at once", async () => {
        const { id } = await stocked(admin, 10)
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => admin.post(`${I}/reserve`, { product_id: id, quantity: 1 }))
        )
        const statuses = answers.map(({ status }) => status)
        expect(statuses.filter((status) => status === 200)).toHaveLength(10)
        expect(statuses.filter((status) => status === 400)).toHaveLength(10)
        expect(await levels(id)).toEqual([0, 10])
        expect((await history(id)).filter((row) => row.change_type === "reservation")).toHaveLength(10)
      })

      it("is for one product or for several, not both", async () => {
        const items = [{ product_id: 1, quantity: 1 }]
        const status = async (body: object) => (await admin.post(`${I}/reserve`, body)).status
        expect(await status({ order_id: "x", items, product_id: 1, quantity: 1 })).toBe(422)
        expect(await status({ order_id: "x", items: [] })).toBe(422)
        expect(await status({ items })).toBe(422)
        expect(await status({ product_id: 1 })).toBe(422)
        expect(await status({ order_id: "x", items: [{ product_id: 1, quantity: 0 }] })).toBe(422)
      })
    })

    describe("a release", () => {
      it("gives back a part of what an order holds, and no more than it holds", async () => {
        const { id, sku } = await stocked(admin, 10)
        const order_id = newOrder()
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id })
        expect(await admin.post(`${I}/release`, { product_id: sku, quantity: 1, order_id })).toMatchObject({
          status: 200,
          json: { released: true, product_id: id, quantity: 1, available_quantity: 7, reserved_quantity: 3 }
        })
        expect(await admin.post(`${I}/release`, { product_id: id, quantity: 4, order_id })).toMatchObject({
          status: 400
        })
        expect(await levels(id)).toEqual([7, 3])
        expect(await admin.post(`${I}/release`, { order_id })).toMatchObject({
          status: 200,
          json: { released: true, product_id: id, quantity: 3, available_quantity: 10, reserved_quantity: 0 }
        })
        expect((await admin.post(`${I}/release`, { product_id: id, quantity: 1, order_id })).status).toBe(400)
        expect((await admin.post(`${I}/release`, { order_id })).status).toBe(400)
      })

      it("for an order that holds nothing gives back nobody else's units", async () => {
        const { id } = await stocked(admin, 10)
        const order_id = newOrder()
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id })
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 2 })
        const empty = { product_id: id, quantity: 1, order_id: newOrder() }
        expect((await admin.post(`${I}/release`, empty)).status).toBe(400)
        expect((await admin.post(`${I}/release`, { order_id: empty.order_id })).status).toBe(404)
        expect(await levels(id)).toEqual([4, 6])
      })

      it("without an order takes from what no order holds, as far as that goes", async () => {
        const { id } = await stocked(admin, 10)
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id: newOrder() })
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 2 })
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })
        const release = (quantity: number) => admin.post(`${I}/release`, { product_id: id, quantity })
        expect((await release(1)).json).toEqual({
          released: true,
          product_id: id,
          quantity: 1,
          available_quantity: 4,
          reserved_quantity: 6
        })
        expect(await release(5)).toMatchObject({ status: 200, json: { quantity: 2, reserved_quantity: 4 } })
        expect(await release(1)).toMatchObject({
          status: 200,
          json: { released: true, quantity: 0, available_quantity: 6, reserved_quantity: 4 }
        })
      })

      it("knows no unknown product", async () => {
        for (const product_id of [NOBODYS, "no-such-sku"]) {
          expect((await admin.post(`${I}/release`, { product_id, quantity: 1 })).status).toBe(404)
        }
      })
    })

    describe("committing and shipping", () => {
      it.each(["commit", "fulfil"])("%s knows no unknown order", async (what) => {
        expect(await admin.post(`${I}/${what}`, { order_id: newOrder() })).toMatchObject({ status: 404 })
      })

      it("ships once", async () => {
        const { id } = await stocked(admin, 10)
        const order_id = newOrder()
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 4, order_id })
        const answers = await Promise.all(Array.from({ length: 5 }, () => admin.post(`${I}/fulfil`, { order_id })))
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
        expect(await levels(id)).toEqual([6, 0])
        expect((await admin.post(`${I}/commit`, { order_id })).status).toBe(400)
        expect((await admin.post(`${I}/release`, { order_id })).status).toBe(400)
      })
    })

    it("reports what is wrong in all parts of a request at once", async () => {
      const locs = async (path: string, body: unknown) => {
        const answer = await admin.put(`${I}/${path}`, body, { "idempotency-key": "" })
        expect(answer.status).toBe(422)
        return (answer.json as { detail: Array<{ loc: Array<string> }> }).detail.map(({ loc }) => loc.join("."))
      }
      expect(await locs("a%00", { available_quantity: -1 })).toEqual([
        "path.product_id",
        "header.Idempotency-Key",
        "body.available_quantity"
      ])
      expect(await locs("1", "{")).toEqual(["header.Idempotency-Key", "body"])
      expect(await locs("1", {})).toEqual(["header.Idempotency-Key"])
    })

    describe("an idempotency key", () => {
      it.each<readonly [string, (id: number) => object, (id: number) => object]>([
        ["POST reserve", (id) => ({ product_id: id, quantity: 1 }), (id) => ({ product_id: id, quantity: 2 })],
        ["POST release", (id) => ({ product_id: id, quantity: 1 }), (id) => ({ product_id: id, quantity: 2 })],
        [
          "POST adjust",
          (id) => ({ product_id: id, quantity_change: 2, reason: "found" }),
          (id) => ({ product_id: id, quantity_change: 3, reason: "found" })
        ],
        ["PUT ", () => ({ available_quantity: 40 }), () => ({ available_quantity: 41 })],
        ["PUT ", () => ({ reserved_quantity: 7 }), () => ({ reserved_quantity: 8 })]
      ])("makes %s happen once, and answers alike", async (what, body, other) => {
        const { id } = await stocked(admin, 10)
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 3 })
        const [method, path] = what.split(" ") as ["POST" | "PUT", string]
        const at = `${I}/${path === "" ? id : path}`
        const key = { "idempotency-key": `key of ${what} ${id}` }
        const first = await admin.send(method, at, body(id), key)
        expect(first.status).toBe(200)
        const before = await levels(id)
        expect(await admin.send(method, at, body(id), key)).toMatchObject({ status: 200, json: first.json })
        expect(await levels(id)).toEqual(before)
        expect((await admin.send(method, at, other(id), key)).status).toBe(409)
        expect(await levels(id)).toEqual(before)
        // Another user's key, and the same key elsewhere, are other keys.
        expect((await world.staff.send(method, at, other(id), key)).status).toBe(200)
        expect((await admin.post(`${I}/commit`, { order_id: newOrder() }, key)).status).toBe(404)
      })

      it("makes a record once", async () => {
        const { id } = await newProduct(admin)
        const key = { "idempotency-key": `create ${id}` }
        const form = { product_id: id, available_quantity: 3, reorder_threshold: 1 }
        const first = await admin.post(I, form, key)
        expect(await admin.post(I, form, key)).toMatchObject({ status: 201, json: first.json })
        expect((await admin.post(I, { ...form, available_quantity: 4 }, key)).status).toBe(409)
        expect((await admin.post(I, form)).status).toBe(400)
      })

      it("does not remember a refusal", async () => {
        const { id } = await stocked(admin, 1)
        const key = { "idempotency-key": `refused ${id}` }
        const wanted = { product_id: id, quantity: 2 }
        expect((await admin.post(`${I}/reserve`, wanted, key)).status).toBe(400)
        await admin.post(`${I}/adjust`, { product_id: id, quantity_change: 1, reason: "found" })
        expect((await admin.post(`${I}/reserve`, wanted, key)).status).toBe(200)
      })

      it.each(["", "x".repeat(201), "caf\u00e9", "a\tb"])("is not %j", async (key) => {
        const answer = await admin.post(`${I}/reserve`, { product_id: 1, quantity: 1 }, { "idempotency-key": key })
        expect(answer).toMatchObject({ status: 422, json: { detail: [{ loc: ["header", "Idempotency-Key"] }] } })
      })
    })

    describe("another organization", () => {
      it("sees and moves nothing of ours", async () => {
        const { id, sku } = await stocked(admin, 10)
        const order_id = newOrder()
        await admin.post(`${I}/reserve`, { product_id: id, quantity: 2, order_id })
        const { stranger } = world
        const missing: ReadonlyArray<readonly [Promise<{ readonly status: number }>, number]> = [
          [stranger.get(`${I}/${id}`), 404],
          [stranger.get(`${I}/${sku}`), 404],
          [stranger.get(`${I}/history/${id}`), 404],
          [stranger.put(`${I}/${id}`, { available_quantity: 1 }), 404],
          [stranger.post(I, { product_id: id, available_quantity: 1, reorder_threshold: 1 }), 400],
          [stranger.post(`${I}/adjust`, { product_id: id, quantity_change: 1, reason: "mine" }), 404],
          [stranger.post(`${I}/reserve`, { product_id: id, quantity: 1 }), 404],
          [stranger.post(`${I}/reserve`, { product_id: sku, quantity: 1 }), 404],
          [stranger.post(`${I}/release`, { product_id: id, quantity: 1 }), 404],
          [stranger.post(`${I}/release`, { order_id }), 404],
          [stranger.post(`${I}/release`, { product_id: id, quantity: 1, order_id }), 400],
          [stranger.post(`${I}/commit`, { order_id }), 404],
          [stranger.post(`${I}/fulfil`, { order_id }), 404]
        ]
        for (const [answer, status] of missing) expect((await answer).status).toBe(status)
        expect((await stranger.get(`${I}/check?product_id=${id}&quantity=1`)).json).toMatchObject({ available: false })
        const listed = (await stranger.get(`${I}?limit=100`)).json as ReadonlyArray<{ product_id: number }>
        expect(listed.some((row) => row.product_id === id)).toBe(false)
        expect(await levels(id)).toEqual([8, 2])
      })
    })
  })
}
