import { type Ability, can, loginKey, type Role, usernameFits } from "@stockbook/core"
import { expect, it } from "vitest"

const table: ReadonlyArray<readonly [Ability, ReadonlyArray<Role>]> = [
  ["read catalogue", ["admin", "staff", "customer", "supplier"]],
  ["write catalogue", ["admin", "staff"]],
  ["read stock", ["admin", "staff", "customer"]],
  ["write stock", ["admin", "staff"]],
  ["read partners", ["admin", "staff"]],
  ["write partners", ["admin", "staff"]],
  ["read orders", ["admin", "staff"]],
  ["write orders", ["admin", "staff"]],
  ["own orders", ["admin", "staff", "customer", "supplier"]],
  ["read dashboard", ["admin", "staff"]],
  ["administer", ["admin"]],
  ["manage users", ["admin"]]
]

it.each(table)("%s: %s", (ability, roles) => {
  const all: ReadonlyArray<Role> = ["admin", "staff", "customer", "supplier"]
  expect(all.filter((role) => can(role, ability))).toEqual(roles)
})

it("compares logins without regard to case, width or blanks", () => {
  expect(loginKey("  Åsa@Example.ORG ")).toBe("åsa@example.org")
  expect(loginKey("ＡＢＣ")).toBe("abc")
})

it("keeps a user from taking another's address for its name", () => {
  expect(usernameFits("ann", "ann@example.org")).toBe(true)
  expect(usernameFits("Ann@Example.org", "ann@example.org")).toBe(true)
  expect(usernameFits("bob@example.org", "ann@example.org")).toBe(false)
})
