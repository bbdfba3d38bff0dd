import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
  type Behaviour,
  openReceiver,
  until,
  WEBHOOK_SECRET
} from "../../../packages/http/test/notifications/receiver.ts"
import { RunningService } from "./runningService.ts"

describe("notifications of the service", () => {
  let one: RunningService
  let other: RunningService
  let behaviours: Array<Behaviour>
  let receiver: Awaited<ReturnType<typeof openReceiver>>
  let env: Record<string, string>
  beforeEach(async () => {
    one = new RunningService()
    other = new RunningService()
    behaviours = []
    receiver = await openReceiver(behaviours)
    env = {
      DATABASE_URL: `sqlite:${one.database}`,
      NOTIFICATION_URL: receiver.webhook.url,
      NOTIFICATION_SECRET: WEBHOOK_SECRET
    }
    await one.start(env)
    await one.found()
    await other.start(env)
    other.token = one.token
  })
  afterEach(async () => {
    await receiver.close()
    await Promise.all([one.remove(), other.remove()])
  })

  /** A new product whose stock falls to its threshold. */
  const cross = async (service: RunningService, n: number) => {
    const { body } = await service.post("/api/v1/products/", { name: `Lamp ${n}`, sku: `LAMP-${n}`, unit_price: 1 })
    const product_id = body["id"]
    await service.post("/api/v1/inventory", { product_id, available_quantity: 3, reorder_threshold: 2 })
    const { status } = await service.post("/api/v1/inventory/reserve", { product_id, quantity: 1 })
    expect(status).toBe(200)
    return Number(product_id)
  }
  const ids = () => receiver.received.map(({ id }) => id)

  it("are sent once by two processes on one file", async () => {
    const products: Array<number> = []
    for (let n = 0; n < 12; n++) products.push(await cross(n % 2 === 0 ? one : other, n))
    const received = await receiver.until(12)
    expect(received.map(({ body }) => Number(body["product_id"])).sort()).toEqual([...products].sort())
  })

  it("survive the death of the process that was sending, and of the one that was to send", async () => {
    // Whichever of the two has it, it dies before the receiver answers; and what it had not yet planned is the other's.
    behaviours.push("hang")
    const first = await cross(one, 0)
    await until(() => ids().length === 1)
    const second = await cross(one, 1)
    await Promise.all([one.stop("SIGKILL"), other.stop("SIGKILL")])
    await other.start(env)
    const third = await cross(other, 2)
    // What the dead had in hand is free once their turn (15 s) and lease (20 s) are over.
    await until(() => new Set(ids()).size === 3 && ids().length >= 4)
    const counts = Map.groupBy(receiver.received, ({ body }) => Number(body["product_id"]))
    expect([...counts.keys()].sort()).toEqual([first, second, third].sort())
    expect(new Set(counts.get(first)?.map(({ id }) => id)).size).toBe(1)
    expect(counts.get(first)?.length).toBe(2)
    expect(counts.get(third)?.length).toBe(1)
  })
})
