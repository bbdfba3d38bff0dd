import { describe, expect, it } from "@effect/vitest"
import { isStockbookError, type OpenStockbook, type StockbookError } from "../index.ts"

/** What a promise is rejected with. */
const refusal = async (promise: Promise<unknown>): Promise<StockbookError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason
  )
  if (!isStockbookError(error)) throw error ?? new Error("It was not refused")
  return error
}

/** Checks that a store's `openStockbook` gives the whole engine as promises; `open` opens the same store every time. */
export const promiseSuite = (name: string, open: () => Promise<OpenStockbook>): void => {
  const shop = async (stockbook: OpenStockbook, units = 10) => {
    const inventory = await stockbook.createOrganization("Acme")
    const { id: item } = await inventory.items.create({ name: "Lamp", lowStockThreshold: null })
    await inventory.receive({ lines: [{ item, quantity: units }] })
    return { inventory, item }
  }

  describe(`${name}, as promises`, () => {
    it("reserves, commits and ships, and the ledger tells", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const reserved = await inventory.reserve({
        reference: "order-1",
        lines: [{ item, quantity: 3 }],
        expiresIn: 60_000
      })
      expect(reserved.holds).toMatchObject([{ reference: "order-1", status: "open" }])
      await inventory.commit({ hold: { reference: "order-1" } })
      await inventory.fulfil({ hold: { reference: "order-1" } })
      expect(await inventory.hold({ reference: "order-1" })).toMatchObject({ status: "fulfilled" })
      expect(await inventory.holds({ status: "fulfilled", item })).toHaveLength(1)
      expect((await inventory.stock(item))?.total).toEqual({ available: 7, reserved: 0, committed: 0, quarantined: 0 })
      const movements = await inventory.movements({ item, order: "oldest" })
      expect(movements.map(({ cause }) => cause)).toEqual(["Receive", "Reserve", "Commit", "Fulfil"])
      expect(await inventory.countMovements({ item })).toBe(4)
      expect((await inventory.verify()).differences).toEqual([])
      expect((await inventory.rebuild()).rebuilt).toEqual([])
    })

    it("refuses with a code and its fields", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook, 2)
      const error = await refusal(inventory.issue({ lines: [{ item, quantity: 5 }] }))
      expect(error).toMatchObject({
        name: "StockbookError",
        code: "InsufficientStock",
        available: 2,
        requested: 5,
        item,
        message: "Insufficient stock. Available: 2, Requested: 5"
      })
      expect(error.stack).toContain("promiseContract")
      expect((await inventory.stock(item))?.total.available).toBe(2)
      await inventory.items.create({ name: "Desk", sku: "D-1" })
      expect(await refusal(inventory.items.create({ name: "Desk", sku: "D-1" }))).toMatchObject({
        code: "DuplicateSku",
        sku: "D-1"
      })
    })

    it("does a request with a key once", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const request = { lines: [{ item, quantity: 4 }] } as const
      const first = await inventory.issue(request, { idempotencyKey: "k" })
      const again = await inventory.issue(request, { idempotencyKey: "k" })
      expect(again).toEqual({ ...first, replayed: true })
      const other = await refusal(inventory.receive(request, { idempotencyKey: "k" }))
      expect(other).toMatchObject({ code: "IdempotencyConflict", key: "k" })
    })

    it("carries out a list of commands as one", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const lines = [{ item, quantity: 6 }] as const
      const error = await refusal(
        inventory.linked([
          { command: "issue", lines },
          { command: "issue", lines }
        ])
      )
      expect(error.code).toBe("InsufficientStock")
      expect((await inventory.stock(item))?.total.available).toBe(10)
      await inventory.linked([
        { command: "issue", lines },
        { command: "notify", kind: "order_placed", data: { quantity: 6 } }
      ])
      expect((await inventory.stock(item))?.total.available).toBe(4)
    })

    it("leaves no trace of a call that is given up before it is taken up", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const before = await inventory.countMovements()
      const given = new AbortController()
      const reason = new Error("The customer left")
      const waiting = inventory.reserve({ lines: [{ item, quantity: 1 }] }, { signal: given.signal })
      given.abort(reason)
      await expect(waiting).rejects.toBe(reason)
      await expect(inventory.stock(item, { signal: given.signal })).rejects.toBe(reason)
      expect(await inventory.countMovements()).toBe(before)
    })

    it("keeps a catalogue by nouns", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const { items, variations, batches, locations, partners, categories, kits, reasons } = inventory
      const red = await variations.create(item, { name: "Red" })
      const lot = await batches.create(item, { name: "L-1", variation: red?.id ?? 0 })
      const shopFloor = await locations.create({ name: "Shop", kind: "shop" })
      await inventory.receive({
        lines: [{ item, variation: red?.id ?? 0, batch: lot?.id ?? 0, location: shopFloor.id, quantity: 5 }]
      })
      expect(await batches.get(lot?.id ?? 0)).toMatchObject({ levels: { available: 5 } })
      expect(await items.list({ search: "lam" })).toMatchObject({ total: 1, rows: [{ available: 15 }] })
      expect(await items.update(item, { name: "Lantern", category: "Lights" })).toMatchObject({ name: "Lantern" })
      expect((await categories.list()).rows.map(({ name }) => name)).toEqual(["Lights"])
      expect(await refusal(items.remove(item))).toMatchObject({ code: "StillInStock", onHand: 15 })
      const set = await items.create({ name: "Set" })
      await kits.setComponents(set.id, [{ item, variation: null, quantity: 2 }])
      expect(await kits.components(set.id)).toEqual([{ item, variation: null, quantity: 2 }])
      const bo = await partners.create({ kind: "customer", name: "Bo" })
      expect(await partners.get(bo.id)).toMatchObject({ name: "Bo" })
      await reasons.put({ code: "display", name: "On display" })
      expect((await reasons.list()).at(-1)).toMatchObject({ code: "display", builtIn: false })
      expect(await items.get(set.id + 1_000_000)).toBeNull()
    })

    it("expects, counts and plans", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const dueAt = 4_000_000_000_000
      await inventory.expectSupply({ reference: "po-1", lines: [{ item, quantity: 5, expectedAt: dueAt }] })
      const { planning, history } = inventory
      expect(await planning.arrivals({ item })).toMatchObject([{ kind: "supply", reference: "po-1", quantity: 5 }])
      expect(await planning.availableToPromise({ item }, dueAt)).toMatchObject({
        units: 15,
        available: 10,
        expected: 5
      })
      expect(await planning.check([{ item, quantity: 12 }])).toMatchObject([{ available: 10, short: 2 }])
      await inventory.receiveSupply({ supply: { reference: "po-1" } })

      await inventory.startCount({ reference: "spring", items: [{ item }] })
      await inventory.recordCount({ count: { reference: "spring" }, lines: [{ item, counted: 14 }] })
      await inventory.postCount({ count: { reference: "spring" } })
      expect(await history.variance({ reference: "spring" })).toMatchObject({ shortage: -1, counted: 1 })
      expect(await inventory.document({ kind: "count", reference: "spring" })).toMatchObject({ status: "posted" })
      expect(await inventory.documents({ item, order: "oldest" })).toMatchObject([
        { kind: "supply" },
        { kind: "count" }
      ])
      expect((await inventory.stock(item))?.total.available).toBe(14)
    })

    it("names the field that is wrong", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const issues = async (promise: Promise<unknown>) => {
        const error = await refusal(promise)
        return error.code === "InvalidInput" ? error.issues.map(({ path }) => path.join(".")) : error.code
      }
      expect(await issues(inventory.stock(1.5))).toEqual(["item"])
      expect(await issues(inventory.receive({ lines: [{ item, quantity: 0 }] }))).toEqual(["lines.0.quantity"])
      expect(await issues(inventory.movements({ limit: 5000 }))).toEqual(["limit"])
      expect(await issues(inventory.holds({ item: -1 }))).toEqual(["item"])
      expect(await issues(inventory.items.bySku("a\u0000"))).toEqual(["sku"])
      expect(() => stockbook.organization(0)).toThrow("organization")
    })

    it("tells what happens, in order, and goes on after a cursor", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const seen: Array<string> = []
      let cursor = ""
      for await (const change of inventory.changes()) {
        seen.push(change.type)
        cursor = change.cursor
        if (change.type === "Movement" && change.data.item === item) break
      }
      expect(seen.filter((type) => type === "ItemCreated" || type === "Movement")).toEqual(["ItemCreated", "Movement"])

      const next = inventory.changes({ after: cursor })
      const waiting = (async () => {
        for await (const change of next) if (change.type === "Movement" && change.data.cause === "Issue") return change
        return null
      })()
      await inventory.issue({ lines: [{ item, quantity: 1 }] })
      expect(await waiting).toMatchObject({ organization: inventory.id, data: { quantity: 1, to: "customer" } })
    })

    it("hands changes to a subscriber at least once", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const subscriber = `mailer ${inventory.id}`
      const failing = stockbook.subscribe(subscriber, () => Promise.reject(new Error("No mail today")))
      await expect(failing).rejects.toThrow("No mail today")

      const given = new AbortController()
      const seen: Array<number> = []
      await stockbook.subscribe(
        subscriber,
        async (changes) => {
          for (const { type, organization, id } of changes) {
            if (type === "Movement" && organization === inventory.id) seen.push(id)
          }
          if (seen.length > 0) given.abort()
        },
        { signal: given.signal }
      )
      expect(seen).toEqual((await inventory.movements({ item })).map(({ id }) => id))
    })

    it("is closed once, ends what lasts and takes in nothing more", async () => {
      const stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const subscribed = stockbook.subscribe(`closing ${inventory.id}`, () => {})
      const followed = (async () => {
        for await (const _ of stockbook.changes());
        return "ended"
      })()
      const last = inventory.issue({ lines: [{ item, quantity: 1 }] })
      await Promise.all([stockbook.close(), stockbook.close()])
      expect((await last).items).toMatchObject([{ available: 9 }])
      expect(await followed).toBe("ended")
      await subscribed
      expect(await refusal(inventory.stock(item))).toMatchObject({ code: "EngineClosed" })
      expect(await refusal(inventory.issue({ lines: [{ item, quantity: 1 }] }))).toMatchObject({ code: "EngineClosed" })
    })

    it("sells as many as there are to many buyers at once", async () => {
      await using stockbook = await open()
      const { inventory, item } = await shop(stockbook)
      const buyers = Array.from({ length: 40 }, () => inventory.reserve({ lines: [{ item, quantity: 1 }] }))
      const answers = await Promise.allSettled(buyers)
      expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(10)
      expect((await stockbook.verify()).differences).toEqual([])
      expect((await stockbook.rebuild()).rebuilt).toEqual([])
    })
  })
}
