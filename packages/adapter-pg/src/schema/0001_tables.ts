/** The words of the types `account` and `hold_status`, in their order; a place in it is cheaper than a name. */
export const accounts = [
  "available",
  "reserved",
  "committed",
  "quarantined",
  "supplier",
  "customer",
  "adjustment",
  "loss"
] as const
export const statuses = ["open", "fulfilled", "expired", "released"] as const
const words = (of: ReadonlyArray<string>): string => of.map((word) => `'${word}'`).join(", ")

/**
 * The first tables, in the schema `s` (a quoted name).
 *
 * - Every key starts with the organization, and no foreign key leaves it out, so no row can point into another tenant.
 *   Outside of that stand what is the whole store's: its subscribers, and the users, whose e-mail address and username
 *   are unique in the store.
 * - Ids come from sequences and never return. `ledger_ids` gives a block of 65,536 ids with each value, of which its
 *   taker uses some: a batch needs one look-up however many movements it makes.
 * - Times are epoch milliseconds. In keys of stock, variation and batch 0 stand for none: NULL would not be unique.
 * - Text is ordered by code point (`COLLATE "C"`), whatever the locale of the database.
 * - CHECKs are few and short: Postgres reads their stored form again in every statement that writes to the table.
 * - `movements`, `outbox` and `idempotency` are only ever appended to (the last two are cleared of what is old).
 */
