import { Context, Effect, Layer, Schedule, Stream } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import { footprintOf } from "../rules/Footprint.ts"
import type { Changes, Loaded } from "../store/StockDriver.ts"
import { Store } from "../store/Store.ts"
import { StoreError } from "../store/StoreError.ts"
import { maxPageSize, pages } from "./pages.ts"
import { type RebuiltItem, rebuildItem } from "./rebuildItem.ts"
import { type Difference, verifyItem } from "./verifyItem.ts"

/** What `rebuild` did. */
export interface Rebuilding {
  readonly items: number
  readonly movements: number
  /** Items whose balances or totals were not what their ledger says, and now are. */
  readonly rebuilt: ReadonlyArray<{ readonly organization: number; readonly item: number }>
  /** What is still not right: a balance can be computed from the ledger, a hold or the ledger itself cannot. */
  readonly differences: ReadonlyArray<Difference>
}

/** Keeps what is computed from the ledger the same as what the ledger says. */
export class Projections extends Context.Service<
  Projections,
  {
    /**
     * Computes balances and totals anew from the ledger, of one organization or of all (`null`), and stores those that
     * differ. Each item is one transaction under its lock, so it may run while others trade: they wait for an item that
     * is being repaired, and for no other. Movements are not touched; an item whose ledger adds up to less than nothing
     * is left as it is, and named. Run again, it finds nothing to do.
     */
    readonly rebuild: (organization: OrganizationId | null) => Effect.Effect<Rebuilding, StoreError>
  }
>()("@stockbook/core/ledger/Projections") {
  static readonly layer: Layer.Layer<Projections, never, Store> = Layer.effect(
    Projections,
    Effect.map(Store, ({ ledger, stock }) => {
      /** Whether the item was repaired; fails with `conflict` if it has changed since it was read. */
      const store = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId, right: RebuiltItem) {
        let moved = false
        const footprint = footprintOf([{ command: { _tag: "Open", organization, item }, key: null }])
        yield* stock.transact(footprint, (loaded) => {
          moved = !loaded.items.some((row) => row.item === item && row.version === right.stock.version)
          return moved ? null : changesOf(right, loaded)
        })
        if (moved) return yield* new StoreError({ reason: "conflict", message: "The item has changed", cause: null })
      })

      const one = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId) {
        const before = yield* ledger.everything(organization, item)
        if (before === null) return null
        const right = rebuildItem(before)
        if (right === null) return { movements: before.movements.length, rebuilt: false, left: verifyItem(before) }
        yield* store(organization, item, right)
        const after = yield* ledger.everything(organization, item)
        return { movements: before.movements.length, rebuilt: true, left: after === null ? [] : verifyItem(after) }
      })

      return Projections.of({
        rebuild: Effect.fn("Projections.rebuild")(function* (organization) {
          let items = 0
          let movements = 0
          const rebuilt: Array<Rebuilding["rebuilt"][number]> = []
          const differences: Array<Difference> = []
          yield* pages((after) => ledger.itemIds(organization, after ?? 0, maxPageSize)).pipe(
            Stream.runForEach(({ organization, id: item }) =>
              Effect.map(Effect.retry(one(organization, item), { while: mayRetry, schedule: whileTraded }), (found) => {
                if (found === null) return
                items += 1
                movements += found.movements
                if (found.rebuilt) rebuilt.push({ organization, item })
                differences.push(...found.left)
              })
            )
          )
          return { items, movements, rebuilt, differences }
        })
      })
    })
  )
}

/** The first id of the transaction becomes the item's version: whoever remembers the item looks at it anew. */
const changesOf = ({ stock, balances }: RebuiltItem, { nextId }: Loaded): Changes => ({
  items: [{ ...stock, version: nextId }],
  balances,
  holds: [],
  grown: new Map(),
  documents: [],
  serials: [],
  movements: [],
  events: [],
  records: [],
  firstId: nextId,
  nextId: nextId + 1
})

const mayRetry = (error: StoreError) => error.reason === "busy" || error.reason === "conflict"

/** An item that is being traded is read again, at once and then after longer pauses, for some ten seconds in all. */
const whileTraded = Schedule.min([Schedule.exponential("1 millis", 1.5), Schedule.spaced("25 millis")]).pipe(
  Schedule.jittered,
  Schedule.upTo({ duration: "10 seconds" })
)
