import { catalogTables } from "./0001_catalog.ts"

/**
 * The first schema.
 *
 * - Every table is STRICT: a column holds the type it names or the write fails.
 * - Every key starts with the organization, and no foreign key leaves it out, so no row can point into another tenant.
 *   Outside of that stand what is the whole store's: its sequences, its subscribers, and the users, whose e-mail
 *   address and username are unique in the store.
 * - Ids come from `sequences` and never return. Taken under the write lock, they rise in the order of commits, which
 *   is what lets a subscriber follow `id > cursor` without skipping.
 * - Times are epoch milliseconds. In keys of stock, variation and batch 0 stand for none: NULL would not be unique.
 * - What no rule may do, the database refuses: a state below zero, a hold whose parts do not add up, a movement that is
 *   changed or deleted.
 * - A CHECK of a ledger's column spells its words out with OR: for IN, SQLite builds the list anew in every statement.
 * - Narrow tables that are read by their key have no rowid, so a look-up is one descent.
 */
export const initial: ReadonlyArray<string> = [
  `CREATE TABLE sequences (
    name TEXT NOT NULL PRIMARY KEY,
    next INTEGER NOT NULL CHECK (next > 0)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO sequences (name, next)
    VALUES ('ledger', 1), ('organization', 1), ('location', 1), ('item', 1), ('variation', 1), ('batch', 1),
      ('category', 1), ('brand', 1), ('unit', 1), ('partner', 1), ('user', 1)`,
  // 2 while what is old is cleared.
  "INSERT INTO sequences (name, next) VALUES ('clearing', 1)",

  ...catalogTables,

  // Written by every batch that touches the item, and so kept apart from the wide catalogue row.
  `CREATE TABLE item_stock (
    organization INTEGER NOT NULL,
    item INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 0),
    -- As the item has it: lists by stock need not look there.
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    opened_at INTEGER,
    low_stock_threshold INTEGER CHECK (low_stock_threshold >= 0),
    alert INTEGER NOT NULL CHECK (alert IN (0, 1)),
    clock INTEGER NOT NULL,
    negative_limit INTEGER NOT NULL DEFAULT 0 CHECK (negative_limit >= 0),
    available INTEGER NOT NULL CHECK (available >= -negative_limit),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    committed INTEGER NOT NULL CHECK (committed >= 0),
    quarantined INTEGER NOT NULL CHECK (quarantined >= 0),
    -- A column of its own, and not a generated one: over those, SQLite looks every row up beside its index.
    on_hand INTEGER NOT NULL DEFAULT 0 CHECK (on_hand = available + reserved + committed + quarantined),
    details TEXT,
    home INTEGER GENERATED ALWAYS AS (details ->> '$.home') VIRTUAL,
    PRIMARY KEY (organization, item),
    FOREIGN KEY (organization, item) REFERENCES items (organization, id)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX item_homes ON item_stock (organization, home, item) WHERE home IS NOT NULL",
  "CREATE INDEX item_stock_by_on_hand ON item_stock (organization, on_hand, item, active)",
  "CREATE INDEX opened ON item_stock (organization, item, active, opened_at) WHERE opened_at IS NOT NULL",
  // Holds only what is low, so that selling what is not costs no write.
  "CREATE INDEX low_stock ON item_stock (organization, item, active) WHERE available <= low_stock_threshold",

  `CREATE TABLE balances (
    organization INTEGER NOT NULL,
    item INTEGER NOT NULL,
    location INTEGER NOT NULL,
    variation INTEGER NOT NULL CHECK (variation >= 0),
    batch INTEGER NOT NULL CHECK (batch >= 0),
    negative_limit INTEGER NOT NULL DEFAULT 0 CHECK (negative_limit >= 0),
    available INTEGER NOT NULL CHECK (available >= -negative_limit),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    committed INTEGER NOT NULL CHECK (committed >= 0),
    quarantined INTEGER NOT NULL CHECK (quarantined >= 0),
    PRIMARY KEY (organization, item, location, variation, batch),
    FOREIGN KEY (organization, item) REFERENCES item_stock (organization, item),
    FOREIGN KEY (organization, location) REFERENCES locations (organization, id)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX balances_by_location ON balances (organization, location, item)",

  /*
   * The ledger. An account is a state at a leaf, or an outside one, which has no leaf. The foreign keys demand a
   * balance for either leaf; SQLite does not check a key with a NULL in it.
   */
  `CREATE TABLE movements (
    organization INTEGER NOT NULL,
    id INTEGER NOT NULL,
    item INTEGER NOT NULL,
    from_account TEXT NOT NULL,
    from_location INTEGER,
    from_variation INTEGER,
    from_batch INTEGER,
    to_account TEXT NOT NULL,
    to_location INTEGER,
    to_variation INTEGER,
    to_batch INTEGER,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    available_after INTEGER NOT NULL,
    on_hand_after INTEGER NOT NULL CHECK (on_hand_after >= available_after),
    cause TEXT NOT NULL,
    hold INTEGER,
    reason TEXT,
    reference TEXT,
    note TEXT,
    actor INTEGER,
    at INTEGER NOT NULL,
    details TEXT,
    PRIMARY KEY (organization, id),
    CHECK (CASE WHEN from_location IS NULL
      THEN from_variation IS NULL AND from_batch IS NULL AND (from_account = 'customer'
        OR from_account = 'supplier' OR from_account = 'adjustment' OR from_account = 'loss')
      ELSE from_variation IS NOT NULL AND from_batch IS NOT NULL AND (from_account = 'available'
        OR from_account = 'reserved' OR from_account = 'committed' OR from_account = 'quarantined') END),
    CHECK (CASE WHEN to_location IS NULL
      THEN to_variation IS NULL AND to_batch IS NULL AND (to_account = 'customer'
        OR to_account = 'supplier' OR to_account = 'adjustment' OR to_account = 'loss')
      ELSE to_variation IS NOT NULL AND to_batch IS NOT NULL AND (to_account = 'available'
        OR to_account = 'reserved' OR to_account = 'committed' OR to_account = 'quarantined') END),
    CHECK (from_location IS NOT NULL OR to_location IS NOT NULL),
    FOREIGN KEY (organization, item, from_location, from_variation, from_batch)
      REFERENCES balances (organization, item, location, variation, batch),
    FOREIGN KEY (organization, item, to_location, to_variation, to_batch)
      REFERENCES balances (organization, item, location, variation, batch)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX movements_by_item ON movements (organization, item, id)",
  // When an item last came from a supplier, however much was sold since.
  "CREATE INDEX supplies ON movements (organization, item, id) WHERE from_account = 'supplier'",
  // The feed of all organizations.
  "CREATE INDEX movements_by_id ON movements (id)",
  `CREATE TRIGGER movements_stay BEFORE UPDATE ON movements
    BEGIN SELECT RAISE(ABORT, 'Movements are never changed'); END`,
  `CREATE TRIGGER movements_last BEFORE DELETE ON movements
    BEGIN SELECT RAISE(ABORT, 'Movements are never deleted'); END`,

  /*
   * One row per line, with the hold's own fields repeated on each, so that a hold of one line, as nearly all are, is
   * one row. Line 0 is always there. `status` is the hold's, not the line's.
   */
  `CREATE TABLE hold_lines (
    organization INTEGER NOT NULL,
    hold INTEGER NOT NULL,
    line INTEGER NOT NULL CHECK (line >= 0),
    reference TEXT,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL CHECK
      (status = 'open' OR status = 'fulfilled' OR status = 'expired' OR status = 'released'),
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    item INTEGER NOT NULL,
    variation INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    location INTEGER NOT NULL,
    held INTEGER NOT NULL CHECK (held > 0),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    committed INTEGER NOT NULL CHECK (committed >= 0),
    fulfilled INTEGER NOT NULL CHECK (fulfilled >= 0),
    released INTEGER NOT NULL CHECK (released >= 0),
    expired INTEGER NOT NULL CHECK (expired >= 0),
    PRIMARY KEY (organization, hold, line),
    CHECK (held = reserved + committed + fulfilled + released + expired),
    FOREIGN KEY (organization, item, location, variation, batch)
      REFERENCES balances (organization, item, location, variation, batch)
  ) STRICT, WITHOUT ROWID`,
  /*
   * A reference names at most one live hold. Every line of a referenced hold is in exactly one of these two indexes,
   * so finding a hold by its reference, dead or alive, costs a write no second entry.
   */
  `CREATE UNIQUE INDEX live_references ON hold_lines (organization, reference, line)
    WHERE reference IS NOT NULL AND status IN ('open', 'fulfilled')`,
  `CREATE INDEX past_references ON hold_lines (organization, reference, hold)
    WHERE reference IS NOT NULL AND status IN ('expired', 'released')`,
  "CREATE INDEX hold_lines_by_item ON hold_lines (organization, item, hold)",
  // For the sweeper, which asks for what is due anywhere, and for the batch, which asks for what is due on its items.
  `CREATE INDEX expiring ON hold_lines (expires_at, organization, item, reserved)
    WHERE reserved > 0 AND expires_at IS NOT NULL`,
  `CREATE INDEX expiring_by_item ON hold_lines (organization, item, expires_at)
    WHERE reserved > 0 AND expires_at IS NOT NULL`,
  `CREATE INDEX anonymous ON hold_lines (organization, item, hold)
    WHERE reserved > 0 AND reference IS NULL`,

  // Bodies are long: this table keeps its rowid too.
  `CREATE TABLE documents (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT,
    status TEXT NOT NULL,
    attached INTEGER NOT NULL CHECK (attached IN (0, 1)),
    due_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    from_location INTEGER,
    to_location INTEGER,
    words TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    partner INTEGER,
    amount TEXT,
    PRIMARY KEY (organization, id)
  ) STRICT`,
  `CREATE UNIQUE INDEX document_references ON documents (organization, kind, reference)
    WHERE reference IS NOT NULL`,
  "CREATE INDEX documents_by_kind ON documents (organization, kind, id)",
  "CREATE INDEX documents_by_partner ON documents (organization, partner, id) WHERE partner IS NOT NULL",
  "CREATE INDEX documents_by_status ON documents (organization, kind, status, id)",
  `CREATE TABLE document_items (
    organization INTEGER NOT NULL,
    item INTEGER NOT NULL,
    document INTEGER NOT NULL,
    attached INTEGER NOT NULL,
    PRIMARY KEY (organization, item, document),
    FOREIGN KEY (organization, item) REFERENCES items (organization, id),
    FOREIGN KEY (organization, document) REFERENCES documents (organization, id)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX items_of_documents ON document_items (organization, document)",
  "CREATE INDEX attached_documents ON document_items (organization, item) WHERE attached = 1",

  // A unit is in one place, or out (without a state).
  `CREATE TABLE serials (
    organization INTEGER NOT NULL,
    item INTEGER NOT NULL,
    serial TEXT NOT NULL,
    state TEXT,
    variation INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    location INTEGER,
    hold INTEGER,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization, item, serial),
    CHECK ((state IS NULL) = (location IS NULL)),
    FOREIGN KEY (organization, item, location, variation, batch)
      REFERENCES balances (organization, item, location, variation, batch)
  ) STRICT, WITHOUT ROWID`,

  "CREATE INDEX serials_kept ON serials (organization, hold) WHERE hold IS NOT NULL",

  // Outcomes are long: this table keeps its rowid, so that its index stays narrow.
  `CREATE TABLE idempotency (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (organization, key)
  ) STRICT`,

  `CREATE TABLE outbox (
    organization INTEGER NOT NULL REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED,
    id INTEGER NOT NULL,
    event TEXT NOT NULL CHECK (json_valid(event)),
    at INTEGER NOT NULL,
    PRIMARY KEY (organization, id)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX outbox_by_id ON outbox (id)",
  `CREATE TRIGGER outbox_stays BEFORE UPDATE ON outbox
    BEGIN SELECT RAISE(ABORT, 'Events are never changed'); END`,
  `CREATE TRIGGER outbox_lasts BEFORE DELETE ON outbox
    WHEN (SELECT next FROM sequences WHERE name = 'clearing') <> 2
    BEGIN SELECT RAISE(ABORT, 'Events are never deleted, but old ones cleared'); END`,

  `CREATE TABLE subscriptions (
    name TEXT NOT NULL PRIMARY KEY,
    cursor TEXT NOT NULL,
    worker TEXT,
    leased_until INTEGER
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE deliveries (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    event INTEGER NOT NULL,
    channel TEXT NOT NULL,
    purpose TEXT NOT NULL,
    notice TEXT NOT NULL CHECK (json_valid(notice)),
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'dead')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    next_attempt_at INTEGER NOT NULL,
    last_error TEXT,
    created_at INTEGER NOT NULL,
    sent_at INTEGER CHECK ((sent_at IS NULL) = (state <> 'sent')),
    PRIMARY KEY (organization, event, channel, purpose)
  ) STRICT`,
  "CREATE INDEX due_deliveries ON deliveries (channel, next_attempt_at) WHERE state = 'pending'",
  "CREATE INDEX sent_deliveries ON deliveries (sent_at) WHERE state = 'sent'",
  "CREATE INDEX dead_deliveries ON deliveries (event) WHERE state = 'dead'",

  `CREATE TABLE users (
    id INTEGER NOT NULL PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organizations (id),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,
    full_name TEXT,
    first_name TEXT,
    last_name TEXT,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`
]
