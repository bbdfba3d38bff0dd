import { MemoryStore, Store, StoreError } from "@stockbook/core"
import compression from "compression"
import { Effect, Layer } from "effect"
import express from "express"
import { describe, expect, it } from "vitest"
import { stockbook } from "../src/index.ts"
import { type Arrangement, SECRET, start } from "./server.ts"

const PASSWORD = "correct horse"
const form = { "content-type": "application/x-www-form-urlencoded" }

const hosts: ReadonlyArray<readonly [string, Arrangement]> = [
  ["at the root", {}],
  ["under a prefix", { prefix: "/deep/stock" }],
  ["after body parsers", { before: [express.json(), express.urlencoded({ extended: true })] }],
  ["after a text parser", { before: [express.text({ type: "*/*" })] }],
  ["after a raw parser", { prefix: "/raw", before: [express.raw({ type: "*/*" })] }],
  ["after the host's own compression", { before: [compression({ threshold: 0 })] }],
  [
    "after a host that presets the body",
    {
      before: [
        (request, _, next) => {
          request.body = {}
          next()
        }
      ]
    }
  ]
]

describe.each(hosts)("%s", (_, arrangement) => {
  it("works all the same", async () => {
    const server = await start(arrangement)
    const user = { email: "ann@x.org", password: PASSWORD, username: "ann" }
    expect((await server.post("/api/v1/auth/register/", user)).status).toBe(201)
    const answer = await server.post("/api/v1/auth/login", "username=ann&password=correct+horse", form)
    expect(answer.status).toBe(200)
    expect(answer.headers.get("content-type")).toBe("application/json")
    const { access_token } = answer.json as { access_token: string }
    const me = await server.get("/auth/me", { authorization: `Bearer ${access_token}` })
    expect(me.json).toMatchObject({ username: "ann", role: "admin" })
    expect((await server.post("/auth/login", {})).status).toBe(422)
    expect((await server.send("/auth/login", { method: "POST" })).status).toBe(422)
    expect((await server.get("/nope")).json).toEqual({ detail: "Not Found" })
    expect((await server.get("/openapi.json")).json).toMatchObject({
      openapi: "3.1.0",
      servers: [{ url: arrangement.prefix ?? "/" }]
    })
    await server.close()
  })
})

it("reads what a deep body parser made of a deep body without a fault", async () => {
  const server = await start({ before: [express.json()] })
  const answer = await server.post("/auth/login", `{"email":${"[".repeat(10_000)}${"]".repeat(10_000)}}`)
  expect(answer.status).toBe(422)
  await server.close()
})

it("asks the host who it is, and leaves users to it", async () => {
  const actor = { user: 9, organization: 4, role: "staff" as const }
  const server = await start({
    undeclared: true,
    options: {
      tokens: undefined,
      authenticate: async (request) => (request.get("x-session") === "good" ? actor : null)
    } as Arrangement["options"] & object
  })
  expect((await server.get("/health", { "x-session": "good" })).status).toBe(200)
  for (const path of ["/auth/login", "/api/v1/auth/register", "/api/v1/auth/login"]) {
    expect((await server.post(path, { email: "a@b.de", password: PASSWORD })).status).toBe(404)
  }
  const documents = (await server.get("/openapi.json")).json as { paths: object }
  expect(Object.keys(documents.paths).filter((path) => path.includes("auth"))).toEqual([])
  await server.close()
})

describe("who the host says it is", () => {
  const answered = async (actor: unknown) => {
    const server = await start({
      undeclared: true,
      options: { tokens: undefined, authenticate: () => actor } as Arrangement["options"] & object
    })
    const { status } = await server.get("/api/v1/products/")
    const faults = server.log.flatMap((entry) => (entry.event === "fault" ? [entry.cause] : []))
    await server.close()
    return { status, faults: faults.join("\n") }
  }

  it("may have no user, and come without a promise", async () => {
    expect(await answered({ organization: 1, role: "admin" })).toEqual({ status: 200, faults: "" })
    expect(await answered(null)).toEqual({ status: 401, faults: "" })
    expect((await answered({ organization: 1, role: "staff", user: 3, name: "Ada" })).status).toBe(200)
  })

  it.each([
    [undefined, "Expected object"],
    [{ role: "admin" }, "organization: "],
    [{ organization: "1", role: "admin" }, "organization: "],
    [{ organization: 0, role: "admin" }, "organization: "],
    [{ organization: 1, role: "owner" }, "role: "],
    [{ organization: 1, role: "admin", user: 1.5 }, "user: "]
  ])("is a fault that names the field: %j", async (actor, field) => {
    const { status, faults } = await answered(actor)
    expect(status).toBe(500)
    expect(faults).toContain(
      `InvalidActor: authenticate must answer with { organization, role, user } or null: ${field}`
    )
  })
})

