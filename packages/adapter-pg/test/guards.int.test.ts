import { PgClient } from "@effect/sql-pg/PgClient"
import { assert, layer } from "@effect/vitest"
import { Catalog, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer, Predicate } from "effect"
import { PgStore } from "../src/index.ts"
import { adminOf } from "./support/admin.ts"
import { freshDatabase } from "./support/database.ts"

const subject = Layer.unwrap(
  Effect.map(freshDatabase, (url) =>
    Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url })), Layer.provideMerge(adminOf(url)))
  )
)

/** The state Postgres refuses a statement with; "done" when it does not. */
const attempt = (statement: string) =>
  PgClient.use((sql) =>
    Effect.match(sql.unsafe(statement), {
      onSuccess: () => "done",
      onFailure: ({ reason }) =>
        Predicate.hasProperty(reason.cause, "code") ? String(reason.cause.code) : String(reason.cause)
    })
  )

const restrict = "23001"
const foreignKey = "23503"
const check = "23514"
const unique = "23505"

const movement = (values: Readonly<Record<string, string>>): string => {
  const row: Readonly<Record<string, string>> = {
    organization: "1",
    id: "1",
    item: "1",
    quantity: "1",
    available_after: "1",
    on_hand_after: "1",
    at: "0",
    from_account: "'supplier'",
    to_account: "'available'",
    to_location: "1",
    to_variation: "0",
    to_batch: "0",
    cause: "'Receive'",
    ...values
  }
  return `INSERT INTO movements (${Object.keys(row).join(", ")}) VALUES (${Object.values(row).join(", ")})`
}

/** The leaf there is. */
const fromLeaf = { from_account: "'available'", from_location: "1", from_variation: "0", from_batch: "0" }

layer(subject, { timeout: "60 seconds", excludeTestServices: true })("The database refuses", (it) => {
  it.effect("everybody, whatever they say", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const engine = yield* StockEngine
      const { id: organization } = yield* catalog.createOrganization("Acme")
      const { id: item } = yield* catalog.createItem(organization, { name: "One", sku: "one" })
      yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity: 5 }] })
      yield* engine.execute({ _tag: "Reserve", organization, reference: "r", lines: [{ item, quantity: 2 }] })
      assert.deepStrictEqual([organization, item], [1, 1])

      const table: ReadonlyArray<readonly [statement: string, answer: string]> = [
        ["UPDATE movements SET quantity = 6", restrict],
        ["DELETE FROM movements", restrict],
        ["TRUNCATE movements", restrict],
        ["TRUNCATE organizations CASCADE", restrict],
        ["UPDATE outbox SET at = 0", restrict],
        ["DELETE FROM outbox", restrict],
        ["TRUNCATE outbox", restrict],
        ["DELETE FROM balances", restrict],
        ["UPDATE balances SET location = 2", restrict],
        ["DELETE FROM hold_lines", restrict],
        ["DELETE FROM item_stock", restrict],
        ["DELETE FROM items", foreignKey],
        ["DELETE FROM locations", foreignKey],
        ["DELETE FROM organizations", restrict],

        ["UPDATE balances SET available = -1", check],
        ["UPDATE balances SET reserved = -1", check],
        ["UPDATE item_stock SET available = -1", check],
        ["UPDATE item_stock SET version = -1", check],
        ["UPDATE hold_lines SET reserved = 1", check],
        ["UPDATE hold_lines SET released = -1, reserved = 3", check],
        ["UPDATE items SET unit_price = -1", check],

        [movement({ quantity: "0" }), check],
        [movement({ available_after: "2" }), check],
        ["UPDATE balances SET negative_limit = 2, available = -3", check],
        ["UPDATE item_stock SET negative_limit = 2, available = -3", check],
        ["UPDATE item_stock SET negative_limit = -1", check],
        ["INSERT INTO serials VALUES (1, 1, 99, 0, 0, NULL, 0, 'available', 'S')", foreignKey],
        ["INSERT INTO serials VALUES (1, 1, 1, 0, 0, NULL, 0, 'customer', 'S')", check],
        ["INSERT INTO serials VALUES (1, 1, NULL, 0, 0, NULL, 0, 'available', 'S')", check],
        ["INSERT INTO serials SELECT 1, 1, NULL, 0, 0, NULL, 0, NULL, 'S' FROM generate_series(1, 2)", unique],
        [
          "INSERT INTO documents SELECT 1, n, NULL, 0, 0, NULL, NULL, false, 'k', 's', 'r', '', '{}' FROM generate_series(1, 2) n",
          unique
        ],
        ["INSERT INTO document_items VALUES (1, 1, 99, false)", foreignKey],
        [movement({ on_hand_after: "0" }), check],
        [movement({ to_location: "NULL" }), check],
        [movement({ from_location: "1", from_variation: "0", from_batch: "0" }), check],
        [movement({ to_account: "'customer'", to_location: "NULL", to_variation: "NULL", to_batch: "NULL" }), check],
        [movement({ from_account: "'nobody'" }), "22P02"],
        [movement({ to_location: "99" }), foreignKey],
        [movement({ to_batch: "7" }), foreignKey],
        [movement({ item: "2" }), foreignKey],
        [movement({ organization: "2" }), foreignKey],
        [movement({ ...fromLeaf, to_location: "99" }), foreignKey],
        [movement({ ...fromLeaf, to_variation: "7" }), foreignKey],
        [movement({ ...fromLeaf, to_batch: "7" }), foreignKey],
        [movement({ ...fromLeaf, from_batch: "7" }), foreignKey],
        [movement({ ...fromLeaf, from_batch: "7", to_batch: "7" }), foreignKey],

        ["INSERT INTO balances VALUES (1, 99, 1, 0, 0, 0, 0, 0, 0)", foreignKey],
        ["INSERT INTO balances VALUES (1, 1, 99, 0, 0, 0, 0, 0, 0)", foreignKey],
        ["INSERT INTO balances VALUES (1, 1, 1, -1, 0, 0, 0, 0, 0)", check],
        ["INSERT INTO idempotency VALUES (99, 0, 'k', 'f', '{}')", foreignKey],
        ["INSERT INTO outbox (organization, id, at, event) VALUES (99, 1, 0, '{}')", foreignKey],
        [
          `INSERT INTO items (organization, id, created_at, updated_at, active, name, sku)
            SELECT organization, 9, 0, 0, true, name, sku FROM items`,
          unique
        ],
        [
          `INSERT INTO hold_lines SELECT organization, 1, line, expires_at, created_at, item, variation, batch, location,
            held, reserved, committed, fulfilled, released, expired, status, fingerprint, reference FROM hold_lines`,
          unique
        ],
        [
          `INSERT INTO hold_lines SELECT organization, 1, line, expires_at, created_at, item, variation, 7, location,
            held, reserved, committed, fulfilled, released, expired, status, fingerprint, 'other' FROM hold_lines`,
          foreignKey
        ]
      ]
      for (const [statement, answer] of table) {
        assert.deepStrictEqual([statement, yield* attempt(statement)], [statement, answer])
      }
    })
  )
})
