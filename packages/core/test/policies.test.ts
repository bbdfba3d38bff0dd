import { describe, expect, it } from "vitest"
import { averageDailyDemand, reorderPointOf, suggestReorder } from "../src/policies/reorder.ts"

const input = (more: Partial<Parameters<typeof suggestReorder>[0]>) => ({
  available: 10,
  expected: 0,
  waiting: 0,
  policy: {},
  demandPerDay: null,
  ...more
})

describe("what to order", () => {
  it.each([
    ["nothing above the reorder point", { policy: { reorderPoint: 9, maximum: 50 } }, null],
    ["nothing without a reorder point", { policy: { maximum: 50 } }, null],
    ["up to the maximum at the reorder point", { policy: { reorderPoint: 10, maximum: 50 } }, [40, "maximum", 10]],
    ["less what is expected", { expected: 5, policy: { reorderPoint: 20, maximum: 50 } }, [35, "maximum", 15]],
    ["and what waits", { waiting: 14, policy: { reorderPoint: 10, maximum: 50 } }, [54, "maximum", -4]],
    ["nothing when the maximum is reached", { policy: { reorderPoint: 10, maximum: 10 } }, null],
    [
      "the fewest order quantities that lift it above",
      { policy: { reorderPoint: 30, reorderQuantity: 12 } },
      [24, "reorderQuantity", 10]
    ],
    [
      "one more where it would just reach it",
      { policy: { reorderPoint: 34, reorderQuantity: 12 } },
      [36, "reorderQuantity", 10]
    ],
    [
      "demand over the lead time and the safety stock",
      { demandPerDay: 2.5, policy: { leadTimeDays: 7, safetyStock: 4 } },
      [12, "demand", 10]
    ],
    ["nothing for want of a known demand", { policy: { leadTimeDays: 7 } }, null],
    ["nothing of demand that is met", { demandPerDay: 1, policy: { leadTimeDays: 5 } }, null]
  ] as const)("is %s", (_, more, expected) => {
    const made = suggestReorder(input(more))
    expect(made === null ? null : [made.quantity, made.basis, made.position]).toEqual(expected)
  })

  it("follows from average demand", () => {
    expect(averageDailyDemand(45, 30)).toBe(1.5)
    expect(reorderPointOf(1.5, 7, 2)).toBe(13)
  })
})
