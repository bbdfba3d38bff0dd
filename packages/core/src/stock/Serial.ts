import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { StockState } from "./Account.ts"

/**
 * One unit of an item, known by its serial number, which is unique among the item's. It is in one place, or out.
 *
 * @example
 * ```ts
 * import { Catalog, MemoryStore, Stockbook, StockEngine, StockQueries } from "@stockbook/core"
 * import { Effect, Layer } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   const [catalog, engine, queries] = yield* Effect.all([Catalog, StockEngine, StockQueries])
 *   const { id: organization } = yield* catalog.createOrganization("Acme")
 *   const { id: item } = yield* catalog.createItem(organization, { name: "Camera" })
 *   yield* engine.execute({ _tag: "TrackSerials", organization, item, tracked: true })
 *   const lines = [{ item, quantity: 2, serials: ["C-1", "C-2"] }] as const
 *   yield* engine.execute({ _tag: "Receive", organization, lines })
 *   yield* engine.execute({ _tag: "Issue", organization, lines: [{ item, quantity: 1, serials: ["C-2"] }] })
 *   const twice = yield* Effect.flip(
 *     engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 1, serials: ["C-1"] }] })
 *   )
 *   return { sold: yield* queries.serial(organization, item, "C-2"), twice: twice.message }
 * })
 *
 * const { sold, twice } = await Effect.runPromise(
 *   Effect.provide(program, Layer.provideMerge(Stockbook.layer(), MemoryStore.layer))
 * )
 * sold?.place // null
 * twice // 'Serial "C-1" of item 1 is in stock already'
 * ```
 */
export interface Serial {
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly serial: string
  /** Where it stands; `null` when it is out. */
  readonly place: {
    readonly state: StockState
    readonly variation: VariationId | null
    readonly batch: BatchId | null
    readonly location: LocationId
  } | null
  /** The hold or document that keeps it. */
  readonly hold: number | null
  readonly updatedAt: number
}

/** A serial's name among those of all items. */
export const serialName = (item: ItemId, serial: string): string => `${item}/${serial}`
