import { Context, Effect, Layer } from "effect"
import { describe, expect, it } from "vitest"
import * as MemoryStore from "../../src/store/memory/MemoryStore.ts"
import type { Changes } from "../../src/store/StockDriver.ts"
import { Store } from "../../src/store/Store.ts"
import { type Replica, replay } from "./replay.ts"
import { replaySuite, replicaOf } from "./replaySuite.ts"

const memory = Effect.map(Layer.build(Layer.fresh(MemoryStore.layer)), (context) => Context.get(context, Store))

replaySuite("memory", Effect.map(memory, replicaOf), 10)

/** A store that writes something else than it is told to. */
const writing = (change: (changes: Changes) => Changes): Effect.Effect<Replica, never, never> =>
  Effect.scoped(
    Effect.map(memory, (store) => {
      const { transact } = store.stock
      return replicaOf({
        ...store,
        stock: {
          transact: (footprint, fold) =>
            transact(footprint, (loaded) => {
              const changes = fold(loaded)
              return changes === null ? null : change(changes)
            })
        }
      })
    })
  )

describe("a replayed history", () => {
  const broken: ReadonlyArray<readonly [what: string, found: RegExp, change: (changes: Changes) => Changes]> = [
    ["loses a balance", /what was decided/, (changes) => ({ ...changes, balances: changes.balances.slice(1) })],
    ["loses holds", /what was decided|whether it is stored/, (changes) => ({ ...changes, holds: [] })],
    [
      "forgets keys",
      /the outcome of|what was decided|whether it is stored/,
      (changes) => ({ ...changes, records: [] })
    ],
    ["tells events twice", /events/, (changes) => ({ ...changes, events: [...changes.events, ...changes.events] })],
    ["loses notes", /movements/, (changes) => ({ ...changes, movements: changes.movements.map(unnoted) })]
  ]
  for (const [what, found, change] of broken) {
    it(`finds out a store that ${what}`, async () => {
      const played = Effect.flatMap(writing(change), (replica) => replay(1, replica))
      await expect(Effect.runPromise(played)).rejects.toThrow(found)
    })
  }
})

const unnoted = (movement: Changes["movements"][number]) => ({ ...movement, note: null })
