import { assert, describe, it } from "@effect/vitest"
import { Catalog, Replies, Stockbook, StockEngine, Store, Subscriptions } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { SqliteStore } from "../src/index.ts"

const subject = Stockbook.layer().pipe(Layer.provideMerge(SqliteStore.layer({ filename: ":memory:" })))
const hour = 3_600_000

describe("Retention", () => {
  it.live("clears recorded outcomes, replies and passed events, and nothing else", () =>
    Effect.provide(
      Effect.gen(function* () {
        const catalog = yield* Catalog
        const engine = yield* StockEngine
        const replies = yield* Replies
        const { ledger, clear } = yield* Store
        const { read } = yield* Subscriptions
        const { id: organization } = yield* catalog.createOrganization("Acme")
        const { id: item } = yield* catalog.createItem(organization, { name: "One", lowStockThreshold: null })
        const command = { _tag: "Receive", organization, lines: [{ item, quantity: 1 }] } as const
        const receive = engine.execute(command, { idempotencyKey: "key" })
        yield* receive
        yield* replies.keep({ organization, key: "key", fingerprint: "f", answer: "200" })
        const cleared = (keys: number, events: number) =>
          Effect.andThen(Effect.sleep(5), clear === undefined ? Effect.die("Nothing clears") : clear({ keys, events }))

        assert.deepStrictEqual(yield* cleared(hour, hour), { keys: 0, events: 0 })
        assert.isTrue((yield* receive).replayed)
        yield* ledger.claim("slow", "worker", hour)
        assert.deepStrictEqual(yield* cleared(0, 0), { keys: 2, events: 0 })
        assert.isNull(yield* replies.find(organization, "key"))
        assert.isFalse((yield* receive).replayed)

        const all = yield* read(null, "", 100)
        const events = all.changes.filter((change) => change._tag === "Event").length
        const first = yield* read(null, "", 1)
        yield* ledger.saveCursor("slow", "worker", first.cursor)
        assert.deepStrictEqual(yield* cleared(hour, 0), { keys: 0, events: 1 })
        yield* ledger.saveCursor("slow", "worker", all.cursor)
        assert.deepStrictEqual(yield* cleared(hour, 0), { keys: 0, events: events - 1 })
        const left = (yield* read(null, "", 100)).changes
        assert.deepStrictEqual(
          left.map((change) => change._tag),
          ["Movement", "Movement"]
        )
      }),
      subject
    )
  )
})
