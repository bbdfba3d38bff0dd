import { Schema } from "effect"
import type { LocationId } from "./Location.ts"

/** The tenant's id: a positive integer, unique in the store. Every row, key, query and command carries it. */
export const OrganizationId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("OrganizationId"))
export type OrganizationId = typeof OrganizationId.Type

/** A tenant. `createdAt` is epoch milliseconds of the store's clock. */
export interface Organization {
  readonly id: OrganizationId
  readonly name: string
  /** Where stock goes when a command names no location. */
  readonly defaultLocation: LocationId
  /** Where its stock is while it is on its way from one location to another. */
  readonly transit: LocationId
  readonly createdAt: number
}
