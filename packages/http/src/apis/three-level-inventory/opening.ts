import type { Actor, ItemId, OrganizationId, StockEngine, VariationId } from "@stockbook/core"
import { Array as Arr, Effect } from "effect"
import { once } from "../../exchange/CurrentWrite.ts"
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
 * Receives opening stock of what was just made. The quantities have been checked, so only a store that does not answer
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
      .pipe(Effect.tapError(() => (options.idempotencyKey === undefined ? Effect.ignore(undo) : Effect.void)))
  })

/** What the stock of something is written off by, before it is deleted. */
export const writeOffAll = (
  engine: StockEngine["Service"],
  { organization, user }: { readonly organization: OrganizationId; readonly user: number | null },
  selector: { readonly item: ItemId; readonly variation?: VariationId; readonly batch?: number }
) =>
  Effect.flatMap(once(1), (options) =>
    engine.execute(
      { _tag: "WriteOffAll", organization, actor: user, reason: "other", note: "Deleted", ...selector },
      options
    )
  )
