import { DuplicateBarcode, DuplicateSku, type OrganizationId } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"

interface Codes {
  readonly sku?: string | null
  readonly barcode?: string | null
}

/** Who writes codes: an item or variation that may keep its own, or new ones. */
interface Writer {
  readonly of: "item" | "variation"
  readonly id: number
}

/**
 * Whether codes are free: no other item or variation of the organization has them, nor one of these another's.
 *
 * Among items, and among variations, unique constraints stand behind it. Between the two stands a lock: who writes
 * codes of variations has it alone, who writes codes of items shares it.
 */
export const checkCodes = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  all: ReadonlyArray<Codes>,
  writer: Writer
) {
  yield* reserveCodes(session, organization, all, writer)
  yield* checkTaken(session, organization, all, writer, "items")
  yield* checkTaken(session, organization, all, writer, "variations")
})

/**
 * The part of it that must come before codes of new items are written. What is left, whether other items have them,
 * their unique constraints tell at less cost than asking first.
 */
export const checkNewCodes = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  items: ReadonlyArray<Codes>,
  variations: ReadonlyArray<Codes>
) {
  const all = [...items, ...variations]
  const writer: Writer = { of: variations.some(hasCode) ? "variation" : "item", id: 0 }
  yield* reserveCodes(session, organization, all, writer)
  yield* checkTaken(session, organization, all, writer, "variations")
  yield* checkTaken(session, organization, variations, writer, "items")
})

/** Says which of the codes of new items another item has, knowing that there is one. */
export const findTaken = (session: Session, organization: OrganizationId, items: ReadonlyArray<Codes>) =>
  checkTaken(session, organization, items, { of: "item", id: 0 }, "items")

const hasCode = ({ sku, barcode }: Codes): boolean => typeof (sku ?? barcode) === "string"

const reserveCodes = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  all: ReadonlyArray<Codes>,
  writer: Writer
) {
  if (!all.some(hasCode)) return
  const name = `codes of ${organization}`
  yield* writer.of === "item" ? session.share(name) : session.lock(name)
  const sku = twice(given(all, "sku"))
  if (sku !== undefined) return yield* new DuplicateSku({ sku })
  const barcode = twice(given(all, "barcode"))
  if (barcode !== undefined) return yield* new DuplicateBarcode({ barcode })
})

const checkTaken = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  all: ReadonlyArray<Codes>,
  writer: Writer,
  table: "items" | "variations"
) {
  const sku = yield* taken(session, organization, "sku", all, writer, table)
  if (sku !== undefined) return yield* new DuplicateSku({ sku })
  const barcode = yield* taken(session, organization, "barcode", all, writer, table)
  if (barcode !== undefined) return yield* new DuplicateBarcode({ barcode })
})

const given = (all: ReadonlyArray<Codes>, field: keyof Codes): ReadonlyArray<string> =>
  all.flatMap((codes) => codes[field] ?? [])

const twice = (codes: ReadonlyArray<string>): string | undefined => {
  const seen = new Set<string>()
  for (const code of codes) {
    if (seen.has(code)) return code
    seen.add(code)
  }
  return undefined
}

const taken = Effect.fnUntraced(function* (
  { sql }: Session,
  organization: OrganizationId,
  field: keyof Codes,
  all: ReadonlyArray<Codes>,
  { of, id }: Writer,
  table: "items" | "variations"
) {
  const codes = given(all, field)
  if (codes.length === 0) return undefined
  const own = (of === "item") === (table === "items") ? id : 0
  const [row] = yield* sql<{ readonly code: string }>`SELECT ${sql.literal(field)} AS code FROM ${sql(table)}
    WHERE organization = ${organization} AND ${sql.in(field, codes)} AND id <> ${own} LIMIT 1`
  return row?.code
})
