import { lookUp } from "./lookUp.ts"

/*
 * The statements of the write path. Their texts never change, so that each connection prepares them once. Sets come as
 * arrays side by side: the n-th of each belongs together.
 */

/** The holds named by id ($5, $6) or by reference ($7, $8), and anonymous ones to release units from ($9 to $11). */
const named = `named AS MATERIALIZED (
    SELECT organization, hold FROM unnest($5::bigint[], $6::bigint[]) AS wanted(organization, hold)
    UNION
    SELECT wanted.organization, coalesce(
        (SELECT hold FROM hold_lines h WHERE h.organization = wanted.organization AND h.reference = wanted.reference
          AND h.line = 0 AND h.status IN ('open', 'fulfilled')),
        (SELECT hold FROM hold_lines h WHERE h.organization = wanted.organization AND h.reference = wanted.reference
          AND h.status IN ('expired', 'released') ORDER BY hold DESC LIMIT 1))
      FROM unnest($7::bigint[], $8::text[]) AS wanted(organization, reference)
    UNION
    SELECT wanted.organization, found.hold
      FROM unnest($9::bigint[], $10::bigint[], $11::bigint[]) AS wanted(organization, item, units)
      CROSS JOIN LATERAL (
        SELECT hold, sum(units) OVER (ORDER BY hold) - units AS before FROM (
          SELECT h.hold, sum(h.reserved) AS units FROM hold_lines h
          WHERE h.organization = wanted.organization AND h.item = wanted.item
            AND h.reserved > 0 AND h.reference IS NULL
            AND (h.expires_at IS NULL OR h.expires_at > (SELECT now FROM clock))
          GROUP BY h.hold ORDER BY h.hold LIMIT wanted.units
        ) oldest
      ) found
      WHERE found.before < wanted.units
  )`

const clock = `clock AS MATERIALIZED (
    SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now
  )`

/** The items wanted ($1, $2), and those of the holds named. */
const meant = `SELECT organization, item FROM unnest($1::bigint[], $2::bigint[]) AS wanted(organization, item)
    UNION
    SELECT l.organization, l.item FROM named
      ${lookUp("hold_lines", "l", "l.organization = named.organization AND l.hold = named.hold")}`

/**
 * Locks the items wanted ($1, $2) and those of the holds named, in ascending order of their ids, and answers which. The
 * holds are looked up before the locks are there, and so only to find what to lock. $3 and $4 are not used here: the
 * two statements of a batch take the same parameters.
 */
export const lockItems = `WITH ${clock}, ${named}
  SELECT s.organization, s.item FROM (${meant}) wanted
  JOIN item_stock s ON s.organization = wanted.organization AND s.item = wanted.item
  WHERE $3::bigint[] IS NOT NULL AND $4::bigint[] IS NOT NULL
  ORDER BY s.item FOR UPDATE OF s`

/** What the rows of `loadFootprint` are. */
export const rowKind = {
  clock: 0,
  organization: 1,
  location: 2,
  item: 3,
  leaf: 4,
  holdLine: 5,
  record: 6,
  variation: 7,
  batch: 8
} as const

const width = 15
const blanks = (n: number): string => Array.from({ length: n }, () => "NULL::bigint").join(", ")
const row = (kind: number, numbers: ReadonlyArray<string>, texts: readonly [string, string, string]): string =>
  [kind, ...numbers, ...(numbers.length < width ? [blanks(width - numbers.length)] : []), ...texts].join(", ")

const none = ["NULL::text", "NULL::text", "NULL::text"] as const

/**
 * Reads everything a batch needs of the items that `lockItems` locked, by the same $1 and $2: rows of `rowKind`, each with fifteen numbers and three
 * texts. Named locations ($3, $4) are locked against being closed, and answered as they are under the lock.
 * $12 are organizations, $13 and $14 idempotency keys, $15 and $16 variations, $17 and $18 batches.
 *
 * Where the leaves lie, and what their batches are, is not locked but guarded: who changes it raises the version of
 * every item concerned, under the item's lock.
 */
