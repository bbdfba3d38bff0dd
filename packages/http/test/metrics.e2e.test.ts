import { once } from "node:events"
import { MemoryStore } from "@stockbook/core"
import express from "express"
import { afterEach, describe, expect, it } from "vitest"
import { stockbook } from "../src/index.ts"

const token = "a token of Prometheus's own"
const headers = {
  "content-type": "application/json",
  "x-user-id": "1",
  "x-organization-id": "1",
  "x-user-role": "admin"
}

describe("GET /metrics", () => {
  const closing: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  const serving = async (metrics?: true | { readonly token: string }) => {
    const router = stockbook({
      store: MemoryStore.layer,
      tokens: { secret: "a secret that is at least 32 bytes long" },
      log: () => {},
      metrics
    })
    const server = express().use(router).listen(0)
    await once(server, "listening")
    await router.ready
    closing.push(async () => {
      server.close()
      server.closeAllConnections()
      await router.close()
    })
    const address = server.address()
    return `http://localhost:${typeof address === "object" ? address?.port : 0}`
  }

  it("is not there unless it is wanted", async () => {
    const origin = await serving()
    expect((await fetch(`${origin}/metrics`)).status).toBe(404)
  })

  it("is for those who have the token", async () => {
    const origin = await serving({ token })
    for (const authorization of ["", "Bearer wrong", token, `bearer ${token} `]) {
      expect((await fetch(`${origin}/metrics`, { headers: { authorization } })).status).toBe(401)
    }
    expect((await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
    await expect(serving({ token: "short" })).rejects.toThrow("metrics.token must be at least 16 bytes long")
  })

  it("counts batches, rejections by reason and alerts", async () => {
    const origin = await serving(true)
    const send = async (path: string, body: unknown, authorization = "") => {
      const response = await fetch(origin + path, {
        method: "POST",
        headers: { ...headers, authorization },
        body: JSON.stringify(body)
      })
      const answer: { readonly id: number; readonly access_token: string } = JSON.parse(await response.text())
      return { status: response.status, body: answer }
    }
    const read = async (name: string) => {
      const text = await (await fetch(`${origin}/metrics`)).text()
      return Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
          ?.split(" ")
          .at(-1) ?? 0
      )
    }
    await send("/api/v1/auth/register", { email: "ada@example.com", password: "correct horse" })
    const login = await send("/api/v1/auth/login-json", { username: "ada@example.com", password: "correct horse" })
    const bearer = `Bearer ${login.body.access_token}`
    const product = await send("/api/v1/products/", { name: "Lamp", sku: "LAMP", unit_price: "1.00" }, bearer)
    const [accepted, refused, alerts] = await Promise.all([
      read("stockbook_commands_accepted"),
      read('stockbook_rejections{reason="InsufficientStock"}'),
      read("stockbook_low_stock_alerts")
    ])
    const opening = { product_id: product.body.id, available_quantity: 10, reorder_threshold: 5 }
    expect((await send("/api/v1/inventory", opening, bearer)).status).toBe(201)
    const reserve = (quantity: number) =>
      send("/api/v1/inventory/reserve", { product_id: product.body.id, quantity }, bearer)
    expect((await reserve(7)).status).toBe(200)
    expect((await reserve(7)).status).toBe(400)
    expect(await read("stockbook_commands_accepted")).toBeGreaterThan(accepted)
    expect(await read('stockbook_rejections{reason="InsufficientStock"}')).toBe(refused + 1)
    expect(await read("stockbook_low_stock_alerts")).toBe(alerts + 1)
    expect(await read("stockbook_batch_size_count")).toBeGreaterThan(0)
    expect(await read("stockbook_commit_seconds_sum")).toBeGreaterThan(0)
    expect(await read("stockbook_commands_waiting")).toBe(0)
  })
})
