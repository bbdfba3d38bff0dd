import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"

/** The store's sequences; `ledger` is shared by movements, holds and events. */
export type Sequence = "ledger" | "organization" | "location" | "item" | "user"

/** Takes the next id. Needs the write lock, so that ids rise in the order of commits. */
export const nextId = (sql: SqlClient, sequence: Sequence): Effect.Effect<number, SqlError> =>
  Effect.flatMap(
    sql<{
      readonly id: number
    }>`UPDATE sequences SET next = next + 1 WHERE name = ${sequence} RETURNING next - 1 AS id`,
    ([row]) => (row === undefined ? Effect.die(new Error(`There is no sequence ${sequence}`)) : Effect.succeed(row.id))
  )
