import { Schema } from "effect"
import { OrganizationId } from "../catalog/Organization.ts"
import { Role } from "./Role.ts"

/** A user's id: a positive integer, unique in the store. */
export const UserId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("UserId"))
export type UserId = typeof UserId.Type

/**
 * A person or program that logs in. It belongs to one organization.
 *
 * E-mail and username are each unique in the whole store, in any spelling of case. Times are epoch milliseconds.
 * The password hash is deliberately no part of it: a user can be shown, logged and returned whole.
 */
export const User = Schema.Struct({
  id: UserId,
  organization: OrganizationId,
  email: Schema.String,
  username: Schema.String,
  fullName: Schema.NullOr(Schema.String),
  firstName: Schema.NullOr(Schema.String),
  lastName: Schema.NullOr(Schema.String),
  role: Role,
  createdAt: Schema.Number,
  updatedAt: Schema.Number
})
export type User = typeof User.Type

/** What somebody gives to register. */
export interface NewUser {
  readonly email: string
  readonly username: string
  readonly fullName: string | null
  readonly firstName: string | null
  readonly lastName: string | null
}

/** The spelling two logins are compared in: Unicode's compatibility form, lower case, no blanks around. */
export const loginKey = (login: string): string => login.normalize("NFKC").trim().toLowerCase()

/**
 * Whether this username may stand beside this e-mail address.
 *
 * Login takes either, so a username that looks like an address must be the user's own; otherwise one user could occupy
 * the address another logs in with.
 */
export const usernameFits = (username: string, email: string): boolean =>
  !username.includes("@") || loginKey(username) === loginKey(email)
