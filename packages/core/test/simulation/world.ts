import { Context, Effect, Layer } from "effect"
import { Catalog } from "../../src/catalog/Catalog.ts"
import { layer as stockbook } from "../../src/Stockbook.ts"
import { Store } from "../../src/store/Store.ts"
import type { World } from "../../src/testing/histories.ts"
import type { OracleWorld } from "../../src/testing/OracleWorld.ts"
import { lotScenario } from "../../src/testing/scenario.ts"
import type { SimulatedStore } from "./SimulatedStore.ts"

/** An organization to play in, and what the oracle is told of it. */
export interface Land {
  readonly world: World
  readonly known: OracleWorld
}

/** When the batch that expires in the midst of a simulation does so. */
const expiry = 1400

const land = Effect.gen(function* () {
  const at = yield* lotScenario
  const catalog = yield* Catalog
  const { organization } = at
  const [, warehouse] = at.locations
  const bin = yield* catalog.createLocation(organization, { name: "Bin", kind: "bin", parent: warehouse })
  const shut = yield* catalog.createLocation(organization, { name: "Shelf", parent: warehouse, sellable: false })
  const lot = yield* catalog.createBatch(organization, at.items[0], { name: "Short-lived", expiresAt: expiry })
  if (lot === null) return yield* Effect.die("The item is there")
  const made: Land = {
    world: {
      organization,
      items: at.items,
      variations: at.variations,
      batches: [...at.batches, lot.id],
      locations: [...at.locations, bin.id, shut.id]
    },
    known: {
      parents: new Map([
        [bin.id, warehouse],
        [shut.id, warehouse]
      ]),
      unsellable: new Set([shut.id]),
      expiries: new Map([[lot.id, expiry]])
    }
  }
  return made
})

/**
 * Two organizations, alike and apart: two items with variations and batches, one of which expires, two locations, and in
 * the second a bin and a place that nothing is sold from.
 */
export const found = Effect.all([land, land])

/** Founds them at once. */
export const settle = (store: SimulatedStore): ReadonlyArray<Land> => {
  const services = Effect.runSync(
    Effect.scoped(Layer.build(Layer.provideMerge(stockbook(), Layer.succeed(Store, store.inner))))
  )
  return store.now(Effect.provide(found, Context.merge(Context.empty(), services)))
}
