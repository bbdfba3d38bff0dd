import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Running, start } from "./server.ts"

let server: Running
beforeAll(async () => {
  server = await start({ prefix: "/stock" })
})
afterAll(() => server.close())

interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly responses: Record<string, unknown>
  readonly security: ReadonlyArray<unknown>
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly in: string; readonly schema: object }>
  readonly requestBody?: { readonly content: Record<string, { readonly schema: { readonly examples?: unknown } }> }
}
interface Spec {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Operation>>
}

describe("OpenAPI", () => {
  it("describes all APIs in one document", async () => {
    const spec = (await server.get("/openapi.json")).json as Spec
    expect(spec.openapi).toMatch(/^3\.1/)
    expect(Object.keys(spec.paths)).toEqual(
      expect.arrayContaining(["/health", "/api/v1/auth/login", "/auth/login", "/auth/me"])
    )
    expect(spec).toMatchObject({ servers: [{ url: "/stock" }] })
    const statuses = Object.keys(spec.paths["/auth/register"]?.["post"]?.responses ?? {}).map(Number)
    expect(statuses).toEqual([201, 400, 403, 409, 413, 415, 422, 500, 503])
    expect(spec.paths["/auth/me"]?.["get"]?.security).toEqual([{ bearer: [] }])
  })

  it("names each operation once, says what it does, and how it may be refused", async () => {
    const spec = (await server.get("/openapi.json")).json as Spec
    const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
    )
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
    for (const { path, method, operation } of operations) {
      const statuses = Object.keys(operation.responses)
      const given = operation.parameters.filter(({ name }) => name !== "If-None-Match")
      const taken = operation.requestBody !== undefined || given.length > 0
      expect([path, method, statuses.includes("409")]).toEqual([
        path,
        method,
        method !== "get" && !/login|refresh/.test(path)
      ])
      expect([path, method, statuses.includes("304")]).toEqual([path, method, method === "get"])
      const guarded = operation.security.length > 0
      expect([path, method, operation.summary]).toEqual([path, method, expect.stringMatching(/^[A-Z]/)])
      expect([path, method, statuses.includes("422")]).toEqual([path, method, taken])
      expect([path, method, statuses.includes("401")]).toEqual([path, method, guarded || statuses.includes("401")])
      const any = /auth\/me$/.test(path) || !guarded
      expect([path, method, statuses.includes("403")]).toEqual([path, method, !any || path.endsWith("register")])
      // E documents a missing product as a 400.
      const missing = path === "/products/{id}" ? "400" : "404"
      expect([path, statuses.includes(missing) || !/\/\{/.test(path)]).toEqual([path, true])
      const json = operation.requestBody?.content["application/json"]
      if (json !== undefined) expect([path, method, json.schema.examples]).toEqual([path, method, expect.any(Array)])
    }
  })

  it("gives parameters the types they have, not the text they are sent as", async () => {
    const spec = (await server.get("/openapi.json")).json as Spec
    const schemas = (path: string, method: string) =>
      Object.fromEntries(
        spec.paths[path]?.[method]?.parameters
          .filter((parameter) => parameter.in !== "header")
          .map(({ name, schema }) => [name, schema]) ?? []
      )
    expect(schemas("/api/v1/inventory", "get")).toEqual({
      skip: { type: "integer", minimum: 0, default: 0 },
      limit: { type: "integer", minimum: 1, maximum: 100, default: 100 },
      low_stock_only: { type: "boolean", default: false }
    })
    expect(schemas("/api/v1/products", "get")).toMatchObject({
      page_size: { type: "integer", minimum: 1, maximum: 100, default: 20 },
      sort_by: { type: "string", enum: expect.arrayContaining(["stock_asc"]), default: "created_desc" },
      created_from_date: { type: "string", format: "date-time" }
    })
    expect(schemas("/api/v1/products/{product_id}", "delete")).toEqual({ product_id: { type: "integer" } })
    const headers = (path: string, method: string) =>
      spec.paths[path]?.[method]?.parameters.filter((each) => each.in === "header").map(({ name }) => name)
    expect(headers("/api/v1/inventory/reserve", "post")).toEqual(["Idempotency-Key"])
    expect(headers("/api/v1/products/{product_id}", "put")).toEqual(["Idempotency-Key", "If-Match"])
    expect(headers("/api/v1/products/{product_id}", "get")).toEqual(["If-None-Match"])
    expect(JSON.stringify(spec)).toContain('"minLength":8')
    expect(JSON.stringify(spec)).not.toMatch(/"additionalProperties":false|9007199254740991|Encoded/)
  })

  it.each(["/openapi/warehouse-management.json", "/openapi/inventoryflow.json", "/api/v1/openapi.json"])(
    "has one at %s",
    async (path) => {
      const spec = (await server.get(path)).json as Spec
      expect(Object.keys(spec.paths).length).toBeGreaterThan(0)
    }
  )
})

describe.each(["/docs", "/docs/", "/redoc", "/api/v1/docs", "/api/v1/redoc"])("%s", (path) => {
  it("is a page that loads only what is there and allowed", async () => {
    const page = await server.get(path)
    expect(page.status).toBe(200)
    expect(page.headers.get("content-type")).toContain("text/html")
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self';")
    const loads = [...page.text.matchAll(/(?:src|href|spec-url|data-openapi)="([^"]+)"/g)].map(([, url]) => url ?? "")
    expect(loads.length).toBeGreaterThan(1)
    for (const url of loads) {
      expect(url).toMatch(/^\/stock\//)
      const asset = await server.get(url.slice("/stock".length))
      expect(asset.status).toBe(200)
      expect(asset.text.length).toBeGreaterThan(50)
    }
    expect(page.text).not.toMatch(/<script>/)
  })
})

it.each(["toString", "__proto__", "nothing.js", "..%2f..%2fpackage.json"])("has no asset %s", async (name) => {
  expect((await server.get(`/docs/assets/${name}`)).status).toBe(404)
})

it.each(["/docs", "/openapi.json", "/redoc", "/openapi/inventoryflow.json"])("%s is only read", async (path) => {
  const answer = await server.send(path, { method: "POST" })
  expect(answer).toMatchObject({ status: 405, json: { detail: "Method Not Allowed" } })
  expect(answer.headers.get("allow")).toBe("GET, HEAD, OPTIONS")
  expect((await server.send(path, { method: "OPTIONS" })).status).toBe(204)
  const read = await server.send(path, { method: "HEAD" })
  expect(read).toMatchObject({ status: 200, text: "" })
  // Without a say of its own, Node's fetch asks for the whole answer whatever it has.
  const known = { "if-none-match": read.headers.get("etag") ?? "", "cache-control": "max-age=0" }
  expect((await server.get(path, known)).status).toBe(304)
})
