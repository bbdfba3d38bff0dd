import { Context, Effect, Layer, Stream } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import { averageDailyDemand, type ReorderSuggestion, suggestReorder } from "../policies/reorder.ts"
import { InvalidInput } from "../stock/Rejection.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import { itemStock } from "./levels.ts"
import { pages } from "./pages.ts"

/** What to order of an item. */
export interface ItemSuggestion extends ReorderSuggestion {
  readonly item: ItemId
  /** Units a day that left to customers, less what they returned, over the window. */
  readonly demandPerDay: number
}

const dayMillis = 86_400_000

/** Says what is to be ordered. */
export class Reorders extends Context.Service<
  Reorders,
  {
    /**
     * Suggestions for all items whose policy says when they are to be ordered, by item id, with demand taken over the
     * last `windowDays` (30 when left out): see `suggestReorder`. It reads the items one by one.
     */
    readonly suggestions: (
      organization: OrganizationId,
      windowDays?: number
    ) => Effect.Effect<ReadonlyArray<ItemSuggestion>, InvalidInput | StoreError>
  }
>()("@stockbook/core/ledger/Reorders") {
  static readonly layer: Layer.Layer<Reorders, never, Store> = Layer.effect(
    Reorders,
    Effect.map(Store, ({ ledger }) => {
      const soldSince = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId, from: number) {
        let units = 0
        yield* pages((after, limit) =>
          ledger.movements({ organization, item, from }, { after, limit, order: "oldest" })
        ).pipe(
          Stream.runForEach((movement) =>
            Effect.sync(() => {
              if (movement.to === "customer") units += movement.quantity
              if (movement.from === "customer") units -= movement.quantity
            })
          )
        )
        return Math.max(0, units)
      })

      const suggestion = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId, windowDays: number) {
        const stored = yield* ledger.item(organization, item)
        const policy = stored?.stock.details?.policy
        if (stored === null || policy === undefined) return null
        if (policy.reorderPoint === undefined && policy.leadTimeDays === undefined) return null
        const now = yield* ledger.now
        const sold = yield* soldSince(organization, item, now - windowDays * dayMillis)
        const documents =
          stored.stock.details?.attached === undefined
            ? []
            : yield* Stream.runCollect(
                pages((after, limit) =>
                  ledger.documents(
                    { organization, item, kind: "backorder", status: "waiting" },
                    { after, limit, order: "oldest" }
                  )
                )
              )
        const waiting = documents.reduce((sum, each) => (each.kind === "backorder" ? sum + each.waiting : sum), 0)
        const demandPerDay = averageDailyDemand(sold, windowDays)
        const { available } = itemStock(stored, now).total
        const expected = stored.stock.details?.expected ?? 0
        const made = suggestReorder({ available, expected, waiting, policy, demandPerDay })
        return made === null ? null : { item, demandPerDay, ...made }
      })

      return Reorders.of({
        suggestions: Effect.fn("Reorders.suggestions")(function* (organization, windowDays = 30) {
          if (!Number.isSafeInteger(windowDays) || windowDays < 1 || windowDays > 3650) {
            const message = "Expected an integer from 1 to 3650"
            return yield* new InvalidInput({ issues: [{ path: ["windowDays"], message }] })
          }
          const found: Array<ItemSuggestion> = []
          yield* pages((after, limit) => ledger.itemIds(organization, after ?? 0, limit)).pipe(
            Stream.runForEach(({ id }) =>
              Effect.map(suggestion(organization, id, windowDays), (made) => {
                if (made !== null) found.push(made)
              })
            )
          )
          return found
        })
      })
    })
  )
}
