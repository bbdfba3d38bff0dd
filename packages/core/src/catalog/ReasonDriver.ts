import type { Effect } from "effect"
import type { NewReason, Reason } from "../stock/Reason.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { OrganizationId } from "./Organization.ts"

/**
 * The narrow contract of an organization's own reasons. Input is checked already.
 *
 * Law: a code is an organization's once, under any concurrency; every change is written with its outbox event in one
 * transaction. What commands said before stays said: removing a reason changes no movement.
 */
export interface ReasonDriver {
  /** Makes a reason, or gives it another name. */
  readonly put: (organization: OrganizationId, reason: NewReason) => Effect.Effect<void, StoreError>
  /** Whether there was one to remove. */
  readonly remove: (organization: OrganizationId, code: string) => Effect.Effect<boolean, StoreError>
  /** By code. */
  readonly list: (organization: OrganizationId) => Effect.Effect<ReadonlyArray<Omit<Reason, "builtIn">>, StoreError>
}
