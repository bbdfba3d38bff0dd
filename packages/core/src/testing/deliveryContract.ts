import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { NewDelivery, Notice } from "../notifications/Delivery.ts"
import { Store } from "../store/Store.ts"
import { scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

const notice: Notice = {
  kind: "order_placed",
  to: "ann@example.org",
  reference: "A-1",
  data: { quantity: 2, name: 'ü "quoted"\n', paid: false, due: null },
  at: 1_700_000_000_000
}

let channels = 0

/** An organization, the driver, and a channel of the test's own: workers claim from all organizations. */
const subject = Effect.gen(function* () {
  const { organization } = yield* scenario
  const { deliveries } = yield* Store
  channels += 1
  const channel = `channel-${organization}-${channels}`
  const made = (event: number, more: Partial<NewDelivery> = {}): NewDelivery => ({
    organization,
    event,
    channel,
    purpose: "order_placed",
    notice,
    ...more
  })
  return { organization, deliveries, channel, made }
})

const lease = 60_000
const whole = { offset: 0, limit: 100 }

/** The bookkeeping of deliveries. */
export const deliveryContract = (it: Register): void => {
  describe("deliveries", () => {
    it.effect("are there once for an event, channel and purpose, with all that was noticed", () =>
      Effect.gen(function* () {
        const { organization, deliveries, channel, made } = yield* subject
        const other = { ...notice, reference: "another" }
        yield* deliveries.add([])
        yield* deliveries.add([made(7), made(7, { notice: other }), made(7, { purpose: "audit" })])
        yield* Effect.all(
          Array.from({ length: 5 }, () => deliveries.add([made(7, { notice: other }), made(8)])),
          { concurrency: "unbounded" }
        )
        const { rows, total } = yield* deliveries.list({ organization, ...whole })
        assert.strictEqual(total, 3)
        assert.deepStrictEqual(
          rows.map(({ event, purpose }) => `${event} ${purpose}`),
          ["7 audit", "7 order_placed", "8 order_placed"]
        )
        const [, first] = rows
        assert.deepStrictEqual(first, {
          ...made(7),
          state: "pending",
          attempts: 0,
          lastError: null,
          sentAt: null,
          createdAt: first?.createdAt ?? 0,
          nextAttemptAt: first?.createdAt ?? 0
        })
        assert.strictEqual((yield* deliveries.claim(channel, 10, lease)).length, 3)
      })
    )

    it.effect("are each claimed by one of many workers, and again only when the lease is over", () =>
      Effect.gen(function* () {
        const { deliveries, channel, made } = yield* subject
        yield* deliveries.add(Array.from({ length: 20 }, (_, n) => made(n + 1)))
        const claims = yield* Effect.all(
          Array.from({ length: 10 }, () => deliveries.claim(channel, 3, lease)),
          { concurrency: "unbounded" }
        )
        // A worker may have passed over what others were just claiming.
        const rest = yield* deliveries.claim(channel, 20, lease)
        const events = [...claims.flat(), ...rest].map(({ event }) => event)
        assert.deepStrictEqual(
          events.sort((a, b) => a - b),
          Array.from({ length: 20 }, (_, n) => n + 1)
        )
        yield* deliveries.add([made(21)])
        assert.deepStrictEqual(yield* deliveries.claim(`${channel} of others`, 20, lease), [])
        const claimed = (millis: number) =>
          Effect.map(deliveries.claim(channel, 20, millis), (rows) =>
            rows.map(({ event, attempts }) => [event, attempts])
          )
        assert.deepStrictEqual(yield* claimed(40), [[21, 1]])
        yield* Effect.sleep(60)
        assert.deepStrictEqual(yield* claimed(lease), [[21, 2]])
        assert.deepStrictEqual(yield* claimed(lease), [])
      })
    )

    it.effect("are tried again when it is time, and nobody overrules a later attempt", () =>
      Effect.gen(function* () {
        const { organization, deliveries, channel, made } = yield* subject
        yield* deliveries.add([made(1)])
        yield* deliveries.claim(channel, 1, 0)
        yield* deliveries.claim(channel, 1, lease)
        yield* deliveries.failed(made(1), 1, "of the first attempt", null)
        const [now] = (yield* deliveries.list({ organization, ...whole })).rows
        assert.deepInclude(now, { state: "pending", attempts: 2, lastError: null })
        yield* deliveries.failed(made(1), 2, "refused", 40)
        assert.deepStrictEqual(yield* deliveries.claim(channel, 1, lease), [])
        yield* Effect.sleep(60)
        const [third] = yield* deliveries.claim(channel, 1, lease)
        assert.deepInclude(third, { attempts: 3, lastError: "refused" })
        // The first attempt succeeded after all: whoever knows that ends it.
        yield* deliveries.sent(made(1))
        yield* deliveries.failed(made(1), 3, "too late", null)
        const { rows } = yield* deliveries.list({ organization, state: "sent", ...whole })
        assert.deepInclude(rows[0], { state: "sent", attempts: 3, lastError: null })
        assert.isNumber(rows[0]?.sentAt)
      })
    )

    it.effect("that are dead are listed, and driven again on demand", () =>
      Effect.gen(function* () {
        const { organization, deliveries, channel, made } = yield* subject
        const stranger = (yield* scenario).organization
        const die = (event: number, of: OrganizationId) =>
          deliveries.failed(made(event, { organization: of }), 1, "no", null)
        yield* deliveries.add([made(1), made(2), made(3), made(4, { organization: stranger })])
        yield* deliveries.claim(channel, 10, lease)
        yield* deliveries.sent(made(3))
        for (const event of [1, 2, 3]) yield* die(event, organization)
        yield* die(4, stranger)
        const dead = (of: OrganizationId | null) =>
          Effect.map(deliveries.list({ organization: of, channel, state: "dead", ...whole }), ({ rows }) =>
            rows.map(({ event }) => event)
          )
        assert.deepStrictEqual(yield* dead(organization), [1, 2])
        assert.deepStrictEqual(yield* dead(null), [1, 2, 4])
        const page = yield* deliveries.list({ organization, state: "dead", offset: 1, limit: 1 })
        assert.deepStrictEqual([page.total, page.rows[0]?.event, page.rows[0]?.lastError], [2, 2, "no"])
        assert.strictEqual(yield* deliveries.redrive({ organization, event: 4 }), 0)
        assert.strictEqual(yield* deliveries.redrive({ organization, event: 2 }), 1)
        assert.deepStrictEqual(yield* dead(null), [1, 4])
        assert.deepInclude((yield* deliveries.claim(channel, 10, lease))[0], { event: 2, attempts: 1 })
        assert.strictEqual(yield* deliveries.redrive({ organization: null, channel }), 2)
        assert.deepStrictEqual(yield* dead(null), [])
      })
    )

    it.effect("are cleared away some time after they were sent, and only then", () =>
      Effect.gen(function* () {
        const { organization, deliveries, channel, made } = yield* subject
        yield* deliveries.add([made(1), made(2), made(3), made(4)])
        yield* deliveries.claim(channel, 10, lease)
        for (const event of [1, 2, 3]) yield* deliveries.sent(made(event))
        yield* deliveries.failed(made(4), 1, "no", null)
        yield* deliveries.clear(lease, 10)
        assert.strictEqual((yield* deliveries.list({ organization, ...whole })).total, 4)
        yield* Effect.sleep(5)
        assert.strictEqual(yield* deliveries.clear(1, 2), 2)
        while ((yield* deliveries.clear(1, 100)) > 0);
        const { rows } = yield* deliveries.list({ organization, ...whole })
        assert.deepStrictEqual(
          rows.map(({ event }) => event),
          [4]
        )
      })
    )
  })
}
