import { type CatalogDriver, fromMillionths } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"

interface FiguresRow {
  readonly items: number
  readonly units: number
  readonly high: string
  readonly middle: string
  readonly low: string
}

/**
 * An organization's figures over SQL.
 *
 * Units × price in cents may be more than 64 bits hold, so both are split at a million and the products of the parts
 * are added up separately.
 */
export const sqlFigures = (session: Session): Pick<CatalogDriver, "figures"> => {
  const { sql, dialect } = session
  return {
    figures: (organization) =>
      session.snapshot(
        Effect.gen(function* () {
          const [row] =
            yield* sql<FiguresRow>`SELECT CAST(coalesce(sum(items), 0) AS bigint) AS items, coalesce(sum(units), 0) AS units,
              CAST(coalesce(sum(units / 1000000 * (cents / 1000000)), 0) AS TEXT) AS high,
              CAST(coalesce(sum(units / 1000000 * (cents % 1000000) + units % 1000000 * (cents / 1000000)), 0) AS TEXT)
                AS middle,
              CAST(coalesce(sum(units % 1000000 * (cents % 1000000)), 0) AS TEXT) AS low
            FROM (
              SELECT CAST(sum(s.on_hand) AS bigint) AS units, count(*) AS items, CASE WHEN i.price_order < 0 THEN 0 ELSE ${sql.literal(dialect.cents)} END AS cents
              FROM items i ${sql.literal(dialect.inOrder)} item_stock s ON s.organization = i.organization AND s.item = i.id
              WHERE i.organization = ${organization} AND i.active = ${true} GROUP BY i.price_order
            ) priced`
          const [categories] = yield* sql<{ readonly count: number }>`SELECT count(*) AS count FROM categories
            WHERE organization = ${organization} AND active = ${true}`
          const cents =
            BigInt(row?.high ?? 0) * 1_000_000_000_000n + BigInt(row?.middle ?? 0) * 1_000_000n + BigInt(row?.low ?? 0)
          return {
            items: row?.items ?? 0,
            categories: categories?.count ?? 0,
            onHand: Number(row?.units ?? 0),
            value: fromMillionths(cents * 10_000n)
          }
        })
      )
  }
}
