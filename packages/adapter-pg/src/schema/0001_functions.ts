import { noNumber } from "../client/parameters.ts"
import { accounts, statuses } from "./0001_tables.ts"

/** The value at a place of the row that starts at `r`, which may be NULL. */
const orNull = (numbers: string, place: number): string => `nullif(${numbers}[r + ${place}], ${noNumber})`
const values = (numbers: string, from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, n) => `${numbers}[r + ${from + n}]`).join(", ")

/** How the rows to change are gone through, and where in it a number of the row at `r` is. */
interface Rows {
  readonly from: { readonly items: string; readonly settled: string }
  readonly place: (place: number) => string
}

const plain: Rows = {
  from: {
    items: "generate_series(0, cardinality(item_numbers) - 1, 12) r",
    settled: "unnest(settled_statuses) WITH ORDINALITY AS row(status, n), LATERAL (SELECT (n::int - 1) * 9) AS start(r)"
  },
  place: (place) => `r + ${place}`
}

/**
 * Behind a policy an index is only searched for what cannot fail, and so give away what it was compared with, as a sum
 * can, which may be too large. So the sums are done before.
 */
const beforehand: Rows = {
  from: {
    items: `(SELECT r, r + 1 AS r1, r + 2 AS r2 FROM generate_series(0, cardinality(item_numbers) - 1, 12) r
        OFFSET 0) row`,
    settled: `(SELECT status, start AS r, start + 1 AS r1, start + 2 AS r2, start + 3 AS r3
        FROM (SELECT status, (n::int - 1) * 9 AS start
          FROM unnest(settled_statuses) WITH ORDINALITY AS each(status, n)) each OFFSET 0) row`
  },
  place: (place) => `r${place}`
}

/**
 * Stores what a folded batch changed, if the guard holds; an empty guard always does. One call is one round trip and,
 * unless it runs in a transaction, one commit.
 *
 * Rows come as one flat array of numbers per table, so many to a row, and an array for each column of texts. A number
 * is found by its place: that is cheaper than to unnest as many arrays side by side, as long as there is no NULL in the
 * array, which is why a number stands for it. The places are those of `stock/encode.ts`.
 *
 * As this is a function and not one statement, each of its statements sees what was committed before it began: what
 * is read after the locks are taken is what the locks protect.
 *
 * An array of texts that are all NULL may come empty: there is nothing at any of its places either.
 *
 * It answers -1, and has written nothing, when the guard is broken; otherwise the first id of a fresh block, if one is
 * wanted, or 0. It fails, and everything with it, when a constraint is violated or a row to change is not there.
 *
 * Its settings keep the plan the same whatever the tables hold: every row is found by its key.
 */
