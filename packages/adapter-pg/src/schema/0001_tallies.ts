/** What items are counted by: what lists are filtered by most, and any number of items have in common. */
const counted = {
  organization: "bigint",
  category: "bigint",
  brand: "bigint",
  unit: "bigint",
  active: "boolean",
  has_variations: "boolean",
  has_batches: "boolean",
  kind: "text"
} as const
const names = Object.keys(counted)
const columns = names.join(", ")
const of = (row: string): string => names.map((name) => `${row}.${name}`).join(", ")

/** NULL for none is found by an index only if it is a value there. */
const terms = (prefix: string): string =>
  ["category", "brand", "unit"].map((column) => `coalesce(${prefix}${column}, 0)`).join(", ")

/**
 * How many items each organization has of each kind there is of them, for lists say with every page how long they are,
 * and Postgres would count rows one by one.
 *
 * A count is the sum of rows: a transaction takes one that no other has locked, or makes one, and so nobody waits for
 * anybody, and what is committed adds up. A row that comes to nothing is deleted.
 */
export const tallies = (s: string): ReadonlyArray<string> => [
  `CREATE TABLE ${s}.item_tallies (
    organization bigint NOT NULL,
    row_id bigint NOT NULL,
    items bigint NOT NULL,
    category bigint,
    brand bigint,
    unit bigint,
    active boolean NOT NULL,
    has_variations boolean NOT NULL,
    has_batches boolean NOT NULL,
    kind text COLLATE "C",
    PRIMARY KEY (organization, row_id)
  ) WITH (fillfactor = 50)`,
  `CREATE INDEX item_tallies_by_terms ON ${s}.item_tallies (organization, ${terms("")})`,
  `CREATE FUNCTION ${s}.tally(change bigint, ${Object.entries(counted)
    .map((each) => each.join(" "))
    .join(", ")}) RETURNS void LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
    DECLARE
      taken bigint;
      left_over bigint;
    BEGIN
      UPDATE ${s}.item_tallies t SET items = t.items + change
        WHERE t.organization = tally.organization AND t.row_id = (
          SELECT o.row_id FROM ${s}.item_tallies o WHERE o.organization = tally.organization
            AND (${terms("o.")}) = (${terms("tally.")})
            AND (${of("o")}) IS NOT DISTINCT FROM (${of("tally")})
          LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING t.row_id, t.items INTO taken, left_over;
      IF left_over = 0 THEN
        DELETE FROM ${s}.item_tallies t WHERE t.organization = tally.organization AND t.row_id = taken;
      ELSIF taken IS NULL THEN
        INSERT INTO ${s}.item_tallies (row_id, items, ${columns})
          VALUES (floor(random() * ${Number.MAX_SAFE_INTEGER}), change, ${of("tally")});
      END IF;
    END $$`,
  `CREATE FUNCTION ${s}.tally_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM ${s}.tally(n, ${columns}) FROM (SELECT count(*) AS n, ${columns} FROM added GROUP BY ${columns}) each;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER tally_added AFTER INSERT ON ${s}.items REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.tally_added()`,
  `CREATE FUNCTION ${s}.tally_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM ${s}.tally(-1, ${of("OLD")});
      IF TG_OP = 'UPDATE' THEN
        PERFORM ${s}.tally(1, ${of("NEW")});
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER tally_changed AFTER UPDATE ON ${s}.items FOR EACH ROW
    WHEN ((${of("OLD")}) IS DISTINCT FROM (${of("NEW")}))
    EXECUTE FUNCTION ${s}.tally_changed()`,
  `CREATE TRIGGER tally_deleted AFTER DELETE ON ${s}.items FOR EACH ROW EXECUTE FUNCTION ${s}.tally_changed()`
]
