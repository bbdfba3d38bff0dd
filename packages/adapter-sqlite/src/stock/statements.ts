/** The statements of the write path. Each runs inside `BEGIN IMMEDIATE`. */

export const readNextId = "SELECT next FROM sequences WHERE name = 'ledger'"
export const writeNextId = "UPDATE sequences SET next = ? WHERE name = 'ledger'"

export const readOrganization = "SELECT default_location, transit FROM organizations WHERE id = ?"
export const readLocation = "SELECT active, sellable, parent FROM locations WHERE organization = ? AND id = ?"
export const readVariation = "SELECT item, active FROM variations WHERE organization = ? AND id = ?"
export const readBatch = `SELECT item, variation, active, quarantined, expires_at, best_before, created_at FROM batches
  WHERE organization = ? AND id = ?`

export const readItem = `SELECT i.active, s.version, s.opened_at, s.low_stock_threshold, s.alert, s.clock,
    s.available, s.reserved, s.committed, s.quarantined, s.negative_limit, s.details
  FROM item_stock s JOIN items i ON i.organization = s.organization AND i.id = s.item
  WHERE s.organization = ? AND s.item = ?`
export const readBalances = `SELECT location, variation, batch, available, reserved, committed, quarantined, negative_limit
  FROM balances WHERE organization = ? AND item = ?`

export const readHold = "SELECT * FROM hold_lines WHERE organization = ? AND hold = ? ORDER BY line"
export const findLiveReference = `SELECT hold FROM hold_lines
  WHERE organization = ? AND reference = ? AND line = 0 AND status IN ('open', 'fulfilled')`
/** The reference must have no live hold: those that are over are older than a live one. */
export const findPastReference = `SELECT hold FROM hold_lines
  WHERE organization = ? AND reference = ? AND status IN ('expired', 'released') ORDER BY hold DESC LIMIT 1`
export const findDue = `SELECT DISTINCT hold FROM hold_lines
  WHERE organization = ? AND item = ? AND reserved > 0 AND expires_at IS NOT NULL AND expires_at <= ?`
/** Oldest first, with what each still holds softly of the item; due ones are found by `findDue`. */
export const findAnonymous = `SELECT hold, sum(reserved) AS units FROM hold_lines
  WHERE organization = ? AND item = ? AND reserved > 0 AND reference IS NULL
    AND (expires_at IS NULL OR expires_at > ?)
  GROUP BY hold ORDER BY hold`
export const readRecord = "SELECT fingerprint, outcome FROM idempotency WHERE organization = ? AND key = ?"

export const writeItem = `UPDATE item_stock SET version = ?, opened_at = ?, low_stock_threshold = ?, alert = ?, clock = ?,
    available = ?, reserved = ?, committed = ?, quarantined = ?, on_hand = ?6 + ?7 + ?8 + ?9, negative_limit = ?, details = ?
  WHERE organization = ? AND item = ?`
export const writeBalance = `INSERT INTO balances
    (organization, item, location, variation, batch, available, reserved, committed, quarantined, negative_limit)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (organization, item, location, variation, batch) DO UPDATE SET available = excluded.available,
    reserved = excluded.reserved, committed = excluded.committed, quarantined = excluded.quarantined, negative_limit = excluded.negative_limit`

const tuples = (columns: number, rows: number) => {
  const tuple = `(${Array.from({ length: columns }, () => "?").join(", ")})`
  return Array.from({ length: rows }, () => tuple).join(", ")
}

/** Inserts so many movements at once. */
export const insertMovements = (rows: number) => `INSERT INTO movements
    (organization, id, item, from_account, from_location, from_variation, from_batch, to_account, to_location,
     to_variation, to_batch, quantity, available_after, on_hand_after, cause, hold, reason, reference, note, actor, at, details)
  VALUES ${tuples(22, rows)}`
/** Inserts so many hold lines at once. */
export const insertHoldLines = (rows: number) => `INSERT INTO hold_lines
    (organization, hold, line, reference, fingerprint, status, expires_at, created_at, item, variation, batch, location,
     held, reserved, committed, fulfilled, released, expired)
  VALUES ${tuples(18, rows)}`

/** What a line names, and what was held, never changes. */
export const updateHoldLine = `UPDATE hold_lines SET status = ?, expires_at = ?,
    reserved = ?, committed = ?, fulfilled = ?, released = ?, expired = ?
  WHERE organization = ? AND hold = ? AND line = ?`
export const insertEvent = "INSERT INTO outbox (organization, id, event, at) VALUES (?, ?, ?, ?)"
/** Inserts so many idempotency records at once. */
export const insertRecords = (rows: number) =>
  `INSERT INTO idempotency (organization, key, fingerprint, outcome, at) VALUES ${tuples(5, rows)}`

export const readDocument = "SELECT * FROM documents WHERE organization = ? AND id = ?"
export const findDocument = "SELECT * FROM documents WHERE organization = ? AND kind = ? AND reference = ?"
export const findAttached = `SELECT d.* FROM document_items i
  JOIN documents d ON d.organization = i.organization AND d.id = i.document
  WHERE i.organization = ? AND i.item = ? AND i.attached = 1`
export const writeDocument = `INSERT INTO documents
    (organization, id, kind, reference, status, attached, due_at, created_at, updated_at, from_location, to_location,
     partner, amount, words, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (organization, id) DO UPDATE SET words = excluded.words, status = excluded.status, attached = excluded.attached,
    due_at = excluded.due_at, updated_at = excluded.updated_at, body = excluded.body`
export const writeDocumentItem = `INSERT INTO document_items (organization, item, document, attached)
  VALUES (?, ?, ?, ?) ON CONFLICT (organization, item, document) DO UPDATE SET attached = excluded.attached`

export const findParts = "SELECT id FROM locations WHERE organization = ? AND parent = ?"
/** Items with something on hand at a location. */
export const findStocked = `SELECT DISTINCT item FROM balances WHERE organization = ? AND location = ?
  AND available + reserved + committed + quarantined <> 0 LIMIT ?`
export const readMovement = "SELECT * FROM movements WHERE organization = ? AND id = ?"
export const readSupplier =
  "SELECT id FROM partners WHERE organization = ? AND id = ? AND kind = 'supplier' AND active = 1"
export const readReason = "SELECT code FROM reasons WHERE organization = ? AND code = ?"
/** Those of the newest holds first. */
export const findOpenLines = `SELECT * FROM hold_lines
  WHERE organization = ? AND item = ? AND reserved + committed > 0 ORDER BY hold DESC LIMIT ?`

export const readSerial = "SELECT * FROM serials WHERE organization = ? AND item = ? AND serial = ?"
/** Those that a hold or document keeps. */
export const findKeptSerials = "SELECT * FROM serials WHERE organization = ? AND hold = ?"
/** The available ones of a batch. */
export const findSerialsOfBatch = `SELECT * FROM serials
  WHERE organization = ? AND item = ? AND batch = ? AND state = 'available'`
export const writeSerial = `INSERT INTO serials
    (organization, item, serial, state, variation, batch, location, hold, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (organization, item, serial) DO UPDATE SET state = excluded.state, variation = excluded.variation,
    batch = excluded.batch, location = excluded.location, hold = excluded.hold, updated_at = excluded.updated_at`
