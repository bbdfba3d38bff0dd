import type { DocumentFilter, DocumentTarget, OrganizationId, Page, StockDocument } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"
import { type DocumentRow, toDocument } from "../rows/DocumentRow.ts"

const whereDocument = (sql: SqlClient, { organization, kind, status, item }: DocumentFilter): Fragment => {
  const clauses: Array<Fragment> = [sql`d.organization = ${organization}`]
  if (kind !== undefined) clauses.push(sql`d.kind = ${kind}`)
  if (status !== undefined) clauses.push(sql`d.status = ${status}`)
  if (item !== undefined) {
    clauses.push(sql`EXISTS (SELECT 1 FROM document_items i WHERE i.organization = ${organization} AND i.item = ${item}
      AND i.document = d.id)`)
  }
  return sql.and(clauses)
}

/** The document an id, or a kind and a reference, names. */
export const readDocument = (
  sql: SqlClient,
  organization: OrganizationId,
  target: DocumentTarget
): Effect.Effect<StockDocument | null, SqlError> =>
  Effect.map(
    "id" in target
      ? sql<DocumentRow>`SELECT * FROM documents WHERE organization = ${organization} AND id = ${target.id}`
      : sql<DocumentRow>`SELECT * FROM documents
          WHERE organization = ${organization} AND kind = ${target.kind} AND reference = ${target.reference}`,
    ([row]) => (row === undefined ? null : toDocument(row))
  )

/** One page of documents in the order of their ids. */
export const readDocuments = (
  sql: SqlClient,
  filter: DocumentFilter,
  { after, limit, order }: Page
): Effect.Effect<ReadonlyArray<StockDocument>, SqlError> => {
  const where = whereDocument(sql, filter)
  const rows =
    order === "oldest"
      ? sql<DocumentRow>`SELECT d.* FROM documents d WHERE ${where} AND d.id > ${after ?? 0} ORDER BY d.id LIMIT ${limit}`
      : sql<DocumentRow>`SELECT d.* FROM documents d WHERE ${where} AND d.id < ${after ?? Number.MAX_SAFE_INTEGER}
          ORDER BY d.id DESC LIMIT ${limit}`
  return Effect.map(rows, (found) => found.map(toDocument))
}

/** How many documents there are. */
export const countDocuments = (sql: SqlClient, filter: DocumentFilter): Effect.Effect<number, SqlError> =>
  Effect.map(
    sql<{ readonly count: number }>`SELECT count(*) AS count FROM documents d WHERE ${whereDocument(sql, filter)}`,
    ([row]) => row?.count ?? 0
  )
