import type { PgClient } from "@effect/sql-pg/PgClient"
import { type CatalogChanges, ordered, type RowsInOrder } from "@stockbook/adapter-sql"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import { inOrder } from "./inOrder.ts"
import { numbersIn } from "./parameters.ts"

/** A server that was started anew may be another one, with other transactions under the same numbers. */
const server = "extract(epoch FROM pg_postmaster_start_time())::text"

/** How many rows there are, with arrays of their numbers as bytes: those are taken over as they are, and read at once. */
interface FoundRows {
  readonly seen: string
  readonly total: number
  readonly ids: Uint8Array | null
  readonly keys: Uint8Array | null
}

export const changesOf = (sql: PgClient): CatalogChanges => ({
  seen: () => sql`pg_current_snapshot()::text || ' ' || ${sql.literal(server)}`,
  find: (_, rows, most) =>
    Effect.map(
      sql<FoundRows>`SELECT pg_current_snapshot()::text || ' ' || ${sql.literal(server)} AS seen, total,
          CASE WHEN total <= ${most} THEN array_send(ids) END AS ids,
          CASE WHEN total <= ${most} THEN array_send(keys) END AS keys
        FROM (SELECT count(*) AS total, ${arraysOf(sql, rows)} FROM ${rows.matching}) found`,
      ([{ seen, total, ...found } = nothing]) => {
        if (total === 0) return { seen, total, ids: [] }
        if (found.ids === null) return { seen, total, ids: null }
        const ids = numbersIn(found.ids)
        if (!rows.byNumbers) return { seen, total, ids }
        return { seen, total, ids: inOrder(ids, found.keys === null ? ids : numbersIn(found.keys)) }
      }
    ),
  differ: (organization, seen) => {
    const [snapshot = "", start = ""] = seen.split(" ")
    const then = sql`${snapshot}::pg_snapshot`
    // Of two snapshots the earlier one ends sooner, or has a transaction running that had ended in the other. Those that
    // a standby gives do not tell which are running.
    return sql`(${sql.literal(server)} <> ${start} OR pg_is_in_recovery()
      OR pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmax(${then})
      OR EXISTS (SELECT FROM pg_snapshot_xip(pg_current_snapshot()) AS running(id)
        WHERE pg_visible_in_snapshot(running.id, ${then}))
      OR EXISTS (SELECT FROM catalog_changes
        WHERE organization = ${organization} AND NOT pg_visible_in_snapshot(transaction_id, ${then})))`
  }
})

const nothing: FoundRows = { seen: "", total: 0, ids: null, keys: null }

/**
 * The ids in order; or as they lie with what they are ordered by first, where those are numbers: rows lie about as they
 * came, and to sort what is sorted already takes Postgres as long as to find it.
 */
const arraysOf = (sql: PgClient, { id, keys, byNumbers }: RowsInOrder): Fragment => {
  const [key] = keys
  if (!byNumbers) return sql`array_agg(${id} ORDER BY ${ordered(sql, keys, false)}) AS ids, NULL::bigint[] AS keys`
  return keys.length === 1 || key === undefined
    ? sql`array_agg(${id}) AS ids, NULL::bigint[] AS keys`
    : sql`array_agg(${id}) AS ids, array_agg(${key}) AS keys`
}
