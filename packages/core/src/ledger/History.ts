import { Context, Effect, Layer, Stream } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { DocumentId } from "../documents/Document.ts"
import { type Variance, varianceOf } from "../documents/variance.ts"
import type { Balance } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"
import { InvalidInput } from "../stock/Rejection.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Period } from "./CostQueries.ts"
import { type Flow, type ItemMark, type MovementStatistics, movementStatistics, type Totals } from "./flows.ts"
import type { MovementFilter } from "./LedgerDriver.ts"
import { maxPageSize, pages } from "./pages.ts"

/** Where a page of items starts (after an item's id) and how many items it looks at, 1 to 1000. */
export interface ItemPage {
  readonly after?: number | undefined
  readonly limit: number
}

/** A page of what is told item by item; `next` is where the next one starts, `null` at the end. */
export interface Paged<Row> {
  readonly rows: ReadonlyArray<Row>
  readonly next: number | null
}

/** An item's account of a period: opening + what the movements changed = closing, on every page of them. Units. */
export interface Statement {
  readonly opening: Totals
  readonly closing: Totals
  /** A page of the period's movements, the oldest first; each says what it left. */
  readonly movements: ReadonlyArray<Movement>
  /** Where the next page starts; `null` at the end. */
  readonly next: number | null
}

/**
 * What was, read from the ledger: stock as of an instant, statements and statistics of a period. Instants are epoch
 * milliseconds of the store's clock; business dates (`effectiveAt`) do not change when something was there.
 *
 * @example
 * ```ts
 * import { Catalog, History, MemoryStore, Stockbook, StockEngine } from "@stockbook/core"
 * import { Effect, Layer } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   const [catalog, engine, history] = yield* Effect.all([Catalog, StockEngine, History])
 *   const { id: organization } = yield* catalog.createOrganization("Acme")
 *   const { id: item } = yield* catalog.createItem(organization, { name: "Lamp" })
 *   const all = { from: 0, until: Number.MAX_SAFE_INTEGER }
 *   yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 10 }] })
 *   const sale = yield* engine.execute({ _tag: "Issue", organization, lines: [{ item, quantity: 4 }] })
 *   yield* engine.execute({ _tag: "Reverse", organization, movement: sale.movements[0]?.id ?? 0 })
 *   const statement = yield* history.statement(organization, item, all, { limit: 100 })
 *   const statistics = yield* history.statistics(organization, item, all)
 *   return { statement, statistics }
 * })
 *
 * const { statement, statistics } = await Effect.runPromise(
 *   Effect.provide(program, Layer.provideMerge(Stockbook.layer(), MemoryStore.layer))
 * )
 * statement.opening // { available: 0, onHand: 0 }
 * statement.movements.map((movement) => movement.onHandAfter) // [10, 6, 10]
 * statement.closing // { available: 10, onHand: 10 }
 * statistics.sold // 0
 * ```
 */
export class History extends Context.Service<
  History,
  {
    /**
     * Every item's available units and units on hand as they were right after everything up to and including an
     * instant, from what its last movement says it left: the ledger is not added up, however long it is. Items that
     * had no movement yet are left out.
     */
    readonly totalsAsOf: (
      organization: OrganizationId,
      at: number,
      page: ItemPage
    ) => Effect.Effect<Paged<ItemMark>, InvalidInput | StoreError>
    /**
     * The leaves of every item, or of those at one location, as they were right after everything up to and including
     * an instant: what is there now, less what moved since. Empty leaves are left out.
     */
    readonly leavesAsOf: (
      organization: OrganizationId,
      at: number,
      page: ItemPage & { readonly location?: LocationId | undefined }
    ) => Effect.Effect<Paged<Balance>, InvalidInput | StoreError>
    /** An item's account of a period, its movements page by page. */
    readonly statement: (
      organization: OrganizationId,
      item: ItemId,
      period: Period,
      page: { readonly after?: number | undefined; readonly limit: number }
    ) => Effect.Effect<Statement, InvalidInput | StoreError>
    /** What an item's stock did in a period: flows, average stock and turnover. Reads each movement of the period. */
    readonly statistics: (
      organization: OrganizationId,
      item: ItemId,
      period: Period
    ) => Effect.Effect<MovementStatistics, InvalidInput | StoreError>
    /**
     * Units by accounts and cause over all movements that a filter lets through, added up where they are stored. Of a
     * whole organization this reads its ledger; narrow it to an item, or ask rarely.
     */
    readonly flows: (filter: MovementFilter) => Effect.Effect<ReadonlyArray<Flow>, StoreError>
    /**
     * How far what a posted count found was from what the books said, with what it is worth where costs are kept;
     * `null` of a count that is unknown or not posted.
     */
    readonly variance: (
      organization: OrganizationId,
      count: { readonly id: DocumentId } | { readonly reference: string }
    ) => Effect.Effect<Variance | null, StoreError>
  }
