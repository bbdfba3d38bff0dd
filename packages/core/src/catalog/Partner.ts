import { Schema } from "effect"
import type { OrganizationId } from "./Organization.ts"
import { textOf } from "./Text.ts"

/** A customer or supplier: a positive integer, unique in the store. */
export const PartnerId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("PartnerId"))
export type PartnerId = typeof PartnerId.Type

export const PartnerKind = Schema.Literals(["customer", "supplier"])
export type PartnerKind = typeof PartnerKind.Type

/** Who buys or sells. A user is at most one customer and one supplier of the organization that is not deleted. */
export interface Partner {
  readonly id: PartnerId
  readonly organization: OrganizationId
  readonly kind: PartnerKind
  /** The user this is, if it is one, as the caller names its users. */
  readonly user: number | null
  /** A company's; a person has a first and last name. */
  readonly name: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly address: string | null
  /** Not deleted. */
  readonly active: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

const Word = Schema.optionalKey(Schema.NullOr(textOf(1, 255)))

const fields = {
  user: Schema.optionalKey(Schema.NullOr(Schema.Int)),
  name: Word,
  firstName: Word,
  lastName: Word,
  phone: Schema.optionalKey(Schema.NullOr(textOf(1, 50))),
  email: Schema.optionalKey(Schema.NullOr(textOf(1, 320))),
  address: Schema.optionalKey(Schema.NullOr(textOf(1, 1000)))
}

/** What it takes to enter a customer or supplier. */
export const NewPartner = Schema.Struct({ kind: PartnerKind, ...fields })
export type NewPartner = typeof NewPartner.Type

/** The fields of a customer or supplier that can change; those left out stay. */
export const PartnerPatch = Schema.Struct(fields)
export type PartnerPatch = typeof PartnerPatch.Type
