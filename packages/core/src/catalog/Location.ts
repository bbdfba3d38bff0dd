import { Schema } from "effect"
import type { OrganizationId } from "./Organization.ts"
import { textOf } from "./Text.ts"

/** A warehouse, shop, bin or transit place: a positive integer, unique in the store. */
export const LocationId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("LocationId"))
export type LocationId = typeof LocationId.Type

/** What sort of place a location is. `transit` is where stock is on its way. */
export const LocationKind = Schema.Literals(["warehouse", "shop", "bin", "transit"])
export type LocationKind = typeof LocationKind.Type

/** Where stock lies. Names are unique in the organization, closed locations included. */
export interface Location {
  readonly id: LocationId
  readonly organization: OrganizationId
  readonly name: string
  /** Address or place, free text. */
  readonly place: string | null
  readonly description: string | null
  readonly kind: LocationKind
  /** What it is a part of: a bin of its warehouse. Never itself, at any remove. */
  readonly parent: LocationId | null
  /** Orders may be served from it. */
  readonly sellable: boolean
  /** Stock may be put into and taken from an active location only. */
  readonly active: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

const Name = textOf(1, 255)
const Text = Schema.NullOr(textOf(0, 10_000))

/** What it takes to open a location. */
export const NewLocation = Schema.Struct({
  name: Name,
  place: Schema.optionalKey(Text),
  description: Schema.optionalKey(Text),
  kind: Schema.optionalKey(LocationKind),
  parent: Schema.optionalKey(Schema.NullOr(LocationId)),
  sellable: Schema.optionalKey(Schema.Boolean),
  active: Schema.optionalKey(Schema.Boolean)
})
export type NewLocation = typeof NewLocation.Type

/** The location every organization has for what is on its way. */
export const transitLocation: NewLocation = { name: "In transit", kind: "transit", sellable: false }

/** The fields of a location that can change; those left out stay. */
export const LocationPatch = Schema.Struct({
  name: Schema.optionalKey(Name),
  place: Schema.optionalKey(Text),
  description: Schema.optionalKey(Text),
  kind: Schema.optionalKey(LocationKind),
  parent: Schema.optionalKey(Schema.NullOr(LocationId)),
  sellable: Schema.optionalKey(Schema.Boolean),
  active: Schema.optionalKey(Schema.Boolean)
})
export type LocationPatch = typeof LocationPatch.Type
