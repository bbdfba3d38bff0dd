import { createServer, type Server } from "node:http"
import { MemoryStore } from "@stockbook/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { start } from "../server.ts"
import { newProduct, openWorld, type World } from "./world.ts"

const I = "/api/v1/inventory"

interface Received {
  readonly body: unknown
  readonly key: string | undefined
  readonly at: number
}

/** A receiver that answers with these statuses in turn, and then with 204. */
const openReceiver = async (statuses: Array<number>) => {
  const received: Array<Received> = []
  const server: Server = createServer((request, response) => {
    let text = ""
    request.on("data", (chunk) => {
      text += chunk
    })
    request.on("end", () => {
      const key = request.headers["idempotency-key"]
      received.push({ body: JSON.parse(text), key: String(key), at: Date.now() })
      response.writeHead(statuses.shift() ?? 204).end("thanks")
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("The receiver listens on no port")
  const until = async (count: number) => {
    for (let waited = 0; received.length < count && waited < 10_000; waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    // Long enough for one too many to arrive.
    await new Promise((resolve) => setTimeout(resolve, 100))
    return received
  }
  return { url: `http://127.0.0.1:${address.port}/hook`, received, until, close: () => server.close() }
}

describe("low-stock notifications", () => {
  let statuses: Array<number>
  let receiver: Awaited<ReturnType<typeof openReceiver>>
  let world: World
  beforeEach(async () => {
    statuses = []
    receiver = await openReceiver(statuses)
    world = await openWorld(MemoryStore.layer, { lowStockWebhook: receiver.url })
  })
  afterEach(async () => {
    await world.close()
    receiver.close()
  })

  const stocked = async (available: number, threshold: number, name: string) => {
    const { id } = await newProduct(world.admin, { name })
    const record = { product_id: id, available_quantity: available, reorder_threshold: threshold }
    await world.admin.post(I, record)
    return id
  }

  it("come once per crossing, with the quantity of the crossing", async () => {
    const id = await stocked(6, 5, "Tea")
    const adjust = (change: number) =>
      world.admin.post(`${I}/adjust`, { product_id: id, quantity_change: change, reason: "counted" })
    await world.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })
    await adjust(-2)
    await adjust(-3)
    // At zero: neither a change that changes nothing nor a new threshold above it is another crossing.
    await world.admin.put(`${I}/${id}`, { available_quantity: 0 })
    await world.admin.put(`${I}/${id}`, { reorder_threshold: 7 })
    expect((await adjust(-1)).status).toBe(400)
    expect((await receiver.until(1)).map(({ body }) => body)).toEqual([
      {
        type: "low_stock",
        product_id: id,
        product_name: "Tea",
        current_quantity: 5,
        threshold: 5,
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
      }
    ])
    await adjust(20)
    await adjust(-13)
    expect((await receiver.until(2)).map(({ body }) => body)).toMatchObject([
      { current_quantity: 5 },
      { current_quantity: 7, threshold: 7 }
    ])
  })

  it("are not sent for a record that begins low, or with what it has reserved", async () => {
    await stocked(3, 10, "Low from the start")
    const { id } = await newProduct(world.admin)
    await world.admin.post(I, { product_id: id, available_quantity: 0, reorder_threshold: 2 })
    expect(await receiver.until(0)).toEqual([])
  })

  it("are sent again until they are taken, in order, and keep no request waiting", async () => {
    statuses.push(500, 429)
    const id = await stocked(2, 1, "First")
    const other = await stocked(2, 1, "Second")
    const before = performance.now()
    await world.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })
    await world.admin.post(`${I}/reserve`, { product_id: other, quantity: 1 })
    expect(performance.now() - before).toBeLessThan(400)
    const received = await receiver.until(4)
    expect(received.map(({ body }) => (body as { product_id: number }).product_id)).toEqual([id, id, id, other])
    expect(new Set(received.map(({ key }) => key)).size).toBe(2)
    expect((received[1]?.at ?? 0) - (received[0]?.at ?? 0)).toBeGreaterThan(250)
    expect(JSON.stringify(world.server.log)).toContain("answered 500")
  })

  it("are given up where the receiver says they are wrong", async () => {
    statuses.push(400)
    const id = await stocked(2, 1, "First")
    const other = await stocked(2, 1, "Second")
    await world.admin.post(`${I}/reserve`, { product_id: id, quantity: 1 })
    await world.admin.post(`${I}/reserve`, { product_id: other, quantity: 1 })
    expect(await receiver.until(2)).toHaveLength(2)
    expect(JSON.stringify(world.server.log)).toContain("answered 400")
  })
})

it.each(["nowhere", "ftp://example.org/hook"])("does not start with the address %s", async (lowStockWebhook) => {
  await expect(start({ options: { lowStockWebhook } })).rejects.toThrow()
})
