import { type DeliveryKey, type ItemId, MemoryStore, Store, StoreError } from "@stockbook/core"
import { Context, Effect, Layer } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { verifyWebhook } from "../../src/index.ts"
import type { Running } from "../server.ts"
import { openOffice } from "./office.ts"
import { type Behaviour, openReceiver, settle, until, WEBHOOK_SECRET } from "./receiver.ts"

describe("notifications by webhook", () => {
  let behaviours: Array<Behaviour>
  let receiver: Awaited<ReturnType<typeof openReceiver>>
  let office: Awaited<ReturnType<typeof openOffice>>
  let running: Array<Running>
  beforeEach(async () => {
    behaviours = []
    receiver = await openReceiver(behaviours)
    office = await openOffice()
    running = []
  })
  afterEach(async () => {
    for (const each of running) await each.close()
    await receiver.close()
    await office.close()
  })

  /** Another process over the same store. */
  const open = async (settings: object = {}) => {
    const opened = await office.open({ webhook: receiver.webhook, ...settings })
    running.push(opened)
    await opened.get("/ready")
    return opened
  }
  const stocked = async (count: number) => {
    const items: Array<ItemId> = []
    for (let n = 0; n < count; n++) items.push(await office.stock(`Item ${n}`))
    return items
  }
  const cross = (items: ReadonlyArray<ItemId>) => Promise.all(items.map(office.cross))
  const dead = async ({ deliveries }: Running) => (await deliveries.list({ state: "dead" })).rows

  it("are signed with the time and the body, and named by an id", async () => {
    await open()
    const [item] = await stocked(1)
    await cross(item === undefined ? [] : [item])
    const [first] = await receiver.until(1)
    expect(first?.body).toEqual({
      type: "low_stock",
      product_id: item,
      product_name: "Item 0",
      current_quantity: 5,
      threshold: 5,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    })
    const signature = String(first?.headers["stockbook-signature"])
    const body = first?.text ?? ""
    expect(first?.id).toMatch(/^low_stock-\d+-\d+-[0-9a-z]+$/)
    expect(verifyWebhook({ secret: WEBHOOK_SECRET, signature, body })).toBe(true)
    expect(verifyWebhook({ secret: "another secret", signature, body })).toBe(false)
    expect(verifyWebhook({ secret: WEBHOOK_SECRET, signature, body: body.replace("5", "6") })).toBe(false)
  })

  it.each<[string, Array<Behaviour>, string]>([
    ["fails", [500, 503], "answered 500"],
    ["is asked too much", [429], "answered 429"],
    ["is not set up yet", [404, 401], "answered 404"],
    ["redirects", [302], "answered 302"],
    ["hangs", ["hang"], "took longer than 300 ms"],
    ["cuts the connection", ["cut"], "ECONNRESET|SocketError|UND_ERR_SOCKET"]
  ])("are sent again under the same id when the receiver %s, until it takes them", async (_, how, why) => {
    behaviours.push(...how)
    const process = await open()
    await cross(await stocked(1))
    const received = await receiver.until(how.length + 1)
    expect(received).toHaveLength(how.length + 1)
    expect(new Set(received.map(({ id, text }) => id + text)).size).toBe(1)
    const [failed] = process.log.filter((entry) => entry.event === "delivery")
    expect(failed).toMatchObject({ level: "warn", attempt: 1, dead: false, cause: expect.stringMatching(why) })
    expect(JSON.stringify(process.log)).not.toContain(WEBHOOK_SECRET)
  })

  it.each([400, 410, 422])("are dead at once when the receiver says with %s that they are wrong", async (status) => {
    behaviours.push(status)
    const process = await open()
    await cross(await stocked(1))
    expect(await receiver.until(1)).toHaveLength(1)
    expect(await dead(process)).toMatchObject([{ attempts: 1, lastError: `answered ${status}` }])
  })

  it("do not keep one another waiting", async () => {
    behaviours.push("hang", "hang")
    await open({ timeout: 5000 })
    await cross(await stocked(6))
    expect(new Set(await receiver.ids(6)).size).toBe(6)
    expect(receiver.received).toHaveLength(6)
  })
})

it("are sent again under the same id when it could not be recorded that they were sent", async () => {
  const receiver = await openReceiver()
  let broken = true
  const forgetful = Layer.tap(MemoryStore.layer, (context) =>
    Effect.sync(() => {
      const { deliveries } = Context.get(context, Store)
      const { sent } = deliveries
      const lost = new StoreError({ reason: "unavailable", message: "The store is gone", cause: null })
      Object.assign(deliveries, {
        sent: (key: DeliveryKey) => Effect.suspend(() => (broken ? Effect.fail(lost) : sent(key)))
      })
    })
  )
  const office = await openOffice(forgetful)
  const process = await office.open({ webhook: receiver.webhook })
  await process.get("/ready")
  await office.cross(await office.stock())
  await until(() => receiver.received.length >= 2)
  broken = false
  await until(async () => (await process.deliveries.list({ state: "sent" })).total === 1)
  const count = receiver.received.length
  expect(count).toBeGreaterThan(1)
  await settle()
  expect(receiver.received).toHaveLength(count)
  expect(new Set(receiver.received.map(({ id, text }) => id + text)).size).toBe(1)
  await process.close()
  await receiver.close()
  await office.close()
}, 60_000)

it("are left to others by a process that is told so", async () => {
  const receiver = await openReceiver()
  const office = await openOffice()
  const silent = await office.open(null)
  await silent.get("/ready")
  const telling = await office.open({ webhook: receiver.webhook })
  await telling.get("/ready")
  await office.cross(await office.stock())
  await office.execute({ _tag: "Notify", kind: "low_stock", to: "ann@example.org" })
  await receiver.until(1)
  const sent = async () => (await silent.deliveries.list({ state: "sent" })).total
  await until(async () => (await sent()) === 2)
  expect(await sent()).toBe(2)
  expect(telling.log.filter((entry) => entry.event === "mail")).toHaveLength(1)
  expect(silent.log.filter((entry) => entry.event === "mail")).toEqual([])
  await silent.close()
  await telling.close()
  await receiver.close()
  await office.close()
})

it("wait as long as the receiver asks for", async () => {
  const receiver = await openReceiver([503], { "retry-after": "600" })
  const office = await openOffice()
  const process = await office.open({ webhook: receiver.webhook, pace: { longest: 3_600_000 } })
  await process.get("/ready")
  await office.cross(await office.stock())
  await receiver.until(1)
  const { rows } = await process.deliveries.list({ state: "pending" })
  const [row] = rows
  expect((row?.nextAttemptAt ?? 0) - (row?.createdAt ?? 0)).toBeGreaterThan(599_000)
  expect(receiver.received).toHaveLength(1)
  await process.close()
  await receiver.close()
  await office.close()
})
