import { describe, expect, it } from "vitest"
import { parseMoney } from "../src/catalog/Money.ts"
import { parseUnitCost } from "../src/catalog/UnitCost.ts"

describe("money", () => {
  it.each([
    ["12", "12.00"],
    ["12.5", "12.50"],
    [12.5, "12.50"],
    [0, "0.00"],
    ["0.10", "0.10"],
    ["999.990", "999.99"],
    [9_999_999_999_999, "9999999999999.00"]
  ])("reads %s as %s", (input, money) => {
    expect(parseMoney(input)).toBe(money)
  })

  it.each([
    "",
    "abc",
    "-1",
    -1,
    "1.234",
    799.995,
    "01",
    "1e3",
    1e21,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "1,5",
    "99999999999999"
  ])("reads %s as no amount", (input) => {
    expect(parseMoney(input)).toBeUndefined()
  })
})

describe("unit costs", () => {
  it.each([
    ["12", "12.00"],
    [12.5, "12.50"],
    ["799.995", "799.995"],
    ["0.0000010", "0.000001"],
    ["1.1000000", "1.10"]
  ])("reads %s as %s", (input, cost) => {
    expect(parseUnitCost(input)).toBe(cost)
  })

  it.each(["", "-1", "1.0000001", "01", "1e-6", Number.NaN, "99999999999999"])("reads %s as none", (input) => {
    expect(parseUnitCost(input)).toBeUndefined()
  })
})
