import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Running, start } from "./server.ts"

let server: Running
beforeAll(async () => {
  server = await start({ prefix: "/stock" })
})
afterAll(() => server.close())

interface Spec {
  readonly openapi: string
  readonly paths: Record<
    string,
    Record<string, { responses: Record<string, unknown>; security: ReadonlyArray<unknown> }>
  >
}

describe("OpenAPI", () => {
  it("describes all APIs in one document", async () => {
    const spec = (await server.get("/openapi.json")).json as Spec
    expect(spec.openapi).toMatch(/^3\.1/)
    expect(Object.keys(spec.paths)).toEqual(
      expect.arrayContaining(["/health", "/api/v1/auth/login", "/auth/login", "/auth/me"])
    )
    expect(spec).toMatchObject({ servers: [{ url: "/stock" }] })
    expect(Object.keys(spec.paths["/auth/register"]?.["post"]?.responses ?? {}).sort()).toEqual([
      "201",
      "400",
      "403",
      "422"
    ])
    expect(spec.paths["/auth/me"]?.["get"]?.security).toEqual([{ bearer: [] }])
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
