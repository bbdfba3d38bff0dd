import { describe, expect, it } from "vitest"
import { parseMoney } from "../src/catalog/Money.ts"

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
