import type { DocumentFilter, DocumentTarget, OrganizationId, Page, StockDocument } from "@stockbook/core"
import { Effect } from "effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"
import { anyContains } from "../catalog/text.ts"
import { type DocumentRow, toDocument } from "../rows/DocumentRow.ts"
import type { Session } from "../Session.ts"

const whereDocument = (session: Session, filter: DocumentFilter): Fragment => {
  const { sql } = session
  const { organization, kind, status, item, from, to, partner, createdFrom, createdUntil, search } = filter
  const clauses: Array<Fragment> = [sql`d.organization = ${organization}`]
  if (kind !== undefined) clauses.push(sql`d.kind = ${kind}`)
  if (status !== undefined) {
    const statuses = [status].flat()
    clauses.push(statuses.length === 0 ? sql`1 = 0` : sql`d.status IN ${sql.in(statuses)}`)
  }
  if (item !== undefined) {
    clauses.push(sql`EXISTS (SELECT 1 FROM document_items i WHERE i.organization = ${organization} AND i.item = ${item}
      AND i.document = d.id)`)
  }
  if (from !== undefined) clauses.push(sql`d.from_location = ${from}`)
  if (to !== undefined) clauses.push(sql`d.to_location = ${to}`)
  if (partner !== undefined) clauses.push(sql`d.partner = ${partner}`)
  if (createdFrom !== undefined) clauses.push(sql`d.created_at >= ${createdFrom}`)
  if (createdUntil !== undefined) clauses.push(sql`d.created_at < ${createdUntil}`)
  if (search !== undefined) clauses.push(anyContains(session, ["d.words"], search))
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
  session: Session,
  filter: DocumentFilter,
  { after, limit, order, offset = 0 }: Page
): Effect.Effect<ReadonlyArray<StockDocument>, SqlError> => {
  const { sql } = session
  const where = whereDocument(session, filter)
  const rows =
    order === "oldest"
      ? sql<DocumentRow>`SELECT d.* FROM documents d WHERE ${where} AND d.id > ${after ?? 0} ORDER BY d.id
          LIMIT ${limit} OFFSET ${offset}`
      : sql<DocumentRow>`SELECT d.* FROM documents d WHERE ${where} AND d.id < ${after ?? Number.MAX_SAFE_INTEGER}
          ORDER BY d.id DESC
          LIMIT ${limit} OFFSET ${offset}`
  return Effect.map(rows, (found) => found.map(toDocument))
}

/** How many documents there are. */
export const countDocuments = (session: Session, filter: DocumentFilter): Effect.Effect<number, SqlError> =>
  Effect.map(
    session.sql<{ readonly count: number }>`SELECT count(*) AS count FROM documents d
      WHERE ${whereDocument(session, filter)}`,
    ([row]) => row?.count ?? 0
  )
