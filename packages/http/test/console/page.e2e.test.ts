import { MemoryStore } from "@stockbook/core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openWorld, type World } from "../conformance/world.ts"
import { start } from "../server.ts"

describe("the console's page", () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(MemoryStore.layer)
  })
  afterAll(() => world.close())

  it("loads nothing but its own files, under a policy that allows no others", async () => {
    const page = await world.nobody.get("/console")
    expect(page.status).toBe(200)
    const policy = page.headers.get("content-security-policy") ?? ""
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain("unsafe")
    expect(page.text).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=|https?:/)
    const assets = [...page.text.matchAll(/(?:src|href)="([^"#]*assets[^"]*)"/g)].map(([, path]) => path ?? "")
    expect(assets).toHaveLength(2)
    for (const path of assets) expect((await world.nobody.get(path)).status).toBe(200)
    const main = await world.nobody.get("/console/assets/main.js")
    expect(main.headers.get("content-type")).toContain("text/javascript")
    for (const [, module] of main.text.matchAll(/from "\.\/([^"]+)"/g)) {
      expect((await world.nobody.get(`/console/assets/${module}`)).status).toBe(200)
    }
  })

  it.each(["package.json", "..%2fpackage.json", "main.js%00", "none.js"])("serves no %s", async (file) => {
    expect((await world.nobody.get(`/console/assets/${file}`)).status).toBe(404)
  })

  it("is found under the router's prefix, and where the host has its users asks them nothing", async () => {
    const options = { authenticate: async () => null, tokens: undefined } as const
    const server = await start({ prefix: "/shop/stock", options })
    const page = await server.get("/console")
    expect(page.text).toContain('data-base="/shop/stock"')
    expect(page.text).toContain('src="/shop/stock/console/assets/main.js"')
    expect(page.text).not.toContain("data-login")
    await server.close()
  })

  it("is not served where the overview is not", async () => {
    const server = await start({ only: ["inventory-service"] })
    expect((await server.get("/console")).status).toBe(404)
    await server.close()
  })
})
