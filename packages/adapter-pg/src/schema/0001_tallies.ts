/** What rows of a table are counted by: what lists are filtered by most, and any number of rows have in common. */
interface Counted {
  readonly table: "items" | "batches" | "item_stock"
  readonly tallies: "item_tallies" | "batch_tallies" | "low_tallies"
  /** The column of the counts. */
  readonly counts: "items" | "batches"
  readonly by: Readonly<Record<string, "bigint" | "boolean" | "text">>
  /** Columns, `bigint`, that are NULL for none: an index finds it only if it is a value there. */
  readonly terms: ReadonlyArray<string>
}

const items: Counted = {
  table: "items",
  tallies: "item_tallies",
  counts: "items",
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
  counts: "batches",
  by: { organization: "bigint", active: "boolean" },
  terms: []
}

/** Items that are low on stock. */
const low: Counted = {
  table: "item_stock",
  tallies: "low_tallies",
  counts: "items",
  by: { organization: "bigint", active: "boolean" },
  terms: []
}

/**
 * How many items each organization has of each kind there is of them, how many are low on stock, and how many batches
 * there are, for lists say with every page how long they are, and Postgres would count rows one by one.
 *
 * A count is the sum of rows: a transaction takes one that no other has locked, or makes one, and so nobody waits for
 * anybody, and what is committed adds up. A row that comes to nothing is deleted.
 */
export const tallies = (s: string): ReadonlyArray<string> => [
  ...[items, batches].flatMap((counted) => [...tallyOf(s, counted), ...countingRows(s, counted)]),
  ...tallyOf(s, low),
  ...countingLow(s)
]

/** The columns of a kind, of a row. */
const columnsOf = ({ by }: Counted, row?: string): string =>
  Object.keys(by)
    .map((name) => (row === undefined ? name : `${row}.${name}`))
    .join(", ")

/** The table of the counts, and the function that changes the count of a kind. */
const tallyOf = (s: string, counted: Counted): ReadonlyArray<string> => {
  const { table, tallies, counts, by, terms } = counted
  const termsOf = (prefix: string): string => terms.map((column) => `coalesce(${prefix}${column}, 0)`).join(", ")
  const nullable = (name: string): boolean => terms.includes(name) || by[name] === "text"
  const column = (name: string): string =>
    `${name} ${by[name]}${by[name] === "text" ? ' COLLATE "C"' : ""}${nullable(name) ? "" : " NOT NULL"}`
  const tally = `tally_${table}`
  return [
    `CREATE TABLE ${s}.${tallies} (
      row_id bigint NOT NULL,
      ${counts} bigint NOT NULL,
      ${Object.keys(by).map(column).join(",\n      ")},
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
        UPDATE ${s}.${tallies} t SET ${counts} = t.${counts} + change
          WHERE t.organization = ${tally}.organization AND t.row_id = (
            SELECT o.row_id FROM ${s}.${tallies} o WHERE o.organization = ${tally}.organization
              ${terms.length === 0 ? "" : `AND (${termsOf("o.")}) = (${termsOf(`${tally}.`)})`}
              AND (${columnsOf(counted, "o")}) IS NOT DISTINCT FROM (${columnsOf(counted, tally)})
            LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING t.row_id, t.${counts} INTO taken, left_over;
        IF left_over = 0 THEN
          DELETE FROM ${s}.${tallies} t WHERE t.organization = ${tally}.organization AND t.row_id = taken;
        ELSIF taken IS NULL THEN
          INSERT INTO ${s}.${tallies} (row_id, ${counts}, ${columnsOf(counted)})
            VALUES (floor(random() * ${Number.MAX_SAFE_INTEGER}), change, ${columnsOf(counted, tally)});
        END IF;
      END $$`
  ]
}

