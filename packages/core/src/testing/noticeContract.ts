import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { Subscriptions } from "../ledger/Subscriptions.ts"
import { Store } from "../store/Store.ts"
import { outcomeTag, run, type Scenario, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** References of the notices raised in a scenario, once one with this reference is among them. */
const raised = (at: Scenario, until: string) =>
  Effect.andThen(
    Effect.sleep(2),
    Effect.map(
      Subscriptions.use((subscriptions) => subscriptions.read(at.organization, "", 1000)),
      ({ changes }) =>
        changes.flatMap((change) =>
          change._tag === "Event" && change.event.event._tag === "Noticed" ? [change.event.event] : []
        )
    )
  ).pipe(
    Effect.repeat({ until: (notices) => notices.some(({ reference }) => reference === until) }),
    Effect.timeout("20 seconds")
  )

/** Notices, which commands carry into the outbox. */
export const noticeContract = (it: Register): void => {
  describe("notices", () => {
    it.effect("are raised with the stock they tell of, or not at all", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const { organization } = at
        const [item] = at.items
        const order = (quantity: number, reference: string) =>
          run(at, {
            _tag: "Linked",
            commands: [
              { _tag: "Issue", organization, reference, lines: [{ item, quantity }] },
              {
                _tag: "Notify",
                organization,
                kind: "order_placed",
                to: "ann@example.org",
                reference,
                data: { quantity }
              }
            ]
          })
        yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] })
        assert.strictEqual(yield* outcomeTag(order(4, "too much")), "InsufficientStock")
        const { movements } = yield* order(2, "fits")
        assert.strictEqual(movements.length, 1)
        assert.deepStrictEqual(yield* raised(at, "fits"), [
          { _tag: "Noticed", kind: "order_placed", to: "ann@example.org", reference: "fits", data: { quantity: 2 } }
        ])
      })
    )

    it.effect("need no stock, are raised once for a key, and in a known organization only", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const notify = (reference: string, options?: { idempotencyKey: string }) =>
          run(at, { _tag: "Notify", kind: "seen", reference, data: { b: null, a: 'ü "quoted"\n' } }, options)
        const { replayed } = yield* notify("one", { idempotencyKey: "key" })
        assert.isFalse(replayed)
        assert.isTrue((yield* notify("one", { idempotencyKey: "key" })).replayed)
        assert.strictEqual(yield* outcomeTag(notify("other", { idempotencyKey: "key" })), "IdempotencyConflict")
        const stranger = { ...at, organization: 999_999 as typeof at.organization }
        assert.strictEqual(
          yield* outcomeTag(run(stranger, { _tag: "Notify", kind: "seen", reference: "lost" })),
          "UnknownOrganization"
        )
        yield* notify("two")
        const notices = yield* raised(at, "two")
        assert.deepStrictEqual(
          notices.map(({ reference }) => reference),
          ["one", "two"]
        )
        assert.deepStrictEqual(notices[0]?.data, { a: 'ü "quoted"\n', b: null })
        assert.isNull(notices[0]?.to)
      })
    )

    it.effect("name the field that is wrong", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const wrong = [
          [{ kind: "Two words" }, "kind"],
          [{ to: "ann@example.org\r\nBcc: all@example.org" }, "to"],
          [{ to: "ann@example.org, bob@example.org" }, "to"],
          [{ data: { lines: Number.NaN } }, "data"]
        ] as const
        for (const [fields, name] of wrong) {
          const error = yield* Effect.flip(run(at, { _tag: "Notify", kind: "seen", ...fields }))
          assert.strictEqual(error._tag === "InvalidInput" ? error.issues[0]?.path[0] : error._tag, name)
        }
      })
    )

    it.effect("can be followed without the movements between them, and from now on", () =>
      Effect.gen(function* () {
        const at = yield* scenario
        const [item] = at.items
        const { ledger } = yield* Store
        const subscriptions = yield* Subscriptions
        yield* run(at, { _tag: "Notify", kind: "seen", reference: "before" })
        yield* raised(at, "before")
        const seen: Array<string | null> = []
        const name = `notices-${at.organization}`
        const following = subscriptions.subscribe(
          name,
          (changes) => {
            for (const change of changes) {
              if (change._tag === "Movement") return Effect.fail("a movement" as const)
              const { event, organization } = change.event
              if (event._tag === "Noticed" && organization === at.organization) seen.push(event.reference)
            }
            return seen.includes("after") ? Effect.fail("enough" as const) : Effect.void
          },
          { only: "events", pause: 5 }
        )
        yield* subscriptions.startNow(name)
        const cursor = yield* ledger.savedCursor(name)
        const raise = Effect.gen(function* () {
          yield* run(at, { _tag: "Receive", lines: [{ item, quantity: 3 }] })
          yield* run(at, { _tag: "Notify", kind: "seen", reference: "after" })
          yield* subscriptions.startNow(name)
          assert.strictEqual(yield* ledger.savedCursor(name), cursor)
          return yield* Effect.never
        })
        assert.strictEqual(yield* Effect.flip(Effect.raceFirst(following, raise)), "enough")
        assert.deepStrictEqual(seen, ["after"])
      })
    )
  })
}
