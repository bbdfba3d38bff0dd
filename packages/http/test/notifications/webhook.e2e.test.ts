import type { ItemId } from "@stockbook/core"
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
  const close = async (process: Running) => {
    running.splice(running.indexOf(process), 1)
    await process.close()
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

  it("wait while the receiver is away, with the quantity of the crossing, not a later one", async () => {
    const process = await open({ pace: { attempts: 1000 } })
    const [item] = await stocked(1)
    if (item === undefined) throw new Error("No item")
    await receiver.close()
    await cross([item])
    await until(() => process.log.some((entry) => entry.event === "delivery"))
    await cross([item])
    await receiver.comeBack()
    expect((await receiver.until(1)).map(({ body }) => body)).toMatchObject([{ current_quantity: 5 }])
    expect(JSON.stringify(process.log)).toContain("ECONNREFUSED")
  })

  it.each([400, 410, 422])("are dead at once when the receiver says with %s that they are wrong", async (status) => {
    behaviours.push(status)
    const process = await open()
    await cross(await stocked(1))
    expect(await receiver.until(1)).toHaveLength(1)
    expect(await dead(process)).toMatchObject([{ attempts: 1, lastError: `answered ${status}` }])
  })

  it("are dead after the last try, and can be driven again", async () => {
    behaviours.push(500, 500, 500, 500)
    const process = await open()
    await cross(await stocked(1))
    await until(async () => (await dead(process)).length === 1)
    await settle()
    expect(receiver.received).toHaveLength(4)
    expect(await dead(process)).toMatchObject([
      { organization: office.organization, channel: "webhook", purpose: "low_stock", attempts: 4 }
    ])
    const last = process.log.filter((entry) => entry.event === "delivery").at(-1)
    expect(last).toMatchObject({ level: "error", dead: true, attempt: 4 })
    expect(await process.deliveries.redrive({ organization: office.organization + 1 })).toBe(0)
    expect(await process.deliveries.redrive({ organization: office.organization })).toBe(1)
    expect(new Set((await receiver.until(5)).map(({ id }) => id)).size).toBe(1)
    expect(await dead(process)).toEqual([])
    expect((await process.deliveries.list({ state: "sent" })).total).toBe(1)
  })

  it("do not keep one another waiting", async () => {
    behaviours.push("hang", "hang")
    await open({ timeout: 5000 })
    await cross(await stocked(6))
    expect(new Set(await receiver.ids(6)).size).toBe(6)
    expect(receiver.received).toHaveLength(6)
  })

  it("are sent once by several processes", async () => {
    await Promise.all([open(), open(), open()])
    const items = await stocked(40)
    await cross(items)
    const received = await receiver.until(40)
    expect(received.map(({ id }) => id).sort()).toEqual([...new Set(received.map(({ id }) => id))].sort())
    expect(received.map(({ body }) => body["product_id"]).sort()).toEqual([...items].sort())
  })

  it("go on after a restart, and are not sent twice by it", async () => {
    const first = await open()
    const items = await stocked(4)
    await cross(items.slice(0, 2))
    await receiver.until(2)
    await receiver.close()
    await cross(items.slice(2, 3))
    await until(() => first.log.some((entry) => entry.event === "delivery"))
    await close(first)
    // Committed while nothing was there to send it.
    await cross(items.slice(3))
    await receiver.comeBack()
    await open()
    const received = await receiver.until(4)
    expect(received.map(({ body }) => body["product_id"]).sort()).toEqual([...items].sort())
  })

  it("that are under way when the process ends are finished, or sent again soon", async () => {
    behaviours.push("hang")
    const first = await open({ timeout: 60_000 })
    const items = await stocked(1)
    await cross(items)
    await receiver.until(1)
    await close(first)
    await open()
    const received = await receiver.until(2)
    expect(received).toHaveLength(2)
    expect(received[1]?.id).toBe(received[0]?.id)
  })

  it("are not sent for a command that was refused, nor for what happened before there were any", async () => {
    const [before, after] = await stocked(2)
    if (before === undefined || after === undefined) throw new Error("No items")
    await cross([before])
    await open()
    const { organization } = office
    const refused = office.execute({
      _tag: "Linked",
      commands: [
        { _tag: "Issue", organization, lines: [{ item: after, quantity: 3 }] },
        { _tag: "Issue", organization, lines: [{ item: after, quantity: 100 }] }
      ]
    })
    await expect(refused).rejects.toMatchObject({ _tag: "InsufficientStock" })
    await cross([after])
    expect((await receiver.until(1)).map(({ body }) => [body["product_id"], body["current_quantity"]])).toEqual([
      [after, 5]
    ])
  })
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
