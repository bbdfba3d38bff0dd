import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { Replies } from "../replies/Replies.ts"
import { levels, outcomeTag, run, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Kept answers, and changes on condition that nobody else was faster. */
export const replyContract = (it: Register): void => {
  describe("replies", () => {
    it.effect("are kept as given, the first under each key, in each organization", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const other = (yield* scenario).organization
        const replies = yield* Replies
        const reply = { organization, key: "7/k", fingerprint: "f", answer: 'Läamp \u{1F4A1} "[{}]"' }
        assert.isNull(yield* replies.find(organization, "7/k"))
        yield* replies.keep(reply)
        assert.deepStrictEqual(yield* replies.find(organization, "7/k"), reply)
        yield* replies.keep({ ...reply, answer: "later" })
        assert.deepStrictEqual(yield* replies.find(organization, "7/k"), reply)
        assert.isNull(yield* replies.find(other, "7/k"))
        assert.isNull(yield* replies.find(organization, "7/K"))
      })
    )

    it.effect("are the first of many at once", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const replies = yield* Replies
        const keep = (n: number) =>
          replies.keep({ organization, key: `k${n % 10}`, fingerprint: `${n}`, answer: "a".repeat(n) })
        yield* Effect.forEach(
          Array.from({ length: 600 }, (_, n) => n),
          keep,
          { concurrency: "unbounded" }
        )
        for (let n = 0; n < 10; n++) {
          const kept = yield* replies.find(organization, `k${n}`)
          assert.strictEqual(kept?.answer.length, Number(kept?.fingerprint))
          assert.strictEqual(Number(kept?.fingerprint) % 10, n)
        }
      })
    )

    it.effect("do not meet the keys of commands", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const replies = yield* Replies
        yield* replies.keep({ organization: at.organization, key: "k", fingerprint: "f", answer: "a" })
        const receive = run(at, { _tag: "Receive", lines: [{ item, quantity: 1 }] }, { idempotencyKey: "k" })
        assert.isFalse((yield* receive).replayed)
        assert.isTrue((yield* receive).replayed)
        assert.strictEqual((yield* replies.find(at.organization, "k"))?.answer, "a")
      })
    )
  })

  describe("a change of what was read", () => {
    it.effect("happens once, however many read the same item", () =>
      Effect.gen(function* () {
        const { organization, items } = yield* scenario
        const catalog = yield* Catalog
        const read = yield* catalog.item(organization, items[0])
        const change = (n: number) =>
          outcomeTag(
            catalog.updateItem(organization, items[0], { name: `Name ${n}` }, { ifUpdatedAt: read?.updatedAt })
          )
        const tags = yield* Effect.forEach([1, 2, 3, 4, 5, 6], change, { concurrency: "unbounded" })
        assert.deepStrictEqual(tags.sort(), [...Array.from({ length: 5 }, () => "ChangedMeanwhile"), "Success"])
        assert.isAbove((yield* catalog.item(organization, items[0]))?.updatedAt ?? 0, read?.updatedAt ?? 0)
      })
    )

    it.effect("happens once, however many read the same location", () =>
      Effect.gen(function* () {
        const { organization, locations } = yield* scenario
        const catalog = yield* Catalog
        const read = yield* catalog.location(organization, locations[1])
        const change = (n: number) =>
          outcomeTag(
            catalog.updateLocation(organization, locations[1], { name: `Name ${n}` }, { ifUpdatedAt: read?.updatedAt })
          )
        const tags = yield* Effect.forEach([1, 2, 3, 4, 5, 6], change, { concurrency: "unbounded" })
        assert.deepStrictEqual(tags.sort(), [...Array.from({ length: 5 }, () => "ChangedMeanwhile"), "Success"])
      })
    )

    it.effect("by commands happens once, also within one batch, and a repeated one is answered again", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item, other] = at.items
        const catalog = yield* Catalog
        const version = (yield* catalog.item(at.organization, item))?.version ?? -1
        const change = (n: number) =>
          outcomeTag(
            run(
              at,
              { _tag: "SetPolicy", item, lowStockThreshold: n },
              { idempotencyKey: `policy ${n}`, unchanged: { item, version } }
            )
          )
        const numbers = [1, 2, 3, 4, 5, 6]
        const tags = yield* Effect.forEach(numbers, change, { concurrency: "unbounded" })
        assert.deepStrictEqual([...tags].sort(), [...Array.from({ length: 5 }, () => "ChangedMeanwhile"), "Success"])
        assert.strictEqual((yield* catalog.item(at.organization, item))?.lowStockThreshold, tags.indexOf("Success") + 1)
        assert.deepStrictEqual(yield* Effect.forEach(numbers, change), tags)
        // Whatever happens to another item.
        const untouched = (yield* catalog.item(at.organization, item))?.version ?? -1
        yield* run(at, { _tag: "Receive", lines: [{ item: other, quantity: 1 }] })
        const receive = { _tag: "Receive", lines: [{ item, quantity: 1 }] } as const
        const first = run(at, receive, { unchanged: { item, version: untouched } })
        assert.strictEqual(yield* outcomeTag(first), "Success")
        assert.strictEqual(yield* outcomeTag(first), "ChangedMeanwhile")
        assert.deepStrictEqual(yield* levels(at, item), [1, 0, 0])
      })
    )
  })
}
