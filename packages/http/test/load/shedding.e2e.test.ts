import { setTimeout as sleep } from "node:timers/promises"
import { MemoryStore, Store } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { newProduct, openWorld, type World } from "../conformance/world.ts"

/**
 * How long a transaction of the store takes, milliseconds: with four commands to a batch it stores 40 a second, which is
 * so little that a machine with other work to do is not the bottleneck.
 */
const TRANSACTION = 100
const BATCH = 4
const CAPACITY = (BATCH * 1000) / TRANSACTION

const slowStore = Layer.effect(
  Store,
  Effect.map(Store, (store) =>
    Store.of({
      ...store,
      stock: { transact: (...args) => Effect.andThen(Effect.sleep(TRANSACTION), store.stock.transact(...args)) }
    })
  )
).pipe(Layer.provideMerge(MemoryStore.layer))

interface Answered {
  readonly status: number
  readonly retryAfter: string | null
  readonly millis: number
  /** When it was sent, milliseconds since the first. */
  readonly at: number
}

describe("a service at twice its capacity", () => {
  let world: World
  let id: number
  let reserved = 0
  beforeAll(async () => {
    world = await openWorld(slowStore, {
      engine: { batchSize: BATCH },
      load: { minInFlight: 4, maxWaitMillis: 500, patienceMillis: 300 }
    })
    id = (await newProduct(world.admin)).id
    await world.admin.post("/api/v1/inventory", { product_id: id, available_quantity: 1_000_000, reorder_threshold: 0 })
  })
  afterAll(() => world.close())

  /** Reservations at a fixed pace, whatever becomes of those before. */
  const send = async (perSecond: number, seconds: number): Promise<ReadonlyArray<Answered>> => {
    const started = performance.now()
    const answers: Array<Promise<Answered>> = []
    for (let sent = 0; sent < perSecond * seconds; sent++) {
      const wait = started + (sent * 1000) / perSecond - performance.now()
      if (wait > 0) await sleep(wait)
      answers.push(reserve(started))
    }
    return Promise.all(answers)
  }

  const reserve = async (first: number): Promise<Answered> => {
    const started = performance.now()
    const answer = await world.admin.post("/api/v1/inventory/reserve", { product_id: id, quantity: 1 })
    if (answer.status === 503) expect(answer.json).toEqual({ detail: "Too many requests are under way" })
    if (answer.status === 200) reserved += 1
    const millis = performance.now() - started
    return { status: answer.status, retryAfter: answer.headers.get("retry-after"), millis, at: started - first }
  }

  it("turns away what is too much with 503 and Retry-After, answers the others soon, and is well again at once", async () => {
    const before = await send(CAPACITY * 0.5, 0.5)
    expect(new Set(before.map(({ status }) => status))).toEqual(new Set([200]))

    const all = await send(CAPACITY * 2, 4)
    const answers = all.filter(({ at }) => at > 2000)
    const accepted = answers.filter(({ status }) => status === 200)
    const shed = answers.filter(({ status }) => status === 503)
    expect(accepted.length + shed.length).toBe(answers.length)
    for (const { retryAfter } of shed) expect(retryAfter).toBe("1")
    // Half of what comes is too much; how much exactly is up to how busy the machine is beside.
    expect(shed.length).toBeGreaterThan(answers.length / 5)
    expect(accepted.length).toBeGreaterThan(answers.length / 10)
    const byTime = accepted.map(({ millis }) => millis).sort((one, other) => one - other)
    expect(byTime[Math.floor(byTime.length * 0.99)]).toBeLessThan(500)

    const after = await send(CAPACITY * 0.5, 1)
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set([200]))
    expect(world.server.load()).toEqual({ inFlight: 0, waiting: 0, shedding: false, shed: expect.any(Number) })
  })

  it("says to a load balancer that it lives, and has reserved what it said it had", async () => {
    const flood = send(CAPACITY * 3, 1)
    await sleep(800)
    for (const path of ["/health", "/ready"]) expect((await world.nobody.get(path)).status).toBe(200)
    await flood
    const { json } = await world.admin.get(`/api/v1/inventory/${id}`)
    expect(json).toMatchObject({ available_quantity: 1_000_000 - reserved, reserved_quantity: reserved })
  })
})

it("turns none away where the host says so", async () => {
  const { server, admin, close } = await openWorld(slowStore, { engine: { batchSize: 100 }, load: null })
  const { id } = await newProduct(admin)
  await admin.post("/api/v1/inventory", { product_id: id, available_quantity: 500, reorder_threshold: 0 })
  const reserve = () => admin.post("/api/v1/inventory/reserve", { product_id: id, quantity: 1 })
  const answers = await Promise.all(Array.from({ length: 300 }, reserve))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(server.load()).toMatchObject({ shedding: false, shed: 0 })
  await close()
})
