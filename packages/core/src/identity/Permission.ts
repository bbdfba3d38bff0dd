import type { Role } from "./Role.ts"

/** One thing a user may be allowed to do. An endpoint asks for exactly one. */
export type Ability =
  | "read catalogue"
  | "write catalogue"
  | "read stock"
  | "write stock"
  | "read partners"
  | "write partners"
  | "read orders"
  | "write orders"
  /** Orders a user places or receives itself. */
  | "own orders"
  | "read dashboard"
  /** What the documents reserve to admins: the admin API, and E's "admin role required". */
  | "administer"
  | "manage users"

/** Role × ability, for all five APIs alike. What is not listed is not allowed. */
export const permissions: Readonly<Record<Role, ReadonlySet<Ability>>> = {
  admin: new Set<Ability>([
    "read catalogue",
    "write catalogue",
    "read stock",
    "write stock",
    "read partners",
    "write partners",
    "read orders",
    "write orders",
    "own orders",
    "read dashboard",
    "administer",
    "manage users"
  ]),
  staff: new Set<Ability>([
    "read catalogue",
    "write catalogue",
    "read stock",
    "write stock",
    "read partners",
    "write partners",
    "read orders",
    "write orders",
    "own orders",
    "read dashboard"
  ]),
  customer: new Set<Ability>(["read catalogue", "read stock", "own orders"]),
  supplier: new Set<Ability>(["read catalogue", "own orders"])
}

/** Whether a user of this role may do this. */
export const can = (role: Role, ability: Ability): boolean => permissions[role].has(ability)
