import { fromMillionths, type OrderTotal, type OrderTotals, type OrganizationId } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"

interface TotalRow {
  readonly kind: string
  readonly orders: number
  readonly whole: string
  readonly fraction: string
}

/** How many orders there are of each side, and what they come to: whole amounts and millionths are added up apart. */
export const readOrderTotals = (sql: SqlClient, organization: OrganizationId): Effect.Effect<OrderTotals, SqlError> =>
  Effect.map(
    sql<TotalRow>`SELECT kind, count(*) AS orders,
        CAST(coalesce(sum(CASE WHEN status = 'cancelled' THEN 0
          ELSE CAST(substr(amount, 1, length(amount) - 7) AS bigint) END), 0) AS TEXT) AS whole,
        CAST(coalesce(sum(CASE WHEN status = 'cancelled' THEN 0
          ELSE CAST(substr(amount, length(amount) - 5) AS bigint) END), 0) AS TEXT) AS fraction
      FROM documents WHERE organization = ${organization} AND kind IN ('incomingOrder', 'outgoingOrder')
      GROUP BY kind`,
    (rows) => {
      const totalOf = (kind: string): OrderTotal => {
        const row = rows.find((each) => each.kind === kind)
        const millionths = BigInt(row?.whole ?? 0) * 1_000_000n + BigInt(row?.fraction ?? 0)
        return { orders: row?.orders ?? 0, value: fromMillionths(millionths) }
      }
      return { incoming: totalOf("incomingOrder"), outgoing: totalOf("outgoingOrder") }
    }
  )