describe("options", () => {
  const tokens = { secret: SECRET }
  const store = MemoryStore.layer
  it.each([
    ["options", undefined],
    ["store", { tokens }],
    ["authenticate", { store }],
    ["authenticate", { store, tokens, authenticate: async () => null }],
    ["authenticate", { store, authenticate: "nobody" }],
    ["notification", { store, tokens, notification: {} }],
    ["bodyLimit", { store, tokens, bodyLimit: "4mb" }]
  ])("are refused for %s", (option, options) => {
    const mount: (options: never) => unknown = stockbook
    expect(() => mount(options as never)).toThrow(expect.objectContaining({ name: "InvalidOption", option }))
  })
})

describe("a gateway", () => {
  const identity = { "x-user-id": "1", "x-organization-id": "1", "x-user-role": "admin" }
  const within = async (addresses: ReadonlyArray<string>, headers: Record<string, string>) => {
    const server = await start({ options: { gateway: { addresses } } })
    await server.post("/auth/register", { email: "ann@x.org", password: PASSWORD, username: "ann" })
    const { status } = await server.get("/auth/me", headers)
    await server.close()
    return status
  }

  it("is believed at its own address", async () => {
    expect(await within(["127.0.0.1"], identity)).toBe(200)
  })
  it("is believed at no other, whatever it forwards", async () => {
    expect(await within(["10.0.0.1"], { ...identity, "x-forwarded-for": "10.0.0.1" })).toBe(401)
  })
  it.each([
    { "x-user-role": "root" },
    { "x-organization-id": "1e0x" },
    { "x-organization-id": "0" },
    { "x-user-id": "-1" }
  ])("is not believed with %j", async (change) => {
    expect(await within(["127.0.0.1"], { ...identity, ...change })).toBe(401)
  })
})

describe("some of the APIs", () => {
  it("are mounted where the host wants each, over one store", async () => {
    const server = await start({
      prefix: "/all",
      beside: { "/shop/c": ["inventory-service"], "/shop/d": ["warehouse-management"] }
    })
    const origin = server.url.replace(/\/all$/, "")
    const ask = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(origin + path, init)
      return { status: response.status, headers: response.headers, json: (await response.json()) as object }
    }
    await server.post("/auth/register", { email: "ann@x.org", password: PASSWORD, username: "ann" })
    const login = await server.post("/auth/login", { username: "ann", password: PASSWORD })
    const { access_token } = login.json as { access_token: string }
    const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" }
    const post = (path: string, body: object) => ask(path, { method: "POST", headers, body: JSON.stringify(body) })

    const product = await post("/shop/d/api/v1/products/", { name: "Lamp", sku: "L", unit_price: 1 })
    expect(product.headers.get("location")).toBe("/shop/d/api/v1/products/1")
    const record = await post("/shop/c/api/v1/inventory", {
      product_id: 1,
      available_quantity: 5,
      reorder_threshold: 1
    })
    expect(record).toMatchObject({ status: 201 })
    expect(record.headers.get("location")).toBe("/shop/c/api/v1/inventory/1")
    expect((await ask("/all/api/v1/products/1", { headers })).json).toMatchObject({ total_stock: 5 })

    expect(await ask("/shop/c/api/v1/products/1", { headers })).toMatchObject({
      status: 404,
      json: { detail: "Not Found" }
    })
    expect((await ask("/shop/d/api/v1/inventory/1", { headers })).status).toBe(404)
    for (const path of ["/shop/c", "/shop/d", "/all"]) {
      expect((await ask(`${path}/health`)).json).toEqual({ status: "healthy" })
      expect((await ask(`${path}/ready`)).json).toEqual({ status: "ready" })
    }
    const { json } = await ask("/shop/c/openapi.json")
    expect(json).toMatchObject({ servers: [{ url: "/shop/c" }], paths: { "/api/v1/inventory": {}, "/health": {} } })
    expect(JSON.stringify(json)).not.toContain("/api/v1/products")
    expect((await ask("/shop/c/openapi/warehouse-management.json")).status).toBe(404)
    await server.close()
    expect((await ask("/shop/c/health").catch(() => ({ status: 503 }))).status).toBe(503)
  })

  it("may be all there is", async () => {
    const server = await start({ only: ["inventoryflow"], prefix: "/e", undeclared: true })
    expect((await server.get("/")).json).toEqual({
      message: "This is the root endpoint of the InventoryFlow API",
      status: "healthy",
      database: "connected"
    })
    expect((await server.post("/auth/login", {})).status).toBe(422)
    expect((await server.post("/api/v1/auth/login", {})).status).toBe(404)
    await server.close()
  })
})

