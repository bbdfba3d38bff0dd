import { Schema } from "effect"

/**
 * The store could not do it. `reason` tells what a caller may do:
 * - `busy`, `conflict`: nothing was written and the same work may be tried again at once;
 * - `unavailable`: nothing was written; the store cannot be reached or written to for now;
 * - `unknown`: it is not known whether the work was stored (a connection was lost after COMMIT was sent); only work
 *   with an idempotency key may be tried again;
 * - `corrupt`: what was read is not what this program writes; trying again will not help.
 *
 * `message` is safe to log; the driver's own error is in `cause`.
 */
export class StoreError extends Schema.TaggedError<StoreError>()("StoreError", {
  reason: Schema.Literals(["busy", "conflict", "unavailable", "unknown", "corrupt"]),
  message: Schema.String,
  cause: Schema.Defect()
}) {}
