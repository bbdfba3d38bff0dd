import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { guarded } from "./guarded.ts"
import { movements } from "./warehouse-management/movements.ts"
import { stockEndpoints } from "./warehouse-management/stock.ts"
import { transfers } from "./warehouse-management/transfers.ts"
import { type Endpoint, newProduct, openWorld, type StoreLayer, type World } from "./world.ts"

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const P = "/api/v1/products"
const W = "/api/v1/warehouses"

const laptop = {
  name: "Laptop Computer",
  sku: "LAPTOP-001",
  description: "High-performance laptop",
  unit_price: 999.99,
  unit_of_measure: "piece",
  category: "Electronics"
}

const wrongProduct = { name: "", sku: 5, unit_price: -1, description: 5, category: "x".repeat(101) }

const endpoints: ReadonlyArray<Endpoint> = [
  { method: "GET", path: `${P}/`, ability: "read catalogue" },
  {
    method: "POST",
    path: `${P}/`,
    body: { ...laptop, sku: "GUARD" },
    ability: "write catalogue",
    malformed: [wrongProduct, ["body.name", "body.sku", "body.unit_price", "body.description", "body.category"]]
  },
  { method: "GET", path: `${P}/9999`, ability: "read catalogue" },
  {
    method: "PUT",
    path: `${P}/9999`,
    body: { name: "New" },
    ability: "write catalogue",
    malformed: [wrongProduct, ["body.name", "body.sku", "body.unit_price", "body.description", "body.category"]]
  },
  { method: "DELETE", path: `${P}/9999`, ability: "write catalogue" },
  { method: "GET", path: `${W}/`, ability: "read catalogue" },
  {
    method: "POST",
    path: `${W}/`,
    body: { name: "Guard" },
    ability: "write catalogue",
    malformed: [{ location: 1 }, ["body.name", "body.location"]]
  },
  { method: "GET", path: `${W}/9999`, ability: "read catalogue" },
  {
    method: "PUT",
    path: `${W}/9999`,
    body: { name: "New" },
    ability: "write catalogue",
    malformed: [{ name: "", is_active: "maybe" }, ["body.name", "body.is_active"]]
  },
  { method: "DELETE", path: `${W}/9999`, ability: "write catalogue" }
]

interface Product {
  readonly id: number
  readonly name: string
  readonly sku: string | null
}
interface Page<Row = Product> {
  readonly items: ReadonlyArray<Row>
  readonly total: number
  readonly total_pages: number
}

