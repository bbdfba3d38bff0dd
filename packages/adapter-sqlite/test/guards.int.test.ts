import { layer } from "@effect/vitest"
import { Stockbook, StockEngine, type StoreError } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { expect } from "vitest"
import { SqliteClient, SqliteMigrations, SqliteStore } from "../src/index.ts"
import { stocked } from "./support/scratch.ts"

// The client is shared, so that the tests can go behind the store's back.
const client = SqliteClient.layer({ filename: ":memory:" })
const store = SqliteStore.layerWithClient().pipe(Layer.provide(SqliteMigrations.layer()))
const subject = Stockbook.layer().pipe(Layer.provideMerge(store), Layer.provideMerge(client))

/** What the rules would never do, tried through plain SQL, and the words it is refused with. */
const refused: ReadonlyArray<readonly [what: string, sql: string, why: RegExp]> = [
  ["a movement is changed", "UPDATE movements SET quantity = 2", /never changed/],
  ["a movement is deleted", "DELETE FROM movements", /never deleted/],
  ["an event is changed", "UPDATE outbox SET at = 0", /never changed/],
  ["an event is deleted", "DELETE FROM outbox", /never deleted/],
  ["a leaf falls below zero", "UPDATE balances SET available = -1", /CHECK.*available/],
  ["a reservation falls below zero", "UPDATE balances SET reserved = -1", /CHECK.*reserved/],
  ["an item falls below zero", "UPDATE item_stock SET committed = -1", /CHECK.*committed/],
  ["a hold's parts do not add up", "UPDATE hold_lines SET released = 1", /CHECK.*held/],
  ["a level is no integer", "UPDATE balances SET available = 'many'", /cannot store TEXT/],
  [
    "a key is given another outcome",
    "INSERT INTO idempotency SELECT organization, key, '', '{}', 0 FROM idempotency",
    /UNIQUE/
  ],
  [
    "a reference names two live holds",
    `INSERT INTO hold_lines SELECT organization, 999, line, reference, fingerprint, status, expires_at, created_at,
      item, variation, batch, location, held, reserved, committed, fulfilled, released, expired FROM hold_lines`,
    /UNIQUE.*reference/
  ],
  [
    "a movement moves nothing",
    `INSERT INTO movements SELECT organization, 999, item, from_account, from_location, from_variation, from_batch,
      to_account, to_location, to_variation, to_batch, 0, 0, 0, cause, hold, reason, reference, note, actor, at, details
      FROM movements LIMIT 1`,
    /CHECK.*quantity/
  ],
  [
    "an outside account has a leaf",
    `INSERT INTO movements SELECT organization, 999, item, 'supplier', to_location, 0, 0,
      to_account, to_location, to_variation, to_batch, 1, 0, 0, cause, hold, reason, reference, note, actor, at, details
      FROM movements LIMIT 1`,
    /CHECK/
  ],
  [
    "a movement goes to a leaf that is not there",
    `INSERT INTO movements SELECT organization, 999, item, from_account, from_location, from_variation, from_batch,
      to_account, 77, 0, 0, 1, 0, 0, cause, hold, reason, reference, note, actor, at, details FROM movements LIMIT 1`,
    /FOREIGN KEY/
  ],
  [
    "a leaf falls below its negative limit",
    "UPDATE balances SET negative_limit = 2, available = -3",
    /CHECK.*available/
  ],
  ["a serial is where no leaf is", "INSERT INTO serials VALUES (1, 1, 'S', 'available', 0, 0, 99, NULL, 0)", /FOREIGN/],
  [
    "a serial is in two places",
    "INSERT INTO serials VALUES (1, 1, 'S', NULL, 0, 0, NULL, NULL, 0), (1, 1, 'S', NULL, 0, 0, NULL, NULL, 0)",
    /UNIQUE/
  ],
  ["a document is about an item that is not there", "INSERT INTO document_items VALUES (1, 99, 1, 0)", /FOREIGN/],
  [
    "stock is kept of another's item",
    `INSERT INTO item_stock (organization, item, version, alert, clock, available, reserved, committed, quarantined)
      VALUES (2, 1, 0, 0, 0, 0, 0, 0, 0)`,
    /FOREIGN/
  ],
  ["an item belongs to nobody", "UPDATE items SET organization = 9", /FOREIGN KEY/]
]

layer(subject)("The database refuses that", (it) => {
  it.effect("anything of this, whoever asks", () =>
    Effect.gen(function* () {
      const engine = yield* StockEngine
      const { transaction } = yield* SqliteClient.SqliteClient
      const { organization, item } = yield* stocked(10)
      const lines = [{ item, quantity: 1 }] as const
      yield* engine.execute({ _tag: "Reserve", organization, reference: "order", lines }, { idempotencyKey: "key" })
      const before = yield* transaction((database) => database.raw.prepare("SELECT * FROM hold_lines").all())
      for (const [what, sql, why] of refused) {
        const error = yield* Effect.flip(transaction((database) => database.exec(sql)))
        expect(error.message, what).toMatch(why)
        expect(["corrupt", "conflict"] satisfies Array<StoreError["reason"]>, what).toContain(error.reason)
      }
      expect(yield* transaction((database) => database.raw.prepare("SELECT * FROM hold_lines").all())).toEqual(before)
    })
  )

  it.effect("a name that somebody else took first is a conflict, to be tried again", () =>
    Effect.gen(function* () {
      const { transaction } = yield* SqliteClient.SqliteClient
      const twice = "INSERT INTO idempotency (organization, key, fingerprint, outcome, at) VALUES (1, 'a', '', '{}', 0)"
      const error = yield* Effect.flip(transaction((database) => database.exec(`${twice}; ${twice}`)))
      expect(error.reason).toBe("conflict")
    })
  )
})
