import { Effect } from "effect"
import {
  EmailTaken,
  FOUNDING_LOCATIONS,
  IdentityDriver,
  NotEmpty,
  UsernameTaken,
  type UserRow
} from "../../identity/IdentityDriver.ts"
import { foundOrganization } from "./MemoryLocations.ts"
import type { StoredUser, Tables } from "./Tables.ts"

/** Users in memory. */
export const memoryIdentity = (tables: Tables): IdentityDriver["Service"] => {
  const found = (user: StoredUser | undefined) =>
    user === undefined ? null : { user: user.row, passwordHash: user.passwordHash }
  return IdentityDriver.of({
    insertUser: ({ user, passwordHash, placement }) =>
      Effect.suspend((): Effect.Effect<UserRow, EmailTaken | UsernameTaken | NotEmpty> => {
        if (placement._tag === "FoundFirst" && tables.users.length > 0) return new NotEmpty()
        if (tables.users.some((each) => each.emailKey === user.emailKey)) {
          return new EmailTaken({ email: user.email })
        }
        if (tables.users.some((each) => each.usernameKey === user.usernameKey)) {
          return new UsernameTaken({ username: user.username })
        }
        const { emailKey, usernameKey, ...fields } = user
        const organization =
          placement._tag === "Join"
            ? placement.organization
            : foundOrganization(tables, placement.organizationName, FOUNDING_LOCATIONS, user.createdAt).id
        const row = { ...fields, id: tables.users.length + 1, organization, updatedAt: user.createdAt }
        tables.users.push({ row, emailKey, usernameKey, passwordHash })
        return Effect.succeed(row)
      }),
    findByLogin: (key) =>
      Effect.sync(() =>
        found(
          tables.users.find((user) => user.emailKey === key) ?? tables.users.find((user) => user.usernameKey === key)
        )
      ),
    getUser: (id) => Effect.sync(() => tables.users[id - 1]?.row ?? null),
    userFigures: (organization, since) =>
      Effect.sync(() => {
        const rows = tables.users.map(({ row }) => row).filter((row) => row.organization === organization)
        const byRole = Map.groupBy(rows, ({ role }) => role)
        return {
          byRole: Object.fromEntries(Array.from(byRole, ([role, { length }]) => [role, length])),
          recent: rows.filter(({ createdAt }) => createdAt >= since).length
        }
      }),
    countUsers: Effect.sync(() => tables.users.length),
    defaultOrganization: Effect.sync(() => tables.organizations.keys().next().value ?? null)
  })
}