/** Counts the rows that a statement adds, those that are `where`. */
const countingAdded = (s: string, counted: Counted, where = "true"): ReadonlyArray<string> => {
  const tally = `tally_${counted.table}`
  const columns = columnsOf(counted)
  return [
    `CREATE FUNCTION ${s}.${tally}_added() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM ${s}.${tally}(n, ${columns})
          FROM (SELECT count(*) AS n, ${columns} FROM added WHERE ${where} GROUP BY ${columns}) each;
        RETURN NULL;
      END $$`,
    `CREATE TRIGGER tally_added AFTER INSERT ON ${s}.${counted.table} REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION ${s}.${tally}_added()`
  ]
}

/** Counts each row of a table by the kind it is of. */
const countingRows = (s: string, counted: Counted): ReadonlyArray<string> => {
  const { table } = counted
  const tally = `tally_${table}`
  const [before, after] = [columnsOf(counted, "OLD"), columnsOf(counted, "NEW")]
  return [
    ...countingAdded(s, counted),
    `CREATE FUNCTION ${s}.${tally}_changed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM ${s}.${tally}(-1, ${before});
        IF TG_OP = 'UPDATE' THEN
          PERFORM ${s}.${tally}(1, ${after});
        END IF;
        RETURN NULL;
      END $$`,
    `CREATE TRIGGER tally_changed AFTER UPDATE ON ${s}.${table} FOR EACH ROW
      WHEN ((${before}) IS DISTINCT FROM (${after}))
      EXECUTE FUNCTION ${s}.${tally}_changed()`,
    `CREATE TRIGGER tally_deleted AFTER DELETE ON ${s}.${table} FOR EACH ROW
      EXECUTE FUNCTION ${s}.${tally}_changed()`
  ]
}

/**
 * Counts items that become low on stock, or are so no longer: thousands may at once, and most changes of stock make
 * none. So each only notes it in a setting of the transaction, and when its statement ends the notes are counted. What
 * is noted there is of one kind: of an organization, and active or not. No row of stock is ever deleted.
 */
const countingLow = (s: string): ReadonlyArray<string> => {
  const noted = "current_setting('stockbook.low', true)"
  return [
    ...countingAdded(s, low, "low"),
    `CREATE FUNCTION ${s}.count_noted_low() RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        noted constant text[] := string_to_array(${noted}, ' ');
      BEGIN
        PERFORM set_config('stockbook.low', '', true);
        IF noted[3] <> '0' THEN
          PERFORM ${s}.tally_item_stock(noted[3]::bigint, noted[1]::bigint, noted[2]::boolean);
        END IF;
      END $$`,
    `CREATE FUNCTION ${s}.note_low(change bigint, organization bigint, active boolean) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        kind constant text := organization || ' ' || active;
        noted constant text := ${noted};
      BEGIN
        IF starts_with(noted, kind || ' ') THEN
          change := change + split_part(noted, ' ', 3)::bigint;
        ELSIF noted <> '' THEN
          PERFORM ${s}.count_noted_low();
        END IF;
        PERFORM set_config('stockbook.low', kind || ' ' || change, true);
      END $$`,
    `CREATE FUNCTION ${s}.low_changed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.low THEN
          PERFORM ${s}.note_low(-1, OLD.organization, OLD.active);
        END IF;
        IF NEW.low THEN
          PERFORM ${s}.note_low(1, NEW.organization, NEW.active);
        END IF;
        RETURN NULL;
      END $$`,
    `CREATE FUNCTION ${s}.low_counted() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF ${noted} <> '' THEN
          PERFORM ${s}.count_noted_low();
        END IF;
        RETURN NULL;
      END $$`,
    `CREATE TRIGGER tally_changed AFTER UPDATE ON ${s}.item_stock FOR EACH ROW
      WHEN ((OLD.low IS TRUE, OLD.active) IS DISTINCT FROM (NEW.low IS TRUE, NEW.active))
      EXECUTE FUNCTION ${s}.low_changed()`,
    `CREATE TRIGGER tally_noted AFTER UPDATE ON ${s}.item_stock FOR EACH STATEMENT
      EXECUTE FUNCTION ${s}.low_counted()`
  ]
}
