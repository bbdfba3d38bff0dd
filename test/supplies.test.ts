import { expect, it } from "vitest"
import { isAllowed, licenceList, supplyFault, supplyOf } from "../scripts/packages/supplies.ts"

it.each([
  ["MIT", true],
  ["(MIT OR Apache-2.0)", true],
  ["GPL-3.0-only OR MIT", true],
  ["MIT AND ISC", true],
  ["MIT AND GPL-3.0-only", false],
  ["GPL-3.0-only", false],
  ["UNLICENSED", false],
  ["SEE LICENSE IN LICENSE.txt", false],
  ["", false],
  [null, false]
])("of %j it is said whether it is allowed: %s", (licence, expected) => {
  expect(isAllowed(licence)).toBe(expected)
})

it("names what is under another licence, and what would run when it is installed", () => {
  const good = supplyOf({ name: "good", version: "1.0.0", license: "MIT", scripts: { test: "x", prepare: "x" } }, false)
  const runs = supplyOf({ name: "runs", version: "2.0.0", license: "MIT", scripts: { postinstall: "x" } }, true)
  const built = supplyOf({ name: "built", version: "3.0.0", licenses: [{ type: "ISC" }] }, true)
  const closed = supplyOf({ name: "closed", version: "4.0.0" }, false)
  expect(supplyFault([good])).toBeNull()
  expect(supplyFault([good, runs, built, closed])).toBe(
    [
      "runs@2.0.0 would run postinstall when it is installed",
      "built@3.0.0 would run node-gyp when it is installed",
      "closed@4.0.0 is under no licence that it names"
    ].join("\n")
  )
  expect(licenceList([good, runs, built, closed])).toBe("MIT 2, ISC 1, none 1")
})
