import type { LocationId } from "../catalog/Location.ts"
import type { StockKey } from "../stock/StockKey.ts"
import type { DocumentFields, StockDocument } from "./Document.ts"

/** One leaf of a count. Units on hand; what is not known (yet), or not shown of a blind count, is `null`. */
export interface CountLine extends StockKey {
  /** 0, 1, 2 … within the count. */
  readonly line: number
  /** What the books said when the count began; 0 of a leaf that was found while counting. */
  readonly expected: number | null
  /** What was there, as counted last. */
  readonly counted: number | null
  /** What the books said when it was counted last. */
  readonly onHandThen: number | null
  /** counted − onHandThen: what posting changes, whatever has moved since. */
  readonly difference: number | null
  /**
   * By how much the leaf moved between the count's beginning, or when it was counted before, and its counting. A line
   * for which this is not 0 is stale: count it again, or accept it when posting.
   */
  readonly moved: number
  readonly countedAt: number | null
  /** The user who counted it. */
  readonly countedBy: number | null
}

/**
 * A count of what is really there.
 *
 * @example
 * ```ts
 * import { Catalog, History, MemoryStore, Stockbook, StockEngine, StockQueries } from "@stockbook/core"
 * import { Effect, Layer } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   const [catalog, engine, queries, history] = yield* Effect.all([Catalog, StockEngine, StockQueries, History])
 *   const { id: organization } = yield* catalog.createOrganization("Acme")
 *   const { id: item } = yield* catalog.createItem(organization, { name: "Lamp" })
 *   const count = { reference: "November" }
 *   yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 10 }] })
 *   yield* engine.execute({ _tag: "StartCount", organization, items: [{ item }], blind: true, ...count })
 *   yield* engine.execute({ _tag: "RecordCount", organization, count, lines: [{ item, counted: 9 }] })
 *   // Sold after it was counted: posting keeps it.
 *   yield* engine.execute({ _tag: "Issue", organization, lines: [{ item, quantity: 4 }] })
 *   yield* engine.execute({ _tag: "PostCount", organization, count })
 *   const stock = yield* queries.stock(organization, item)
 *   return { variance: yield* history.variance(organization, count), available: stock?.total.available }
 * })
 *
 * const { variance, available } = await Effect.runPromise(
 *   Effect.provide(program, Layer.provideMerge(Stockbook.layer(), MemoryStore.layer))
 * )
 * variance?.net // -1
 * available // 5
 * ```
 */
export interface Count extends DocumentFields<"count", "open" | "posted" | "cancelled"> {
  /** Where was counted, all that is within it included; `null` for a count of items wherever they are. */
  readonly location: LocationId | null
  /** Who counts is not told what is expected until the count is posted. */
  readonly blind: boolean
  readonly lines: ReadonlyArray<CountLine>
  readonly postedAt: number | null
}

/** A document as it is shown: of a blind count that is not posted, not what is expected. */
export const shownDocument = (document: StockDocument): StockDocument =>
  document.kind === "count" && document.blind && document.status === "open"
    ? {
        ...document,
        lines: document.lines.map((line) => ({ ...line, expected: null, onHandThen: null, difference: null }))
      }
    : document
