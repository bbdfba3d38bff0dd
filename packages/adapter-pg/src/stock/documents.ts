import { bodyOf, type DocumentRow, type SerialRow, soughtOf, toDocument, toSerial } from "@stockbook/adapter-sql"
import {
  type Changes,
  documentName,
  type Footprint,
  type Loaded,
  type OrganizationId,
  type StockDocument,
  scopedName,
  trackedLapses
} from "@stockbook/core"
import { Effect } from "effect"
import type { Line } from "../client/Line.ts"
import { bigints, texts } from "../client/parameters.ts"
import { lookUp } from "./lookUp.ts"

/*
 * Documents and serials take statements of their own, sent only by batches that have some: a reservation is not to pay
 * for them.
 */

const named = `SELECT d.organization, d.id FROM unnest($1::bigint[], $2::bigint[]) AS wanted(organization, id)
    ${lookUp("documents", "d", "d.organization = wanted.organization AND d.id = wanted.id")}
  UNION
  SELECT d.organization, d.id FROM unnest($3::bigint[], $4::text[], $5::text[]) AS wanted(organization, kind, reference)
    ${lookUp(
      "documents",
      "d",
      "d.organization = wanted.organization AND d.kind = wanted.kind AND d.reference = wanted.reference"
    )}`

const findNamed = `SELECT d.* FROM (${named}) named
  ${lookUp("documents", "d", "d.organization = named.organization AND d.id = named.id")}`

const loadDocuments = `SELECT d.organization, d.id, d.kind, d.reference, d.status, d.attached, d.due_at, d.created_at,
    d.updated_at, d.body
  FROM (${named} UNION
    SELECT i.organization, i.document FROM unnest($6::bigint[], $7::bigint[]) AS wanted(organization, item)
      ${lookUp("document_items", "i", "i.organization = wanted.organization AND i.item = wanted.item AND i.attached")}
  ) named ${lookUp("documents", "d", "d.organization = named.organization AND d.id = named.id")}`

const loadSerials = `SELECT s.organization, s.item, s.serial, s.state, s.variation, s.batch, s.location, s.hold, s.updated_at
  FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS wanted(organization, item, serial)
  ${lookUp("serials", "s", "s.organization = wanted.organization AND s.item = wanted.item AND s.serial = wanted.serial")}
  UNION
  SELECT s.organization, s.item, s.serial, s.state, s.variation, s.batch, s.location, s.hold, s.updated_at
  FROM unnest($4::bigint[], $5::bigint[]) AS wanted(organization, hold)
  ${lookUp("serials", "s", "s.organization = wanted.organization AND s.hold = wanted.hold")}
  UNION
  SELECT s.organization, s.item, s.serial, s.state, s.variation, s.batch, s.location, s.hold, s.updated_at
  FROM unnest($6::bigint[], $7::bigint[], $8::bigint[]) AS wanted(organization, item, batch)
  ${lookUp(
    "serials",
    "s",
    `s.organization = wanted.organization AND s.item = wanted.item AND s.batch = wanted.batch
      AND s.state = 'available'`
  )}`

const namedBy = (footprint: Footprint) => {
  const ids = Array.from(footprint.documents.values())
  const references = Array.from(footprint.documentReferences.values())
  return [
    bigints(ids.map(({ organization }) => organization)),
    bigints(ids.map(({ id }) => id)),
    bigints(references.map(({ organization }) => organization)),
    texts(references.map(({ kind }) => kind)),
    texts(references.map(({ id }) => id))
  ]
}

/** The checked boundary: the columns are of these types in a schema that this program's migrations made. */
const rows = <A>(connection: Line, sql: string, parameters: ReadonlyArray<unknown>) =>
  Effect.map(connection.execute(sql, parameters, undefined), (found) => found as ReadonlyArray<A>)

/** The documents a footprint names, read before anything is locked to know what they are about. */
export const namedDocuments = (connection: Line, footprint: Footprint) =>
  footprint.documents.size + footprint.documentReferences.size === 0
    ? Effect.succeed([])
    : Effect.map(rows<DocumentRow>(connection, findNamed, namedBy(footprint)), (found) => found.map(toDocument))

/** Whether a document was read because it is named, rather than because it is attached to an item. */
export const isNamedDocument = ({ organization, id, kind, reference }: StockDocument, footprint: Footprint): boolean =>
  footprint.documents.has(scopedName(organization, id)) ||
  (reference !== null && footprint.documentReferences.has(documentName(organization, kind, reference)))

/**
 * The documents and serials named, the documents attached to the items, and the serials that holds and documents keep,
 * read after the items are locked.
 */
