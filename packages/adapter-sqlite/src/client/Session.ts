import { type CatalogChanges, ordered, type Sequence, type Session } from "@stockbook/adapter-sql"
import { Clock, Effect } from "effect"
import { BeginTransaction } from "effect/sql/SqlClient"
import type { SqliteClient } from "./SqliteClient.ts"
import { mapSqlErrors } from "./storeError.ts"
import { whileBusy } from "./whileBusy.ts"

const changesOf = (sql: SqliteClient): CatalogChanges => {
  const now = (organization: number) =>
    sql`coalesce((SELECT CAST(version AS TEXT) FROM catalog_changes WHERE organization = ${organization}), '')`
  return {
    seen: now,
    find: (organization, { id, matching, keys }, most) =>
      Effect.map(
        sql<{ readonly seen: string; readonly total: number; readonly ids: string | null }>`
          SELECT ${now(organization)} AS seen, total, CASE WHEN total <= ${most} THEN ids END AS ids
          FROM (SELECT json_group_array(${id} ORDER BY ${ordered(sql, keys, false)}) AS ids, count(*) AS total
            FROM ${matching}) found`,
        ([{ seen, total, ids } = { seen: "", total: 0, ids: "[]" }]) => ({
          seen,
          total,
          ids: ids === null ? null : JSON.parse(ids)
        })
      ),
    differ: (organization, seen) => sql`${now(organization)} <> ${seen}`
  }
}

/** A transaction that writes takes the write lock at its start: nobody else writes until it commits. */
export const sessionOf = (sql: SqliteClient): Session => {
  const run = <A, E>(effect: Effect.Effect<A, E>) => whileBusy(mapSqlErrors(effect))
  const take = (sequence: Sequence, count: number) =>
    Effect.flatMap(
      sql<{
        readonly id: number
      }>`UPDATE sequences SET next = next + ${count} WHERE name = ${sequence} RETURNING next - ${count} AS id`,
      ([row]) =>
        row === undefined ? Effect.die(new Error(`There is no sequence ${sequence}`)) : Effect.succeed(row.id)
    )
  return {
    sql,
    now: Clock.currentTimeMillis,
    moment: Effect.map(Clock.currentTimeMillis, (now) => sql`${now}`),
    snapshotMoment: Effect.map(Clock.currentTimeMillis, (now) => sql`${now}`),
    // Under the write lock, so that ids rise in the order of commits.
    nextId: (sequence) => take(sequence, 1),
    nextIds: (sequence, count) =>
      Effect.map(take(sequence, count), (first) => Array.from({ length: count }, (_, index) => first + index)),
    lock: () => Effect.void,
    share: () => Effect.void,
    forUpdate: sql``,
    skipLocked: sql``,
    among: (column, values) => {
      if (values.length === 0) return sql`1 = 0`
      // A statement has room for so many parameters.
      return values.length <= 1000
        ? sql`${sql.literal(column)} IN ${sql.in(values)}`
        : sql`${sql.literal(column)} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`
    },
    each: (values) => sql`(SELECT value AS id FROM json_each(${JSON.stringify(values)}))`,
    lookUp: (table, alias, condition) => sql`CROSS JOIN ${sql(table)} ${sql.literal(alias)} ON ${condition}`,
    contains: (column, text) =>
      // Its LIKE ignores ASCII case. Its own signs are taken literally.
      sql`${sql.literal(column)} LIKE ${`%${text.replace(/[\\%_]/g, "\\$&")}%`} ESCAPE ${"\\"}`,
    dialect: {
      cents: "i.price_order",
      low: "s.available <= s.low_stock_threshold",
      effectiveAt: "coalesce(m.details ->> '$.effectiveAt', m.at)",
      // How SQLite is told the order of a join.
      inOrder: "CROSS JOIN"
    },
    // Who writes takes the ids that follow the last ones, and nobody else writes meanwhile.
    arrivals: { place: "m.id", type: "INTEGER", next: sql`(SELECT coalesce(max(id), 0) + 1 FROM movements)` },
    keepsTallies: false,
    catalogChanges: changesOf(sql),
    searching: (organization, text, categories) => {
      // The index is of every three letters in a row.
      if (Array.from(text).length < 3) return null
      const match = `scope:"o${organization};" AND text:"${text.replaceAll('"', '""')}"`
      const found = sql`SELECT rowid FROM item_search WHERE item_search MATCH ${match}`
      const condition =
        categories === null
          ? sql`i.id IN (${found})`
          : sql`i.id IN (${found} UNION ALL SELECT id FROM items
              WHERE organization = ${organization} AND category IN (${categories}))`
      // Letters other than A to Z it takes for the same, too, whether small or not.
      return { condition, exact: false }
    },
    partOfAll: ({ id, matching, keys, descending, offset, limit }) =>
      sql`SELECT ${id} AS id, count(*) OVER () AS total FROM ${matching}
        ORDER BY ${ordered(sql, keys, descending)} LIMIT ${limit} OFFSET ${offset}`,
    read: run,
    // A deferred transaction takes its snapshot with its first statement, and no lock that anybody waits for.
    snapshot: (effect) => run(Effect.provideService(sql.withTransaction(effect), BeginTransaction, "BEGIN")),
    write: (effect) => run(sql.withTransaction(effect))
  }
}
