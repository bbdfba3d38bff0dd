import type {
  BatchId,
  Hold,
  HoldId,
  HoldLine,
  ItemId,
  LocationId,
  OpenLine,
  OrganizationId,
  VariationId
} from "@stockbook/core"

/**
 * A row of `hold_lines`. Columns have types, and CHECKs name the words they may hold, so a row read is of this type if
 * the schema is this program's, which the migrations layer made sure of.
 */
export interface HoldRow {
  readonly organization: OrganizationId
  readonly hold: HoldId
  readonly line: number
  readonly reference: string | null
  readonly fingerprint: string
  readonly expires_at: number | null
  readonly created_at: number
  readonly item: ItemId
  /** 0 for none. */
  readonly variation: VariationId | 0
  /** 0 for none. */
  readonly batch: BatchId | 0
  readonly location: LocationId
  readonly held: number
  readonly reserved: number
  readonly committed: number
  readonly fulfilled: number
  readonly released: number
  readonly expired: number
}

const toLine = (row: HoldRow): HoldLine => ({
  item: row.item,
  variation: row.variation === 0 ? null : row.variation,
  batch: row.batch === 0 ? null : row.batch,
  location: row.location,
  line: row.line,
  held: row.held,
  reserved: row.reserved,
  committed: row.committed,
  fulfilled: row.fulfilled,
  released: row.released,
  expired: row.expired
})

/** A line that keeps something, by itself. */
export const toOpenLine = (row: HoldRow): OpenLine => ({ hold: row.hold, line: toLine(row) })

/** The hold whose rows these are, in the order of their lines; `null` of no rows. */
export const toHold = (rows: ReadonlyArray<HoldRow>): Hold | null => {
  const first = rows[0]
  return first === undefined
    ? null
    : {
        id: first.hold,
        organization: first.organization,
        reference: first.reference,
        fingerprint: first.fingerprint,
        expiresAt: first.expires_at,
        createdAt: first.created_at,
        lines: rows.map(toLine)
      }
}

/** The holds of rows that are grouped by hold, in the order the holds come in. */
export const toHolds = (rows: ReadonlyArray<HoldRow>): ReadonlyArray<Hold> =>
  Array.from(Map.groupBy(rows, (row) => row.hold).values(), toHold).filter((hold) => hold !== null)