export const documentsOf = Effect.fnUntraced(function* (
  connection: Line,
  footprint: Footprint,
  known: Pick<Loaded, "now" | "items" | "balances" | "batches" | "holds">
) {
  const { items, holds } = known
  const withSome = items.filter((item) => item.details?.attached !== undefined)
  const serials = Array.from(footprint.serials.values())
  const documents =
    withSome.length + footprint.documents.size + footprint.documentReferences.size === 0
      ? []
      : yield* rows<DocumentRow>(connection, loadDocuments, [
          ...namedBy(footprint),
          bigints(withSome.map(({ organization }) => organization)),
          bigints(withSome.map(({ item }) => item))
        ])
  const areTracked = items.some((item) => item.details?.serials === true)
  const keepers = areTracked ? [...holds, ...documents] : []
  const lapses = areTracked ? trackedLapses(known) : []
  const found =
    serials.length + keepers.length + lapses.length === 0
      ? []
      : yield* rows<SerialRow>(connection, loadSerials, [
          bigints(serials.map(({ organization }) => organization)),
          bigints(serials.map(({ id }) => id)),
          texts(serials.map(({ serial }) => serial)),
          bigints(keepers.map(({ organization }) => organization)),
          bigints(keepers.map(({ id }) => id)),
          bigints(lapses.map(({ organization }) => organization)),
          bigints(lapses.map(({ id }) => id)),
          bigints(lapses.map(({ batch }) => batch))
        ])
  return { documents: documents.map(toDocument), serials: found.map(toSerial) }
})

const storeDocuments = `INSERT INTO documents
    (organization, id, due_at, created_at, updated_at, attached, kind, status, reference, body, from_location, to_location,
      words, partner, amount)
  SELECT organization, id, due_at, created_at, updated_at, attached = 1, kind, status, reference, body, from_location,
    to_location, words, partner, amount
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::bigint[], $15::text[])
    AS row(organization, id, due_at, created_at, updated_at, attached, kind, status, reference, body, from_location,
      to_location, words, partner, amount)
  ON CONFLICT (organization, id) DO UPDATE SET due_at = excluded.due_at, updated_at = excluded.updated_at,
    attached = excluded.attached, status = excluded.status, body = excluded.body, words = excluded.words`

const storeDocumentItems = `INSERT INTO document_items (organization, item, document, attached)
  SELECT organization, item, document, attached = 1
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS row(organization, item, document, attached)
  ON CONFLICT (organization, item, document) DO UPDATE SET attached = excluded.attached`

const storeSerials = `INSERT INTO serials (organization, item, location, variation, batch, hold, updated_at, state, serial)
  SELECT organization, item, location, variation, batch, hold, updated_at, state::account, serial
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
    $8::text[], $9::text[])
    AS row(organization, item, location, variation, batch, hold, updated_at, state, serial)
  ON CONFLICT (organization, item, serial) DO UPDATE SET location = excluded.location, variation = excluded.variation,
    batch = excluded.batch, hold = excluded.hold, updated_at = excluded.updated_at, state = excluded.state`

/** Stores documents and serials, within the transaction that stores all else, after the leaves they name. */
export const storeDocumentsOf = Effect.fnUntraced(function* (
  connection: Line,
  { documents, serials }: Pick<Changes, "documents" | "serials">
) {
  if (documents.length > 0) {
    const sought = documents.map(soughtOf)
    yield* connection.execute(
      storeDocuments,
      [
        bigints(documents.map(({ organization }) => organization)),
        bigints(documents.map(({ id }) => id)),
        bigints(documents.map(({ dueAt }) => dueAt)),
        bigints(documents.map(({ createdAt }) => createdAt)),
        bigints(documents.map(({ updatedAt }) => updatedAt)),
        bigints(documents.map(({ attached }) => (attached ? 1 : 0))),
        texts(documents.map(({ kind }) => kind)),
        texts(documents.map(({ status }) => status)),
        texts(documents.map(({ reference }) => reference)),
        texts(documents.map(bodyOf)),
        bigints(sought.map(({ from }) => from)),
        bigints(sought.map(({ to }) => to)),
        texts(sought.map(({ words }) => words)),
        bigints(sought.map(({ partner }) => partner)),
        texts(sought.map(({ amount }) => amount))
      ],
      undefined
    )
    const links = documents.flatMap(({ organization, id, items, attached }) =>
      items.map((item) => ({ organization, id, item, attached }))
    )
    yield* connection.execute(
      storeDocumentItems,
      [
        bigints(links.map(({ organization }): OrganizationId => organization)),
        bigints(links.map(({ item }) => item)),
        bigints(links.map(({ id }) => id)),
        bigints(links.map(({ attached }) => (attached ? 1 : 0)))
      ],
      undefined
    )
  }
  if (serials.length > 0) {
    yield* connection.execute(
      storeSerials,
      [
        bigints(serials.map(({ organization }) => organization)),
        bigints(serials.map(({ item }) => item)),
        bigints(serials.map(({ place }) => place?.location ?? null)),
        bigints(serials.map(({ place }) => place?.variation ?? 0)),
        bigints(serials.map(({ place }) => place?.batch ?? 0)),
        bigints(serials.map(({ hold }) => hold)),
        bigints(serials.map(({ updatedAt }) => updatedAt)),
        texts(serials.map(({ place }) => place?.state ?? null)),
        texts(serials.map(({ serial }) => serial))
      ],
      undefined
    )
  }
})
