/**
 * Which transactions have changed items or categories of which organization: what a search found holds as long as none
 * did that it has not seen.
 *
 * A transaction that begins after another has ended takes its place, for who has not seen the one has not seen the other
 * either. So there are about as many rows of an organization as have ever changed its catalogue at once.
 */
export const catalogChanges = (s: string): ReadonlyArray<string> => [
  `CREATE TABLE ${s}.catalog_changes (
    organization bigint NOT NULL,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (organization, transaction_id)
  )`,
  `CREATE FUNCTION ${s}.note_catalog_change() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
    BEGIN
      INSERT INTO ${s}.catalog_changes (organization) SELECT DISTINCT organization FROM changed ON CONFLICT DO NOTHING;
      IF FOUND THEN
        DELETE FROM ${s}.catalog_changes o USING (
          SELECT c.organization, c.transaction_id FROM (SELECT DISTINCT organization FROM changed) each
          JOIN ${s}.catalog_changes c ON c.organization = each.organization
            AND c.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
          FOR UPDATE OF c SKIP LOCKED
        ) past WHERE o.organization = past.organization AND o.transaction_id = past.transaction_id;
      END IF;
      RETURN NULL;
    END $$`,
  ...["items", "categories"].flatMap((table) =>
    [
      ["INSERT", "NEW"],
      ["UPDATE", "NEW"],
      ["DELETE", "OLD"]
    ].map(
      ([change = "", rows]) => `CREATE TRIGGER note_${change.toLowerCase()} AFTER ${change} ON ${s}.${table}
        REFERENCING ${rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${s}.note_catalog_change()`
    )
  )
]
