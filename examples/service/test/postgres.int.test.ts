import { afterEach, describe, expect, inject, it } from "vitest"
import type {} from "../../../packages/adapter-pg/test/support/globalSetup.ts"
import { RunningService } from "./runningService.ts"

describe("the service over Postgres", () => {
  const service = new RunningService()
  afterEach(() => service.remove())

  it("sells ten of ten to sixty at two processes, and keeps them through a kill", async () => {
    const url = new URL(inject("postgres"))
    url.pathname = "/postgres"
    url.searchParams.set("sslmode", "disable")
    const env = { DATABASE_URL: url.href, JWT_SECRET: "a secret both processes share, long enough" }
    const other = new RunningService()
    await service.start(env)
    await service.found()
    await other.start(env)
    other.token = service.token
    const { body: product } = await service.post("/api/v1/products/", { name: "Lamp", sku: "LAMP", unit_price: 1 })
    const product_id = product["id"]
    await service.post("/api/v1/inventory", { product_id, available_quantity: 10, reorder_threshold: 2 })
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        (n % 2 === 0 ? service : other).post("/api/v1/inventory/reserve", { product_id, quantity: 1 })
      )
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(50)
    await service.post("/api/v1/inventory/adjust", { product_id, quantity_change: 40, reason: "delivery" })
    const key = { "idempotency-key": "one order, sent by an impatient client" }
    const repeated = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        (n % 2 === 0 ? service : other).post("/api/v1/inventory/reserve", { product_id, quantity: 40 }, key)
      )
    )
    expect(new Set(repeated.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
    expect(repeated[0]?.status).toBe(200)
    await service.stop("SIGKILL")
    await service.start(env)
    const { body } = await service.get(`/api/v1/inventory/${product_id}`)
    expect([body["available_quantity"], body["reserved_quantity"]]).toEqual([0, 50])
    await other.remove()
  })
})
