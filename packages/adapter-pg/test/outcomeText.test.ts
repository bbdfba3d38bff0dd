import { outcomeOf, outcomeText } from "@stockbook/adapter-sql"
import {
  type Account,
  BatchId,
  DocumentId,
  type Hold,
  HoldId,
  ItemId,
  LocationId,
  type Movement,
  OrganizationId,
  type Outcome,
  VariationId
} from "@stockbook/core"
import * as fc from "fast-check"
import { expect, it } from "vitest"

const organization = OrganizationId.make(7)
const count = fc.nat()
const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const orNull = <A>(of: fc.Arbitrary<A>) => fc.option(of, { nil: null })
const words = orNull(fc.string())
const leaf = {
  variation: orNull(positive.map((id) => VariationId.make(id))),
  batch: orNull(positive.map((id) => BatchId.make(id))),
  location: positive.map((id) => LocationId.make(id))
}
const item = positive.map((id) => ItemId.make(id))
const account: fc.Arbitrary<Account> = fc.oneof(
  fc.constantFrom("supplier" as const, "customer" as const),
  fc.record({ state: fc.constantFrom("available" as const, "reserved" as const), ...leaf })
)
const movement: fc.Arbitrary<Movement> = fc.record({
  id: positive,
  organization: fc.constant(organization),
  item,
  from: account,
  to: account,
  quantity: positive,
  availableAfter: count,
  onHandAfter: count,
  cause: fc.string(),
  hold: orNull(positive),
  at: count,
  reason: words,
  reference: words,
  note: words,
  actor: orNull(positive),
  details: orNull(fc.record({ document: positive }))
})
const parts = { reserved: count, committed: count, fulfilled: count, released: count, expired: count }
const hold: fc.Arbitrary<Hold> = fc.record({
  id: positive.map((id) => HoldId.make(id)),
  organization: fc.constant(organization),
  reference: words,
  fingerprint: fc.string(),
  expiresAt: orNull(count),
  createdAt: count,
  lines: fc.array(fc.record({ line: count, item, ...leaf, held: positive, ...parts }), { maxLength: 3 })
})
const levels = { available: count, reserved: count, committed: count, quarantined: count }
const named = fc.record({ item, variation: leaf.variation, batch: leaf.batch, ...levels })
const outcome: fc.Arbitrary<Outcome> = fc.record(
  {
    movements: fc.array(movement, { maxLength: 3 }),
    holds: fc.array(hold, { maxLength: 2 }),
    items: fc.array(fc.record({ item, ...levels }), { maxLength: 2 }),
    parts: fc.array(named, { minLength: 1, maxLength: 2 }),
    shortfalls: fc.array(fc.record({ line: count, item, requested: positive, reserved: count }), { maxLength: 2 }),
    documents: fc.constantFrom(
      [],
      [
        {
          kind: "backorder" as const,
          id: DocumentId.make(7),
          organization,
          reference: "order",
          fingerprint: "f",
          status: "waiting" as const,
          items: [ItemId.make(1)],
          attached: true,
          dueAt: null,
          createdAt: 1,
          updatedAt: 2,
          actor: null,
          note: null,
          order: null,
          line: 0,
          item: ItemId.make(1),
          variation: null,
          batch: null,
          location: null,
          priority: 0,
          wanted: 3,
          waiting: 3,
          filled: 0,
          cancelled: 0,
          holds: []
        }
      ]
    ),
    replayed: fc.boolean()
  },
  { requiredKeys: ["movements", "holds", "items", "shortfalls", "documents", "replayed"] }
)

it("a recorded outcome is read as it was", () => {
  fc.assert(
    fc.property(outcome, (given) => {
      expect(outcomeOf(organization, outcomeText(given))).toEqual(given)
    })
  )
})
