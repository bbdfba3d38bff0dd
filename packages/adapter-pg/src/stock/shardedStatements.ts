import { noNumber } from "../client/parameters.ts"
import { accounts, statuses } from "../schema/0001_tables.ts"

/*
 * What `store_changes` does, as a statement per table: a function would hide from a planner that spreads rows over
 * servers which tables it writes to. $1 is the one organization; the arrays are those of `encode.ts`, and so is what
 * stands where in a row.
 */

const at = (numbers: number, place: number): string => `($${numbers}::bigint[])[r + ${place}]`
const orNull = (numbers: number, place: number): string => `nullif(${at(numbers, place)}, ${noNumber})`
const values = (numbers: number, from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, n) => at(numbers, from + n)).join(", ")

/** Where each row begins in its array. */
const rows = (numbers: number, width: number): string =>
  `generate_series(0, cardinality($${numbers}::bigint[]) - 1, ${width}) r`

/** Where each row begins, beside its texts, which are the parameters named. */
const rowsWith = (width: number, texts: Readonly<Record<string, number>>): string =>
  `unnest(${Object.values(texts)
    .map((parameter) => `$${parameter}::text[]`)
    .join(", ")}) WITH ORDINALITY AS row(${Object.keys(texts).join(", ")}, n),
    LATERAL (SELECT (n::int - 1) * ${width}) AS start(r)`

/** $2 numbers, $3 details. Answers how many rows were there. */
export const updateItems = `UPDATE item_stock s SET version = ${at(2, 3)}, opened_at = ${orNull(2, 4)},
    low_stock_threshold = ${orNull(2, 5)}, alert = ${at(2, 6)} = 1, clock = ${at(2, 7)}, available = ${at(2, 8)},
    reserved = ${at(2, 9)}, committed = ${at(2, 10)}, quarantined = ${at(2, 11)}, negative_limit = ${at(2, 12)},
    details = ($3::text[])[r / 12 + 1]
  FROM ${rows(2, 12)} WHERE s.organization = $1 AND s.item = ${at(2, 2)} RETURNING s.item`

/** $2 numbers. */
export const upsertBalances = `INSERT INTO balances
    (organization, item, location, variation, batch, available, reserved, committed, quarantined, negative_limit)
  SELECT $1::bigint, ${values(2, 2, 10)} FROM ${rows(2, 10)}
  ON CONFLICT (organization, item, location, variation, batch) DO UPDATE SET available = excluded.available,
    reserved = excluded.reserved, committed = excluded.committed, quarantined = excluded.quarantined,
    negative_limit = excluded.negative_limit`

/** $2 numbers, $3 statuses. Answers how many rows were there. */
export const updateHolds = `UPDATE hold_lines h SET status = row.status::hold_status, expires_at = ${orNull(2, 4)},
    reserved = ${at(2, 5)}, committed = ${at(2, 6)}, fulfilled = ${at(2, 7)}, released = ${at(2, 8)},
    expired = ${at(2, 9)}
  FROM ${rowsWith(9, { status: 3 })}
  WHERE h.organization = $1 AND h.hold = ${at(2, 2)} AND h.line = ${at(2, 3)} RETURNING h.hold`

/** The word of a type at a place among its words. */
const named = (type: "account" | "hold_status", place: string): string =>
  `('{${type === "account" ? accounts : statuses}}'::${type}[])[${place}]`

/** $2 numbers, $3 fingerprints, $4 references. */
export const insertHolds = `INSERT INTO hold_lines
    (organization, hold, line, created_at, item, variation, batch, location,
     held, reserved, committed, fulfilled, released, expired, expires_at, status, fingerprint, reference)
  SELECT $1::bigint, ${values(2, 2, 14)}, ${orNull(2, 15)}, ${named("hold_status", at(2, 16))}, fingerprint,
    reference
  FROM ${rowsWith(16, { fingerprint: 3, reference: 4 })}`

/** $2 numbers, $3 to $7 texts, $8 the number of the transaction. */
export const insertMovements = `INSERT INTO movements
    (organization, id, item, quantity, available_after, on_hand_after, at,
     from_location, from_variation, from_batch, to_location, to_variation, to_batch, hold, actor,
     from_account, to_account, cause, reason, reference, note, details, transaction_id)
  SELECT $1::bigint, ${values(2, 2, 7)}, ${[8, 9, 10, 11, 12, 13, 14, 15].map((place) => orNull(2, place)).join(", ")},
    ${named("account", at(2, 16))}, ${named("account", at(2, 17))}, cause, reason, reference, note,
    ($7::text[])[n], $8::text::xid8
  FROM ${rowsWith(17, { cause: 3, reason: 4, reference: 5, note: 6 })}`

/** $2 numbers, $3 events, $4 the number of the transaction. */
export const insertEvents = `INSERT INTO outbox (organization, id, at, event, transaction_id)
  SELECT $1::bigint, ${values(2, 2, 3)}, event::json, $4::text::xid8 FROM ${rowsWith(3, { event: 3 })}`

/** $2 keys, $3 fingerprints, $4 outcomes. */
export const insertRecords = `INSERT INTO idempotency (organization, at, key, fingerprint, outcome)
  SELECT $1::bigint, floor(extract(epoch FROM clock_timestamp()) * 1000), key, fingerprint, outcome
  FROM unnest($2::text[], $3::text[], $4::text[]) AS row(key, fingerprint, outcome)`
