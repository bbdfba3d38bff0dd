import { Context, Effect, Layer, Schema } from "effect"
import { StockEngine } from "../../src/engine/StockEngine.ts"
import { type Everything, verifyItem } from "../../src/ledger/verifyItem.ts"
import { footprintOf } from "../../src/rules/Footprint.ts"
import { layer as stockbook } from "../../src/Stockbook.ts"
import { Command } from "../../src/stock/Command.ts"
import type { Changes, StockDriver, StockRow } from "../../src/store/StockDriver.ts"
import { Store } from "../../src/store/Store.ts"
import { Broken } from "../../src/testing/Oracle.ts"
import { guardFootprint, guardHolds } from "../engine/guardedMemory.ts"
import { sorted } from "../sorted.ts"
import type { Played } from "./Played.ts"
import { Simulation } from "./Simulation.ts"
import { scriptOf } from "./scripts.ts"
import { found, type Land } from "./world.ts"

/** An empty store to play a simulation on once more. */
export interface Replica {
  readonly store: Store["Service"]
  /** Runs something while the store's clock stands at this time, epoch milliseconds. */
  readonly at: <A, E, R>(now: number, effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

/** How much was the same. */
export interface Replayed {
  /** What the store was asked to carry out, what it refused included. */
  readonly operations: number
  /** Commands with a key that were answered with an outcome. */
  readonly outcomes: number
  readonly movements: number
}

/**
 * Plays a simulation in memory, and what its store carried out, in the same order and at the same times, on another
 * store. Each decision is made again on what that store reads, and must be the same; what was decided is stored there. In
 * the end both have the same in them, `verify` finds nothing, and an engine over the other store answers each key with
 * the outcome that its client was told. Dies with `Broken` of the first difference.
 */
export const replay = Effect.fnUntraced(function* (seed: number, { store, at }: Replica) {
  const simulation = new Simulation(scriptOf(seed), {}, true)
  const { store: original, lands } = simulation
  const start = original.clock.currentTimeMillisUnsafe()
  const book = Layer.build(Layer.fresh(Layer.provideMerge(stockbook(), Layer.succeed(Store, store))))
  const services = yield* at(start, book)
  const founded = yield* at(start, Effect.provideContext(found, Context.merge(Context.empty(), services)))
  same(
    `seed ${seed}: ids of the catalogue`,
    founded.map(({ world }) => world),
    lands.map(({ world }) => world)
  )
  yield* at(start, writeItems(store.stock, lands, original.now(readItems(original.inner.stock, lands))))
  simulation.run()

  const operations = original.played ?? []
  for (const [index, played] of operations.entries()) {
    yield* at(played.now, carryOut(store.stock, played, `seed ${seed}, operation ${index}`))
  }

  const end = original.clock.currentTimeMillisUnsafe()
  const expected = original.now(contentsOf(original.inner))
  const contents = yield* at(end, contentsOf(store))
  for (const part of ["movements", "events", "items"] as const) {
    same(`seed ${seed}: ${part}`, contents[part], expected[part])
  }
  same(`seed ${seed}: verify`, contents.differences, [])

  const engine = Context.get(services, StockEngine)
  let outcomes = 0
  for (const { command, key, outcome } of simulation.requests) {
    if (key === null || outcome === null) continue
    const answer = yield* at(end, engine.execute(command, { idempotencyKey: key }))
    same(`seed ${seed}: the outcome of ${key}`, answer, { ...outcome, replayed: true })
    outcomes += 1
  }
  const replayed: Replayed = { operations: operations.length, outcomes, movements: contents.movements.length }
  return replayed
}, Effect.scoped)

const decode = Schema.decodeUnknownSync(Command)

const footprintOfAll = (lands: ReadonlyArray<Land>) =>
  footprintOf(
    lands.flatMap(({ world: { organization, items } }) =>
      items.map((item) => ({ command: decode({ _tag: "Open", organization, item }), key: null }))
    )
  )

const readItems = (stock: StockDriver, lands: ReadonlyArray<Land>) =>
  Effect.suspend(() => {
    let rows: ReadonlyArray<StockRow> = []
    const read = stock.transact(footprintOfAll(lands), ({ items }) => {
      rows = items.map(({ nextExpiry: _, ...row }) => row)
      return null
    })
    return Effect.map(read, () => rows)
  })

/** Gives the items the versions that they have in the other store: they are of the catalogue, and ids are a store's own. */
const writeItems = (stock: StockDriver, lands: ReadonlyArray<Land>, items: ReadonlyArray<StockRow>) =>
  stock.transact(footprintOfAll(lands), ({ nextId }) => ({ ...nothing, items, firstId: nextId, nextId: nextId + 1 }))

const nothing: Changes = {
  items: [],
  balances: [],
  holds: [],
  grown: new Map(),
  documents: [],
  serials: [],
  movements: [],
  events: [],
  records: [],
  firstId: 0,
  nextId: 0
}

/** Carries out what the simulation's store did: it comes to the same there. */
const carryOut = (stock: StockDriver, played: Played, what: string) =>
  Effect.suspend(() => {
    if (played.kind === "guarded") {
      return Effect.map(storeGuarded(stock, played), (stored) =>
        same(`${what}: whether it is stored`, stored, played.stored)
      )
    }
    const { nextId, idLimit } = played.loaded
    let decided: Changes | null = null
    const work = stock.transact(played.footprint, (loaded) => {
      same(`${what}: the time`, loaded.now, played.now)
      decided = played.fold({ ...loaded, nextId, ...(idLimit === undefined ? {} : { idLimit }) })
      return told(decided) === told(played.changes) ? decided : null
    })
    return Effect.map(work, () => same(`${what}: what was decided`, told(decided), told(played.changes)))
  })

/** As `storeGuarded` of the store, or for a store that has none, as its law says. */
const storeGuarded = (stock: StockDriver, { changes, guard }: Extract<Played, { readonly kind: "guarded" }>) => {
  if (stock.storeGuarded !== undefined) {
    return Effect.map(stock.storeGuarded(changes, guard, false), ({ stored }) => stored)
  }
  let stored = false
  const work = stock.transact(guardFootprint(guard, changes), (loaded) => {
    stored = guardHolds(loaded, guard, changes)
    return stored ? changes : null
  })
  return Effect.map(work, () => stored)
}

/** What is to be written, whatever order its rows are in. */
const told = (changes: Changes | null): string =>
  JSON.stringify(
    changes === null
      ? null
      : sorted({
          ...changes,
          items: unordered(changes.items),
          balances: unordered(changes.balances),
          holds: unordered(changes.holds),
          grown: unordered(Array.from(changes.grown)),
          documents: unordered(changes.documents),
          serials: unordered(changes.serials)
        })
  )

/** All that is in a store, and what `verify` finds wrong with it. */
const contentsOf = Effect.fnUntraced(function* ({ ledger }: Store["Service"]) {
  const ids = yield* ledger.itemIds(null, 0, 1000)
  const items: Array<Everything> = []
  for (const { organization, id } of ids) {
    const everything = yield* ledger.everything(organization, id)
    if (everything !== null) items.push(everything)
  }
  const { changes } = yield* ledger.changes(null, "", 1_000_000)
  return {
    // In what order they are told is the store's own affair, but for those of one item.
    movements: changes
      .flatMap((change) => (change._tag === "Movement" ? [change.movement] : []))
      .sort((a, b) => a.id - b.id),
    events: unordered(changes.flatMap((change) => (change._tag === "Event" ? [change.event.event] : []))),
    items: items.map(({ stock, balances, holds, documents, serials, movements, due }) => ({
      stock,
      balances: unordered(balances),
      holds: unordered(holds),
      documents: unordered(documents),
      serials: unordered(serials),
      movements,
      due: unordered(due)
    })),
    differences: items.flatMap(verifyItem)
  }
})

const unordered = (list: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  list.map((each) => JSON.stringify(sorted(each))).sort()

const same = (what: string, actual: unknown, expected: unknown): void => {
  const [is, was] = [JSON.stringify(sorted(actual)), JSON.stringify(sorted(expected))]
  if (is === was) return
  let at = 0
  while (is[at] === was[at]) at += 1
  const from = Math.max(0, at - 200)
  throw new Broken(`Not the same, ${what}: …${is.slice(from, at + 200)}\nnot …${was.slice(from, at + 200)}`)
}
