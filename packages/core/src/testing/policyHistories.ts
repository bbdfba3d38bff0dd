import fc from "fast-check"
import type { World } from "./histories.ts"

/** Random steps that change policies, and what waits by them. */
export const policySteps = ({ organization, items, variations, locations }: World) => {
  const base = <Tag extends "SetPolicy" | "SnoozeAlert">(_tag: Tag) => ({
    _tag: fc.constant(_tag),
    organization: fc.constant(organization),
    item: fc.constantFrom(...items)
  })
  const units = fc.option(fc.nat(8))
  const scope = { variation: fc.constantFrom(...variations), location: fc.constantFrom(...locations) }
  return [
    {
      weight: 1,
      arbitrary: fc.record(
        {
          ...base("SetPolicy"),
          lowStockThreshold: units,
          hysteresis: units,
          reorderPoint: units,
          backorderLimit: units,
          pickOrder: fc.option(fc.constantFrom("fefo", "fifo", "lifo", "location", "explicit")),
          pickLocations: fc.uniqueArray(fc.constantFrom(...locations))
        },
        { requiredKeys: ["_tag", "organization", "item"] }
      )
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { ...base("SetPolicy"), ...scope, lowStockThreshold: units, hysteresis: units },
        { requiredKeys: ["_tag", "organization", "item"] }
      )
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { ...base("SnoozeAlert"), ...scope, until: fc.option(fc.integer({ min: 1000, max: 1200 })) },
        { requiredKeys: ["_tag", "organization", "item", "until"] }
      )
    },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          _tag: fc.constant("CancelBackorder" as const),
          organization: fc.constant(organization),
          backorder: fc.record({ id: fc.integer({ min: 1, max: 40 }) }),
          quantity: fc.integer({ min: 1, max: 3 })
        },
        { requiredKeys: ["_tag", "organization", "backorder"] }
      )
    },
    {
      weight: 1,
      arbitrary: fc.record({
        _tag: fc.constant("PrioritizeBackorder" as const),
        organization: fc.constant(organization),
        backorder: fc.record({ id: fc.integer({ min: 1, max: 40 }) }),
        priority: fc.integer({ min: -2, max: 2 })
      })
    }
  ] as const
}
