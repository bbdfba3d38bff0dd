import { Context, type Effect, Schema } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"

/** Another user has this e-mail address, in some spelling of case. */
export class EmailTaken extends Schema.TaggedError<EmailTaken>()("EmailTaken", { email: Schema.String }) {}

/** Another user has this username, in some spelling of case. */
export class UsernameTaken extends Schema.TaggedError<UsernameTaken>()("UsernameTaken", {
  username: Schema.String
}) {}

/** The store was to be founded, but has users already. */
export class NotEmpty extends Schema.TaggedError<NotEmpty>()("NotEmpty", {}) {}

/** A user as stored: plain values, decoded by `Identity`. */
export interface UserRow {
  readonly id: number
  readonly organization: number
  readonly email: string
  readonly username: string
  readonly fullName: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly role: string
  readonly createdAt: number
  readonly updatedAt: number
}

/** A user to store. The keys are what uniqueness and look-up go by; times are epoch milliseconds. */
export interface NewUserRow {
  readonly email: string
  /** `loginKey(email)`. */
  readonly emailKey: string
  readonly username: string
  /** `loginKey(username)`. */
  readonly usernameKey: string
  readonly fullName: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly role: UserRow["role"]
  readonly createdAt: number
}

/** The users of an organization, in figures. */
export interface UserFigures {
  /** Roles that nobody has are left out. */
  readonly byRole: Readonly<Record<string, number>>
  /** Registered since the instant asked for. */
  readonly recent: number
}

/** The organization a new user is put into. */
export type Placement =
  | { readonly _tag: "FoundFirst"; readonly organizationName: string }
  | { readonly _tag: "Found"; readonly organizationName: string }
  | { readonly _tag: "Join"; readonly organization: OrganizationId }

/** The locations every organization starts with; the first is its default. */
export const FOUNDING_LOCATIONS = ["Main Warehouse", "Secondary Warehouse"] as const

/**
 * What an adapter implements to keep users. Infrastructure failures are defects.
 *
 * Laws, for any number of callers in any number of processes:
 *
 * 1. `emailKey` and `usernameKey` are each unique in the store, across organizations. Of any number of concurrent
 *    inserts of one key exactly one succeeds; the others fail with `EmailTaken` (checked first) or `UsernameTaken`.
 * 2. `FoundFirst` succeeds at most once in the life of a store that keeps its users: with any user present, or of
 *    several at once all but one, it fails with `NotEmpty`. `NotEmpty` goes before the taken keys.
 * 3. Founding creates the organization, its `FOUNDING_LOCATIONS` and the user in one transaction: all or none.
 */
export class IdentityDriver extends Context.Service<
  IdentityDriver,
  {
    insertUser(input: {
      readonly user: NewUserRow
      readonly passwordHash: string
      readonly placement: Placement
    }): Effect.Effect<UserRow, EmailTaken | UsernameTaken | NotEmpty>
    /** The user whose `emailKey`, or else whose `usernameKey`, is this; `null` if there is none. */
    findByLogin(key: string): Effect.Effect<{ readonly user: UserRow; readonly passwordHash: string } | null>
    getUser(id: number): Effect.Effect<UserRow | null>
    /** The users of all organizations. */
    readonly countUsers: Effect.Effect<number>
    /** The users of an organization: how many of each role, and how many since an instant (epoch milliseconds). */
    userFigures(organization: OrganizationId, since: number): Effect.Effect<UserFigures>
    /** The organization founded first, or `null` in a store that has none. */
    readonly defaultOrganization: Effect.Effect<number | null>
  }
>()("@stockbook/core/identity/IdentityDriver") {}