const storeChanges = (s: string, { from, place }: Rows): string => `FUNCTION ${s}.store_changes(
    wants_ids boolean, guard_versions bigint[], guard_locations bigint[],
    guard_key_organizations bigint[], guard_keys text[],
    guard_reference_organizations bigint[], guard_references text[],
    item_numbers bigint[], item_details text[], balance_numbers bigint[],
    settled_numbers bigint[], settled_statuses text[],
    hold_numbers bigint[], hold_fingerprints text[], hold_references text[],
    movement_numbers bigint[], movement_causes text[],
    movement_reasons text[], movement_references text[], movement_notes text[], movement_details text[],
    event_numbers bigint[], events text[],
    record_organizations bigint[], record_keys text[], record_fingerprints text[], record_outcomes text[]
  ) RETURNS bigint LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  rows bigint;
  moment bigint;
  statuses constant ${s}.hold_status[] := '{${statuses}}';
  accounts constant ${s}.account[] := '{${accounts}}';
BEGIN
  IF cardinality(guard_versions) > 0 THEN
    WITH locked AS MATERIALIZED (
      SELECT s.version = guard_versions[g + 3] AS same
      FROM generate_series(0, cardinality(guard_versions) - 1, 3) g
      JOIN ${s}.item_stock s ON s.organization = guard_versions[g + 1] AND s.item = guard_versions[g + 2]
      ORDER BY s.item FOR UPDATE OF s
    ) SELECT count(*) FROM locked WHERE same INTO rows;
    IF rows * 3 <> cardinality(guard_versions) THEN RETURN -1; END IF;
  END IF;
  IF cardinality(guard_locations) > 0 THEN
    PERFORM FROM generate_series(0, cardinality(guard_locations) - 1, 2) g
      JOIN ${s}.locations l ON l.organization = guard_locations[g + 1] AND l.id = guard_locations[g + 2]
      WHERE l.active ORDER BY l.id FOR SHARE OF l;
    GET DIAGNOSTICS rows = ROW_COUNT;
    IF rows * 2 <> cardinality(guard_locations) THEN RETURN -1; END IF;
  END IF;
  IF cardinality(guard_keys) > 0 THEN
    PERFORM FROM generate_subscripts(guard_keys, 1) g
      JOIN ${s}.idempotency i ON i.organization = guard_key_organizations[g] AND i.key = guard_keys[g];
    IF FOUND THEN RETURN -1; END IF;
  END IF;
  IF cardinality(guard_references) > 0 THEN
    PERFORM FROM generate_subscripts(guard_references, 1) g
      JOIN ${s}.hold_lines h ON h.organization = guard_reference_organizations[g] AND h.reference = guard_references[g]
        AND h.line = 0 AND h.status IN ('open', 'fulfilled');
    IF FOUND THEN RETURN -1; END IF;
  END IF;

  IF cardinality(item_numbers) > 0 THEN
    UPDATE ${s}.item_stock s SET version = item_numbers[r + 3], opened_at = ${orNull("item_numbers", 4)},
        low_stock_threshold = ${orNull("item_numbers", 5)}, alert = item_numbers[r + 6] = 1, clock = item_numbers[r + 7],
        available = item_numbers[r + 8], reserved = item_numbers[r + 9], committed = item_numbers[r + 10],
        quarantined = item_numbers[r + 11], negative_limit = item_numbers[r + 12], details = item_details[r / 12 + 1]
      FROM ${from.items}
      WHERE s.organization = item_numbers[${place(1)}] AND s.item = item_numbers[${place(2)}];
    GET DIAGNOSTICS rows = ROW_COUNT;
    IF rows * 12 <> cardinality(item_numbers) THEN
      RAISE EXCEPTION 'An item to change is not there' USING ERRCODE = 'data_corrupted';
    END IF;
  END IF;
  IF cardinality(balance_numbers) > 0 THEN
    INSERT INTO ${s}.balances
        (organization, item, location, variation, batch, available, reserved, committed, quarantined, negative_limit)
      SELECT ${values("balance_numbers", 1, 10)}
      FROM generate_series(0, cardinality(balance_numbers) - 1, 10) r
      ON CONFLICT (organization, item, location, variation, batch) DO UPDATE SET available = excluded.available,
        reserved = excluded.reserved, committed = excluded.committed, quarantined = excluded.quarantined,
        negative_limit = excluded.negative_limit;
  END IF;
  -- Before new holds: one that gives its reference up must be over before another takes it.
  IF cardinality(settled_numbers) > 0 THEN
    UPDATE ${s}.hold_lines h SET status = row.status::${s}.hold_status, expires_at = ${orNull("settled_numbers", 4)},
        reserved = settled_numbers[r + 5], committed = settled_numbers[r + 6], fulfilled = settled_numbers[r + 7],
        released = settled_numbers[r + 8], expired = settled_numbers[r + 9]
      FROM ${from.settled}
      WHERE h.organization = settled_numbers[${place(1)}] AND h.hold = settled_numbers[${place(2)}]
        AND h.line = settled_numbers[${place(3)}];
    GET DIAGNOSTICS rows = ROW_COUNT;
    IF rows <> cardinality(settled_statuses) THEN
      RAISE EXCEPTION 'A hold to change is not there' USING ERRCODE = 'data_corrupted';
    END IF;
  END IF;
  IF cardinality(hold_numbers) > 0 THEN
    INSERT INTO ${s}.hold_lines
        (organization, hold, line, created_at, item, variation, batch, location,
         held, reserved, committed, fulfilled, released, expired, expires_at, status, fingerprint, reference)
      SELECT ${values("hold_numbers", 1, 14)}, ${orNull("hold_numbers", 15)},
        statuses[hold_numbers[r + 16]], fingerprint, reference
      FROM (SELECT generate_series(0, cardinality(hold_numbers) - 1, 16) AS r,
        unnest(hold_fingerprints) AS fingerprint, unnest(hold_references) AS reference) AS row;
  END IF;
  IF cardinality(movement_numbers) > 0 THEN
    INSERT INTO ${s}.movements
        (organization, id, item, quantity, available_after, on_hand_after, at,
         from_location, from_variation, from_batch, to_location, to_variation, to_batch, hold, actor,
         from_account, to_account, cause, reason, reference, note, details)
      SELECT ${values("movement_numbers", 1, 7)},
        ${[8, 9, 10, 11, 12, 13, 14, 15].map((place) => orNull("movement_numbers", place)).join(", ")},
        accounts[movement_numbers[r + 16]], accounts[movement_numbers[r + 17]],
        cause, reason, reference, note, details
      FROM (SELECT generate_series(0, cardinality(movement_numbers) - 1, 17) AS r, unnest(movement_causes) AS cause,
        unnest(movement_reasons) AS reason, unnest(movement_references) AS reference, unnest(movement_notes) AS note,
        unnest(movement_details) AS details) AS row;
  END IF;
  IF cardinality(event_numbers) > 0 THEN
    INSERT INTO ${s}.outbox (organization, id, at, event)
      SELECT ${values("event_numbers", 1, 3)}, event::json
      FROM unnest(events) WITH ORDINALITY AS row(event, n), LATERAL (SELECT (n::int - 1) * 3) AS start(r);
  END IF;
  IF cardinality(record_organizations) > 0 THEN
    moment := floor(extract(epoch FROM clock_timestamp()) * 1000);
    INSERT INTO ${s}.idempotency (organization, at, key, fingerprint, outcome)
      SELECT unnest(record_organizations), moment, unnest(record_keys), unnest(record_fingerprints),
        unnest(record_outcomes);
  END IF;
  RETURN CASE WHEN wants_ids THEN nextval('${s}.ledger_ids') ELSE 0 END;
END $$`

