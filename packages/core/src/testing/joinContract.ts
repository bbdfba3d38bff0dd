import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { type Inventory, isStockbookError, type OpenStockbook } from "../promises/index.ts"

/** A transaction of the host's, begun, on a database that has its table `orders (reference, hold)`. */
export interface HostTransaction<Transaction> {
  /** What the commands join. */
  readonly transaction: Transaction
  /** Writes a row of the host's. */
  readonly order: (reference: string, hold: number) => Promise<void>
  readonly commit: () => Promise<void>
  readonly rollBack: () => Promise<void>
}

/** A host that keeps its orders in the store's database. */
export interface JoinedHost<Transaction> {
  readonly stockbook: OpenStockbook<Transaction>
  readonly begin: () => Promise<HostTransaction<Transaction>>
  /** A connection of the host's without a transaction. */
  readonly idle: () => Promise<{ readonly transaction: Transaction; readonly end: () => Promise<void> }>
  /** The references of the host's orders, as another connection sees them. */
  readonly orders: () => Promise<ReadonlyArray<string>>
  readonly close: () => Promise<void>
}

const codeOf = (error: unknown): string => {
  if (isStockbookError(error)) return error.code
  throw error
}

/** What every store keeps to whose commands can join a transaction of the host's. */
export const joinSuite = <Transaction>(name: string, open: () => Promise<JoinedHost<Transaction>>): void => {
  describe(`${name}: in a transaction of the host's`, () => {
    let host: JoinedHost<Transaction>
    let inventory: Inventory<Transaction>
    beforeAll(async () => {
      host = await open()
      inventory = await host.stockbook.createOrganization("Acme")
    }, 60_000)
    afterAll(() => host.close())

    const unfinished = new Set<HostTransaction<Transaction>>()
    // A test that fails leaves no lock to those that follow.
    afterEach(async () => {
      for (const each of unfinished) await each.rollBack()
      unfinished.clear()
    })
    const begin = async (): Promise<HostTransaction<Transaction>> => {
      const begun = await host.begin()
      const over = (end: () => Promise<void>) => () => {
        unfinished.delete(tracked)
        return end()
      }
      const tracked = { ...begun, commit: over(begun.commit), rollBack: over(begun.rollBack) }
      unfinished.add(tracked)
      return tracked
    }

    const stocked = async (quantity: number): Promise<number> => {
      const { id: item } = await inventory.items.create({ name: "Lamp" })
      await inventory.receive({ lines: [{ item, quantity }] })
      return item
    }
    const available = async (item: number) => (await inventory.stock(item))?.total.available
    /** Begins, reserves a unit for an order, and writes the order. */
    const placed = async (item: number, reference: string) => {
      const begun = await begin()
      const { holds } = await inventory.within(begun.transaction).reserve({ reference, lines: [{ item, quantity: 1 }] })
      await begun.order(reference, holds[0]?.id ?? 0)
      return begun
    }

    it("commits a reservation together with an order", async () => {
      const item = await stocked(3)
      const begun = await placed(item, "together")
      // Nobody else sees either.
      expect(await available(item)).toBe(3)
      expect(await host.orders()).not.toContain("together")
      await begun.commit()
      expect(await available(item)).toBe(2)
      expect(await host.orders()).toContain("together")
      expect(await inventory.hold({ reference: "together" })).toMatchObject({ status: "open" })
      expect((await inventory.verify()).differences).toEqual([])
    })

    it("rolls both back, and remembers nothing of it", async () => {
      const item = await stocked(1)
      const begun = await placed(item, "undone")
      await begun.rollBack()
      expect(await available(item)).toBe(1)
      expect(await host.orders()).not.toContain("undone")
      expect(await inventory.hold({ reference: "undone" })).toBe(null)
      // What the engine goes on with is what is there: the one unit, once.
      await inventory.reserve({ reference: "undone", lines: [{ item, quantity: 1 }] })
      expect(await inventory.reserve({ lines: [{ item, quantity: 1 }] }).catch(codeOf)).toBe("InsufficientStock")
      expect((await inventory.verify()).differences).toEqual([])
    })

    it("leaves the transaction fit for use when a command is refused", async () => {
      const item = await stocked(2)
      const begun = await begin()
      const within = inventory.within(begun.transaction)
      await begun.order("before", 1)
      const error = await within.issue({ lines: [{ item, quantity: 3 }] }).catch((error: unknown) => error)
      expect(error).toMatchObject({ code: "InsufficientStock", available: 2, requested: 3 })
      expect(await within.issue({ lines: [{ item, quantity: -1 }] }).catch(codeOf)).toBe("InvalidInput")
      await within.issue({ lines: [{ item, quantity: 2 }] })
      expect(await within.issue({ lines: [{ item, quantity: 1 }] }).catch(codeOf)).toBe("InsufficientStock")
      await begun.order("after", 2)
      await begun.commit()
      expect(await available(item)).toBe(0)
      expect(await host.orders()).toEqual(expect.arrayContaining(["before", "after"]))
    })

    it("sees within a transaction what it did there, documents and lists of commands too", async () => {
      const item = await stocked(5)
      const begun = await begin()
      const within = inventory.within(begun.transaction)
      await within.reserve({ reference: "chain", lines: [{ item, quantity: 2 }] })
      const { items } = await within.linked([
        { command: "commit", hold: { reference: "chain" } },
        { command: "fulfil", hold: { reference: "chain" } }
      ])
      expect(items).toMatchObject([{ item, available: 3 }])
      const { documents } = await within.expectSupply({ reference: "PO-1", lines: [{ item, quantity: 4 }] })
      await within.receiveSupply({ supply: { reference: "PO-1" }, lines: [{ line: 0, item, quantity: 4 }] })
      await begun.commit()
      expect(documents).toHaveLength(1)
      expect(await available(item)).toBe(7)
      expect((await inventory.verify()).differences).toEqual([])
    })

    it("does a command once under its key, within and without", async () => {
      const item = await stocked(5)
      const issue = { lines: [{ item, quantity: 1 }] } as const
      const undone = await begin()
      await inventory.within(undone.transaction).issue(issue, { idempotencyKey: "once" })
      await undone.rollBack()
      const begun = await begin()
      const within = inventory.within(begun.transaction)
      const first = await within.issue(issue, { idempotencyKey: "once" })
      const again = await within.issue(issue, { idempotencyKey: "once" })
      expect(again.movements).toEqual(first.movements)
      const other = within.issue({ lines: [{ item, quantity: 2 }] }, { idempotencyKey: "once" })
      expect(await other.catch(codeOf)).toBe("IdempotencyConflict")
      await begun.commit()
      expect((await inventory.issue(issue, { idempotencyKey: "once" })).movements).toEqual(first.movements)
      expect(await available(item)).toBe(4)
    })

    it("never sells more than there is beside other writers", async () => {
      const item = await stocked(20)
      const reserved = inventory.reserve({ lines: [{ item, quantity: 1 }] })
      await reserved
      const others = Array.from({ length: 30 }, () => inventory.reserve({ lines: [{ item, quantity: 1 }] }))
      const hosts = Array.from({ length: 8 }, async (_, n) => {
        const begun = await begin()
        try {
          const { holds } = await inventory.within(begun.transaction).reserve({ lines: [{ item, quantity: 1 }] })
          await begun.order(`race-${n}`, holds[0]?.id ?? 0)
        } catch (error) {
          await begun.rollBack()
          throw error
        }
        if (n % 2 === 0) return begun.rollBack().then(() => false)
        return begun.commit().then(() => true)
      })
      const answers = await Promise.allSettled([...others, ...hosts])
      const sold = answers.filter((answer) => answer.status === "fulfilled" && answer.value !== false).length
      const refusals = answers.flatMap((answer) => (answer.status === "rejected" ? [codeOf(answer.reason)] : []))
      expect(new Set(refusals)).toEqual(new Set(["InsufficientStock"]))
      expect(await available(item)).toBe(20 - 1 - sold)
      expect((await host.orders()).filter((reference) => reference.startsWith("race-"))).toHaveLength(
        answers.slice(30).filter((answer) => answer.status === "fulfilled" && answer.value === true).length
      )
      expect((await inventory.verify()).differences).toEqual([])
    }, 60_000)

    it("tells followers once the transaction has committed, in the order of the ledger", async () => {
      const item = await stocked(5)
      const other = await stocked(1)
      const begun = await placed(item, "followed")
      // Where there is one writer at a time, this one waits.
      const meanwhile = inventory.issue({ lines: [{ item: other, quantity: 1 }] })
      await begun.commit()
      await meanwhile
      await inventory.issue({ reference: "last", lines: [{ item, quantity: 1 }] })
      const seen: Array<string> = []
      for await (const change of inventory.changes({ after: "" })) {
        if (change.type !== "Movement") continue
        if (change.data.item === item) seen.push(change.data.reference ?? change.data.cause)
        if (change.data.reference === "last") break
      }
      expect(seen).toEqual(["Receive", "followed", "last"])
    })

    it("says that there is no transaction", async () => {
      const item = await stocked(1)
      const { transaction, end } = await host.idle()
      const issued = inventory.within(transaction).issue({ lines: [{ item, quantity: 1 }] })
      expect(await issued.catch(codeOf)).toBe("NoTransaction")
      await end()
      expect(await available(item)).toBe(1)
    })
  })
}