export const loadFootprint = `WITH RECURSIVE ${clock}, ${named},
  locked AS MATERIALIZED (${meant}),
  places AS MATERIALIZED (
    SELECT l.organization, l.id, l.active, l.sellable, l.parent FROM unnest($3::bigint[], $4::bigint[]) AS wanted(organization, id)
    JOIN locations l ON l.organization = wanted.organization AND l.id = wanted.id
    ORDER BY l.id FOR SHARE OF l
  ),
  leaves AS MATERIALIZED (
    SELECT b.* FROM locked
      ${lookUp("balances", "b", "b.organization = locked.organization AND b.item = locked.item")}
  ),
  around (organization, id, active, sellable, parent) AS (
    SELECT l.organization, l.id, l.active, l.sellable, l.parent
      FROM (
        SELECT DISTINCT organization, location AS id FROM leaves
        UNION SELECT organization, parent FROM places
        UNION SELECT s.organization, s.home FROM locked
          ${lookUp("item_stock", "s", "s.organization = locked.organization AND s.item = locked.item")}
      ) leaf
      ${lookUp("locations", "l", "l.organization = leaf.organization AND l.id = leaf.id")}
    UNION
    SELECT l.organization, l.id, l.active, l.sellable, l.parent
      FROM around
      ${lookUp("locations", "l", "l.organization = around.organization AND l.id = around.parent")}
  ),
  lots AS MATERIALIZED (
    SELECT DISTINCT organization, batch FROM leaves WHERE batch > 0
    UNION SELECT * FROM unnest($17::bigint[], $18::bigint[]) AS wanted(organization, id)
  ),
  holds AS MATERIALIZED (
    SELECT organization, hold FROM named
    UNION
    SELECT h.organization, h.hold FROM locked
    ${lookUp(
      "hold_lines",
      "h",
      `h.organization = locked.organization AND h.item = locked.item
        AND h.reserved > 0 AND h.expires_at IS NOT NULL AND h.expires_at <= (SELECT now FROM clock)`
    )}
  )
  SELECT ${row(rowKind.clock, ["now", "nextval('ledger_ids')"], none)} FROM clock
  UNION ALL
  SELECT ${row(rowKind.organization, ["o.id", "o.default_location", "o.transit"], none)}
    FROM unnest($12::bigint[]) AS wanted(id) JOIN organizations o ON o.id = wanted.id
  UNION ALL
  SELECT ${row(rowKind.location, ["organization", "id", "active::int", "sellable::int", "parent"], none)} FROM places
  UNION ALL
  SELECT ${row(rowKind.location, ["organization", "id", "active::int", "sellable::int", "parent"], none)} FROM around
    WHERE NOT EXISTS (SELECT FROM places p WHERE p.organization = around.organization AND p.id = around.id)
  UNION ALL
  SELECT ${row(rowKind.variation, ["v.id", "v.item", "v.active::int"], none)}
    FROM (SELECT * FROM unnest($15::bigint[], $16::bigint[]) AS wanted(organization, id)
      UNION SELECT organization, variation FROM leaves WHERE variation > 0) wanted
    ${lookUp("variations", "v", "v.organization = wanted.organization AND v.id = wanted.id")}
  UNION ALL
  SELECT ${row(
    rowKind.batch,
    [
      "b.id",
      "b.item",
      "b.variation",
      "b.active::int",
      "b.quarantined::int",
      "b.expires_at",
      "b.created_at",
      "b.best_before"
    ],
    none
  )}
    FROM lots ${lookUp("batches", "b", "b.organization = lots.organization AND b.id = lots.batch")}
  UNION ALL
  SELECT ${row(
    rowKind.item,
    [
      "s.organization",
      "s.item",
      "i.active::int",
      "s.version",
      "s.opened_at",
      "s.low_stock_threshold",
      "s.alert::int",
      "s.clock",
      "s.available",
      "s.reserved",
      "s.committed",
      "s.quarantined",
      "s.negative_limit",
      `(SELECT min(h.expires_at) FROM hold_lines h WHERE h.organization = s.organization AND h.item = s.item
        AND h.reserved > 0 AND h.expires_at IS NOT NULL)`
    ],
    ["s.details", "NULL::text", "NULL::text"]
  )}
    FROM locked ${lookUp("item_stock", "s", "s.organization = locked.organization AND s.item = locked.item")}
    ${lookUp("items", "i", "i.organization = s.organization AND i.id = s.item")}
  UNION ALL
  SELECT ${row(
    rowKind.leaf,
    [
      "b.organization",
      "b.item",
      "b.location",
      "b.variation",
      "b.batch",
      "b.available",
      "b.reserved",
      "b.committed",
      "b.quarantined",
      "b.negative_limit"
    ],
    none
  )}
    FROM leaves b
  UNION ALL
  SELECT ${row(
    rowKind.holdLine,
    [
      "l.organization",
      "l.hold",
      "l.line",
      "l.expires_at",
      "l.created_at",
      "l.item",
      "l.variation",
      "l.batch",
      "l.location",
      "l.held",
      "l.reserved",
      "l.committed",
      "l.fulfilled",
      "l.released",
      "l.expired"
    ],
    ["l.reference", "l.fingerprint", "NULL::text"]
  )}
    FROM holds ${lookUp("hold_lines", "l", "l.organization = holds.organization AND l.hold = holds.hold")}
  UNION ALL
  SELECT ${row(rowKind.record, ["r.organization"], ["r.key", "r.fingerprint", "r.outcome"])}
    FROM unnest($13::bigint[], $14::text[]) AS wanted(organization, key)
    ${lookUp("idempotency", "r", "r.organization = wanted.organization AND r.key = wanted.key")}`

/** Stores changes if their guard holds; see the function in `schema/0001_functions.ts`. */
export const storeChanges = `SELECT store_changes(${Array.from({ length: 27 }, (_, n) => `$${n + 1}`).join(", ")})`