>()("@stockbook/core/ledger/History") {
  static readonly layer: Layer.Layer<History, never, Store> = Layer.effect(
    History,
    Effect.map(Store, ({ ledger }) => {
      const pageOf = Effect.fnUntraced(function* (organization: OrganizationId, { after = 0, limit }: ItemPage) {
        yield* check([limitIssue(limit), wholeIssue("after", after)])
        const items = (yield* ledger.itemIds(organization, after, limit)).map(({ id }) => id)
        return { items, next: items.length < limit ? null : (items.at(-1) ?? null) }
      })
      const marks = Effect.fnUntraced(function* (organization: OrganizationId, item: ItemId, { from, until }: Period) {
        yield* check([
          wholeIssue("from", from),
          wholeIssue("until", until),
          until < from ? issue("until", "Expected an instant that is not before the period's start") : null
        ])
        const [closing] = yield* ledger.lastMovements(organization, [item], until - 1)
        const [opening] = yield* ledger.lastMovements(organization, [item], from - 1)
        const none = { item, movement: 0, available: 0, onHand: 0 }
        return { opening: opening ?? none, closing: closing ?? none }
      })
      return History.of({
        totalsAsOf: Effect.fnUntraced(function* (organization, at, page) {
          yield* check([wholeIssue("at", at)])
          const { items, next } = yield* pageOf(organization, page)
          return { rows: yield* ledger.lastMovements(organization, items, at), next }
        }),
        leavesAsOf: Effect.fnUntraced(function* (organization, at, page) {
          yield* check([wholeIssue("at", at)])
          const { items, next } = yield* pageOf(organization, page)
          return { rows: yield* ledger.leavesAsOf(organization, items, at, page.location ?? null), next }
        }),
        statement: Effect.fnUntraced(function* (organization, item, period, { after = 0, limit }) {
          yield* check([limitIssue(limit), wholeIssue("after", after)])
          const { opening, closing } = yield* marks(organization, item, period)
          const page = { after: Math.max(after, opening.movement), limit, order: "oldest" } as const
          // Within an item ids rise with time, so the period lies between two of them.
          const found = yield* ledger.movements({ organization, item }, page)
          const movements = found.filter(({ id }) => id <= closing.movement)
          const last = movements.at(-1)?.id ?? closing.movement
          return {
            opening: totalsOf(opening),
            closing: totalsOf(closing),
            movements,
            next: last < closing.movement ? last : null
          }
        }),
        statistics: Effect.fnUntraced(function* (organization, item, period) {
          const { opening, closing } = yield* marks(organization, item, period)
          const movements = yield* pages((after = opening.movement, limit) =>
            Effect.map(ledger.movements({ organization, item }, { after, limit, order: "oldest" }), (rows) =>
              rows.filter(({ id }) => id <= closing.movement)
            )
          ).pipe(Stream.runCollect)
          return movementStatistics(totalsOf(opening), movements, period)
        }),
        flows: ledger.sumMovements,
        variance: Effect.fnUntraced(function* (organization, target) {
          const count = yield* ledger.document(organization, "id" in target ? target : { kind: "count", ...target })
          if (count?.kind !== "count" || count.postedAt === null) return null
          const differing = count.lines.filter(({ difference }) => difference !== null && difference !== 0)
          // What posting moved was recorded at that instant.
          const at = { from: count.postedAt, until: count.postedAt + 1 }
          const movements = yield* Effect.forEach(new Set(differing.map(({ item }) => item)), (item) =>
            pages((after = count.id, limit) =>
              ledger.movements({ organization, item, ...at }, { after, limit, order: "oldest" })
            ).pipe(Stream.runCollect)
          )
          return varianceOf(count, movements.flat())
        })
      })
    })
  )
}

const totalsOf = ({ available, onHand }: Totals): Totals => ({ available, onHand })

const issue = (field: string, message: string) => ({ path: [field], message })

const wholeIssue = (field: string, value: number) =>
  Number.isSafeInteger(value) && value >= 0 ? null : issue(field, "Expected an integer of 0 or more")

const limitIssue = (limit: number) =>
  Number.isSafeInteger(limit) && limit >= 1 && limit <= maxPageSize
    ? null
    : issue("limit", `Expected an integer from 1 to ${maxPageSize}`)

const check = (found: ReadonlyArray<ReturnType<typeof issue> | null>): Effect.Effect<void, InvalidInput> => {
  const issues = found.filter((each) => each !== null)
  return issues.length === 0 ? Effect.void : Effect.fail(new InvalidInput({ issues }))
}
