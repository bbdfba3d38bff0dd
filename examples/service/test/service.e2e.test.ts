import { SqliteStore } from "@stockbook/adapter-sqlite"
import { Stockbook, StockQueries } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Answer, RunningService } from "./runningService.ts"

const inventory = "/api/v1/inventory"

describe("the service", () => {
  let service: RunningService
  beforeEach(async () => {
    service = new RunningService()
    await service.start()
    await service.found()
  })
  afterEach(() => service.remove())

  const stocked = async (sku: string, available_quantity: number) => {
    const product = await service.post("/api/v1/products/", { name: sku, sku, unit_price: "12.50" })
    expect(product.status).toBe(201)
    const created = await service.post(inventory, {
      product_id: product.body["id"],
      available_quantity,
      reorder_threshold: 2
    })
    expect(created.status).toBe(201)
    return product.body["id"]
  }

  const levels = async (id: unknown) => {
    const { body } = await service.get(`${inventory}/${id}`)
    return [body["available_quantity"], body["reserved_quantity"]]
  }

  const verified = () =>
    StockQueries.use((queries) => queries.verify(null)).pipe(
      Effect.provide(Stockbook.layer().pipe(Layer.provide(SqliteStore.layer({ filename: service.database })))),
      Effect.runPromise
    )

  it("walks an order from product to fulfilment", async () => {
    const id = await stocked("LAMP-1", 10)
    const reserve = { order_id: "order-1", items: [{ product_id: "LAMP-1", quantity: 3 }] }
    const reserved = await service.post(`${inventory}/reserve`, reserve)
    expect([reserved.status, reserved.body["reserved"]]).toEqual([200, true])
    expect(await levels(id)).toEqual([7, 3])
    expect((await service.post(`${inventory}/reserve`, reserve)).status).toBe(200)
    expect(await levels(id)).toEqual([7, 3])
    await service.post(`${inventory}/release`, { order_id: "order-1", product_id: id, quantity: 1 })
    expect((await service.post(`${inventory}/commit`, { order_id: "order-1" })).status).toBe(200)
    expect((await service.post(`${inventory}/fulfil`, { order_id: "order-1" })).status).toBe(200)
    expect(await levels(id)).toEqual([8, 0])
    expect((await service.get(`/api/v1/products/${id}`)).body["total_stock"]).toBe(8)
    expect((await verified()).differences).toEqual([])
  })

  it("sells ten of ten to sixty at once, after a kill and restart as well", async () => {
    for (const sku of ["FIRST", "SECOND"]) {
      const id = await stocked(sku, 10)
      const answers = await Promise.all(
        Array.from({ length: 60 }, () => service.post(`${inventory}/reserve`, { product_id: id, quantity: 1 }))
      )
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(50)
      expect(await levels(id)).toEqual([0, 10])
      await service.stop("SIGKILL")
      await service.start()
      expect(await levels(id)).toEqual([0, 10])
    }
    expect((await verified()).differences).toEqual([])
  })

  it("keeps everything it acknowledged when it is killed under load", async () => {
    const id = await stocked("HOT", 1_000_000)
    const acknowledged: Array<string> = []
    let running = true
    const caller = async (name: number) => {
      for (let n = 0; running; n++) {
        const order_id = `${name}-${n}`
        const answer = await service
          .post(`${inventory}/reserve`, { product_id: id, quantity: 1, order_id })
          .catch(() => null)
        if (answer?.status === 200) acknowledged.push(order_id)
      }
    }
    const callers = Array.from({ length: 16 }, (_, name) => caller(name))
    while (acknowledged.length <= 100) await new Promise((resolve) => setTimeout(resolve, 20))
    await service.stop("SIGKILL")
    running = false
    await Promise.all(callers)
    await service.start()
    const [, reserved] = await levels(id)
    expect(reserved).toBeGreaterThanOrEqual(acknowledged.length)
    for (const order_id of acknowledged.slice(-50)) {
      const again = await service.post(`${inventory}/commit`, { order_id })
      expect(again.status).toBe(200)
    }
    expect((await verified()).differences).toEqual([])
  })

  it("does once what is sent again after a kill, and answers it as before", async () => {
    const id = await stocked("ONCE", 1_000_000)
    const reserve = (key: string) =>
      service.post(`${inventory}/reserve`, { product_id: id, quantity: 1 }, { "idempotency-key": key })
    const sent: Array<string> = []
    const answered = new Map<string, Answer>()
    let running = true
    const caller = async (name: number) => {
      for (let n = 0; running; n++) {
        const key = `${name}-${n}`
        sent.push(key)
        const answer = await reserve(key).catch(() => null)
        if (answer?.status === 200) answered.set(key, answer)
      }
    }
    const callers = Array.from({ length: 16 }, (_, name) => caller(name))
    while (answered.size <= 50) await new Promise((resolve) => setTimeout(resolve, 20))
    await service.stop("SIGKILL")
    running = false
    await Promise.all(callers)
    await service.start()
    while (sent.length > 0) {
      const keys = sent.splice(-64)
      const again = await Promise.all(keys.map(reserve))
      for (const [index, answer] of again.entries()) {
        expect(answer.status).toBe(200)
        const before = answered.get(keys[index] ?? "")
        if (before !== undefined) expect(answer).toEqual(before)
        else answered.set(keys[index] ?? "", answer)
      }
    }
    expect(await levels(id)).toEqual([1_000_000 - answered.size, answered.size])
    expect((await verified()).differences).toEqual([])
  })

  it("stops gracefully on the first signal", async () => {
    await stocked("ANY", 1)
    expect(await service.stop("SIGTERM")).toBe(0)
  })

  it("keeps its secret: a token is good after a restart", async () => {
    await service.stop("SIGTERM")
    await service.start()
    expect((await service.get("/api/v1/auth/me")).status).toBe(200)
  })
})
