import { describe, it, layer } from "@effect/vitest"
import { StockEngine, StockQueries, Subscriptions } from "@stockbook/core"
import { Context, Effect, Layer } from "effect"
import { expect } from "vitest"
import { ledgerOf } from "./support/audit.ts"
import { type Child, run } from "./support/children.ts"
import { freshDatabase } from "./support/database.ts"
import { inStore, type Place, stocked } from "./support/store.ts"
import type { TradeName } from "./support/trade.ts"

/** Four processes on one database, and the database. */
class Rivals extends Context.Service<
  Rivals,
  {
    readonly url: string
    /** All four trade at once, with so many callers each, each caller so many turns; all the lines they write. */
    readonly trade: (trade: TradeName, place: Place, callers: number, turns: number) => Promise<ReadonlyArray<string>>
  }
>()("Rivals") {}

const overs = (lines: ReadonlyArray<string>) => lines.filter((line) => line === "over").length

const trade = async (child: Child, order: string) => {
  const before = child.lines.length
  const over = overs(child.lines) + 1
  child.tell(order)
  await child.until((lines) => overs(lines) === over)
  return child.lines.slice(before, -1)
}

const rivals = Layer.effect(
  Rivals,
  Effect.gen(function* () {
    const url = yield* freshDatabase
    const children = yield* Effect.acquireRelease(
      Effect.sync(() => [0, 1, 2, 3].map((number) => run("rival", url, number))),
      (children) =>
        Effect.promise(async () => {
          for (const child of children) child.finish()
          await Promise.all(children.map((child) => child.done))
        })
    )
    yield* Effect.promise(() => Promise.all(children.map((child) => child.until((lines) => overs(lines) === 1))))
    return Rivals.of({
      url,
      trade: async (name, { organization, items }, callers, turns) => {
        const order = [name, organization, items.join(","), callers, turns].join(" ")
        return (await Promise.all(children.map((child) => trade(child, order)))).flat()
      }
    })
  })
)

/** How often each line is there. */
const tally = (lines: ReadonlyArray<string>) => {
  const counts: Record<string, number> = {}
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1
  return counts
}

/** Available and reserved units of each item, and what `verify` finds. */
const stateOf = Effect.fnUntraced(function* ({ organization, items }: Place) {
  const queries = yield* StockQueries
  const levels: Array<readonly [available: number | undefined, reserved: number | undefined]> = []
  for (const item of items) {
    const stock = yield* queries.stock(organization, item)
    levels.push([stock?.total.available, stock?.total.reserved])
  }
  const { differences } = yield* queries.verify(organization)
  return { levels, differences }
})

/**
 * Reads an organization's movements by cursor while others write them: on from where it was, and again and again from
 * the start. Writes the last one itself, and ends when it has read that.
 */
const follow = Effect.fnUntraced(function* ({ organization, items: [item] }: Place, writing: () => boolean) {
  if (item === undefined) return yield* Effect.die("There is no item")
  const engine = yield* StockEngine
  const subscriptions = yield* Subscriptions
  const readings: Array<ReadonlyArray<number>> = []
  const followed: Array<number> = []
  const readAll = Effect.fnUntraced(function* (from: string, ids: Array<number>) {
    for (let cursor = from; ; ) {
      const page = yield* subscriptions.read(organization, cursor, 100)
      if (page.changes.length === 0) return cursor
      for (const change of page.changes) if (change._tag === "Movement") ids.push(change.id)
      cursor = page.cursor
    }
  })
  let cursor = ""
  while (writing()) {
    const reading: Array<number> = []
    yield* readAll("", reading)
    readings.push(reading)
    cursor = yield* readAll(cursor, followed)
  }
  const { movements } = yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 1 }] })
  const last = movements[0]?.id
  // Any other test's open transaction holds the feed up.
  while (followed.at(-1) !== last) cursor = yield* readAll(cursor, followed)
  const ledger = (yield* ledgerOf(organization)).map(({ id }) => id)
  return { followed, readings, ledger, last }
})

