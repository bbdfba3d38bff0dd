import { Context, Effect, Layer, Stream } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import { shownDocument } from "../documents/Count.ts"
import type { DocumentTarget, StockDocument } from "../documents/Document.ts"
import type { HoldTarget } from "../stock/Command.ts"
import { type Hold, holdAt } from "../stock/Hold.ts"
import type { Balance } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"
import { InvalidInput } from "../stock/Rejection.ts"
import type { Serial } from "../stock/Serial.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { DocumentFilter, HoldFilter, MovementFilter, Page } from "./LedgerDriver.ts"
import { type ItemStock, itemStock } from "./levels.ts"
import type { OrderTotals } from "./OrderTotals.ts"
import { maxOffset, maxPageSize, pages } from "./pages.ts"
import { type Difference, verifyItem } from "./verifyItem.ts"

/** What `verify` found. */
export interface Verification {
  readonly items: number
  readonly movements: number
  /** None when every rule holds. */
  readonly differences: ReadonlyArray<Difference>
}

/** Reads stock, holds and the ledger. Every answer is of one committed state. */
export class StockQueries extends Context.Service<
  StockQueries,
  {
    /** An item's stock at every level; `null` when the organization has no such item. */
    readonly stock: (organization: OrganizationId, item: ItemId) => Effect.Effect<ItemStock | null, StoreError>
    /**
     * The item's leaves as they were right after everything recorded up to and including an instant (epoch
     * milliseconds): what is there now, less what moved since. Of many items, see `History`.
     */
    readonly balanceAsOf: (
      organization: OrganizationId,
      item: ItemId,
      at: number
    ) => Effect.Effect<ReadonlyArray<Balance>, StoreError>
    /** A hold as it is now: what its time has run out on is expired. */
    readonly hold: (organization: OrganizationId, target: HoldTarget) => Effect.Effect<Hold | null, StoreError>
    readonly holds: (filter: HoldFilter, page: Page) => Effect.Effect<ReadonlyArray<Hold>, InvalidInput | StoreError>
    /** Holds with something softly held that expire within so many milliseconds from now, the soonest first. */
    readonly expiringHolds: (
      organization: OrganizationId,
      options: { readonly within: number; readonly limit: number }
    ) => Effect.Effect<ReadonlyArray<Hold>, InvalidInput | StoreError>
    readonly movements: (
      filter: MovementFilter,
      page: Page
    ) => Effect.Effect<ReadonlyArray<Movement>, InvalidInput | StoreError>
    readonly countMovements: (filter: MovementFilter) => Effect.Effect<number, StoreError>
    /** A transfer, expected supply, count or backorder, as it is stored. */
    readonly document: (
      organization: OrganizationId,
      target: DocumentTarget
    ) => Effect.Effect<StockDocument | null, StoreError>
    readonly documents: (
      filter: DocumentFilter,
      page: Page
    ) => Effect.Effect<ReadonlyArray<StockDocument>, InvalidInput | StoreError>
    readonly countDocuments: (filter: DocumentFilter) => Effect.Effect<number, StoreError>
    /** When each of these items last came from a supplier, epoch milliseconds; those that never did are not in it. */
    readonly lastSupplied: (
      organization: OrganizationId,
      items: ReadonlyArray<ItemId>
    ) => Effect.Effect<ReadonlyMap<ItemId, number>, StoreError>
    /** How many orders an organization has, and what they come to. */
    readonly orderTotals: (organization: OrganizationId) => Effect.Effect<OrderTotals, StoreError>
    /** Where a serial is; `null` when the item never had it. */
    readonly serial: (
      organization: OrganizationId,
      item: ItemId,
      serial: string
    ) => Effect.Effect<Serial | null, StoreError>
    /** Recomputes every item from the ledger and names each difference; of one organization, or of all (`null`). */
    readonly verify: (organization: OrganizationId | null) => Effect.Effect<Verification, StoreError>
  }
>()("@stockbook/core/ledger/StockQueries") {
  static readonly layer: Layer.Layer<StockQueries, never, Store> = Layer.effect(
    StockQueries,
    Effect.map(Store, ({ ledger }) =>
      StockQueries.of({
        hold: Effect.fnUntraced(function* (organization, target) {
          const hold = yield* ledger.hold(organization, target)
          return hold === null ? null : holdAt(hold, yield* ledger.now)
        }),
        holds: Effect.fnUntraced(function* (filter, page) {
          yield* checkPage(page)
          const holds = yield* ledger.holds(filter, page)
          const now = yield* ledger.now
          return holds.map((hold) => holdAt(hold, now))
        }),
        expiringHolds: Effect.fnUntraced(function* (organization, { within, limit }) {
          yield* checkPage({ limit, order: "oldest" })
          const from = yield* ledger.now
          return yield* ledger.expiringHolds(organization, { from, until: from + within, limit })
        }),
        movements: (filter, page) => Effect.andThen(checkPage(page), ledger.movements(filter, page)),
        countMovements: ledger.countMovements,
        document: (organization, target) =>
          Effect.map(ledger.document(organization, target), (found) => (found === null ? null : shownDocument(found))),
        documents: (filter, page) =>
          Effect.andThen(
            checkPage(page),
            Effect.map(ledger.documents(filter, page), (found) => found.map(shownDocument))
          ),
        countDocuments: ledger.countDocuments,
        orderTotals: ledger.orderTotals,
        lastSupplied: (organization, items) =>
          Effect.map(
            ledger.lastSupplied(organization, items),
            (rows) => new Map(rows.map(({ item, at }) => [item, at]))
          ),
        serial: ledger.serial,
        stock: Effect.fnUntraced(function* (organization, item) {
          const stored = yield* ledger.item(organization, item)
          return stored === null ? null : itemStock(stored, yield* ledger.now)
        }),
        balanceAsOf: (organization, item, at) => ledger.leavesAsOf(organization, [item], at, null),
        verify: Effect.fn("StockQueries.verify")(function* (organization) {
          let items = 0
          let movements = 0
          const differences: Array<Difference> = []
          yield* pages((after) => ledger.itemIds(organization, after ?? 0, maxPageSize)).pipe(
            Stream.runForEach(({ organization, id }) =>
              Effect.map(ledger.everything(organization, id), (everything) => {
                if (everything === null) return
                items += 1
                movements += everything.movements.length
                differences.push(...verifyItem(everything))
              })
            )
          )
          return { items, movements, differences }
        })
      })
    )
  )
}

const checkPage = ({ limit, after, offset = 0 }: Page): Effect.Effect<void, InvalidInput> => {
  const issues = []
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > maxPageSize) {
    issues.push({ path: ["limit"], message: `Expected an integer from 1 to ${maxPageSize}` })
  }
  if (after !== undefined && !(Number.isSafeInteger(after) && after >= 0)) {
    issues.push({ path: ["after"], message: "Expected an integer of 0 or more" })
  }
  if (!Number.isSafeInteger(offset) || offset < 0 || offset > maxOffset) {
    issues.push({ path: ["offset"], message: `Expected an integer from 0 to ${maxOffset}` })
  }
  return issues.length === 0 ? Effect.void : Effect.fail(new InvalidInput({ issues }))
}
