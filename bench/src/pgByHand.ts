/*
 * The opponents, as scripts for pgbench: `:name` is a variable. They write to tables of Stockbook's own schema, with
 * its indexes, CHECKs and triggers, in a copy of their own: an item's row, a balance, a movement, a hold and a recorded
 * outcome per reservation. Their ids come from a sequence that each connection takes a thousand of at a time.
 */

/** Made beside the tables. */
export const byHandSetup = `CREATE SEQUENCE reservation_ids START 1000000000000 INCREMENT 2 CACHE 1000`

const now = `floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

const movementColumns = `organization, id, item, from_account, from_location, from_variation, from_batch,
    to_account, to_location, to_variation, to_batch, quantity, available_after, on_hand_after, cause, hold, at`

const holdColumns = `organization, hold, line, created_at, item, variation, batch, location, held, reserved, committed,
    fulfilled, released, expired, status, fingerprint`

const outcome = `json_build_object('hold', hold, 'item', :item::bigint, 'quantity', 1, 'available', available)`

/** The best single statement we could write for it. */
export const singleStatement = `WITH taken AS (
    UPDATE item_stock SET version = version + 1, clock = ${now}, available = available - 1, reserved = reserved + 1
    WHERE organization = :organization::bigint AND item = :item::bigint AND available >= 1
    RETURNING available, on_hand, clock, nextval('reservation_ids') AS hold
  ), leaf AS (
    UPDATE balances b SET available = b.available - 1, reserved = b.reserved + 1 FROM taken
    WHERE b.organization = :organization::bigint AND b.item = :item::bigint AND b.location = :location::bigint
      AND b.variation = 0 AND b.batch = 0
  ), moved AS (
    INSERT INTO movements (${movementColumns})
    SELECT :organization::bigint, hold + 1, :item::bigint, 'available', :location::bigint, 0, 0,
      'reserved', :location::bigint, 0, 0, 1, available, on_hand, 'Reserve', hold, clock FROM taken
  ), held AS (
    INSERT INTO hold_lines (${holdColumns})
    SELECT :organization::bigint, hold, 0, clock, :item::bigint, 0, 0, :location::bigint, 1, 1, 0, 0, 0, 0,
      'open', md5(:order) FROM taken
  )
  INSERT INTO idempotency (organization, at, key, fingerprint, outcome)
  SELECT :organization::bigint, clock, :order || '-' || hold, md5(:order), ${outcome} FROM taken`

/** The transaction most people write first. The lines are its statements; `available` and `hold` are read by the second. */
export const naiveTransaction: ReadonlyArray<string> = [
  `BEGIN`,
  `SELECT available, on_hand, nextval('reservation_ids') AS hold FROM item_stock
    WHERE organization = :organization::bigint AND item = :item::bigint FOR UPDATE`,
  `UPDATE item_stock SET version = version + 1, clock = ${now}, available = available - 1, reserved = reserved + 1
    WHERE organization = :organization::bigint AND item = :item::bigint`,
  `UPDATE balances SET available = available - 1, reserved = reserved + 1 WHERE organization = :organization::bigint
    AND item = :item::bigint AND location = :location::bigint AND variation = 0 AND batch = 0`,
  `INSERT INTO movements (${movementColumns})
    VALUES (:organization::bigint, :hold::bigint + 1, :item::bigint, 'available', :location::bigint, 0, 0, 'reserved',
      :location::bigint, 0, 0, 1, :available::bigint - 1, :on_hand::bigint, 'Reserve', :hold::bigint, ${now})`,
  `INSERT INTO hold_lines (${holdColumns})
    VALUES (:organization::bigint, :hold::bigint, 0, ${now}, :item::bigint, 0, 0, :location::bigint, 1, 1, 0, 0, 0, 0,
      'open', md5(:order))`,
  `INSERT INTO idempotency (organization, at, key, fingerprint, outcome)
    SELECT :organization::bigint, ${now}, :order || '-' || hold, md5(:order), ${outcome}
    FROM (SELECT :hold::bigint AS hold, :available::bigint - 1 AS available) AS taken`,
  `COMMIT`
]

/** The ceiling: the three new rows of each reservation, `rows` of them in one statement, decided by nobody. */
export const bulkInsert = (rows: number): string => `WITH ids AS MATERIALIZED (
    SELECT nextval('reservation_ids') AS hold, ${now} AS clock, 1000 AS available FROM generate_series(1, ${rows})
  ), moved AS (
    INSERT INTO movements (${movementColumns})
    SELECT :organization::bigint, hold + 1, :item::bigint, 'available', :location::bigint, 0, 0,
      'reserved', :location::bigint, 0, 0, 1, available, available + 1, 'Reserve', hold, clock FROM ids
  ), held AS (
    INSERT INTO hold_lines (${holdColumns})
    SELECT :organization::bigint, hold, 0, clock, :item::bigint, 0, 0, :location::bigint, 1, 1, 0, 0, 0, 0,
      'open', :fingerprint FROM ids
  )
  INSERT INTO idempotency (organization, at, key, fingerprint, outcome)
  SELECT :organization::bigint, clock, :order || '-' || hold, :fingerprint, :outcome::text FROM ids`
