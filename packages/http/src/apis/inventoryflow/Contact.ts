import type { Partner } from "@stockbook/core"
import { Schema } from "effect"
import { Email } from "../../fields/Email.ts"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"
import { Id } from "./Id.ts"

/** What may be said of customers and suppliers alike. */
export const contactFields = {
  /** The user this is; it then sees its own orders. */
  user_id: optional(Id),
  phone_number: optional(textOf(1, 50)),
  email: optional(Email.check(Schema.isMaxLength(320))),
  address: optional(textOf(1, 1000))
}

/** What is shown of them. */
export const contactView = {
  id: Schema.Int,
  user_id: Schema.NullOr(Schema.Int),
  phone_number: Schema.NullOr(Schema.String),
  email: Schema.NullOr(Schema.String),
  address: Schema.NullOr(Schema.String),
  created_at: Timestamp,
  updated_at: Timestamp
}

export const contactViewOf = (partner: Partner) => ({
  id: partner.id,
  user_id: partner.user,
  phone_number: partner.phone,
  email: partner.email,
  address: partner.address,
  created_at: isoTime(partner.createdAt),
  updated_at: isoTime(partner.updatedAt)
})

type Contact = { readonly [K in keyof typeof contactFields]?: (typeof contactFields)[K]["Type"] }

/** What was said, as the catalogue names it. */
export const contactOf = ({ user_id, phone_number, email, address }: Contact) => ({
  ...(user_id === undefined ? {} : { user: user_id }),
  ...(phone_number === undefined ? {} : { phone: phone_number }),
  ...(email === undefined ? {} : { email }),
  ...(address === undefined ? {} : { address })
})