/** What API D's document promises, and what its own program got wrong. */
export const warehouseManagement = (name: string, store: () => StoreLayer): void => {
  describe(`warehouse management on ${name}`, () => {
    let world: World
    beforeAll(async () => {
      world = await openWorld(store())
    })
    afterAll(() => world.close())

    guarded(() => world, [...endpoints, ...stockEndpoints])
    movements(() => world)
    transfers(() => world)

    describe("products", () => {
      it("makes one as documented", async () => {
        const answer = await world.admin.post(`${P}/`, laptop)
        expect(answer.status).toBe(201)
        expect(answer.json).toEqual({
          id: expect.any(Number),
          ...laptop,
          unit_price: "999.99",
          is_active: true,
          created_at: TIME,
          updated_at: TIME,
          created_by: 1,
          total_stock: 0
        })
      })

      it("needs no more than a name, a SKU and a price", async () => {
        const answer = await world.staff.post(P, { name: "Bare", sku: "BARE", unit_price: "10" })
        expect(answer).toMatchObject({
          status: 201,
          json: { unit_price: "10.00", description: null, unit_of_measure: null, category: null }
        })
        expect((await world.staff.post(P, {})).json).toMatchObject({
          detail: ["name", "sku", "unit_price"].map((field) => ({ type: "missing", loc: ["body", field] }))
        })
      })

      it.each([
        ["799.99", "799.99"],
        [0, "0.00"],
        [12.5, "12.50"],
        ["1e3", null],
        [799.995, null],
        ["-0.01", null],
        [1e15, null],
        ["", null],
        [true, null],
        ["NaN", null]
      ])("takes the price %j as %j", async (unit_price, shown) => {
        const answer = await world.admin.post(P, { name: "Priced", sku: `PRICE-${unit_price}`, unit_price })
        if (shown === null)
          expect(answer).toMatchObject({ status: 422, json: { detail: [{ loc: ["body", "unit_price"] }] } })
        else expect(answer).toMatchObject({ status: 201, json: { unit_price: shown } })
      })

      it("has one product to a SKU in an organization, however many ask at once", async () => {
        const answers = await Promise.all(
          Array.from({ length: 8 }, () => world.admin.post(P, { name: "Same", sku: "SAME", unit_price: 1 }))
        )
        expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 400)])
        expect(answers.find(({ status }) => status === 400)?.json).toEqual({
          detail: "Product with this SKU already exists"
        })
        expect((await world.stranger.post(P, { name: "Same", sku: "SAME", unit_price: 1 })).status).toBe(201)
      })

      it("shows the stock of every active warehouse, the empty ones too", async () => {
        const { id } = await newProduct(world.admin)
        await world.admin.post("/api/v1/inventory", { product_id: id, available_quantity: 7, reorder_threshold: 1 })
        await world.admin.post("/api/v1/inventory/reserve", { product_id: id, quantity: 2 })
        const answer = await world.customer.get(`${P}/${id}`)
        expect(answer).toMatchObject({
          status: 200,
          json: {
            id,
            total_stock: 7,
            warehouse_stock: expect.arrayContaining([
              { warehouse_id: expect.any(Number), warehouse_name: "Main Warehouse", current_stock: 7 },
              { warehouse_id: expect.any(Number), warehouse_name: "Secondary Warehouse", current_stock: 0 }
            ])
          }
        })
      })

      it("changes the fields given and no others", async () => {
        const { id, sku } = await newProduct(world.admin, { category: "Tools", description: "Old" })
        const change = { name: "Updated Product Name", unit_price: 1299.99, description: null }
        const answer = await world.admin.put(`${P}/${id}`, change)
        expect(answer).toMatchObject({
          status: 200,
          json: { name: "Updated Product Name", unit_price: "1299.99", description: null, category: "Tools", sku }
        })
        const taken = await newProduct(world.admin)
        expect(await world.admin.put(`${P}/${id}`, { sku: taken.sku })).toMatchObject({
          status: 400,
          json: { detail: "Product with this SKU already exists" }
        })
      })

      it("deletes softly: 204, and then it is gone", async () => {
        const { id, sku } = await newProduct(world.admin)
        const answer = await world.admin.delete(`${P}/${id}`)
        expect(answer).toMatchObject({ status: 204, text: "" })
        const gone = { status: 404, json: { detail: "Product not found" } }
        expect(await world.admin.delete(`${P}/${id}`)).toMatchObject(gone)
        expect(await world.admin.get(`${P}/${id}`)).toMatchObject(gone)
        expect(await world.admin.put(`${P}/${id}`, { name: "Back" })).toMatchObject(gone)
        expect(((await world.admin.get(`${P}?search=${sku}`)).json as Page).total).toBe(0)
        expect((await world.admin.post(P, { name: "Again", sku, unit_price: 1 })).status).toBe(400)
      })

      it("sells one again that was taken off sale", async () => {
        const { id } = await newProduct(world.admin)
        const path = `${P}/${id}`
        expect(await world.admin.put(path, { is_active: false })).toMatchObject({ json: { is_active: false } })
        expect((await world.admin.get(path)).status).toBe(404)
        const back = await world.admin.put(path, { is_active: true, name: "Back" })
        expect(back).toMatchObject({ status: 200, json: { is_active: true, name: "Back" } })
        expect((await world.admin.get(path)).status).toBe(200)
        expect((await world.stranger.put(path, { is_active: true })).status).toBe(404)
      })

      it.each(["0", "-1", "9007199254740991"])("knows no product %s", async (id) => {
        expect(await world.admin.get(`${P}/${id}`)).toMatchObject({
          status: 404,
          json: { detail: "Product not found" }
        })
      })

      it.each(["x", "1.5", "99999999999999999999"])("takes %s for no id", async (id) => {
        expect(await world.admin.get(`${P}/${id}`)).toMatchObject({
          status: 422,
          json: { detail: [{ type: "int_parsing", loc: ["path", "product_id"] }] }
        })
      })

      it("hides one organization's products from another", async () => {
        const { id, sku } = await newProduct(world.admin)
        for (const method of ["GET", "PUT", "DELETE"] as const) {
          const answer = await world.stranger.send(
            method,
            `${P}/${id}`,
            method === "PUT" ? { name: "Mine" } : undefined
          )
          expect(answer).toMatchObject({ status: 404, json: { detail: "Product not found" } })
        }
        expect(((await world.stranger.get(`${P}?search=${sku}`)).json as Page).items).toEqual([])
        expect((await world.admin.get(`${P}/${id}`)).status).toBe(200)
      })
    })

    describe("the list of products", () => {
      const names = (answer: { readonly json: unknown }) => (answer.json as Page).items.map((item) => item.name)
      beforeAll(async () => {
        for (const [index, each] of ["Apple", "banana", "Cherry"].entries()) {
          const { id } = await newProduct(world.admin, { name: each, category: "fruit-of-list" })
          const stock = { product_id: id, available_quantity: [5, 50, 20][index], reorder_threshold: 1 }
          await world.admin.post("/api/v1/inventory", stock)
        }
      })

      it.each([
        ["name_asc", ["Apple", "Cherry", "banana"]],
        ["name_desc", ["banana", "Cherry", "Apple"]],
        ["stock_asc", ["Apple", "Cherry", "banana"]],
        ["stock_desc", ["banana", "Cherry", "Apple"]],
        ["created_asc", ["Apple", "banana", "Cherry"]],
        ["created_desc", ["Cherry", "banana", "Apple"]]
      ])("sorts by %s", async (sort, order) => {
        const sorted = names(await world.customer.get(`${P}/?search=FRUIT-OF&sort_by=${sort}`))
        // Whether capitals go first is the store's collation.
        if (sort.startsWith("name")) expect([...sorted].sort()).toEqual([...order].sort())
        else expect(sorted).toEqual(order)
      })

      it("is paged", async () => {
        const at = (page: number) =>
          world.admin.get(`${P}/?search=fruit-of&sort_by=created_asc&page=${page}&page_size=2`)
        expect((await at(1)).json).toMatchObject({ total: 3, page: 1, page_size: 2, total_pages: 2 })
        expect([names(await at(1)), names(await at(2)), names(await at(3))]).toEqual([
          ["Apple", "banana"],
          ["Cherry"],
          []
        ])
        expect((await world.admin.get(P)).json).toMatchObject({ page: 1, page_size: 20 })
      })

      it("is narrowed by dates, both included", async () => {
        const total = async (query: string) =>
          ((await world.admin.get(`${P}?search=fruit-of&${query}`)).json as Page).total
        const today = new Date().toISOString().slice(0, 10)
        expect(await total(`created_from_date=${today}&created_to_date=${today}`)).toBe(3)
        expect(await total("created_to_date=2001-01-01")).toBe(0)
        expect(await total("created_from_date=2999-12-31T23:59:59Z")).toBe(0)
        expect(await total("created_to_date=2999-12-31T23:59:59%2B02:00")).toBe(3)
      })

      it.each([
        ["page=0", "page"],
        ["page=x", "page"],
        ["page_size=0", "page_size"],
        ["page_size=101", "page_size"],
        ["sort_by=price", "sort_by"],
        ["created_from_date=yesterday", "created_from_date"],
        ["created_to_date=2025-02-30", "created_to_date"]
      ])("does not take ?%s", async (query, field) => {
        expect(await world.admin.get(`${P}/?${query}`)).toMatchObject({
          status: 422,
          json: { detail: [{ loc: ["query", field] }] }
        })
      })

      it.each(["100%25", "_", "%27", "%22", "%5C"])("searches for %s as it is written", async (text) => {
        expect(await world.admin.get(`${P}/?search=${text}`)).toMatchObject({
          status: 200,
          json: { items: [], total: 0 }
        })
      })
    })

    describe("warehouses", () => {
      it("starts with two", async () => {
        const { items } = (await world.stranger.get(W)).json as Page
        expect(items.map((each) => each.name)).toEqual(["Main Warehouse", "Secondary Warehouse"])
      })

      it("opens, changes and closes one", async () => {
        const made = await world.admin.post(`${W}/`, { name: "North", location: "1 Dock Road" })
        expect(made).toMatchObject({ status: 201 })
        expect(made.json).toEqual({
          id: expect.any(Number),
          name: "North",
          location: "1 Dock Road",
          description: null,
          is_active: true,
          created_at: TIME,
          updated_at: TIME
        })
        const path = `${W}/${(made.json as Product).id}`
        expect(await world.admin.put(path, { description: "Cold" })).toMatchObject({
          status: 200,
          json: { name: "North", location: "1 Dock Road", description: "Cold" }
        })
        expect(await world.stranger.get(path)).toMatchObject({ status: 404, json: { detail: "Warehouse not found" } })
        expect(await world.stranger.delete(path)).toMatchObject({ status: 404 })
        expect((await world.customer.get(path)).status).toBe(200)
        expect(await world.admin.delete(path)).toMatchObject({ status: 204, text: "" })
        for (const method of ["GET", "DELETE"] as const) {
          expect(await world.admin.send(method, path)).toMatchObject({
            status: 404,
            json: { detail: "Warehouse not found" }
          })
        }
        expect(((await world.admin.get(`${W}?search=north`)).json as Page).items).toEqual([])
      })

      it("opens one again that was closed", async () => {
        const { json } = await world.admin.post(W, { name: "South" })
        const path = `${W}/${(json as Product).id}`
        expect(await world.admin.put(path, { is_active: false })).toMatchObject({ json: { is_active: false } })
        expect((await world.admin.put(path, { name: "Deep South" })).status).toBe(404)
        expect(await world.admin.put(path, { is_active: true })).toMatchObject({
          status: 200,
          json: { name: "South", is_active: true }
        })
        expect((await world.admin.get(path)).status).toBe(200)
      })

      it("has none where stock is on its way", async () => {
        const { items } = (await world.stranger.get(W)).json as Page
        // Made with the organization, after its two warehouses.
        const path = `${W}/${Number(items.at(-1)?.id) + 1}`
        const gone = { status: 404, json: { detail: "Warehouse not found" } }
        expect(await world.stranger.get(path)).toMatchObject(gone)
        expect(await world.stranger.put(path, { name: "Mine" })).toMatchObject(gone)
        expect(await world.stranger.delete(path)).toMatchObject(gone)
      })

      it("refuses a name that is taken", async () => {
        expect(await world.admin.post(W, { name: "Main Warehouse" })).toMatchObject({
          status: 400,
          json: { detail: "Warehouse with this name already exists" }
        })
      })

      it("keeps one that has stock, and the default one", async () => {
        const { items } = (await world.stranger.get(W)).json as Page
        const main = `${W}/${items[0]?.id}`
        expect(await world.stranger.delete(main)).toMatchObject({
          status: 400,
          json: { detail: "The default warehouse cannot be deleted" }
        })
        const { id } = await newProduct(world.stranger)
        const stock = { product_id: id, available_quantity: 3, reorder_threshold: 0 }
        await world.stranger.post("/api/v1/inventory", stock)
        const refusal = { status: 400, json: { detail: "Warehouse still has 3 units in stock" } }
        expect(await world.stranger.delete(main)).toMatchObject(refusal)
        expect(await world.stranger.put(main, { is_active: false })).toMatchObject(refusal)
      })
    })
  })
}
