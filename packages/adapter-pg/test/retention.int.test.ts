import { assert, describe, it } from "@effect/vitest"
import { Catalog, Replies, Stockbook, StockEngine, Store, Subscriptions } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { PgRetention, PgStore } from "../src/index.ts"
import { freshDatabase } from "./support/database.ts"

describe("Retention", () => {
  it.live("clears recorded outcomes and passed events, and nothing else", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      yield* Effect.provide(play(url), Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url }))))
    })
  )
})

const play = (url: string) =>
  Effect.gen(function* () {
    const catalog = yield* Catalog
    const engine = yield* StockEngine
    const { ledger } = yield* Store
    const { read } = yield* Subscriptions
    const { id: organization } = yield* catalog.createOrganization("Acme")
    const { id: item } = yield* catalog.createItem(organization, { name: "One", lowStockThreshold: null })
    const receive = engine.execute(
      { _tag: "Receive", organization, lines: [{ item, quantity: 1 }] },
      { idempotencyKey: "key" }
    )
    yield* receive
    const replies = yield* Replies
    yield* replies.keep({ organization, key: "key", fingerprint: "f", answer: "200" })
    const clear = (keys: number, events: number) =>
      Effect.andThen(Effect.sleep(5), PgRetention.clear({ url }, { keys, events }))
    const hour = 3_600_000

    assert.deepStrictEqual(yield* clear(hour, hour), { keys: 0, events: 0 })
    assert.isTrue((yield* receive).replayed)
    assert.strictEqual((yield* replies.find(organization, "key"))?.answer, "200")
    yield* ledger.claim("slow", "worker", hour)
    assert.deepStrictEqual(yield* clear(0, 0), { keys: 2, events: 0 })
    assert.isNull(yield* replies.find(organization, "key"))
    assert.isFalse((yield* receive).replayed)

    // Three locations, one of them for transit, and an item were made; the subscriber comes past one of these, then past all.
    const all = yield* Effect.repeat(read(null, "", 100), { until: ({ changes }) => changes.length === 6 })
    const first = yield* read(null, "", 1)
    yield* ledger.saveCursor("slow", "worker", first.cursor)
    assert.deepStrictEqual(yield* clear(hour, 0), { keys: 0, events: 1 })
    yield* ledger.saveCursor("slow", "worker", all.cursor)
    assert.deepStrictEqual(yield* clear(hour, 0), { keys: 0, events: 3 })
    assert.deepStrictEqual(
      (yield* read(null, "", 100)).changes.map((change) => change._tag),
      ["Movement", "Movement"]
    )
  })