it("lets in the origins it is told to", async () => {
  const server = await start({ options: { cors: { origin: "https://shop.example" } } })
  const answer = await server.send("/auth/login", {
    method: "OPTIONS",
    headers: { origin: "https://shop.example", "access-control-request-method": "POST" }
  })
  expect(answer.status).toBe(204)
  expect(answer.headers.get("access-control-allow-origin")).toBe("https://shop.example")
  const read = await server.get("/health", { origin: "https://shop.example" })
  expect(read.headers.get("access-control-expose-headers")).toContain("ETag")
  await server.close()
})

describe("readiness", () => {
  it("is 200 when the store answers", async () => {
    const server = await start()
    expect((await server.get("/ready")).json).toEqual({ status: "ready" })
    await server.close()
  })

  it("is 503 when the store does not", async () => {
    const gone = new StoreError({ reason: "unavailable", message: "gone", cause: null })
    const down = Layer.effect(
      Store,
      Effect.map(Store, (store) => Store.of({ ...store, ready: gone }))
    )
    const server = await start({ options: { store: Layer.provideMerge(down, MemoryStore.layer) } })
    expect(await server.get("/ready")).toMatchObject({ status: 503, json: { status: "unavailable" } })
    expect(await server.get("/")).toMatchObject({ status: 500, json: { detail: "Database connection failed" } })
    expect((await server.get("/health")).json).toEqual({ status: "healthy" })
    await server.close()
  })

  it("is 503 for everything when the store cannot be opened, and says why in the log", async () => {
    const broken = Layer.effectDiscard(Effect.fail(new Error("no such database")))
    const server = await start({ options: { store: Layer.merge(MemoryStore.layer, broken) } })
    const answer = await server.get("/health")
    expect(answer).toMatchObject({ status: 503, json: { detail: "Service Unavailable" } })
    expect(answer.headers.get("retry-after")).toBe("1")
    expect(JSON.stringify(server.log)).toContain("no such database")
    await server.close()
  })
})

it("says nothing of its inside when it fails, and logs it", async () => {
  const failing = Layer.effect(
    (await import("@stockbook/core")).IdentityDriver,
    Effect.gen(function* () {
      const { IdentityDriver } = yield* Effect.promise(() => import("@stockbook/core"))
      const driver = yield* IdentityDriver
      return IdentityDriver.of({ ...driver, findByLogin: () => Effect.die(new Error("table users is on fire")) })
    })
  ).pipe(Layer.provideMerge(MemoryStore.layer))
  const server = await start({ options: { store: failing } })
  const answer = await server.post("/auth/login", { email: "a@b.de", password: PASSWORD }, { "x-request-id": "r-1" })
  expect(answer).toMatchObject({ status: 500, json: { detail: "Internal Server Error", request_id: "r-1" } })
  expect(answer.text).not.toContain("fire")
  expect(server.log).toMatchObject([
    { event: "fault", requestId: "r-1", cause: expect.stringContaining("fire") },
    { event: "request", requestId: "r-1", status: 500 }
  ])
  await server.close()
})
