import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { StockKey } from "../stock/StockKey.ts"
import type { DocumentFields } from "./Document.ts"

/**
 * What of a transfer was taken from one leaf of its source, in units: quantity = committed + inTransit + received +
 * lost + cancelled, always. What is in transit is committed at the location of transit, under the same variation and
 * batch.
 */
export interface TransferLine extends StockKey {
  /** 0, 1, 2 … within the transfer. */
  readonly line: number
  readonly quantity: number
  /** Still at the source, firmly held. */
  readonly committed: number
  readonly inTransit: number
  readonly received: number
  readonly lost: number
  readonly cancelled: number
}

/** Units that arrived beyond what was sent. */
export interface FoundUnits {
  readonly item: ItemId
  readonly variation: VariationId | null
  readonly batch: BatchId | null
  readonly quantity: number
}

/** pending: nothing has left yet; inTransit: something has, and something is still to come; else it is over. */
export type TransferStatus = "pending" | "inTransit" | "completed" | "cancelled"

/**
 * Stock on its way from one location to another.
 *
 * @example
 * ```ts
 * import { Catalog, MemoryStore, Stockbook, StockEngine, StockQueries } from "@stockbook/core"
 * import { Effect, Layer } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   const [catalog, engine, queries] = yield* Effect.all([Catalog, StockEngine, StockQueries])
 *   const { id: organization, defaultLocation: from } = yield* catalog.createOrganization("Acme")
 *   const { id: to } = yield* catalog.createLocation(organization, { name: "Shop" })
 *   const { id: item } = yield* catalog.createItem(organization, { name: "Lamp" })
 *   yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 10 }] })
 *
 *   const transfer = { reference: "to the shop" }
 *   const lines = [{ item, quantity: 4 }] as const
 *   yield* engine.execute({ _tag: "RequestTransfer", organization, ...transfer, from, to, lines })
 *   yield* engine.execute({ _tag: "DispatchTransfer", organization, transfer })
 *   const lost = [{ item, quantity: 1 }] as const
 *   yield* engine.execute({ _tag: "ReceiveTransfer", organization, transfer, lost })
 *   return {
 *     stock: yield* queries.stock(organization, item),
 *     document: yield* queries.document(organization, { kind: "transfer", ...transfer }),
 *     verified: yield* queries.verify(organization)
 *   }
 * })
 *
 * const { stock, document, verified } = await Effect.runPromise(
 *   Effect.provide(program, Layer.provideMerge(Stockbook.layer(), MemoryStore.layer))
 * )
 * stock?.byLocation.map(({ available }) => available) // [6, 0, 3]
 * document?.status // "completed"
 * verified.differences // []
 * ```
 */
export interface Transfer extends DocumentFields<"transfer", TransferStatus> {
  readonly from: LocationId
  readonly to: LocationId
  /** Where its stock is while it is on its way. */
  readonly transit: LocationId
  /** Free text of the caller's, which need not be unique. */
  readonly label: string | null
  readonly lines: ReadonlyArray<TransferLine>
  readonly found: ReadonlyArray<FoundUnits>
  /** When it was completed, epoch milliseconds. */
  readonly completedAt: number | null
}

/** Whether something of it is still on its way. */
export const isOpenTransfer = ({ status }: Transfer): boolean => status === "pending" || status === "inTransit"

/** Units of a transfer in all. */
export interface TransferUnits {
  readonly pending: number
  readonly inTransit: number
  readonly received: number
  readonly lost: number
  readonly cancelled: number
  readonly found: number
}

/** The sums of a transfer's lines. */
export const transferUnits = ({ lines, found }: Pick<Transfer, "lines" | "found">): TransferUnits => {
  const sum = (part: "committed" | "inTransit" | "received" | "lost" | "cancelled") =>
    lines.reduce((units, line) => units + line[part], 0)
  return {
    pending: sum("committed"),
    inTransit: sum("inTransit"),
    received: sum("received"),
    lost: sum("lost"),
    cancelled: sum("cancelled"),
    found: found.reduce((units, { quantity }) => units + quantity, 0)
  }
}
