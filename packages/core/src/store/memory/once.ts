import { Clock, Effect, Result } from "effect"
import type { How } from "../../catalog/CatalogDriver.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { scopedName } from "../../rules/State.ts"
import { IdempotencyConflict } from "../../stock/Rejection.ts"
import type { Tables } from "./Tables.ts"

type Success<R> = R extends Result.Success<infer A, infer _> ? A : never
type Failure<R> = R extends Result.Failure<infer _, infer E> ? E : never

const settled = <R extends Result.Result<unknown, unknown>>(result: R) =>
  // What a union of results settles with is the union of what they settle with.
  Effect.fromResult(result as Result.Result<Success<R>, Failure<R>>)

/** Carries out a write in one synchronous step, so that it is atomic, and only once if it has a key. */
export const writing = <R extends Result.Result<unknown, unknown>>(
  tables: Tables,
  organization: OrganizationId,
  { once }: How,
  write: (now: number) => R
): Effect.Effect<Success<R>, Failure<R> | IdempotencyConflict> =>
  Effect.flatMap(Clock.currentTimeMillis, (now): Effect.Effect<Success<R>, Failure<R> | IdempotencyConflict> => {
    if (once === null) return settled(write(now))
    const { key, fingerprint } = once
    const name = scopedName(organization, key)
    const known = tables.records.get(name)
    if (known !== undefined) {
      return known.fingerprint === fingerprint
        ? // The checked boundary: a fingerprint names the write, and so what it answers.
          Effect.succeed(tables.answers.get(name) as Success<R>)
        : Effect.fail(new IdempotencyConflict({ key }))
    }
    const result = write(now)
    if (Result.isSuccess(result) && result.success !== null) {
      const outcome = { movements: [], holds: [], items: [], documents: [], shortfalls: [], replayed: false }
      tables.records.set(name, { organization, key, fingerprint, outcome })
      tables.answers.set(name, result.success)
    }
    return settled(result)
  })
