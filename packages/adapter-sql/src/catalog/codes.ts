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
  const skus = given(all, "sku")
  const barcodes = given(all, "barcode")
  if (skus.length + barcodes.length === 0) return
  const name = `codes of ${organization}`
  yield* writer.of === "item" ? session.share(name) : session.lock(name)
  const sku = twice(skus) ?? (yield* taken(session, organization, "sku", skus, writer))
  if (sku !== undefined) return yield* new DuplicateSku({ sku })
  const barcode = twice(barcodes) ?? (yield* taken(session, organization, "barcode", barcodes, writer))
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
  codes: ReadonlyArray<string>,
  { of, id }: Writer
) {
  if (codes.length === 0) return undefined
  const column = sql.literal(field)
  const [row] = yield* sql<{ readonly code: string }>`SELECT ${column} AS code FROM items
      WHERE organization = ${organization} AND ${sql.in(field, codes)} AND id <> ${of === "item" ? id : 0}
    UNION ALL SELECT ${column} FROM variations
      WHERE organization = ${organization} AND ${sql.in(field, codes)} AND id <> ${of === "variation" ? id : 0}
    LIMIT 1`
  return row?.code
})
