import type { BatchId, CatalogDriver, ItemId, VariationId } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"

interface NameRow {
  readonly part: "item" | "variation" | "batch"
  readonly id: number
  readonly item: ItemId
  /** A batch's; 0 for none. */
  readonly variation: VariationId | 0
  readonly name: string
  readonly active: boolean | number
}

/** What items and their parts are called, by one statement on primary keys. */
export const sqlNamed =
  (session: Session): CatalogDriver["named"] =>
  (organization, wanted) => {
    const { sql } = session
    const items = new Set(wanted.map(({ item }) => item))
    const variations = new Set(wanted.flatMap(({ variation }) => variation ?? []))
    const batches = new Set(wanted.flatMap(({ batch }) => batch ?? []))
    const itemRows = sql`SELECT 'item' AS part, id, id AS item, CAST(0 AS BIGINT) AS variation, name, active
      FROM items WHERE organization = ${organization} AND ${session.among("id", Array.from(items))}`
    const variationRows =
      variations.size === 0
        ? sql``
        : sql`UNION ALL SELECT 'variation', id, item, 0, name, active
            FROM variations WHERE organization = ${organization} AND ${session.among("id", Array.from(variations))}`
    const batchRows =
      batches.size === 0
        ? sql``
        : sql`UNION ALL SELECT 'batch', id, item, variation, name, active
            FROM batches WHERE organization = ${organization} AND ${session.among("id", Array.from(batches))}`
    return session.read(
      Effect.map(sql<NameRow>`${itemRows} ${variationRows} ${batchRows}`, (rows) => {
        const found = new Map(rows.map((row) => [`${row.part} ${row.id}`, row]))
        return wanted.map((each) => {
          const item = found.get(`item ${each.item}`)
          if (item === undefined) return null
          const within = <Id extends VariationId | BatchId>(part: "variation" | "batch", id: Id | null) => {
            const row = id === null ? undefined : found.get(`${part} ${id}`)
            return id === null || row?.item !== each.item ? null : { id, row }
          }
          const variation = within("variation", each.variation)
          const batch = within("batch", each.batch)
          return {
            item: called(item),
            variation: variation === null ? null : { id: variation.id, ...called(variation.row) },
            batch:
              batch === null
                ? null
                : {
                    id: batch.id,
                    ...called(batch.row),
                    variation: batch.row.variation === 0 ? null : batch.row.variation
                  }
          }
        })
      })
    )
  }

const called = ({ name, active }: NameRow) => ({ name, active: Boolean(active) })
