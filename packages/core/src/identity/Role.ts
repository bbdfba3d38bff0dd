import { Schema } from "effect"

/** What a user is to its organization. What each may do stands in `Permission.ts`, once for every API. */
export const Role = Schema.Literals(["admin", "staff", "customer", "supplier"])
export type Role = typeof Role.Type
