import type { ItemId } from "../catalog/Item.ts"
import type { PartnerId } from "../catalog/Partner.ts"
import type { UnitCost } from "../catalog/UnitCost.ts"
import type { Tolerance } from "../stock/commands/supplies.ts"
import type { StockKey } from "../stock/StockKey.ts"
import type { DocumentFields, StockDocument } from "./Document.ts"

/** So many units expected at a leaf. */
export interface SupplyLine extends StockKey {
  /** 0, 1, 2 … within the supply. */
  readonly line: number
  /** Units ordered. */
  readonly quantity: number
  /** Units that came, at that leaf or where their receipt said; more than ordered within the tolerance. */
  readonly received: number
  /** What a unit is to cost; `null` when nothing was said. */
  readonly unitCost: UnitCost | null
  /** When it is expected, epoch milliseconds; `null` when nothing was said. */
  readonly expectedAt: number | null
}

/**
 * open: something is still expected; received: everything came; closed and cancelled: no more is expected, whatever
 * came.
 */
export type SupplyStatus = "open" | "received" | "closed" | "cancelled"

/**
 * Stock that was ordered from a supplier and is not here yet: never part of on hand. `dueAt` is when the next of it is
 * expected.
 *
 * @example
 * ```ts
 * import { Arrivals, Catalog, MemoryStore, Stockbook, StockEngine } from "@stockbook/core"
 * import { Effect, Layer } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   const [catalog, engine, arrivals] = yield* Effect.all([Catalog, StockEngine, Arrivals])
 *   const { id: organization } = yield* catalog.createOrganization("Acme")
 *   const { id: item } = yield* catalog.createItem(organization, { name: "Lamp" })
 *   const [march, april] = [Date.UTC(2030, 2, 1), Date.UTC(2030, 3, 1)]
 *   const supply = { reference: "PO-1" }
 *   yield* engine.execute({
 *     _tag: "ExpectSupply",
 *     organization,
 *     ...supply,
 *     tolerance: { percent: 10 },
 *     lines: [
 *       { item, quantity: 20, unitCost: "4.50", expectedAt: march },
 *       { item, quantity: 10, unitCost: "4.25", expectedAt: april }
 *     ]
 *   })
 *   yield* engine.execute({ _tag: "ReceiveSupply", organization, supply, lines: [{ line: 0, item, quantity: 5 }] })
 *   const lines = [{ line: 0, item, quantity: 18 }] as const
 *   const refused = yield* Effect.flip(engine.execute({ _tag: "ReceiveSupply", organization, supply, lines }))
 *   return {
 *     refused: refused.message,
 *     promises: yield* Effect.forEach([march - 1, march, april], (at) =>
 *       arrivals.availableToPromise(organization, { item }, at)
 *     )
 *   }
 * })
 *
 * const { refused, promises } = await Effect.runPromise(
 *   Effect.provide(program, Layer.provideMerge(Stockbook.layer(), MemoryStore.layer))
 * )
 * refused // "More than expected. Expected: 20, Received: 5, Requested: 18"
 * promises.map((promise) => promise?.units) // [5, 20, 30]
 * ```
 */
export interface Supply extends DocumentFields<"supply", SupplyStatus> {
  readonly supplier: PartnerId | null
  /** Free text of the caller's, which need not be unique. */
  readonly label: string | null
  readonly tolerance: Tolerance | null
  readonly lines: ReadonlyArray<SupplyLine>
}

/** Units of a line that are still expected. */
export const stillExpected = ({ status }: Pick<Supply, "status">, { quantity, received }: SupplyLine): number =>
  status === "open" ? Math.max(0, quantity - received) : 0

/** Units of an item that a document still has expected from outside: none but an open supply's. */
export const outstandingOf = (document: StockDocument, item: ItemId): number => {
  if (document.kind !== "supply" || document.status !== "open") return 0
  return document.lines.reduce(
    (sum, line) => (line.item === item ? sum + Math.max(0, line.quantity - line.received) : sum),
    0
  )
}
