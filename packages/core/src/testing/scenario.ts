import { Effect } from "effect"
import type { BatchId } from "../catalog/Batch.ts"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { VariationId } from "../catalog/Variation.ts"
import { type CommandInput, type ExecuteOptions, StockEngine } from "../engine/StockEngine.ts"
import { StockQueries } from "../ledger/StockQueries.ts"

/** A command without its organization: the scenario's. */
export type Input = CommandInput extends infer C ? (C extends unknown ? Omit<C, "organization"> : never) : never

let organizations = 0

/** An organization of its own with two locations and some items, so that tests of one store do not meet. */
export interface Scenario {
  readonly organization: OrganizationId
  readonly items: readonly [ItemId, ItemId]
  /** The default location, and another. */
  readonly locations: readonly [LocationId, LocationId]
}

/** Makes a scenario. */
export const scenario = Effect.gen(function* () {
  const catalog = yield* Catalog
  const { id: organization } = yield* catalog.createOrganization(`Organization ${++organizations}`)
  const one = yield* catalog.createItem(organization, { name: "One", sku: "one", lowStockThreshold: null })
  const two = yield* catalog.createItem(organization, { name: "Two", sku: "two", lowStockThreshold: null })
  const { rows } = yield* catalog.locations({ organization, offset: 0, limit: 10 })
  const [first, second] = rows.map((location) => location.id)
  if (first === undefined || second === undefined) return yield* Effect.die("An organization has two locations")
  const made: Scenario = { organization, items: [one.id, two.id], locations: [first, second] }
  return made
})

/** A scenario whose items have variations and batches. */
export interface LotScenario extends Scenario {
  /** Two of each item. */
  readonly variations: readonly [VariationId, VariationId, VariationId, VariationId]
  /** Of each item one of its own and one of its second variation. */
  readonly batches: readonly [BatchId, BatchId, BatchId, BatchId]
}

/** Makes a scenario with variations and batches. */
export const lotScenario = Effect.gen(function* () {
  const at = yield* scenario
  const [small, large, oneOwn, oneLarge] = yield* lots(at.organization, at.items[0])
  const [narrow, wide, twoOwn, twoWide] = yield* lots(at.organization, at.items[1])
  const made: LotScenario = {
    ...at,
    variations: [small, large, narrow, wide],
    batches: [oneOwn, oneLarge, twoOwn, twoWide]
  }
  return made
})

/** Two variations of an item, a batch of its own and one of the second variation. */
const lots = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId) {
  const catalog = yield* Catalog
  const first = yield* catalog.createVariation(organization, item, { name: "First" })
  const second = yield* catalog.createVariation(organization, item, { name: "Second" })
  const own = yield* catalog.createBatch(organization, item, { name: "Own" })
  if (first === null || second === null || own === null) return yield* Effect.die("The item is there")
  const lot = yield* catalog.createBatch(organization, item, { name: "Lot", variation: second.id })
  if (lot === null) return yield* Effect.die("The item is there")
  return [first.id, second.id, own.id, lot.id] as const
})

/** Carries out a command in a scenario. */
export const run = (at: Scenario, command: Input, options?: ExecuteOptions) =>
  StockEngine.use((engine) => engine.execute({ ...command, organization: at.organization }, options))

/** Available, reserved and committed units of an item. */
export const levels = (at: Scenario, item: ItemId) =>
  StockQueries.use((queries) => queries.stock(at.organization, item)).pipe(
    Effect.map((stock) => [stock?.total.available, stock?.total.reserved, stock?.total.committed])
  )

/** What `verify` finds wrong in the scenario's organization. */
export const differences = (at: Scenario) =>
  StockQueries.use((queries) => queries.verify(at.organization)).pipe(Effect.map((found) => found.differences))

/** The tag of what an effect fails with; `"Success"` when it does not. */
export const outcomeTag = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.match(effect, { onSuccess: () => "Success", onFailure: (error): string => error._tag })
