import { BatchId, type CatalogDriver, VariationId } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"

interface NamedRow {
  readonly name: string
  readonly active: boolean | number
  readonly variationName: string | null
  readonly variationActive: boolean | number | null
  readonly batchName: string | null
  readonly batchActive: boolean | number | null
  readonly batchVariation: VariationId | 0 | null
}

/** What an item and its parts are called, by one statement on three primary keys. */
export const sqlNamed =
  (session: Session): CatalogDriver["named"] =>
  (organization, item, variation, batch) =>
    session.read(
      Effect.map(
        session.sql<NamedRow>`SELECT i.name, i.active, v.name AS "variationName", v.active AS "variationActive",
          b.name AS "batchName", b.active AS "batchActive", b.variation AS "batchVariation"
          FROM items i
          LEFT JOIN variations v ON v.organization = i.organization AND v.id = ${variation ?? 0} AND v.item = i.id
          LEFT JOIN batches b ON b.organization = i.organization AND b.id = ${batch ?? 0} AND b.item = i.id
          WHERE i.organization = ${organization} AND i.id = ${item}`,
        ([row]) =>
          row === undefined
            ? null
            : {
                item: { name: row.name, active: Boolean(row.active) },
                variation:
                  row.variationName === null || variation === null
                    ? null
                    : {
                        id: VariationId.make(variation),
                        name: row.variationName,
                        active: Boolean(row.variationActive)
                      },
                batch:
                  row.batchName === null || batch === null
                    ? null
                    : {
                        id: BatchId.make(batch),
                        name: row.batchName,
                        active: Boolean(row.batchActive),
                        variation: row.batchVariation === 0 ? null : row.batchVariation
                      }
              }
      )
    )
