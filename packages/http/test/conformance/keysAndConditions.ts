import { Store, StoreError } from "@stockbook/core"
import { Effect, Exit, Layer, Scope } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Client, newProduct, openWorld, type StoreLayer, type World } from "./world.ts"

const I = "/api/v1/inventory"
const P = "/api/v1/products"
const W = "/api/v1/warehouses"

let keys = 0
const newKey = () => ({ "idempotency-key": `key ${++keys}` })

/** What every write and every read owes, whichever API it belongs to: two servers on one store, as two processes. */
export const keysAndConditions = (name: string, store: () => StoreLayer): void => {
  describe(`keys and conditions on ${name}`, () => {
    const scope = Effect.runSync(Scope.make())
    let world: World
    let admin: Client
    /** The same admin, at another server of the same store. */
    let elsewhere: Client
    let other: World
    beforeAll(async () => {
      const shared = Layer.succeedContext(await Effect.runPromise(Scope.provide(Layer.build(store()), scope)))
      world = await openWorld(shared)
      other = await openWorld(shared, {}, world)
      admin = world.admin
      elsewhere = other.admin
    })
    afterAll(async () => {
      await other.close()
      await world.close()
      await Effect.runPromise(Scope.close(scope, Exit.void))
    })

    describe("an Idempotency-Key", () => {
      const product = () => ({ name: "Lamp", sku: `LAMP-${++keys}`, unit_price: 1 })

      it("makes a thing once, wherever and however often it is asked for", async () => {
        const key = newKey()
        const body = product()
        const first = await admin.post(P, body, key)
        expect(first.status).toBe(201)
        expect(first.headers.get("idempotency-replayed")).toBeNull()
        for (const client of [admin, elsewhere]) {
          const again = await client.post(`${P}/`, JSON.stringify(body, null, 2), key)
          expect(again).toMatchObject({ status: 201, text: first.text })
          expect(again.headers.get("location")).toBe(first.headers.get("location"))
          expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"))
          expect(again.headers.get("idempotency-replayed")).toBe("true")
        }
        const { total } = (await admin.get(`${P}?search=${body.sku}`)).json as { total: number }
        expect(total).toBe(1)
      })

      it("does not look at a body that the endpoint does not take, however it is compressed", async () => {
        const { id } = await newProduct(admin)
        const key = newKey()
        for (const coding of ["zstd", "deflate"]) {
          const answer = await admin.send("DELETE", `${P}/${id}`, "no such thing", {
            ...key,
            "content-encoding": coding
          })
          expect(answer).toMatchObject({ status: 204, text: "" })
        }
      })

      it("is refused for another request", async () => {
        const key = newKey()
        const body = product()
        expect((await admin.post(P, body, key)).status).toBe(201)
        const detail = "The Idempotency-Key was used with another request"
        for (const client of [admin, elsewhere]) {
          expect(await client.post(P, product(), key)).toMatchObject({ status: 409, json: { detail } })
          expect(await client.post(W, { name: body.name }, key)).toMatchObject({ status: 409, json: { detail } })
          expect(await client.put(`${P}/1`, body, key)).toMatchObject({ status: 409, json: { detail } })
        }
      })

      it("answers those who come meanwhile like the first", async () => {
        const key = newKey()
        const body = product()
        const answers = await Promise.all(Array.from({ length: 20 }, () => admin.post(P, body, key)))
        expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
        expect(answers[0]?.status).toBe(201)
      })

      it("holds for changes and deletions", async () => {
        const { id } = await newProduct(admin)
        const renaming = newKey()
        const renamed = await admin.put(`${P}/${id}`, { name: "New" }, renaming)
        await admin.put(`${P}/${id}`, { name: "Newer" })
        expect(await elsewhere.put(`${P}/${id}`, { name: "New" }, renaming)).toMatchObject({
          status: 200,
          text: renamed.text
        })
        expect((await admin.get(`${P}/${id}`)).json).toMatchObject({ name: "Newer" })
        const deleting = newKey()
        expect((await admin.send("DELETE", `${P}/${id}`, undefined, deleting)).status).toBe(204)
        expect(await elsewhere.send("DELETE", `${P}/${id}`, undefined, deleting)).toMatchObject({
          status: 204,
          text: ""
        })
        expect((await admin.send("DELETE", `${P}/${id}`, undefined, newKey())).status).toBe(404)
      })

      it("registers a user once, whoever asks, and keeps no password", async () => {
        const key = newKey()
        const user = { username: `user-${keys}`, email: `user-${keys}@example.org`, password: "correct horse" }
        const first = await world.nobody.post("/auth/register", user, key)
        expect(first.status).toBe(201)
        expect(await other.nobody.post("/auth/register", user, key)).toMatchObject({ status: 201, text: first.text })
        const taken = { ...user, email: "else@example.org" }
        expect((await other.nobody.post("/auth/register", taken, key)).status).toBe(409)
      })

      it("is the sender's own", async () => {
        const key = newKey()
        const one = await admin.post(P, product(), key)
        const two = await world.staff.post(P, product(), key)
        const three = await world.stranger.post(P, product(), key)
        expect([one, two, three].map(({ status }) => status)).toEqual([201, 201, 201])
      })

      it("is not used up by a refusal", async () => {
        const key = newKey()
        const { sku } = await newProduct(admin)
        const body = { name: "Lamp", sku: `${sku}-2`, unit_price: -1 }
        expect((await admin.post(P, body, key)).status).toBe(422)
        expect((await admin.post(P, { ...body, sku, unit_price: 1 }, key)).status).toBe(400)
        expect((await admin.post(P, { ...body, unit_price: 1 }, key)).status).toBe(201)
      })

      it.each(["", " ", "x".repeat(201), "caf\u00e9", "a\tb"])("is not %j", async (key) => {
        const headers = { "idempotency-key": key }
        const loc = ["header", "Idempotency-Key"]
        for (const [path, body] of [
          [P, product()],
          ["/auth/login", { username: "admin", password: "correct horse" }],
          ["/auth/register", { username: "a-user", email: "a@example.org", password: "correct horse" }]
        ] as const) {
          const answer = await admin.post(path, body, headers)
          expect(answer).toMatchObject({ status: 422, json: { detail: [{ type: "value_error", loc }] } })
        }
      })

      it("means nothing on a read", async () => {
        expect((await admin.get(P, undefined, { "idempotency-key": "" })).status).toBe(200)
      })
    })

    describe("an entity tag", () => {
      it("changes with what it names, and spares a client what it has", async () => {
        const { id } = await newProduct(admin)
        for (const path of [`${P}/${id}`, P, `${I}/check?product_id=${id}&quantity=1`]) {
          const read = await admin.get(path)
          const etag = read.headers.get("etag") ?? ""
          expect(etag).toMatch(/^"[\w-]{22}"$/)
          expect(read.headers.get("cache-control")).toBe("private, no-cache")
          for (const known of [etag, `W/${etag}`, `"else", ${etag}`, "*"]) {
            const spared = await elsewhere.get(path, undefined, { "if-none-match": known })
            expect(spared).toMatchObject({ status: 304, text: "" })
            expect(spared.headers.get("etag")).toBe(etag)
          }
          expect((await admin.get(path, undefined, { "if-none-match": '"else"' })).status).toBe(200)
        }
        const before = (await admin.get(`${P}/${id}`)).headers.get("etag") ?? ""
        await admin.put(`${P}/${id}`, { name: "Changed" })
        const after = await admin.get(`${P}/${id}`, undefined, { "if-none-match": before })
        expect(after.status).toBe(200)
        expect(after.headers.get("etag")).not.toBe(before)
      })
    })

    const changes: ReadonlyArray<readonly [string, (n: number) => object, (client: Client) => Promise<string>]> = [
      ["a product", (n) => ({ name: `Name ${n}` }), async (client) => `${P}/${(await newProduct(client)).id}`],
      [
        "a warehouse",
        (n) => ({ location: `Street ${n}` }),
        async (client) => {
          const { json } = await client.post(W, { name: `Warehouse ${++keys}` })
          return `${W}/${(json as { id: number }).id}`
        }
      ],
      ["a product's price", (n) => ({ price: n }), async (client) => `/products/${(await newProduct(client)).id}`],
      [
        "a category",
        (n) => ({ description: `Things ${n}` }),
        async (client) => {
          const { json } = await client.post("/categories/create", { name: `Category ${++keys}` })
          return `/categories/${(json as { id: number }).id}`
        }
      ],
      [
        "a customer",
        (n) => ({ address: `Street ${n}` }),
        async (client) => {
          const { json } = await client.post("/customers", { first_name: "Jane", last_name: "Smith" })
          return `/customers/${(json as { id: number }).id}`
        }
      ],
      ...(["reorder_threshold", "available_quantity", "reserved_quantity"] as const).map(
        (field) =>
          [
            `the ${field} of a record`,
            (n: number) => ({ [field]: n }),
            async (client: Client) => {
              const { id } = await newProduct(client)
              await client.post(I, { product_id: id, available_quantity: 50, reorder_threshold: 50 })
              return `${I}/${id}`
            }
          ] as const
      )
    ]

    describe.each(changes)("If-Match on %s", (_, change, made) => {
      const tagOf = async (path: string) => (await admin.get(path)).headers.get("etag") ?? ""

      it("lets one of those pass who saw the same, at whichever server", async () => {
        const path = await made(admin)
        const condition = { "if-match": await tagOf(path) }
        const answers = await Promise.all(
          Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? admin : elsewhere).put(path, change(n + 1), condition))
        )
        const statuses = answers.map(({ status }) => status).sort()
        expect(statuses).toEqual([200, ...Array.from({ length: 11 }, () => 412)])
        const winner = answers.findIndex(({ status }) => status === 200)
        expect((await admin.get(path)).json).toMatchObject(change(winner + 1))
      })

      it("stands in the way of nobody who saw the last", async () => {
        const path = await made(admin)
        const seen = await tagOf(path)
        expect((await admin.put(path, change(1), { "if-match": `"else", W/${seen}` })).status).toBe(200)
        const refused = await elsewhere.put(path, change(2), { "if-match": seen })
        expect(refused).toMatchObject({ status: 412, json: { detail: "It was changed meanwhile" } })
        expect((await elsewhere.put(path, change(2), { "if-match": await tagOf(path) })).status).toBe(200)
        expect((await admin.put(path, change(3), { "if-match": "*" })).status).toBe(200)
        expect((await admin.get(path)).json).toMatchObject(change(3))
      })

      it("answers a repeated request as before", async () => {
        const path = await made(admin)
        const headers = { "if-match": await tagOf(path), ...newKey() }
        const first = await admin.put(path, change(1), headers)
        expect(first.status).toBe(200)
        expect(await elsewhere.put(path, change(1), headers)).toMatchObject({ status: 200, text: first.text })
      })
    })

    it("deletes what was seen and nothing else", async () => {
      const { id } = await newProduct(admin)
      const seen = (await admin.get(`${P}/${id}`)).headers.get("etag") ?? ""
      await admin.put(`${P}/${id}`, { name: "Changed" })
      expect((await admin.send("DELETE", `${P}/${id}`, undefined, { "if-match": seen })).status).toBe(412)
      const now = (await admin.get(`${P}/${id}`)).headers.get("etag") ?? ""
      expect((await admin.send("DELETE", `${P}/${id}`, undefined, { "if-match": now })).status).toBe(204)
      expect((await admin.send("DELETE", `${P}/${id}`, undefined, { "if-match": "*" })).status).toBe(404)
      expect((await admin.put(`${P}/${id}`, { name: "New" }, { "if-match": now })).status).toBe(404)
    })

    it("says where to read what was made", async () => {
      const product = await admin.post(P, { name: "Lamp", sku: `LAMP-${++keys}`, unit_price: 1 })
      const location = product.headers.get("location") ?? ""
      expect(location).toBe(`${P}/${(product.json as { id: number }).id}`)
      expect((await admin.get(location)).json).toMatchObject(product.json as object)
      const warehouse = await admin.post(`${W}/`, { name: `Warehouse ${++keys}` })
      expect((await admin.get(warehouse.headers.get("location") ?? "")).json).toEqual(warehouse.json)
      const { id } = product.json as { id: number }
      const record = await admin.post(I, { product_id: id, available_quantity: 1, reorder_threshold: 1 })
      expect((await admin.get(record.headers.get("location") ?? "")).json).toEqual(record.json)
    })
  })

  it(`does nothing twice on ${name}, even if no answer can be kept`, async () => {
    const failure = new StoreError({ reason: "unavailable", message: "gone", cause: null })
    const forgetful = Layer.effect(
      Store,
      Effect.map(Store, (given) => Store.of({ ...given, replies: { ...given.replies, keep: () => failure } }))
    )
    const world = await openWorld(Layer.provideMerge(forgetful, store()))
    const { id } = await newProduct(world.admin)
    await world.admin.post(I, { product_id: id, available_quantity: 10, reorder_threshold: 0 }, newKey())
    const key = newKey()
    const reserve = () => world.admin.post(`${I}/reserve`, { product_id: id, quantity: 2 }, key)
    const first = await reserve()
    expect(first.status).toBe(200)
    expect(await reserve()).toMatchObject({ status: 200, text: first.text })
    expect((await world.admin.post(`${I}/reserve`, { product_id: id, quantity: 3 }, key)).status).toBe(409)
    expect((await world.admin.get(`${I}/${id}`)).json).toMatchObject({ available_quantity: 8, reserved_quantity: 2 })
    await world.close()
  })
}
