import { Context, Effect, Layer, Stream } from "effect"
import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { DocumentId, StockDocument } from "../documents/Document.ts"
import { stillExpected } from "../documents/Supply.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { DocumentFilter } from "./LedgerDriver.ts"
import { itemStock } from "./levels.ts"
import { pages } from "./pages.ts"
import { availableToPromise, type PromiseSelector, type ToPromise } from "./promise.ts"

/** Units that are to arrive somewhere, by a transfer or from a supplier. */
export interface Arrival {
  readonly kind: "transfer" | "supply"
  readonly document: DocumentId
  readonly reference: string | null
  readonly item: ItemId
  readonly variation: VariationId | null
  readonly batch: BatchId | null
  /** Where they are to arrive. */
  readonly location: LocationId
  readonly quantity: number
  /** Units of them that have left their source already; none of a supply's. */
  readonly inTransit: number
  /** When they are to arrive, epoch milliseconds; `null` when nothing was said. */
  readonly dueAt: number | null
}

/** Which arrivals; those left out do not narrow. */
export interface ArrivalFilter {
  readonly organization: OrganizationId
  readonly item?: ItemId | undefined
  /** Arriving at this very location. */
  readonly location?: LocationId | undefined
}

/** What is on its way, and what may be promised of it. */
export class Arrivals extends Context.Service<
  Arrivals,
  {
    /** What is to arrive by open transfers and supplies, the soonest first, those without a date last. */
    readonly list: (filter: ArrivalFilter) => Effect.Effect<ReadonlyArray<Arrival>, StoreError>
    /**
     * What may be promised under a selector for an instant (epoch milliseconds); see `availableToPromise`. `null` when
     * the organization has no such item.
     */
    readonly availableToPromise: (
      organization: OrganizationId,
      selector: PromiseSelector,
      at: number
    ) => Effect.Effect<ToPromise | null, StoreError>
  }
>()("@stockbook/core/ledger/Arrivals") {
  static readonly layer: Layer.Layer<Arrivals, never, Store> = Layer.effect(
    Arrivals,
    Effect.map(Store, ({ ledger }) => {
      const documents = (filter: DocumentFilter) =>
        Stream.runCollect(pages((after, limit) => ledger.documents(filter, { after, limit, order: "oldest" }))).pipe(
          Effect.map((found): ReadonlyArray<StockDocument> => Array.from(found))
        )

      const list = Effect.fnUntraced(function* (filter: ArrivalFilter) {
        const { organization, item, location } = filter
        const transfers = yield* documents({
          organization,
          item,
          kind: "transfer",
          status: ["pending", "inTransit"],
          to: location
        })
        const supplies = yield* documents({ organization, item, kind: "supply", status: "open" })
        return [...transfers, ...supplies]
          .flatMap(arrivalsOf)
          .filter((each) => item === undefined || each.item === item)
          .filter((each) => location === undefined || each.location === location)
          .sort(bySoonest)
      })

      return Arrivals.of({
        list,
        availableToPromise: Effect.fnUntraced(function* (organization, selector, at) {
          const { item } = selector
          const stored = yield* ledger.item(organization, item)
          if (stored === null) return null
          const { leaves } = itemStock(stored, yield* ledger.now)
          const arrivals = yield* list({ organization, item })
          const waiting = yield* documents({ organization, item, kind: "backorder", status: "waiting" })
          const backorders = waiting.filter((document) => document.kind === "backorder")
          return availableToPromise({ selector, at, leaves, arrivals, backorders })
        })
      })
    })
  )
}

const arrivalsOf = (document: StockDocument): ReadonlyArray<Arrival> => {
  const { id, reference } = document
  if (document.kind === "transfer") {
    return document.lines
      .filter(({ committed, inTransit }) => committed + inTransit > 0)
      .map(({ item, variation, batch, committed, inTransit }) => ({
        kind: "transfer",
        document: id,
        reference,
        item,
        variation,
        batch,
        location: document.to,
        quantity: committed + inTransit,
        inTransit,
        dueAt: document.dueAt
      }))
  }
  if (document.kind !== "supply") return []
  return document.lines.flatMap((line): ReadonlyArray<Arrival> => {
    const quantity = stillExpected(document, line)
    const { item, variation, batch, location, expectedAt: dueAt } = line
    return quantity === 0
      ? []
      : [{ kind: "supply", document: id, reference, item, variation, batch, location, quantity, inTransit: 0, dueAt }]
  })
}

const bySoonest = (a: Arrival, b: Arrival): number =>
  (a.dueAt ?? Number.POSITIVE_INFINITY) === (b.dueAt ?? Number.POSITIVE_INFINITY)
    ? a.document - b.document
    : (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY)
