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
