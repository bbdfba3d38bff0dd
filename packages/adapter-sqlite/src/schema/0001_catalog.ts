const addToSearch = `INSERT INTO item_search (rowid, scope, text) VALUES (new.id, 'o' || new.organization || ';',
  new.name || char(10) || coalesce(new.sku, '') || char(10) || coalesce(new.barcode, '') || char(10)
    || coalesce(new.description, ''));`

/** The tables of the catalogue, on which those of the stock stand; see `0001_initial.ts` for what holds in all of them. */
export const catalogTables: ReadonlyArray<string> = [
  // An organization and its default location name each other, so founding one is checked at commit.
  `CREATE TABLE organizations (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    default_location INTEGER NOT NULL,
    transit INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    FOREIGN KEY (id, default_location) REFERENCES locations (organization, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id, transit) REFERENCES locations (organization, id) DEFERRABLE INITIALLY DEFERRED
  ) STRICT`,
  `CREATE TABLE locations (
    organization INTEGER NOT NULL REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    place TEXT,
    description TEXT,
    kind TEXT NOT NULL DEFAULT 'warehouse' CHECK (kind IN ('warehouse', 'shop', 'bin', 'transit')),
    parent INTEGER,
    sellable INTEGER NOT NULL DEFAULT 1 CHECK (sellable IN (0, 1)),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization, id),
    UNIQUE (organization, name),
    FOREIGN KEY (organization, parent) REFERENCES locations (organization, id)
  ) STRICT`,

  // A deleted category, brand or unit stays on the items that have it, and gives its name up.
  "CREATE INDEX locations_by_parent ON locations (organization, parent) WHERE parent IS NOT NULL",
  `CREATE TABLE categories (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization, id)
  ) STRICT`,
  "CREATE UNIQUE INDEX category_names ON categories (organization, name) WHERE active = 1",
  `CREATE TABLE brands (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization, id)
  ) STRICT`,
  "CREATE UNIQUE INDEX brand_names ON brands (organization, name) WHERE active = 1",
  `CREATE TABLE units (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    symbol TEXT,
    scale INTEGER NOT NULL CHECK (scale BETWEEN 0 AND 6),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization, id)
  ) STRICT`,
  "CREATE UNIQUE INDEX unit_names ON units (organization, name) WHERE active = 1",
  `CREATE TABLE partners (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'supplier')),
    user_id INTEGER,
    name TEXT,
    first_name TEXT,
    last_name TEXT,
    phone TEXT,
    email TEXT,
    address TEXT,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization, id)
  ) STRICT`,
  `CREATE TABLE reasons (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (organization, code)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX partners_by_kind ON partners (organization, kind, id)",
  "CREATE UNIQUE INDEX partner_users ON partners (organization, kind, user_id) WHERE active = 1",

  `CREATE TABLE items (
    organization INTEGER NOT NULL REFERENCES organizations (id),
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    sku TEXT,
    barcode TEXT,
    kind TEXT,
    description TEXT,
    note TEXT,
    unit_price TEXT CHECK (unit_price NOT GLOB '*[^0-9.]*' AND unit_price GLOB '?*.[0-9][0-9]'),
    unit_cost TEXT CHECK (unit_cost NOT GLOB '*[^0-9.]*' AND unit_cost GLOB '?*.[0-9][0-9]*'),
    price_order INTEGER NOT NULL
      GENERATED ALWAYS AS (coalesce(CAST(replace(unit_price, '.', '') AS INTEGER), -1)) STORED,
    unit INTEGER,
    category INTEGER,
    brand INTEGER,
    has_variations INTEGER NOT NULL DEFAULT 0 CHECK (has_variations IN (0, 1)),
    has_batches INTEGER NOT NULL DEFAULT 0 CHECK (has_batches IN (0, 1)),
    is_kit INTEGER NOT NULL DEFAULT 0 CHECK (is_kit IN (0, 1)),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    deleted_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by INTEGER,
    PRIMARY KEY (organization, id),
    UNIQUE (organization, sku),
    UNIQUE (organization, barcode),
    FOREIGN KEY (organization, category) REFERENCES categories (organization, id),
    FOREIGN KEY (organization, brand) REFERENCES brands (organization, id),
    FOREIGN KEY (organization, unit) REFERENCES units (organization, id),
    CHECK (deleted_at IS NULL OR active = 0)
  ) STRICT`,
  // Lists walk these without touching the wide rows.
  "CREATE INDEX items_by_id ON items (organization, id, active, created_at)",
  "CREATE INDEX items_by_name ON items (organization, name, id, active, created_at)",
  "CREATE INDEX items_by_creation ON items (organization, created_at, id, active)",
  "CREATE INDEX items_by_price ON items (organization, price_order, id, active, created_at)",
  "CREATE INDEX items_by_category ON items (organization, category, id, active, created_at)",
  /*
   * Every three letters in a row of an item's texts, for searches; `scope` keeps organizations apart. It holds no texts
   * of its own, and what it finds is compared with those of the items.
   */
  `CREATE VIRTUAL TABLE item_search USING fts5(scope, text, tokenize = 'trigram', content = '', contentless_delete = 1)`,
  `CREATE TRIGGER items_searchable AFTER INSERT ON items BEGIN ${addToSearch} END`,
  `CREATE TRIGGER items_searchable_still AFTER UPDATE OF name, sku, barcode, description ON items
    WHEN old.name IS NOT new.name OR old.sku IS NOT new.sku OR old.barcode IS NOT new.barcode
      OR old.description IS NOT new.description
    BEGIN DELETE FROM item_search WHERE rowid = old.id; ${addToSearch} END`,
  /*
   * A new number for each change of an organization's items and categories, never one that was there before: what a
   * search found holds as long as it stays.
   */
  `CREATE TABLE catalog_changes (
    organization INTEGER NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
  ) STRICT`,
  ...["items", "categories"].flatMap((table) =>
    [
      ["INSERT", "new"],
      ["UPDATE", "new"],
      ["DELETE", "old"]
    ].map(
      ([change, row]) => `CREATE TRIGGER ${table}_note_${change} AFTER ${change} ON ${table} BEGIN
        INSERT INTO catalog_changes (organization, version) VALUES (${row}.organization, random() >> 11)
          ON CONFLICT (organization) DO UPDATE SET version = excluded.version;
        END`
    )
  ),

  `CREATE TABLE variations (
    organization INTEGER NOT NULL,
    id INTEGER NOT NULL,
    item INTEGER NOT NULL,
    kind TEXT,
    name TEXT NOT NULL,
    description TEXT,
    note TEXT,
    sku TEXT,
    barcode TEXT,
    price TEXT CHECK (price NOT GLOB '*[^0-9.]*' AND price GLOB '?*.[0-9][0-9]'),
    cost TEXT CHECK (cost NOT GLOB '*[^0-9.]*' AND cost GLOB '?*.[0-9][0-9]*'),
    batch_tracking INTEGER NOT NULL CHECK (batch_tracking IN (0, 1)),
    active INTEGER NOT NULL CHECK (active = (deleted_at IS NULL)),
    deleted_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by INTEGER,
    PRIMARY KEY (organization, id),
    UNIQUE (organization, sku),
    UNIQUE (organization, barcode),
    FOREIGN KEY (organization, item) REFERENCES items (organization, id)
  ) STRICT`,
  "CREATE INDEX variations_by_item ON variations (organization, item, id)",
  `CREATE UNIQUE INDEX variation_names ON variations (organization, item, coalesce(kind, ''), name) WHERE active = 1`,
  `CREATE TABLE batches (
    organization INTEGER NOT NULL,
    id INTEGER NOT NULL,
    item INTEGER NOT NULL,
    variation INTEGER NOT NULL CHECK (variation >= 0),
    name TEXT NOT NULL,
    supplier_lot TEXT,
    note TEXT,
    cost TEXT CHECK (cost NOT GLOB '*[^0-9.]*' AND cost GLOB '?*.[0-9][0-9]*'),
    expires_at INTEGER,
    best_before INTEGER,
    manufactured_at INTEGER,
    quarantined INTEGER NOT NULL CHECK (quarantined IN (0, 1)),
    active INTEGER NOT NULL CHECK (active = (deleted_at IS NULL)),
    deleted_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by INTEGER,
    PRIMARY KEY (organization, id),
    FOREIGN KEY (organization, item) REFERENCES items (organization, id)
  ) STRICT`,
  "CREATE INDEX batches_by_item ON batches (organization, item, id)",
  // Lists walk it without touching the rows.
  "CREATE INDEX batches_listed ON batches (organization, id, active)",
  // For the sweeper, which asks for what expired or was recalled since it last looked, anywhere.
  "CREATE INDEX batches_by_expiry ON batches (expires_at) WHERE expires_at IS NOT NULL",
  "CREATE INDEX batches_by_change ON batches (updated_at) WHERE quarantined OR expires_at IS NOT NULL",
  "CREATE UNIQUE INDEX batch_names ON batches (organization, item, variation, name) WHERE active = 1",
  // What goes into one unit of a kit, in the order given.
  `CREATE TABLE kit_components (
    organization INTEGER NOT NULL,
    kit INTEGER NOT NULL,
    position INTEGER NOT NULL,
    item INTEGER NOT NULL,
    variation INTEGER NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (organization, kit, position),
    FOREIGN KEY (organization, kit) REFERENCES items (organization, id),
    FOREIGN KEY (organization, item) REFERENCES items (organization, id),
    CHECK (kit <> item)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX kit_components_by_item ON kit_components (organization, item)"
]
