import type { User } from "@stockbook/core"
import { Schema } from "effect"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

/** A user as D shows one. */
export const UserView = Schema.Struct({
  id: Schema.Int,
  email: Schema.String,
  username: Schema.String,
  full_name: Schema.NullOr(Schema.String),
  created_at: Timestamp
})

export const userView = (user: User): typeof UserView.Type => ({
  id: user.id,
  email: user.email,
  username: user.username,
  full_name: user.fullName,
  created_at: isoTime(user.createdAt)
})
