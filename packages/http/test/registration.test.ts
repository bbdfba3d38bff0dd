import {
  type Actor,
  decideRegistration,
  OrganizationId,
  type RegistrationDecision,
  type RegistrationSetting,
  type Role,
  UserId
} from "@stockbook/core"
import { expect, it } from "vitest"

const organization = OrganizationId.make(7)
const actor = (role: Role): Actor => ({ user: UserId.make(3), organization, role })

type Outcome = "refused" | `${"found first" | "found" | "join own" | "join default"} as ${Role}`

const outcome = (decision: RegistrationDecision): Outcome => {
  switch (decision._tag) {
    case "Refused":
      return "refused"
    case "FoundFirst":
      return `found first as ${decision.role}`
    case "Found":
      return `found as ${decision.role}`
    case "Join":
      return decision.organization === organization
        ? `join own as ${decision.role}`
        : `join default as ${decision.role}`
  }
}

/** The API asked: D knows no roles; E is asked for one, or for none. */
type Asked = "D" | "E none" | `E ${Role}`

const table: ReadonlyArray<
  readonly [empty: boolean, setting: RegistrationSetting, requester: Role | null, asked: Asked, Outcome]
> = [
  [true, "customers", null, "D", "found first as admin"],
  [true, "customers", null, "E none", "found first as admin"],
  [true, "customers", null, "E staff", "found first as staff"],
  [true, "customers", null, "E customer", "found first as customer"],
  [true, "closed", null, "E admin", "found first as admin"],
  [true, "open", null, "E admin", "found first as admin"],
  [true, "organizations", null, "D", "found first as admin"],

  [false, "customers", null, "D", "join default as customer"],
  [false, "customers", null, "E none", "join default as customer"],
  [false, "customers", null, "E customer", "join default as customer"],
  [false, "customers", null, "E staff", "refused"],
  [false, "customers", null, "E admin", "refused"],
  [false, "customers", null, "E supplier", "refused"],
  [false, "customers", "customer", "E staff", "refused"],
  [false, "customers", "staff", "E admin", "refused"],
  [false, "customers", "staff", "D", "join default as customer"],
  [false, "customers", "admin", "E admin", "join own as admin"],
  [false, "customers", "admin", "E supplier", "join own as supplier"],
  [false, "customers", "admin", "E none", "join own as customer"],
  [false, "customers", "admin", "D", "join own as staff"],

  [false, "open", null, "D", "join default as staff"],
  [false, "open", null, "E none", "join default as customer"],
  [false, "open", null, "E staff", "join default as staff"],
  [false, "open", null, "E supplier", "join default as supplier"],
  [false, "open", null, "E admin", "refused"],
  [false, "open", "staff", "E admin", "refused"],
  [false, "open", "admin", "E admin", "join own as admin"],

  [false, "organizations", null, "D", "found as admin"],
  [false, "organizations", null, "E none", "found as admin"],
  [false, "organizations", null, "E staff", "found as staff"],
  [false, "organizations", "staff", "E admin", "found as admin"],
  [false, "organizations", "admin", "E staff", "join own as staff"],

  [false, "closed", null, "D", "refused"],
  [false, "closed", null, "E customer", "refused"],
  [false, "closed", "staff", "E customer", "refused"],
  [false, "closed", "admin", "D", "join own as staff"],
  [false, "closed", "admin", "E customer", "join own as customer"]
]

it.each(table)("empty %s, %s, requester %s, asked %s: %s", (empty, setting, requester, asked, expected) => {
  const role = asked === "D" || asked === "E none" ? null : (asked.slice(2) as Role)
  const decision = decideRegistration(
    setting,
    requester === null ? null : actor(requester),
    { knowsRoles: asked !== "D", role },
    empty
  )
  expect(outcome(decision)).toBe(expected)
})