/** Deletes recorded outcomes older than `before` (epoch milliseconds), at most `most` of them; answers how many. */
const clearIdempotency = (s: string): string => `CREATE FUNCTION ${s}.clear_idempotency(before bigint, most bigint)
  RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  cleared bigint;
BEGIN
  DELETE FROM ${s}.idempotency i USING (
    SELECT organization, key FROM ${s}.idempotency WHERE at < before LIMIT most FOR UPDATE SKIP LOCKED
  ) old WHERE i.organization = old.organization AND i.key = old.key;
  GET DIAGNOSTICS cleared = ROW_COUNT;
  RETURN cleared;
END $$`

/**
 * Deletes events older than `before` (epoch milliseconds) that every subscriber has passed, at most `most` of them;
 * answers how many. No other DELETE of events is let through.
 */
const clearOutbox = (s: string): string => `CREATE FUNCTION ${s}.clear_outbox(before bigint, most bigint)
  RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  cleared bigint;
BEGIN
  PERFORM set_config('stockbook.clearing', 'on', true);
  DELETE FROM ${s}.outbox o USING (
    SELECT e.organization, e.id FROM ${s}.outbox e
    CROSS JOIN LATERAL (SELECT max(number) AS number FROM ${s}.eras WHERE first_id <= e.id) era
    WHERE e.at < before
      AND (e.transaction_id < pg_snapshot_xmin(pg_current_snapshot()) OR era.number < (SELECT max(number) FROM ${s}.eras))
      AND NOT EXISTS (SELECT FROM ${s}.subscriptions WHERE CASE WHEN cursor = '' THEN true
        ELSE (era.number, e.transaction_id, e.id) >
          (split_part(cursor, ':', 1)::int, split_part(cursor, ':', 2)::xid8, split_part(cursor, ':', 3)::bigint) END)
    ORDER BY e.transaction_id, e.id LIMIT most FOR UPDATE OF e SKIP LOCKED
  ) old WHERE o.organization = old.organization AND o.id = old.id;
  GET DIAGNOSTICS cleared = ROW_COUNT;
  PERFORM set_config('stockbook.clearing', 'off', true);
  RETURN cleared;
END $$`

/** The functions of the first schema. One that is to take other parameters is made anew beside the old. */
export const functions = (s: string): ReadonlyArray<string> => [
  `CREATE ${storeChanges(s, plain)}`,
  clearIdempotency(s),
  clearOutbox(s)
]

/** The same function for tables with policies. */
export const functionBehindPolicies = (s: string): string => `CREATE OR REPLACE ${storeChanges(s, beforehand)}`
