import { Context, Effect, Layer, Result } from "effect"
import { validator } from "../engine/validate.ts"
import { builtInReasons, NewReason, type Reason } from "../stock/Reason.ts"
import type { InvalidInput } from "../stock/Rejection.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { OrganizationId } from "./Organization.ts"

/**
 * The reasons that `Quarantine`, `Restore`, `WriteOff`, `WriteOffAll`, `Return`, `Reverse` and counts may give: those
 * every organization has, and its own. The `reason` of other commands is free text.
 *
 * @example
 * ```ts
 * import { Catalog, MemoryStore, Reasons, Stockbook, StockEngine, StockQueries } from "@stockbook/core"
 * import { Effect, Layer } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   const [catalog, engine, queries, reasons] = yield* Effect.all([Catalog, StockEngine, StockQueries, Reasons])
 *   const { id: organization } = yield* catalog.createOrganization("Acme")
 *   const { id: item } = yield* catalog.createItem(organization, { name: "Lamp" })
 *   const lines = (quantity: number) => [{ item, quantity }] as const
 *   yield* engine.execute({ _tag: "Receive", organization, lines: lines(10) })
 *   yield* reasons.put(organization, { code: "flood", name: "Flood in the cellar" })
 *   yield* engine.execute({ _tag: "Quarantine", organization, reason: "flood", lines: lines(4) })
 *   yield* engine.execute({ _tag: "Restore", organization, lines: lines(1) })
 *   yield* engine.execute({ _tag: "WriteOff", organization, reason: "flood", from: "quarantined", lines: lines(3) })
 *   const sale = yield* engine.execute({ _tag: "Issue", organization, lines: lines(2) })
 *   const movement = sale.movements[0]?.id ?? 0
 *   const returned = { _tag: "Return", organization, disposition: "restock", lines: [{ movement, quantity: 2 }] } as const
 *   yield* engine.execute(returned)
 *   const again = yield* Effect.flip(engine.execute(returned))
 *   return { again: again.message, stock: yield* queries.stock(organization, item) }
 * })
 *
 * const { again, stock } = await Effect.runPromise(
 *   Effect.provide(program, Layer.provideMerge(Stockbook.layer(), MemoryStore.layer))
 * )
 * again // "Cannot return 2: 2 of 2 have been returned already"
 * stock?.total // { available: 7, reserved: 0, committed: 0, quarantined: 0 }
 * ```
 */
export class Reasons extends Context.Service<
  Reasons,
  {
    /** Makes a reason of the organization's own, or gives it another name. A built-in code is `InvalidInput`. */
    readonly put: (
      organization: OrganizationId,
      reason: typeof NewReason.Encoded
    ) => Effect.Effect<void, InvalidInput | StoreError>
    /** Removes one of the organization's own; whether there was one. Movements keep what they say. */
    readonly remove: (organization: OrganizationId, code: string) => Effect.Effect<boolean, StoreError>
    /** The built-in ones, then the organization's own by code. */
    readonly list: (organization: OrganizationId) => Effect.Effect<ReadonlyArray<Reason>, StoreError>
  }
>()("@stockbook/core/catalog/Reasons") {
  static readonly layer: Layer.Layer<Reasons, never, Store> = Layer.effect(
    Reasons,
    Effect.map(Store, ({ reasons }) =>
      Reasons.of({
        put: (organization, input) => {
          const reason = newReason(input)
          return Result.isSuccess(reason) ? reasons.put(organization, reason.success) : Effect.fail(reason.failure)
        },
        remove: reasons.remove,
        list: (organization) =>
          Effect.map(reasons.list(organization), (own) => [
            ...builtIn,
            ...own.map((reason) => ({ ...reason, builtIn: false }))
          ])
      })
    )
  )
}

const newReason = validator(NewReason)
const builtIn = Object.entries(builtInReasons).map(([code, name]): Reason => ({ code, name, builtIn: true }))
