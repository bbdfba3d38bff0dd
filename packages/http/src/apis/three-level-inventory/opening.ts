import type { Actor, ItemId, StockEngine, VariationId } from "@stockbook/core"
import { Array as Arr, Effect } from "effect"
import { once, onceUnchangedItem } from "../../exchange/CurrentWrite.ts"
import { invalid } from "../../problems/EnvelopeProblem.ts"
import { doneBy } from "../doneBy.ts"

/** Opening stock of a new item or variation: a receipt in the ledger. */
export interface Opening {
  readonly item: ItemId
  readonly variation?: VariationId
  readonly quantity: number
}

/** Whether opening quantities can be stock at all; checked before anything is made. */
export const checkOpening = (quantities: ReadonlyArray<number>) =>
  Number.isSafeInteger(quantities.reduce((sum, quantity) => sum + quantity, 0))
    ? Effect.void
    : Effect.fail(invalid("stock_quantity", `The stock quantity may not be greater than ${Number.MAX_SAFE_INTEGER}.`))

/**
 * Receives opening stock of what was just made, by a handler that a client who goes away does not interrupt. The quantities have been checked, so only a store that does not answer
 * is left to fail it. Then `undo` takes back what was made; with a key it is left, for the request will come again under
 * its key, find what it made, and go on here.
 */
export const receiveOpening = <E, R>(
  engine: StockEngine["Service"],
  actor: Actor,
  openings: ReadonlyArray<Opening>,
  undo: Effect.Effect<unknown, E, R>
) =>
  Effect.gen(function* () {
    const lines = openings.filter(({ quantity }) => quantity > 0)
    if (!Arr.isReadonlyArrayNonEmpty(lines)) return
    const options = yield* once(1)
    yield* engine
      .execute({ _tag: "Receive", ...doneBy(actor), reason: "purchase", note: "Initial stock", lines }, options)
      .pipe(Effect.onError(() => (options.idempotencyKey === undefined ? Effect.ignore(undo) : Effect.void)))
  })

/**
 * Writes off the stock of something before it is deleted, if none of it is held. While some is, nothing is written off:
 * deleting it then says what there is.
 */
export const writeOffAll = (
  engine: StockEngine["Service"],
  actor: Actor,
  item: { readonly id: ItemId; readonly version: number },
  part: { readonly variation?: VariationId; readonly batch?: number } = {}
) =>
  Effect.flatMap(onceUnchangedItem(item, 1), (options) =>
    engine
      .execute(
        { _tag: "WriteOffAll", ...doneBy(actor), reason: "other", note: "Deleted", item: item.id, ...part },
        options
      )
      .pipe(Effect.catchTag("StockHeld", () => Effect.void))
  )
