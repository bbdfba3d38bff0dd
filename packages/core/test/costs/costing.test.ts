import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fromMillionths, share, toMillionths } from "../../src/costs/Amount.ts"
import { addUnits, type Layer, sumOf, takeUnits } from "../../src/costs/Costing.ts"

const layer = (units: number, value: string): Layer => ({ units, value: toMillionths(value) })
const seen = (layers: ReadonlyArray<Layer>) => layers.map(({ units, value }) => [units, fromMillionths(value)])

describe("an amount", () => {
  it.each([
    ["0.00", 0n],
    ["799.995", 799_995_000n],
    ["-3.00", -3_000_000n],
    ["0.333333", 333_333n],
    ["-0.50", -500_000n]
  ])("%s is so many millionths and back", (text, millionths) => {
    expect(toMillionths(text)).toBe(millionths)
    expect(fromMillionths(millionths)).toBe(text)
  })

  it.each([
    [10n, 1, 3, 3n],
    [10n, 2, 3, 7n],
    [5n, 1, 2, 2n],
    [7n, 1, 2, 4n],
    [-5n, 1, 2, -2n],
    [-7n, 1, 2, -4n],
    [-10n, 2, 3, -7n],
    [10n, 3, 3, 10n]
  ])("%s × %s / %s is %s, halves going to the even one", (value, part, whole, expected) => {
    expect(share(value, part, whole)).toBe(expected)
  })
})

describe("first in, first out", () => {
  it("takes the oldest layer's cost first", () => {
    const { cost, layers } = takeUnits([layer(2, "2.00"), layer(5, "10.00")], 3, 0n)
    expect([fromMillionths(cost), seen(layers)]).toEqual(["4.00", [[4, "8.00"]]])
  })

  it("keeps a new receipt apart", () => {
    expect(seen(addUnits([layer(2, "2.00")], layer(5, "10.00"), "fifo").layers)).toEqual([
      [2, "2.00"],
      [5, "10.00"]
    ])
  })
})

describe("the moving average", () => {
  it("is value ÷ units after every receipt", () => {
    const { layers } = addUnits([layer(2, "2.00")], layer(2, "4.00"), "average")
    expect(seen(layers)).toEqual([[4, "6.00"]])
    expect(fromMillionths(takeUnits(layers, 1, 0n).cost)).toBe("1.50")
  })
})

describe("units that are not there", () => {
  it("go out at the last cost, and are owed at it", () => {
    const { cost, layers } = takeUnits([layer(1, "2.00")], 3, 0n)
    expect([fromMillionths(cost), seen(layers)]).toEqual(["6.00", [[-2, "-4.00"]]])
  })

  it("go out at what units cost elsewhere when none were there", () => {
    expect(fromMillionths(takeUnits([], 3, toMillionths("5.00")).cost)).toBe("15.00")
  })

  it("are met first by what comes in, and the difference is the variance", () => {
    const { layers, variance } = addUnits([layer(-2, "-4.00")], layer(5, "15.00"), "average")
    expect([seen(layers), fromMillionths(variance)]).toEqual([[[3, "9.00"]], "2.00"])
  })
})

describe("any sequence of receipts and issues", () => {
  const step = fc.record({ units: fc.integer({ min: 1, max: 9 }), unit: fc.bigInt({ min: 0n, max: 10_000_001n }) })
  const steps = fc.array(fc.tuple(fc.boolean(), step), { maxLength: 30 })
  it.each(["average", "fifo"] as const)("loses not a millionth (%s)", (method) => {
    fc.assert(
      fc.property(steps, (history) => {
        let layers: ReadonlyArray<Layer> = []
        let units = 0
        let value = 0n
        for (const [isReceipt, { units: n, unit }] of history) {
          if (isReceipt) {
            const added = addUnits(layers, { units: n, value: unit * BigInt(n) }, method)
            layers = added.layers
            units += n
            value += unit * BigInt(n) - added.variance
          } else {
            const taken = takeUnits(layers, n, unit)
            layers = taken.layers
            units -= n
            value -= taken.cost
          }
          const sum = sumOf(layers)
          expect([sum.units, sum.value]).toEqual([units, value])
          if (units === 0) expect(value).toBe(0n)
          if (method === "average") expect(layers.length).toBeLessThanOrEqual(1)
        }
      })
    )
  })
})
