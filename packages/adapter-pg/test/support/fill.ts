/** How much is in the tables before anything is measured. */
export interface FillSize {
  /** Organizations, all of the same size; their ids are 1, 2, 3 … */
  readonly organizations: number
  /** Items of each. Ids go on from organization to organization: those of the n-th are `(n - 1) * items + 1` and on. */
  readonly items: number
  /** Movements of each item: its receipt, and then sales and open reservations in turn. */
  readonly movements: number
}

/** How many units each item starts with: none runs out. Every hundredth is low on stock all the same. */
const received = 1_000_000_000
const threshold = `(CASE WHEN item % 100 = 0 THEN ${received} ELSE 100 END)`

/**
 * Statements that fill a new schema, the one in the search path, from series of numbers. Movements come as a year of
 * trade leaves them: those of one item lie far apart.
 */
export const fillStatements = (size: FillSize): ReadonlyArray<string> => {
  const { organizations, items, movements } = size
  const all = organizations * items
  const eachItem = `(SELECT item, (item - 1) / ${items} + 1 AS organization, ((item - 1) / ${items} + 1) * 2 - 1 AS location,
    ${received} AS units FROM generate_series(1, ${all}) AS item) i`
  const { sold, reserved } = partsOf(movements)
  const available = `i.units - ${sold + reserved}`
  return [
    `BEGIN`,
    `INSERT INTO organizations (id, default_location, transit, created_at, name)
      SELECT n, n * 2 - 1, n * 2, 0, 'Organization ' || n FROM generate_series(1, ${organizations}) n`,
    `INSERT INTO locations (organization, id, created_at, updated_at, active, kind, name)
      SELECT (n + 1) / 2, n, 0, 0, true, CASE n % 2 WHEN 0 THEN 'transit' ELSE 'warehouse' END, 'Location ' || n
      FROM generate_series(1, ${organizations * 2}) n`,
    `INSERT INTO categories (organization, id, created_at, updated_at, active, name)
      SELECT o, (o - 1) * 50 + n, 0, 0, true, 'Category ' || n
      FROM generate_series(1, ${organizations}) o, generate_series(1, 50) n`,
    `COMMIT`,
    `INSERT INTO items (organization, id, created_at, updated_at, active, name, sku, unit_price, category)
      SELECT organization, item, item, item, true, 'Item ' || item, 'SKU-' || item, 1.99, (organization - 1) * 50 + item % 50 + 1
      FROM ${eachItem}`,
    `INSERT INTO item_stock (organization, item, version, opened_at, low_stock_threshold, clock, available, reserved,
        committed, quarantined, alert)
      SELECT organization, item, ${movements}, 1, ${threshold}, ${movements}, ${available}, ${reserved}, 0, 0,
        item % 100 = 0 FROM ${eachItem}`,
    `INSERT INTO balances (organization, item, location, variation, batch, available, reserved, committed, quarantined)
      SELECT organization, item, location, 0, 0, ${available}, ${reserved}, 0, 0 FROM ${eachItem}`,
    ...Array.from({ length: movements }, (_, n) => movementsOf(n, all, eachItem)).flat(),
    ...["organization", "location", "item", "category"].map((name) => `SELECT setval('${name}_ids', ${all * 2})`),
    `SELECT setval('ledger_ids', ${(movements + 1) * all * 2 + 65536})`,
    `ANALYZE`
  ]
}

/** How many of an item's movements sell a unit, and how many reserve one. */
const partsOf = (movements: number) => ({
  sold: Math.floor((movements - 1) / 2),
  reserved: Math.ceil((movements - 1) / 2)
})

/** The n-th movement of every item; its id leaves one before it for the hold. */
const movementsOf = (n: number, all: number, eachItem: string): ReadonlyArray<string> => {
  const id = `${2 * all * n} + item * 2`
  const { sold, reserved } = partsOf(n + 1)
  const after = `i.units - ${sold + reserved}, i.units - ${sold}`
  const into = `INSERT INTO movements (organization, id, item, from_account, from_location, from_variation, from_batch,
    to_account, to_location, to_variation, to_batch, quantity, available_after, on_hand_after, cause, hold, at)`
  const here = "location, 0, 0"
  const nowhere = "NULL, NULL, NULL"
  const move = (from: string, to: string, quantity: string, cause: string, hold: string) =>
    `${into} SELECT organization, ${id}, item, ${from}, ${to}, ${quantity}, ${after}, '${cause}', ${hold}, ${n + 1}
      FROM ${eachItem}`
  if (n === 0) return [move(`'supplier', ${nowhere}`, `'available', ${here}`, "i.units", "Receive", "NULL::bigint")]
  if (n % 2 === 0) return [move(`'available', ${here}`, `'customer', ${nowhere}`, "1", "Issue", "NULL::bigint")]
  return [
    move(`'available', ${here}`, `'reserved', ${here}`, "1", "Reserve", `${id} - 1`),
    `INSERT INTO hold_lines (organization, hold, line, created_at, item, variation, batch, location, held, reserved,
        committed, fulfilled, released, expired, status, fingerprint)
      SELECT organization, ${id} - 1, 0, ${n + 1}, item, 0, 0, location, 1, 1, 0, 0, 0, 0, 'open', md5('Reserve')
      FROM ${eachItem}`,
    `INSERT INTO idempotency (organization, at, key, fingerprint, outcome)
      SELECT organization, ${n + 1}, 'filled-' || ${id}, md5('Reserve'), json_build_object('hold', ${id} - 1)
      FROM ${eachItem}`
  ]
}
