import type { OrganizationId } from "../catalog/Organization.ts"
import type { Actor } from "./Actor.ts"
import { can } from "./Permission.ts"
import type { Role } from "./Role.ts"

/** Who may register, once there is a first user. */
export type RegistrationSetting = "customers" | "open" | "organizations" | "closed"

/** What a registration asks for. */
export interface RegistrationRequest {
  /** Whether the API asked knows roles. One that does not makes users who may do what its document shows. */
  readonly knowsRoles: boolean
  /** The role asked for, or `null` for none. */
  readonly role: Role | null
}

/** Where a new user goes, and as what. */
export type RegistrationDecision =
  /** The first user of an empty store founds the default organization. */
  | { readonly _tag: "FoundFirst"; readonly role: Role }
  /** The user founds an organization of its own. */
  | { readonly _tag: "Found"; readonly role: Role }
  /** The user joins this organization, or the store's first one for `null`. */
  | { readonly _tag: "Join"; readonly role: Role; readonly organization: OrganizationId | null }
  /** The requester may not do that. */
  | { readonly _tag: "Refused" }

/**
 * Decides a registration.
 *
 * In this order: the first user of an empty store may take any role, whatever the setting; an admin registers users of
 * any role into its own organization, whatever the setting; everybody else gets what the setting allows. A requester
 * who is not an admin counts as nobody.
 */
export const decideRegistration = (
  setting: RegistrationSetting,
  requester: Actor | null,
  request: RegistrationRequest,
  emptyInstall: boolean
): RegistrationDecision => {
  const founderRole = request.role ?? "admin"
  if (emptyInstall) return { _tag: "FoundFirst", role: founderRole }
  if (requester !== null && can(requester.role, "manage users")) {
    const role = request.role ?? (request.knowsRoles ? "customer" : "staff")
    return { _tag: "Join", role, organization: requester.organization }
  }
  switch (setting) {
    case "closed":
      return { _tag: "Refused" }
    case "organizations":
      return { _tag: "Found", role: founderRole }
    case "open": {
      const role = request.role ?? (request.knowsRoles ? "customer" : "staff")
      return role === "admin" ? { _tag: "Refused" } : { _tag: "Join", role, organization: null }
    }
    case "customers":
      return request.role === null || request.role === "customer"
        ? { _tag: "Join", role: "customer", organization: null }
        : { _tag: "Refused" }
  }
}
