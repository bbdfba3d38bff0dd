const refuse = (s: string, table: string, change: string): string =>
  `CREATE TRIGGER refuse_change BEFORE ${change} ON ${s}.${table}
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.refuse()`

/**
 * Checks, once per INSERT, that everything the new rows name is there. `orphans` selects one row if not. Whoever inserts
 * by the hundred has the planner look up every row by its key (`store_changes`, or the connection itself).
 */
const belongs = (s: string, table: string, orphans: string): ReadonlyArray<string> => [
  `CREATE FUNCTION ${s}.${table}_belong() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (${orphans}) THEN
        RAISE EXCEPTION 'A row of % names what is not there', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER belong AFTER INSERT ON ${s}.${table} REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.${table}_belong()`
]

/**
 * `+ 0` keeps the planner from looking for a leaf in the index by location, which it does while a new database has no
 * statistics: every row would then be compared with all leaves of its location.
 */
const leafOf = (s: string, leaves: string): string =>
  `SELECT FROM (${leaves}) leaf
      WHERE NOT EXISTS (SELECT FROM ${s}.balances b WHERE b.organization = leaf.organization AND b.item = leaf.item
        AND b.location + 0 = leaf.location AND b.variation = leaf.variation AND b.batch = leaf.batch)`

const organizationOf = (s: string): string =>
  `SELECT FROM (SELECT DISTINCT organization FROM added) each
      WHERE NOT EXISTS (SELECT FROM ${s}.organizations o WHERE o.id = each.organization)`

/**
 * What the database refuses whoever asks: a ledger that changes, and rows that belong to nothing.
 *
 * Movements, hold lines and recorded outcomes come by the hundred in one statement, and a foreign key is checked row
 * by row, at several times the cost of the row itself. So these are checked once per statement, all rows together.
 * That is as good as a foreign key because no leaf and no organization is ever deleted or renamed, which is refused
 * too.
 */
export const guards = (s: string): ReadonlyArray<string> => [
  `CREATE FUNCTION ${s}.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$`,
  `CREATE FUNCTION ${s}.refuse_unless_clearing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_setting('stockbook.clearing', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'Events are only deleted by clear_outbox' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER refuse_delete BEFORE DELETE ON ${s}.outbox
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.refuse_unless_clearing()`,
  refuse(s, "movements", "UPDATE OR DELETE OR TRUNCATE"),
  refuse(s, "outbox", "UPDATE OR TRUNCATE"),
  refuse(s, "balances", "DELETE OR TRUNCATE"),
  refuse(s, "item_stock", "DELETE OR TRUNCATE"),
  refuse(s, "hold_lines", "DELETE OR TRUNCATE"),
  refuse(s, "organizations", "DELETE OR TRUNCATE"),
  `CREATE TRIGGER refuse_renaming BEFORE UPDATE OF organization, item, location, variation, batch ON ${s}.balances
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.refuse()`,
  `CREATE TRIGGER refuse_renaming BEFORE UPDATE OF id ON ${s}.organizations
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.refuse()`,
  ...belongs(
    s,
    "movements",
    leafOf(
      s,
      `SELECT organization, item, from_location AS location, from_variation AS variation, from_batch AS batch
          FROM added WHERE from_location IS NOT NULL
        UNION SELECT organization, item, to_location, to_variation, to_batch
          FROM added WHERE to_location IS NOT NULL AND (to_location, to_variation, to_batch)
            IS DISTINCT FROM (from_location, from_variation, from_batch)`
    )
  ),
  ...belongs(s, "hold_lines", leafOf(s, "SELECT DISTINCT organization, item, location, variation, batch FROM added")),
  ...belongs(s, "idempotency", organizationOf(s))
]
