import { Effect, Result } from "effect"
import { checkKey } from "../engine/idempotencyKey.ts"
import { hash } from "../rules/fingerprint.ts"
import type { InvalidInput } from "../stock/Rejection.ts"
import { StoreError } from "../store/StoreError.ts"
import type { UpdateOptions } from "./Catalog.ts"
import type { How } from "./CatalogDriver.ts"

/**
 * Carries out a write of checked input, once if the caller gave it a key. When it is not known whether a write with a
 * key was stored, it is tried again: then it finds what it did. Who asks is not a part of what is asked.
 */
export const writeOnce = <Input, A, E>(
  operation: string,
  target: ReadonlyArray<number>,
  input: Result.Result<Input, InvalidInput>,
  { idempotencyKey, ...options }: UpdateOptions,
  write: (input: Input, how: How) => Effect.Effect<A, E | StoreError>
): Effect.Effect<A, E | InvalidInput | StoreError> => {
  if (Result.isFailure(input)) return Effect.fail(input.failure)
  const ifUpdatedAt = options.ifUpdatedAt ?? null
  if (idempotencyKey === undefined) return write(input.success, { once: null, ifUpdatedAt })
  const invalid = checkKey(idempotencyKey)
  if (invalid !== null) return Effect.fail(invalid)
  const asked = JSON.stringify([operation, target, input.success], (name, value) =>
    name === "createdBy" ? undefined : value
  )
  const once = { key: idempotencyKey, fingerprint: hash(asked) }
  return untilKnown(write(input.success, { once, ifUpdatedAt }))
}

/** Once it is not known whether a write was stored, no later failure of the store says that it was not. */
const untilKnown = <A, E>(write: Effect.Effect<A, E | StoreError>): Effect.Effect<A, E | StoreError> =>
  Effect.catchIf(write, isUnknown, (doubt) =>
    Effect.mapError(Effect.retry(write, { times: 5, while: isUnknown }), (error) =>
      error instanceof StoreError ? doubt : error
    )
  )

const isUnknown = (error: unknown): error is StoreError => error instanceof StoreError && error.reason === "unknown"
