import { Context, Effect, Layer, Stream } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import { fromMillionths, toMillionths } from "../costs/Amount.ts"
import {
  type CostOfGoods,
  costOfGoods,
  type ItemValuation,
  replayValue,
  type Valuation,
  valuationOf
} from "../costs/valuation.ts"
import type { Movement } from "../stock/Movement.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { MovementFilter } from "./LedgerDriver.ts"
import { pages } from "./pages.ts"

/** A period: from an instant on, until before another. Epoch milliseconds. */
export interface Period {
  readonly from: number
  readonly until: number
}

/**
 * What stock cost, of items whose costs are kept (`SetCosting`). Amounts are exact decimals, to six places.
 *
 * @example
 * ```ts
 * import { Catalog, CostQueries, MemoryStore, Stockbook, StockEngine } from "@stockbook/core"
 * import { Effect, Layer } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   const [catalog, engine, costs] = yield* Effect.all([Catalog, StockEngine, CostQueries])
 *   const { id: organization } = yield* catalog.createOrganization("Acme")
 *   const { id: item } = yield* catalog.createItem(organization, { name: "Lamp" })
 *   yield* engine.execute({ _tag: "SetCosting", organization, item, method: "fifo" })
 *   yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 2, unitCost: "5.00" }] })
 *   yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 2, unitCost: "6.25" }] })
 *   const sale = yield* engine.execute({ _tag: "Issue", organization, lines: [{ item, quantity: 3 }] })
 *   return { sold: sale.movements[0]?.details?.cost, left: yield* costs.item(organization, item) }
 * })
 *
 * const { sold, left } = await Effect.runPromise(
 *   Effect.provide(program, Layer.provideMerge(Stockbook.layer(), MemoryStore.layer))
 * )
 * sold // "16.25"
 * left?.value // "6.25"
 * ```
 */
export class CostQueries extends Context.Service<
  CostQueries,
  {
    /**
     * What an item's stock is worth now, or was right after everything up to and including an instant (epoch
     * milliseconds), by replay of its ledger. `null` for an unknown item, or one whose costs are not kept.
     */
    readonly item: (
      organization: OrganizationId,
      item: ItemId,
      at?: number
    ) => Effect.Effect<ItemValuation | null, StoreError>
    /** The same of all items together, read item by item. */
    readonly total: (organization: OrganizationId, at?: number) => Effect.Effect<Valuation, StoreError>
    /** The cost of goods sold of an item in a period. */
    readonly costOfGoods: (
      organization: OrganizationId,
      item: ItemId,
      period: Period
    ) => Effect.Effect<CostOfGoods, StoreError>
  }
>()("@stockbook/core/ledger/CostQueries") {
  static readonly layer: Layer.Layer<CostQueries, never, Store> = Layer.effect(
    CostQueries,
    Effect.map(Store, ({ ledger }) => {
      const movements = (filter: MovementFilter): Effect.Effect<ReadonlyArray<Movement>, StoreError> =>
        Stream.runCollect(pages((after, limit) => ledger.movements(filter, { after, limit, order: "oldest" })))
      const item = Effect.fnUntraced(function* (organization: OrganizationId, id: ItemId, at?: number) {
        const costing = (yield* ledger.item(organization, id))?.stock.details?.costs
        if (costing === undefined) return null
        return at === undefined
          ? valuationOf(id, costing)
          : replayValue(id, yield* movements({ organization, item: id, until: at + 1 }))
      })
      return CostQueries.of({
        item,
        total: (organization, at) =>
          pages((after, limit) => ledger.itemIds(organization, after ?? 0, limit)).pipe(
            Stream.mapEffect(({ id }) => item(organization, id, at)),
            Stream.runFold(
              () => ({ units: 0, value: 0n }),
              (sum, each) =>
                each === null ? sum : { units: sum.units + each.units, value: sum.value + toMillionths(each.value) }
            ),
            Effect.map(({ units, value }) => ({ units, value: fromMillionths(value) }))
          ),
        costOfGoods: (organization, id, { from, until }) =>
          Effect.map(movements({ organization, item: id, from, until }), costOfGoods)
      })
    })
  )
}
