import { PgClient } from "@effect/sql-pg/PgClient"
import {
  Catalog,
  type Changes,
  type Guard,
  type Hold,
  HoldId,
  type Movement,
  type Outcome,
  Stockbook,
  StockEngine,
  Store
} from "@stockbook/core"
import { Effect, Layer } from "effect"
import { PgStore } from "../../src/index.ts"
import { adminOf } from "./admin.ts"
import { freshDatabase } from "./database.ts"

/** An empty store with its engine, and an administrator's connection beside it. */
export const subject = Layer.unwrap(
  Effect.map(freshDatabase, (url) =>
    Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url })), Layer.provideMerge(adminOf(url)))
  )
)

/** An organization with 10 units of each of two items, and what reserving one unit of the first would store. */
export const scene = Effect.gen(function* () {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { ledger } = yield* Store
  const { id: organization, defaultLocation: location } = yield* catalog.createOrganization("Guarded")
  const one = yield* catalog.createItem(organization, { name: "One", lowStockThreshold: null })
  const two = yield* catalog.createItem(organization, { name: "Two", lowStockThreshold: null })
  for (const { id: item } of [one, two]) {
    yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 10 }] })
  }
  const found = yield* ledger.item(organization, one.id)
  const other = yield* ledger.item(organization, two.id)
  const balance = found?.balances[0]
  if (found === null || other === null || balance === undefined) return yield* Effect.die("The items have stock")
  const { stock } = found
  const id = HoldId.make(yield* unusedIds)
  const leaf = { item: one.id, variation: null, batch: null, location }
  const at = stock.clock + 1
  const account = { variation: null, batch: null, location }
  const movement: Movement = {
    id: id + 1,
    organization,
    item: one.id,
    from: { state: "available", ...account },
    to: { state: "reserved", ...account },
    quantity: 1,
    availableAfter: 9,
    onHandAfter: 10,
    cause: "Reserve",
    hold: id,
    at,
    reason: null,
    reference: "order",
    note: null,
    actor: null,
    details: null
  }
  const hold: Hold = {
    id,
    organization,
    reference: "order",
    fingerprint: "f",
    expiresAt: null,
    createdAt: at,
    lines: [{ ...leaf, line: 0, held: 1, reserved: 1, committed: 0, fulfilled: 0, released: 0, expired: 0 }]
  }
  const outcome: Outcome = {
    movements: [movement],
    holds: [hold],
    documents: [],
    items: [],
    shortfalls: [],
    replayed: false
  }
  const changes: Changes = {
    items: [{ ...stock, version: stock.version + 1, available: 9, reserved: 1, clock: at }],
    balances: [{ ...balance, available: 9, reserved: 1 }],
    holds: [hold],
    documents: [],
    serials: [],
    movements: [movement],
    events: [],
    records: [{ organization, key: "key", fingerprint: "f", outcome }],
    grown: new Map(),
    firstId: id,
    nextId: id + 2
  }
  const guard: Guard = {
    versions: [
      { organization, item: one.id, version: stock.version },
      { organization, item: two.id, version: other.stock.version }
    ],
    locations: [{ organization, id: location }],
    absentKeys: [],
    absentReferences: []
  }
  return { organization, location, items: [one.id, two.id] as const, changes, guard }
})

const unusedIds = PgClient.use((sql) =>
  Effect.map(sql<{ readonly id: number }>`SELECT nextval('ledger_ids')::text AS id`, ([row]) => Number(row?.id))
)

/** Whether the changes are stored. */
export const storeGuarded = (changes: Changes, guard: Guard) =>
  Store.use(({ stock }) => stock.storeGuarded?.(changes, guard, false) ?? Effect.die("Postgres stores guarded")).pipe(
    Effect.map(({ stored }) => stored)
  )

/** Until so many connections of the database wait for a lock. What a transaction has read of activity stands until cleared. */
export const untilWaiting = (n: number) =>
  PgClient.use((sql) =>
    sql`SELECT pg_stat_clear_snapshot()`.pipe(
      Effect.andThen(sql<{ readonly n: number }>`SELECT count(*)::int AS n FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`),
      Effect.repeat({ until: ([row]) => (row?.n ?? 0) >= n }),
      Effect.timeout("10 seconds")
    )
  )
