import type { ItemId } from "@stockbook/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { StoreLayer } from "../conformance/world.ts"
import type { Running } from "../server.ts"
import { openOffice } from "./office.ts"
import { type Behaviour, openReceiver, settle, until } from "./receiver.ts"

/** That notifications are sent once, and none is lost, whatever becomes of receivers and processes. */
export const onceEach = (name: string, store: () => StoreLayer): void => {
  describe(`notifications on ${name}`, () => {
    let behaviours: Array<Behaviour>
    let receiver: Awaited<ReturnType<typeof openReceiver>>
    let office: Awaited<ReturnType<typeof openOffice>>
    let running: Array<Running>
    beforeEach(async () => {
      behaviours = []
      receiver = await openReceiver(behaviours)
      office = await openOffice(store())
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

    it("are sent once by several processes", async () => {
      // A claim lapses when sending takes twice this long, and this machine may be slow.
      const patient = { timeout: 20_000 }
      await Promise.all([open(patient), open(patient), open(patient)])
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
      // On Postgres that takes until transactions of others that began before it are over.
      await office.read(1)
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
}
