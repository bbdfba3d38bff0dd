import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { assign } from "../../src/rules/assign.ts"

const small = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 })

/** Whether any choice of cells serves all demands, by trying every one. */
const possible = (
  demands: ReadonlyArray<number>,
  cells: ReadonlyArray<number>,
  fits: (d: number, c: number) => boolean,
  d = 0
): boolean => {
  const wanted = demands[d]
  if (wanted === undefined) return true
  if (wanted === 0) return possible(demands, cells, fits, d + 1)
  return cells.some((units, c) => {
    if (units === 0 || !fits(d, c)) return false
    const rest = cells.with(c, units - 1)
    return possible(demands.with(d, wanted - 1), rest, fits, d)
  })
}

describe("assign", () => {
  it("gives no cell more than it has, no demand more than it wants, and only what fits", () => {
    fc.assert(
      fc.property(small, small, fc.func(fc.boolean()), (demands, cells, allowed) => {
        const fits = (d: number, c: number) => allowed(d, c)
        const given = assign(demands, cells, fits)
        for (const [d, row] of given.entries()) {
          expect(row.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(demands[d] ?? 0)
          for (const [c, units] of row.entries()) {
            expect(units).toBeGreaterThanOrEqual(0)
            if (units > 0) expect(fits(d, c)).toBe(true)
          }
        }
        for (const [c, units] of cells.entries()) {
          expect(given.reduce((sum, row) => sum + (row[c] ?? 0), 0)).toBeLessThanOrEqual(units)
        }
      })
    )
  })

  it("moves an earlier demand on by no more than it has", () => {
    const fits = (demand: number, cell: number) => demand === 0 || cell === 0
    expect(assign([1, 4], [3, 5], fits)).toEqual([
      [0, 1],
      [3, 0]
    ])
  })

  it("leaves an earlier demand what need not move", () => {
    expect(assign([3, 1], [3, 1], (demand, cell) => demand === 0 || cell === 0)).toEqual([
      [2, 1],
      [1, 0]
    ])
  })

  it("serves all demands whenever any choice of cells does", () => {
    fc.assert(
      fc.property(small, small, fc.func(fc.boolean()), (demands, cells, allowed) => {
        const fits = (d: number, c: number) => allowed(d, c)
        const served = assign(demands, cells, fits).map((row) => row.reduce((a, b) => a + b, 0))
        expect(served.every((units, d) => units === demands[d])).toBe(possible(demands, cells, fits))
      })
    )
  })
})
