import type { OrganizationId } from "../catalog/Organization.ts"
import type { Role } from "./Role.ts"
import type { UserId } from "./User.ts"

/** Who asks: the organization whose rows may be touched, and what may be done with them. */
export interface Actor {
  /** `null` for a program that is no user, such as a gateway. */
  readonly user: UserId | null
  readonly organization: OrganizationId
  readonly role: Role
}
