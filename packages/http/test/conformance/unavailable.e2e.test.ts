import { IdentityDriver, MemoryStore, Store, StoreError } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { newProduct, openWorld, type World } from "./world.ts"

/** What the store fails with, while it does. */
let failing: StoreError["reason"] | null = null

const failure = Effect.suspend(() =>
  failing === null ? Effect.void : new StoreError({ reason: failing, message: "disk on fire", cause: null })
)

const failingUsers = Layer.effect(
  IdentityDriver,
  Effect.map(IdentityDriver, (users) =>
    IdentityDriver.of({
      ...users,
      countUsers: Effect.andThen(Effect.orDie(failure), users.countUsers),
      findByLogin: (...args) => Effect.andThen(Effect.orDie(failure), users.findByLogin(...args)),
      getUser: (...args) => Effect.andThen(Effect.orDie(failure), users.getUser(...args))
    })
  )
)

const failingStock = Layer.effect(
  Store,
  Effect.map(Store, (store) =>
    Store.of({
      ...store,
      stock: { transact: (...args) => Effect.andThen(failure, store.stock.transact(...args)) },
      catalog: {
        ...store.catalog,
        item: (...args) => Effect.andThen(failure, store.catalog.item(...args)),
        items: (...args) => Effect.andThen(failure, store.catalog.items(...args)),
        insertItems: (...args) => Effect.andThen(failure, store.catalog.insertItems(...args)),
        locations: (...args) => Effect.andThen(failure, store.catalog.locations(...args))
      }
    })
  )
)

const failingStore = Layer.merge(failingUsers, failingStock).pipe(Layer.provideMerge(MemoryStore.layer))

describe("a store that fails", () => {
  let world: World
  let id: number
  beforeAll(async () => {
    world = await openWorld(failingStore)
    id = (await newProduct(world.admin)).id
    await world.admin.post("/api/v1/inventory", { product_id: id, available_quantity: 5, reorder_threshold: 0 })
  })
  afterAll(() => world.close())

  const ask = (reason: StoreError["reason"]) => {
    failing = reason
    return Promise.all([
      world.admin.get("/api/v1/inventory"),
      world.admin.get(`/api/v1/inventory/${id}`),
      world.admin.post("/api/v1/inventory/reserve", { product_id: id, quantity: 1 }),
      world.admin.post("/api/v1/inventory/release", { product_id: id, quantity: 1 }),
      world.admin.get("/api/v1/products"),
      world.admin.post("/api/v1/products", { name: "New", sku: "NEW", unit_price: 1 }),
      world.admin.get("/api/v1/warehouses"),
      world.admin.get("/auth/me"),
      world.nobody.post("/api/v1/auth/login", { username: "admin", password: "correct horse" }),
      world.nobody.post("/auth/register", { username: "new", email: "new@x.org", password: "correct horse" })
    ]).finally(() => {
      failing = null
    })
  }

  it("is 503 while it cannot be reached, and well again afterwards", async () => {
    for (const answer of await ask("unavailable")) {
      expect(answer).toMatchObject({ status: 503, json: { detail: "The store is not available" } })
      expect(answer.headers.get("retry-after")).toBe("1")
    }
    expect((await world.admin.get(`/api/v1/inventory/${id}`)).json).toMatchObject({ available_quantity: 5 })
  })

  it("is told of in the log, request by request, and not in the answer", async () => {
    const answers = await ask("unavailable")
    const told = world.server.log.filter((entry) => entry.event === "store")
    for (const { headers, text } of answers) {
      expect(text).not.toContain("fire")
      expect(told.filter(({ requestId }) => requestId === headers.get("x-request-id"))).toMatchObject([
        { level: "warn", reason: "unavailable", cause: "disk on fire" }
      ])
    }
  })

  it("is 503 where it is not known what became of a request, which the answer says", async () => {
    for (const answer of await ask("unknown")) {
      expect(answer).toMatchObject({ status: 503, json: { detail: expect.stringContaining("may have been") } })
    }
  })

  it("is a fault where it holds what nobody can read, and the answer says nothing of it", async () => {
    for (const answer of await ask("corrupt")) {
      expect(answer).toMatchObject({ status: 500, json: { detail: "Internal Server Error" } })
      expect(answer.text).not.toContain("fire")
    }
    expect(JSON.stringify(world.server.log)).toContain("disk on fire")
  })
})

it("is 503 for those who come while as many wait as may", async () => {
  const world = await openWorld(MemoryStore.layer, { engine: { capacity: 1, batchSize: 1 } })
  const { id } = await newProduct(world.admin)
  const opening = { product_id: id, available_quantity: 500, reorder_threshold: 0 }
  await world.admin.post("/api/v1/inventory", opening)
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => world.admin.post("/api/v1/inventory/reserve", { product_id: id, quantity: 1 }))
  )
  const done = answers.filter(({ status }) => status === 200).length
  for (const answer of answers.filter(({ status }) => status !== 200)) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get("retry-after")).toBe("1")
  }
  const record = (await world.admin.get(`/api/v1/inventory/${id}`)).json
  expect(record).toMatchObject({ available_quantity: 500 - done, reserved_quantity: done })
  await world.close()
})