layer(rivals, { timeout: "60 seconds", excludeTestServices: true })("Four processes on one database", (it) => {
  it.effect("sell one hot item exactly as often as it is there", () =>
    Effect.gen(function* () {
      const { url, trade } = yield* Rivals
      const place = yield* inStore(url, stocked(1, 900))
      const lines = yield* Effect.promise(() => trade("sell", place, 50, 6))
      expect(tally(lines)).toEqual({ sold: 900, "sold out": 300 })
      expect(yield* inStore(url, stateOf(place))).toEqual({ levels: [[0, 900]], differences: [] })
    })
  )

  it.effect("refuse nobody while there is enough for all who ask", () =>
    Effect.gen(function* () {
      const { url, trade } = yield* Rivals
      const place = yield* inStore(url, stocked(1, 1200))
      const lines = yield* Effect.promise(() => trade("sell", place, 50, 6))
      expect(tally(lines)).toEqual({ sold: 1200 })
      expect(yield* inStore(url, stateOf(place))).toEqual({ levels: [[0, 1200]], differences: [] })
    })
  )

  it.effect("refuse nobody what has just arrived", () =>
    Effect.gen(function* () {
      const { url, trade } = yield* Rivals
      const place = yield* inStore(url, stocked(1, 0))
      const lines = yield* Effect.promise(() => trade("restock", place, 10, 20))
      expect(tally(lines)).toEqual({ sold: 800 })
      expect(yield* inStore(url, stateOf(place))).toEqual({ levels: [[0, 800]], differences: [] })
    })
  )

  it.effect("reserve several items in opposite orders, and none waits for the other for ever", () =>
    Effect.gen(function* () {
      const { url, trade } = yield* Rivals
      const place = yield* inStore(url, stocked(4, 500))
      const lines = yield* Effect.promise(() => trade("basket", place, 20, 10))
      expect(tally(lines)).toEqual({ sold: 500, "sold out": 300 })
      const levels = place.items.map(() => [0, 500])
      expect(yield* inStore(url, stateOf(place))).toEqual({ levels, differences: [] })
    })
  )

  it.effect("do a key once, and answer all who use it the same", () =>
    Effect.gen(function* () {
      const { url, trade } = yield* Rivals
      const place = yield* inStore(url, stocked(1, 0))
      const counts = tally(yield* Effect.promise(() => trade("sameKey", place, 10, 30)))
      const movements = (yield* inStore(url, ledgerOf(place.organization))).map(({ id }) => id)
      const expected = movements.flatMap((id, turn) => [
        [`turn-${turn} ${id} done`, 1],
        [`turn-${turn} ${id} replayed`, 39]
      ])
      expect(movements).toHaveLength(30)
      expect(counts).toEqual(Object.fromEntries(expected))
      expect(yield* inStore(url, stateOf(place))).toEqual({ levels: [[30, 0]], differences: [] })
    })
  )

  it.effect("write a ledger of which a follower misses nothing, in an order that stays", () =>
    Effect.gen(function* () {
      const { url, trade } = yield* Rivals
      const place = yield* inStore(url, stocked(8, 0))
      const byId = (a = 0, b = 0) => a - b
      let writing = true
      const written = trade("record", place, 8, 60).finally(() => {
        writing = false
      })
      const { followed, readings, ledger, last } = yield* inStore(
        url,
        follow(place, () => writing)
      )
      const told = (yield* Effect.promise(() => written)).map(Number)
      expect([...told, last].toSorted(byId)).toEqual(ledger)
      expect(followed.toSorted(byId)).toEqual(ledger)
      for (const reading of readings) expect(reading).toEqual(followed.slice(0, reading.length))
      expect(yield* inStore(url, stateOf(place))).toMatchObject({ differences: [] })
    })
  )
})

describe("Ten processes that open one empty database at once", () => {
  it.live("find it migrated, all of them", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      const children = Array.from({ length: 10 }, () => run("open", url))
      yield* Effect.promise(() => Promise.all(children.map((child) => child.until((lines) => lines.length === 1))))
      for (const child of children) child.tell("open")
      yield* Effect.promise(() => Promise.all(children.map((child) => child.done)))
      const organizations = children.map(({ lines }) => Number(lines[1]))
      expect(organizations.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    }).pipe(Effect.scoped)
  )
})
