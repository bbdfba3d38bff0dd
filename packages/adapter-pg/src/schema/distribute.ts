import { defaultSchema, quoted } from "../client/connect.ts"

/** Tables whose rows lie where their organization's do, in an order in which each comes after those it refers to. */
export const distributed = [
  "locations",
  "categories",
  "brands",
  "units",
  "partners",
  "reasons",
  "items",
  "item_tallies",
  "catalog_changes",
  "variations",
  "batches",
  "batch_tallies",
  "kit_components",
  "item_stock",
  "low_tallies",
  "balances",
  "movements",
  "hold_lines",
  "documents",
  "document_items",
  "serials",
  "idempotency",
  "outbox"
] as const

/** The end of a name that leads to the foreign keys to be made again. */
const kept = "stockbook_foreign_keys"

/**
 * The statements that spread a migrated, still empty schema over the servers of a Citus cluster, in order; run them
 * once, in one session on the coordinator, as the owner of the tables. A store is then opened with `sharded: true`. The
 * test suite runs these statements, and the whole contract after them, on plain Postgres with stand-ins for Citus's
 * functions; **they have not been run against Citus itself.**
 *
 * - Every table with an organization is distributed by it and colocated with `organizations`, which is by its `id`.
 *   Primary keys, unique constraints and foreign keys between them all begin with it, as Citus demands. The foreign keys
 *   are dropped before and made again afterwards.
 * - `subscriptions`, `users`, `deliveries`, `eras` and `stockbook_migrations` stay ordinary tables of the coordinator: e-mail
 *   addresses are unique in the store, and subscribers and deliveries are of all organizations. Citus refuses foreign
 *   keys from those to distributed tables, so `users` and `deliveries` lose theirs. There are no reference tables.
 * - Sequences stay on the coordinator, and so does the numbering of transactions by which the feed is ordered: every
 *   process connects to the coordinator.
 * - Citus refuses triggers on distributed tables, so these are dropped: the database no longer refuses changed movements
 *   by itself, nor movements, holds and recorded outcomes that belong to nothing. Give the role of the processes no
 *   right to UPDATE, DELETE or TRUNCATE `movements`. All CHECKs remain.
 *   Nothing keeps `item_tallies`, `batch_tallies` and `low_tallies` any more: a sharded store counts one by
 *   one. Nor does anything keep `catalog_changes`: it searches anew for each page.
 * - The functions `store_changes`, `clear_idempotency` and `clear_outbox` touch several tables at once and are not for a
 *   cluster. The sharded store does without the first; `PgRetention.clear` calls the others, so clear there with a DELETE
 *   for each organization: from `idempotency` what is old, and from `outbox` what is old and every subscriber has passed.
 */
export const distribute = (schema = defaultSchema): ReadonlyArray<string> => {
  const s = quoted(schema)
  const text = `'${s.replaceAll("'", "''")}'`
  const name = (table: string) => `${text.slice(0, -1)}.${table}'`
  const tables = [name("organizations"), ...distributed.map(name)].join(", ")
  return [
    `CREATE TEMPORARY TABLE ${kept} AS
      SELECT conrelid::regclass AS relation, confrelid::regclass AS target, conname AS name,
        pg_get_constraintdef(oid) AS definition
      FROM pg_constraint WHERE contype = 'f' AND connamespace = to_regnamespace(${text})`,
    `DO $$
      DECLARE
        each record;
      BEGIN
        FOR each IN SELECT * FROM ${kept} LOOP
          EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.relation, each.name);
        END LOOP;
        FOR each IN SELECT tgrelid::regclass AS relation, tgname AS name FROM pg_trigger
          WHERE NOT tgisinternal AND tgrelid = ANY (ARRAY[${tables}]::regclass[])
        LOOP
          EXECUTE format('DROP TRIGGER %I ON %s', each.name, each.relation);
        END LOOP;
      END $$`,
    `SELECT create_distributed_table(${name("organizations")}, 'id')`,
    ...distributed.map(
      (table) =>
        `SELECT create_distributed_table(${name(table)}, 'organization', colocate_with => ${name("organizations")})`
    ),
    `DO $$
      DECLARE
        each record;
      BEGIN
        FOR each IN SELECT * FROM ${kept} WHERE relation = ANY (ARRAY[${tables}]::regclass[]) LOOP
          EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', each.relation, each.name, each.definition);
        END LOOP;
      END $$`,
    `DROP TABLE ${kept}`
  ]
}
