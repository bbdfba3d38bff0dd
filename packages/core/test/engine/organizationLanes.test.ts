import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Latch, Layer } from "effect"
import { Catalog } from "../../src/catalog/Catalog.ts"
import { StockEngine } from "../../src/engine/StockEngine.ts"
import { MemoryStore, Stockbook } from "../../src/index.ts"
import type { Footprint } from "../../src/rules/Footprint.ts"
import { Store } from "../../src/store/Store.ts"

/** The store in memory, which says that it has lanes; its transactions are seen, and wait at a gate. */
const watched = () => {
  const started: Array<ReadonlyArray<number | undefined>> = []
  const gate = Latch.makeUnsafe(true)
  const seen = (footprint: Footprint) => Effect.sync(() => started.push(Array.from(footprint.organizations)))
  const store = Layer.effect(
    Store,
    Effect.map(Store, ({ stock, ...store }) =>
      Store.of({
        ...store,
        stock: {
          lanes: { of: "organization", inFlight: 2 },
          transact: (footprint, fold) =>
            Effect.andThen(Effect.andThen(seen(footprint), gate.await), stock.transact(footprint, fold)),
          storeGuarded: () => Effect.die("a store with lanes is not given guarded changes")
        }
      })
    )
  )
  const layer = Stockbook.layer().pipe(Layer.provideMerge(Layer.provideMerge(store, MemoryStore.layer)))
  return { started, gate, layer }
}

describe("a store with lanes", () => {
  it.live("is given batches of one organization each, those of several beside each other", () => {
    const { started, gate, layer } = watched()
    return Effect.gen(function* () {
      const catalog = yield* Catalog
      const engine = yield* StockEngine
      const places = yield* Effect.forEach(["One", "Two", "Three"], (name) =>
        Effect.gen(function* () {
          const { id: organization } = yield* catalog.createOrganization(name)
          const { id: item } = yield* catalog.createItem(organization, { name: "Lamp", lowStockThreshold: null })
          return { organization, item }
        })
      )
      const [one, two, three] = places.map(({ organization }) => organization)
      const receive = ({ organization, item }: (typeof places)[number]) =>
        Effect.forkChild(engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 1 }] }), {
          startImmediately: true
        })
      gate.closeUnsafe()
      const all = yield* Effect.forEach([...places, ...places], receive)
      yield* Effect.sleep(5)
      assert.deepStrictEqual(started, [[one], [two]])
      const later = yield* Effect.forEach(places, receive)
      gate.openUnsafe()
      const outcomes = yield* Effect.forEach([...all, ...later], Fiber.join)
      assert.deepStrictEqual(started.toSorted(), [[one], [one], [two], [two], [three]].toSorted())
      // One organization's commands are in the order they came.
      assert.deepStrictEqual(
        outcomes.map(({ items }) => items[0]?.available),
        [1, 1, 1, 2, 2, 2, 3, 3, 3]
      )
    }).pipe(Effect.provide(layer))
  })
})
