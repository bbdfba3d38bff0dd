/** What rows of a table are counted by: what lists are filtered by most, and any number of rows have in common. */
interface Counted {
  readonly table: "items" | "batches"
  readonly tallies: "item_tallies" | "batch_tallies"
  readonly by: Readonly<Record<string, "bigint" | "boolean" | "text">>
  /** Columns, `bigint`, that are NULL for none: an index finds it only if it is a value there. */
  readonly terms: ReadonlyArray<string>
}

const items: Counted = {
  table: "items",
  tallies: "item_tallies",
  by: {
    organization: "bigint",
    category: "bigint",
    brand: "bigint",
    unit: "bigint",
    active: "boolean",
    has_variations: "boolean",
    has_batches: "boolean",
    kind: "text"
  },
  terms: ["category", "brand", "unit"]
}

const batches: Counted = {
  table: "batches",
  tallies: "batch_tallies",
  by: { organization: "bigint", active: "boolean" },
  terms: []
}

/**
 * How many items each organization has of each kind there is of them, and how many batches, for lists say with every
 * page how long they are, and Postgres would count rows one by one.
 *
 * A count is the sum of rows: a transaction takes one that no other has locked, or makes one, and so nobody waits for
 * anybody, and what is committed adds up. A row that comes to nothing is deleted.
 */
export const tallies = (s: string): ReadonlyArray<string> =>
  [items, batches].flatMap((counted) => talliesOf(s, counted))

const talliesOf = (s: string, { table, tallies, by, terms }: Counted): ReadonlyArray<string> => {
  const names = Object.keys(by)
  const columns = names.join(", ")
  const of = (row: string): string => names.map((name) => `${row}.${name}`).join(", ")
  const termsOf = (prefix: string): string => terms.map((column) => `coalesce(${prefix}${column}, 0)`).join(", ")
  const nullable = (name: string): boolean => terms.includes(name) || by[name] === "text"
  const column = (name: string): string =>
    `${name} ${by[name]}${by[name] === "text" ? ' COLLATE "C"' : ""}${nullable(name) ? "" : " NOT NULL"}`
  const tally = `tally_${table}`
  return [
    `CREATE TABLE ${s}.${tallies} (
      row_id bigint NOT NULL,
      ${table} bigint NOT NULL,
      ${names.map(column).join(",\n      ")},
      PRIMARY KEY (organization, row_id)
    ) WITH (fillfactor = 50)`,
    ...(terms.length === 0
      ? []
      : [`CREATE INDEX ${tallies}_by_terms ON ${s}.${tallies} (organization, ${termsOf("")})`]),
    `CREATE FUNCTION ${s}.${tally}(change bigint, ${Object.entries(by)
      .map((each) => each.join(" "))
      .join(", ")}) RETURNS void LANGUAGE plpgsql
      SET enable_seqscan = off AS $$
      DECLARE
        taken bigint;
        left_over bigint;
      BEGIN
        UPDATE ${s}.${tallies} t SET ${table} = t.${table} + change
          WHERE t.organization = ${tally}.organization AND t.row_id = (
            SELECT o.row_id FROM ${s}.${tallies} o WHERE o.organization = ${tally}.organization
              ${terms.length === 0 ? "" : `AND (${termsOf("o.")}) = (${termsOf(`${tally}.`)})`}
              AND (${of("o")}) IS NOT DISTINCT FROM (${of(tally)})
            LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING t.row_id, t.${table} INTO taken, left_over;
        IF left_over = 0 THEN
          DELETE FROM ${s}.${tallies} t WHERE t.organization = ${tally}.organization AND t.row_id = taken;
        ELSIF taken IS NULL THEN
          INSERT INTO ${s}.${tallies} (row_id, ${table}, ${columns})
            VALUES (floor(random() * ${Number.MAX_SAFE_INTEGER}), change, ${of(tally)});
        END IF;
      END $$`,
    `CREATE FUNCTION ${s}.${tally}_added() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM ${s}.${tally}(n, ${columns}) FROM (SELECT count(*) AS n, ${columns} FROM added GROUP BY ${columns}) each;
        RETURN NULL;
      END $$`,
    `CREATE TRIGGER tally_added AFTER INSERT ON ${s}.${table} REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION ${s}.${tally}_added()`,
    `CREATE FUNCTION ${s}.${tally}_changed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM ${s}.${tally}(-1, ${of("OLD")});
        IF TG_OP = 'UPDATE' THEN
          PERFORM ${s}.${tally}(1, ${of("NEW")});
        END IF;
        RETURN NULL;
      END $$`,
    `CREATE TRIGGER tally_changed AFTER UPDATE ON ${s}.${table} FOR EACH ROW
      WHEN ((${of("OLD")}) IS DISTINCT FROM (${of("NEW")}))
      EXECUTE FUNCTION ${s}.${tally}_changed()`,
    `CREATE TRIGGER tally_deleted AFTER DELETE ON ${s}.${table} FOR EACH ROW
      EXECUTE FUNCTION ${s}.${tally}_changed()`
  ]
}
