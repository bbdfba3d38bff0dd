import {
  EmailTaken,
  IdentityDriver,
  type NewUserRow,
  NotEmpty,
  OrganizationId,
  UsernameTaken,
  type UserRow
} from "@stockbook/core"
import { Effect, Layer } from "effect"

interface Stored {
  readonly row: UserRow
  readonly keys: Pick<NewUserRow, "emailKey" | "usernameKey">
  readonly passwordHash: string
}

/** Users in memory, for tests of what is above the store. */
export const memoryUsers = (): Layer.Layer<IdentityDriver> =>
  Layer.sync(IdentityDriver, () => {
    const users: Array<Stored> = []
    let organizations = 0
    return IdentityDriver.of({
      insertUser: Effect.fnUntraced(function* ({ user: { emailKey, usernameKey, ...user }, passwordHash, placement }) {
        if (placement._tag === "FoundFirst" && users.length > 0) return yield* new NotEmpty()
        if (users.some(({ keys }) => keys.emailKey === emailKey)) return yield* new EmailTaken({ email: user.email })
        if (users.some(({ keys }) => keys.usernameKey === usernameKey)) {
          return yield* new UsernameTaken({ username: user.username })
        }
        const organization = placement._tag === "Join" ? placement.organization : ++organizations
        const row = { ...user, id: users.length + 1, organization, updatedAt: user.createdAt }
        users.push({ row, keys: { emailKey, usernameKey }, passwordHash })
        return row
      }),
      findByLogin: (key) =>
        Effect.sync(() => {
          const found =
            users.find(({ keys }) => keys.emailKey === key) ?? users.find(({ keys }) => keys.usernameKey === key)
          return found === undefined ? null : { user: found.row, passwordHash: found.passwordHash }
        }),
      getUser: (id) => Effect.sync(() => users.find(({ row }) => row.id === id)?.row ?? null),
      countUsers: Effect.sync(() => users.length),
      defaultOrganization: Effect.sync(() => (organizations === 0 ? null : OrganizationId.make(1)))
    })
  })