export const tables = (s: string): ReadonlyArray<string> => [
  `CREATE SEQUENCE ${s}.ledger_ids INCREMENT BY 65536`,
  `CREATE SEQUENCE ${s}.user_ids`,

  // The states of stock at a leaf come before the accounts outside, which have no leaf.
  `CREATE TYPE ${s}.account AS ENUM (${words(accounts)})`,
  `CREATE TYPE ${s}.hold_status AS ENUM (${words(statuses)})`,

  /*
   * The lock and the version of everything within an item, written by every batch that touches it, and so kept apart
   * from the wide catalogue row. What lists are ordered and filtered by are columns of their own, so that a
   * reservation, which changes neither, rewrites no index (a HOT update); for the same reason pages are not filled up.
   */
  `CREATE TABLE ${s}.item_stock (
    organization bigint NOT NULL,
    item bigint NOT NULL,
    version bigint NOT NULL,
    opened_at bigint,
    low_stock_threshold bigint,
    clock bigint NOT NULL,
    available bigint NOT NULL,
    reserved bigint NOT NULL,
    committed bigint NOT NULL,
    quarantined bigint NOT NULL,
    on_hand bigint GENERATED ALWAYS AS (available + reserved + committed + quarantined) STORED,
    negative_limit bigint NOT NULL DEFAULT 0,
    alert boolean NOT NULL,
    active boolean NOT NULL DEFAULT true,
    low boolean GENERATED ALWAYS AS (available <= low_stock_threshold) STORED,
    details text COLLATE "C",
    home bigint GENERATED ALWAYS AS ((details::jsonb ->> 'home')::bigint) STORED,
    CHECK (LEAST(version, available + negative_limit, negative_limit, reserved, committed, quarantined,
      low_stock_threshold) >= 0),
    PRIMARY KEY (organization, item) INCLUDE (active, on_hand),
    FOREIGN KEY (organization, item) REFERENCES ${s}.items (organization, id)
  ) WITH (fillfactor = 50)`,
  `CREATE INDEX item_stock_by_on_hand ON ${s}.item_stock (organization, on_hand, item) INCLUDE (active)`,
  `CREATE INDEX item_stock_low ON ${s}.item_stock (organization, item) INCLUDE (active) WHERE low`,
  `CREATE INDEX item_stock_opened ON ${s}.item_stock (organization, item) INCLUDE (active) WHERE opened_at IS NOT NULL`,
  `CREATE INDEX item_stock_unopened ON ${s}.item_stock (organization, item) INCLUDE (active) WHERE opened_at IS NULL`,

  `CREATE INDEX item_homes ON ${s}.item_stock (organization, home, item) WHERE home IS NOT NULL`,

  `CREATE TABLE ${s}.balances (
    organization bigint NOT NULL,
    item bigint NOT NULL,
    location bigint NOT NULL,
    variation bigint NOT NULL,
    batch bigint NOT NULL,
    available bigint NOT NULL,
    reserved bigint NOT NULL,
    committed bigint NOT NULL,
    quarantined bigint NOT NULL,
    negative_limit bigint NOT NULL DEFAULT 0,
    CHECK (LEAST(variation, batch, available + negative_limit, reserved, committed, quarantined) >= 0),
    PRIMARY KEY (organization, item, location, variation, batch),
    FOREIGN KEY (organization, item) REFERENCES ${s}.item_stock,
    FOREIGN KEY (organization, location) REFERENCES ${s}.locations
  ) WITH (fillfactor = 50)`,
  `CREATE INDEX balances_by_location ON ${s}.balances (location, organization)`,

  // The ledger. An account is a state at a leaf, or an outside one, which has no leaf.
  `CREATE TABLE ${s}.movements (
    organization bigint NOT NULL,
    id bigint NOT NULL,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    item bigint NOT NULL,
    from_location bigint,
    from_variation bigint,
    from_batch bigint,
    to_location bigint,
    to_variation bigint,
    to_batch bigint,
    quantity bigint NOT NULL CHECK (quantity > 0),
    available_after bigint NOT NULL,
    on_hand_after bigint NOT NULL,
    hold bigint,
    actor bigint,
    at bigint NOT NULL,
    from_account ${s}.account NOT NULL,
    to_account ${s}.account NOT NULL,
    cause text COLLATE "C" NOT NULL,
    reason text COLLATE "C",
    reference text COLLATE "C",
    note text COLLATE "C",
    details text COLLATE "C",
    PRIMARY KEY (organization, id),
    CHECK (on_hand_after >= available_after),
    CHECK (num_nulls(from_location, from_variation, from_batch) = CASE WHEN from_account < 'supplier' THEN 0 ELSE 3 END),
    CHECK (num_nulls(to_location, to_variation, to_batch) = CASE WHEN to_account < 'supplier' THEN 0 ELSE 3 END),
    CHECK (LEAST(from_account, to_account) < 'supplier')
  )`,
  `CREATE INDEX movements_by_item ON ${s}.movements (organization, item, id)`,
  // What lists of movements leave out is what only changed state where it lies, most of the ledger of a busy shop.
  `CREATE INDEX passages ON ${s}.movements (organization, id)
    INCLUDE (from_account, to_account, from_location, to_location)
    WHERE from_location IS NULL OR to_location IS NULL OR from_location <> to_location`,
  // When an item last came from a supplier, however much was sold since.
  `CREATE INDEX supplies ON ${s}.movements (organization, item, id) WHERE from_account = 'supplier'`,
  `CREATE INDEX movements_by_transaction ON ${s}.movements (transaction_id, id)`,

  /*
   * One row per line, with the hold's own fields repeated on each, so that a hold of one line, as nearly all are, is
   * one row. Line 0 is always there. `status` is the hold's, not the line's.
   */
  `CREATE TABLE ${s}.hold_lines (
    organization bigint NOT NULL,
    hold bigint NOT NULL,
    line bigint NOT NULL,
    expires_at bigint,
    created_at bigint NOT NULL,
    item bigint NOT NULL,
    variation bigint NOT NULL,
    batch bigint NOT NULL,
    location bigint NOT NULL,
    held bigint NOT NULL CHECK (held > 0),
    reserved bigint NOT NULL,
    committed bigint NOT NULL,
    fulfilled bigint NOT NULL,
    released bigint NOT NULL,
    expired bigint NOT NULL,
    status ${s}.hold_status NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    reference text COLLATE "C",
    PRIMARY KEY (organization, hold, line),
    CHECK (LEAST(line, reserved, committed, fulfilled, released, expired) >= 0),
    CHECK (held = reserved + committed + fulfilled + released + expired)
  )`,
  /*
   * A reference names at most one live hold. Every line of a referenced hold is in exactly one of these two indexes,
   * so finding a hold by its reference, dead or alive, costs a write no second entry.
   */
  `CREATE UNIQUE INDEX live_references ON ${s}.hold_lines (organization, reference, line)
    WHERE reference IS NOT NULL AND status IN ('open', 'fulfilled')`,
  `CREATE INDEX past_references ON ${s}.hold_lines (organization, reference, hold)
    WHERE reference IS NOT NULL AND status IN ('expired', 'released')`,
  `CREATE INDEX hold_lines_by_item ON ${s}.hold_lines (organization, item, hold)`,
  // For the sweeper, which asks for what is due anywhere, and for the batch, which asks for what is due on its items.
  `CREATE INDEX expiring ON ${s}.hold_lines (expires_at, organization, hold)
    WHERE reserved > 0 AND expires_at IS NOT NULL`,
  `CREATE INDEX expiring_by_item ON ${s}.hold_lines (organization, item, expires_at)
    WHERE reserved > 0 AND expires_at IS NOT NULL`,
  `CREATE INDEX anonymous ON ${s}.hold_lines (organization, item, hold)
    WHERE reserved > 0 AND reference IS NULL`,

  `CREATE TABLE ${s}.documents (
    organization bigint NOT NULL REFERENCES ${s}.organizations,
    id bigint NOT NULL,
    due_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    from_location bigint,
    to_location bigint,
    attached boolean NOT NULL,
    kind text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    reference text COLLATE "C",
    words text COLLATE "C" NOT NULL,
    body text COLLATE "C" NOT NULL,
    partner bigint,
    amount text COLLATE "C",
    PRIMARY KEY (organization, id),
    CONSTRAINT document_references UNIQUE (organization, kind, reference)
  )`,
  `CREATE INDEX documents_by_kind ON ${s}.documents (organization, kind, id)`,
  `CREATE INDEX documents_by_partner ON ${s}.documents (organization, partner, id) WHERE partner IS NOT NULL`,
  `CREATE INDEX documents_by_status ON ${s}.documents (organization, kind, status, id)`,
  `CREATE TABLE ${s}.document_items (
    organization bigint NOT NULL,
    item bigint NOT NULL,
    document bigint NOT NULL,
    attached boolean NOT NULL,
    PRIMARY KEY (organization, item, document),
    FOREIGN KEY (organization, item) REFERENCES ${s}.items (organization, id),
    FOREIGN KEY (organization, document) REFERENCES ${s}.documents (organization, id)
  )`,
  `CREATE INDEX items_of_documents ON ${s}.document_items (organization, document)`,
  `CREATE INDEX attached_documents ON ${s}.document_items (organization, item) WHERE attached`,

  // A unit is in one place, or out (without a state).
  `CREATE TABLE ${s}.serials (
    organization bigint NOT NULL,
    item bigint NOT NULL,
    location bigint,
    variation bigint NOT NULL,
    batch bigint NOT NULL,
    hold bigint,
    updated_at bigint NOT NULL,
    state ${s}.account CHECK (state < 'supplier'),
    serial text COLLATE "C" NOT NULL,
    PRIMARY KEY (organization, item, serial),
    CHECK ((state IS NULL) = (location IS NULL)),
    FOREIGN KEY (organization, item, location, variation, batch)
      REFERENCES ${s}.balances (organization, item, location, variation, batch)
  )`,

  `CREATE INDEX serials_kept ON ${s}.serials (organization, hold) WHERE hold IS NOT NULL`,

  `CREATE TABLE ${s}.idempotency (
    organization bigint NOT NULL,
    at bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    PRIMARY KEY (organization, key)
  )`,
  // Rows come in the order of their age, so a summary of each range of pages is enough to find the old ones.
  `CREATE INDEX idempotency_by_age ON ${s}.idempotency USING brin (at)`,

  `CREATE TABLE ${s}.outbox (
    organization bigint NOT NULL REFERENCES ${s}.organizations DEFERRABLE INITIALLY DEFERRED,
    id bigint NOT NULL,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at bigint NOT NULL,
    event json NOT NULL,
    PRIMARY KEY (organization, id)
  )`,
  `CREATE INDEX outbox_by_transaction ON ${s}.outbox (transaction_id, id)`,

  // The stays of the database in different clusters; see `eras.ts`.
  `CREATE TABLE ${s}.eras (
    number int PRIMARY KEY,
    first_id bigint NOT NULL,
    cluster text COLLATE "C"
  )`,
  `INSERT INTO ${s}.eras (number, first_id) VALUES (0, 0)`,

  `CREATE TABLE ${s}.subscriptions (
    name text COLLATE "C" PRIMARY KEY,
    cursor text COLLATE "C" NOT NULL,
    worker text COLLATE "C",
    leased_until bigint
  )`,

  `CREATE TABLE ${s}.deliveries (
    organization bigint NOT NULL REFERENCES ${s}.organizations,
    event bigint NOT NULL,
    created_at bigint NOT NULL,
    next_attempt_at bigint NOT NULL,
    sent_at bigint CHECK ((sent_at IS NULL) = (state <> 'sent')),
    attempts bigint NOT NULL CHECK (attempts >= 0),
    channel text COLLATE "C" NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('pending', 'sent', 'dead')),
    notice json NOT NULL,
    last_error text COLLATE "C",
    PRIMARY KEY (organization, event, channel, purpose)
  )`,
  `CREATE INDEX due_deliveries ON ${s}.deliveries (channel, next_attempt_at) WHERE state = 'pending'`,
  `CREATE INDEX sent_deliveries ON ${s}.deliveries (sent_at) WHERE state = 'sent'`,
  `CREATE INDEX dead_deliveries ON ${s}.deliveries (event) WHERE state = 'dead'`,

  `CREATE TABLE ${s}.users (
    id bigint PRIMARY KEY,
    organization bigint NOT NULL REFERENCES ${s}.organizations,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    email text COLLATE "C" NOT NULL,
    email_key text COLLATE "C" NOT NULL UNIQUE,
    username text COLLATE "C" NOT NULL,
    username_key text COLLATE "C" NOT NULL UNIQUE,
    full_name text COLLATE "C",
    first_name text COLLATE "C",
    last_name text COLLATE "C",
    role text COLLATE "C" NOT NULL,
    password_hash text COLLATE "C" NOT NULL
  )`
]
