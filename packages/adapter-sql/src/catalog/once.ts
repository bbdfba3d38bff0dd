import { type How, IdempotencyConflict, type OrganizationId, type StoreError } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Session } from "../Session.ts"

/**
 * Carries out a write in one transaction, and only once if it has a key: with what it answered recorded beside it. Of
 * equal writes at the same time the later ones wait for the first, and read its answer. What answers `null` changed
 * nothing and is not recorded.
 *
 * The record is one of those that the write path reads, for keys are the organization's whatever they are used for: an
 * empty outcome, with the answer after it.
 */
export const writing = <A, E>(
  session: Session,
  organization: OrganizationId,
  { once }: How,
  write: Effect.Effect<A, E>
): Effect.Effect<A, Exclude<E, SqlError> | IdempotencyConflict | StoreError> => {
  const { sql } = session
  if (once === null) return session.write(write)
  const { key, fingerprint } = once
  const writeOnce = Effect.gen(function* () {
    yield* session.lock(`key ${organization}/${key}`)
    const [known] = yield* sql<{ readonly fingerprint: string; readonly outcome: string }>`SELECT fingerprint, outcome
      FROM idempotency WHERE organization = ${organization} AND key = ${key}`
    if (known !== undefined) {
      if (known.fingerprint !== fingerprint) return yield* new IdempotencyConflict({ key })
      // The checked boundary: a fingerprint names the write, and so what it answers.
      return (JSON.parse(known.outcome) as Answered<A>)[9]
    }
    const answer = yield* write
    if (answer === null) return answer
    const outcome: Answered<A> = [0, [], [], [], [], [], [], [], [], answer]
    const now = yield* session.now
    yield* sql`INSERT INTO idempotency ${sql.insert({ organization, at: now, key, fingerprint, outcome: JSON.stringify(outcome) })}`
    return answer
  })
  return session.write<A, E | IdempotencyConflict | SqlError>(writeOnce)
}

/** An outcome as `outcomeText` packs it, without anything in it and with room for more, and what the write answered. */
type Answered<A> = readonly [0, [], [], [], [], [], [], [], [], A]
