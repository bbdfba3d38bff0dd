/** The tables of the catalogue, on which those of the stock stand; see `0001_tables.ts` for what holds in all of them. */
export const catalogTables = (s: string): ReadonlyArray<string> => [
  `CREATE SEQUENCE ${s}.organization_ids`,
  `CREATE SEQUENCE ${s}.location_ids`,
  `CREATE SEQUENCE ${s}.item_ids`,
  `CREATE SEQUENCE ${s}.variation_ids`,
  `CREATE SEQUENCE ${s}.batch_ids`,
  `CREATE SEQUENCE ${s}.category_ids`,
  `CREATE SEQUENCE ${s}.brand_ids`,
  `CREATE SEQUENCE ${s}.unit_ids`,
  `CREATE SEQUENCE ${s}.partner_ids`,

  `CREATE TABLE ${s}.organizations (
    id bigint PRIMARY KEY,
    default_location bigint NOT NULL,
    transit bigint NOT NULL,
    created_at bigint NOT NULL,
    name text COLLATE "C" NOT NULL
  )`,
  `CREATE TABLE ${s}.locations (
    organization bigint NOT NULL REFERENCES ${s}.organizations DEFERRABLE INITIALLY DEFERRED,
    id bigint NOT NULL,
    parent bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    active boolean NOT NULL,
    sellable boolean NOT NULL DEFAULT true,
    kind text COLLATE "C" NOT NULL DEFAULT 'warehouse',
    name text COLLATE "C" NOT NULL,
    place text COLLATE "C",
    description text COLLATE "C",
    PRIMARY KEY (organization, id),
    CONSTRAINT location_names UNIQUE (organization, name),
    FOREIGN KEY (organization, parent) REFERENCES ${s}.locations
  )`,
  // An organization and its default location name each other, so founding one is checked at commit.
  `ALTER TABLE ${s}.organizations ADD CONSTRAINT organizations_default_location
    FOREIGN KEY (id, default_location) REFERENCES ${s}.locations (organization, id) DEFERRABLE INITIALLY DEFERRED`,

  `ALTER TABLE ${s}.organizations ADD CONSTRAINT organizations_transit
    FOREIGN KEY (id, transit) REFERENCES ${s}.locations (organization, id) DEFERRABLE INITIALLY DEFERRED`,

  // A deleted category, brand or unit stays on the items that have it, and gives its name up.
  `CREATE TABLE ${s}.categories (
    organization bigint NOT NULL REFERENCES ${s}.organizations,
    id bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    active boolean NOT NULL,
    name text COLLATE "C" NOT NULL,
    description text COLLATE "C",
    PRIMARY KEY (organization, id)
  )`,
  `CREATE UNIQUE INDEX category_names ON ${s}.categories (organization, name) WHERE active`,
  `CREATE TABLE ${s}.brands (
    organization bigint NOT NULL REFERENCES ${s}.organizations,
    id bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    active boolean NOT NULL,
    name text COLLATE "C" NOT NULL,
    description text COLLATE "C",
    PRIMARY KEY (organization, id)
  )`,
  `CREATE UNIQUE INDEX brand_names ON ${s}.brands (organization, name) WHERE active`,
  `CREATE TABLE ${s}.units (
    organization bigint NOT NULL REFERENCES ${s}.organizations,
    id bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    active boolean NOT NULL,
    name text COLLATE "C" NOT NULL,
    symbol text COLLATE "C",
    scale bigint NOT NULL CHECK (scale BETWEEN 0 AND 6),
    PRIMARY KEY (organization, id)
  )`,
  `CREATE UNIQUE INDEX unit_names ON ${s}.units (organization, name) WHERE active`,
  `CREATE TABLE ${s}.partners (
    organization bigint NOT NULL REFERENCES ${s}.organizations,
    id bigint NOT NULL,
    user_id bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    active boolean NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('customer', 'supplier')),
    name text COLLATE "C",
    first_name text COLLATE "C",
    last_name text COLLATE "C",
    phone text COLLATE "C",
    email text COLLATE "C",
    address text COLLATE "C",
    PRIMARY KEY (organization, id)
  )`,
  `CREATE TABLE ${s}.reasons (
    organization bigint NOT NULL REFERENCES ${s}.organizations,
    code text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (organization, code)
  )`,
  `CREATE INDEX partners_by_kind ON ${s}.partners (organization, kind, id)`,
  `CREATE UNIQUE INDEX partner_users ON ${s}.partners (organization, kind, user_id) WHERE active`,

  // What searches compare comes before the first column that may be NULL, up to which Postgres knows where each begins.
  `CREATE TABLE ${s}.items (
    organization bigint NOT NULL,
    id bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    active boolean NOT NULL,
    has_variations boolean NOT NULL DEFAULT false,
    has_batches boolean NOT NULL DEFAULT false,
    is_kit boolean NOT NULL DEFAULT false,
    name text COLLATE "C" NOT NULL,
    sku text COLLATE "C",
    barcode text COLLATE "C",
    description text COLLATE "C",
    category bigint,
    brand bigint,
    unit bigint,
    unit_price numeric(15, 2) CHECK (unit_price >= 0),
    unit_cost numeric CHECK (unit_cost >= 0),
    price_order numeric GENERATED ALWAYS AS (coalesce(unit_price, -1)) STORED,
    created_by bigint,
    deleted_at bigint,
    kind text COLLATE "C",
    note text COLLATE "C",
    PRIMARY KEY (organization, id) INCLUDE (active, has_variations, has_batches, created_at),
    CONSTRAINT item_skus UNIQUE (organization, sku),
    CONSTRAINT item_barcodes UNIQUE (organization, barcode),
    FOREIGN KEY (organization, category) REFERENCES ${s}.categories,
    FOREIGN KEY (organization, brand) REFERENCES ${s}.brands,
    FOREIGN KEY (organization, unit) REFERENCES ${s}.units,
    CHECK (deleted_at IS NULL OR NOT active)
  )`,
  // Lists walk these without touching the wide rows. A flag more makes none of them larger.
  `CREATE INDEX items_by_name ON ${s}.items (organization, name, id)
    INCLUDE (active, has_variations, has_batches, created_at)`,
  `CREATE INDEX items_by_creation ON ${s}.items (organization, created_at, id)
    INCLUDE (active, has_variations, has_batches)`,
  `CREATE INDEX items_by_price ON ${s}.items (organization, price_order, id)
    INCLUDE (active, has_variations, has_batches, created_at)`,
  `CREATE INDEX items_by_category ON ${s}.items (organization, category, id)
    INCLUDE (active, has_variations, has_batches, created_at)`,
  /*
   * Every three letters in a row of an item's texts, for searches: pg_trgm is an extension, which not everybody may
   * install. Letters are those of Unicode, and of A to Z the small ones.
   */
  `CREATE FUNCTION ${s}.item_trigrams(organization bigint, name text, sku text, barcode text, description text)
    RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT ARRAY(
        SELECT organization::text || ':' || substr(small, n, 3) FROM generate_series(1, length(small) - 2) n
      ) FROM lower((name || E'\\n' || coalesce(sku, '') || E'\\n' || coalesce(barcode, '') || E'\\n'
        || coalesce(description, '')) COLLATE "C") small $$`,
  `CREATE INDEX items_by_trigrams ON ${s}.items
    USING gin (${s}.item_trigrams(organization, name, sku, barcode, description))`,
  // Told that most items have some letters, Postgres would read all of them and take their texts apart anew.
  `ALTER INDEX ${s}.items_by_trigrams ALTER COLUMN 1 SET STATISTICS 0`,
  // For walks through the items of all organizations.
  `CREATE INDEX items_by_id ON ${s}.items (id)`,

  `CREATE TABLE ${s}.variations (
    organization bigint NOT NULL,
    id bigint NOT NULL,
    item bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    deleted_at bigint,
    active boolean NOT NULL,
    batch_tracking boolean NOT NULL,
    price numeric(15, 2) CHECK (price >= 0),
    cost numeric CHECK (cost >= 0),
    kind text COLLATE "C",
    name text COLLATE "C" NOT NULL,
    sku text COLLATE "C",
    barcode text COLLATE "C",
    description text COLLATE "C",
    note text COLLATE "C",
    PRIMARY KEY (organization, id),
    CONSTRAINT variation_skus UNIQUE (organization, sku),
    CONSTRAINT variation_barcodes UNIQUE (organization, barcode),
    FOREIGN KEY (organization, item) REFERENCES ${s}.items,
    CHECK (active = (deleted_at IS NULL))
  )`,
  `CREATE INDEX variations_by_item ON ${s}.variations (organization, item, id)`,
  `CREATE UNIQUE INDEX variation_names ON ${s}.variations (organization, item, coalesce(kind, ''), name) WHERE active`,
  `CREATE TABLE ${s}.batches (
    organization bigint NOT NULL,
    id bigint NOT NULL,
    item bigint NOT NULL,
    variation bigint NOT NULL,
    expires_at bigint,
    best_before bigint,
    manufactured_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    deleted_at bigint,
    active boolean NOT NULL,
    quarantined boolean NOT NULL,
    cost numeric CHECK (cost >= 0),
    name text COLLATE "C" NOT NULL,
    supplier_lot text COLLATE "C",
    note text COLLATE "C",
    PRIMARY KEY (organization, id),
    FOREIGN KEY (organization, item) REFERENCES ${s}.items,
    CHECK (active = (deleted_at IS NULL))
  )`,
  `CREATE INDEX batches_by_item ON ${s}.batches (organization, item, id)`,
  // Lists walk it without touching the rows.
  `CREATE INDEX batches_listed ON ${s}.batches (organization, id) WHERE active`,
  // For the sweeper, which asks for what expired or was recalled since it last looked, anywhere.
  `CREATE INDEX batches_by_expiry ON ${s}.batches (expires_at) WHERE expires_at IS NOT NULL`,
  `CREATE INDEX batches_by_change ON ${s}.batches (updated_at)
    WHERE quarantined OR expires_at IS NOT NULL`,
  `CREATE UNIQUE INDEX batch_names ON ${s}.batches (organization, item, variation, name) WHERE active`,
  // What goes into one unit of a kit, in the order given.
  `CREATE TABLE ${s}.kit_components (
    organization bigint NOT NULL,
    kit bigint NOT NULL,
    position bigint NOT NULL,
    item bigint NOT NULL,
    variation bigint NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (organization, kit, position),
    FOREIGN KEY (organization, kit) REFERENCES ${s}.items,
    FOREIGN KEY (organization, item) REFERENCES ${s}.items,
    CHECK (kit <> item)
  )`,
  `CREATE INDEX kit_components_by_item ON ${s}.kit_components (organization, item)`
]
