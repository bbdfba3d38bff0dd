import {
  EmailTaken,
  FOUNDING_LOCATIONS,
  IdentityDriver,
  NotEmpty,
  StoreError,
  UsernameTaken,
  type UserRow
} from "@stockbook/core"
import { Effect } from "effect"
import { foundOrganization } from "../catalog/locations.ts"
import type { Session } from "../Session.ts"

const columns = `id, organization, email, username, full_name AS "fullName", first_name AS "firstName",
  last_name AS "lastName", role, created_at AS "createdAt", updated_at AS "updatedAt"`

/** The port has no error for a store that cannot be reached. */
const failuresAreDefects = <A, E>(effect: Effect.Effect<A, E | StoreError>): Effect.Effect<A, Exclude<E, StoreError>> =>
  Effect.catchIf(
    effect,
    (error): error is StoreError => error instanceof StoreError,
    (error) => Effect.die(error)
  ) as Effect.Effect<A, Exclude<E, StoreError>>

/** Users over SQL. */
export const sqlIdentity = (session: Session): IdentityDriver["Service"] => {
  const { sql } = session

  type Insertion = Parameters<IdentityDriver["Service"]["insertUser"]>[0]

  /** In the order the port demands. The unique constraints stand behind it. */
  const check = Effect.fnUntraced(function* ({ user, placement }: Insertion) {
    if (placement._tag === "FoundFirst") {
      const present = yield* sql`SELECT 1 FROM users LIMIT 1`
      if (present.length > 0) return yield* new NotEmpty()
    }
    const emails = yield* sql`SELECT 1 FROM users WHERE email_key = ${user.emailKey}`
    if (emails.length > 0) return yield* new EmailTaken({ email: user.email })
    const names = yield* sql`SELECT 1 FROM users WHERE username_key = ${user.usernameKey}`
    if (names.length > 0) return yield* new UsernameTaken({ username: user.username })
  })

  const insert = Effect.fnUntraced(function* (insertion: Insertion) {
    yield* session.lock("users")
    yield* check(insertion)
    const { placement, passwordHash } = insertion
    const { emailKey, usernameKey, ...fields } = insertion.user
    const now = fields.createdAt
    const organization =
      placement._tag === "Join"
        ? placement.organization
        : (yield* foundOrganization(session, placement.organizationName, FOUNDING_LOCATIONS, now)).id
    const row: UserRow = { ...fields, id: yield* session.nextId("user"), organization, updatedAt: now }
    yield* sql`INSERT INTO users (id, organization, email, email_key, username, username_key, full_name, first_name,
        last_name, role, password_hash, created_at, updated_at)
      VALUES (${row.id}, ${organization}, ${row.email}, ${emailKey}, ${row.username}, ${usernameKey},
        ${row.fullName}, ${row.firstName}, ${row.lastName}, ${row.role}, ${passwordHash}, ${now}, ${now})`
    return row
  })

  return IdentityDriver.of({
    insertUser: (insertion) => session.write(insert(insertion)).pipe(failuresAreDefects),
    findByLogin: (key) =>
      session
        .read(
          Effect.map(
            sql<UserRow & { readonly passwordHash: string }>`SELECT ${sql.literal(columns)},
                password_hash AS "passwordHash" FROM users
              WHERE email_key = ${key} OR username_key = ${key}
              ORDER BY CASE WHEN email_key = ${key} THEN 0 ELSE 1 END LIMIT 1`,
            ([found]) => {
              if (found === undefined) return null
              const { passwordHash, ...user } = found
              return { user, passwordHash }
            }
          )
        )
        .pipe(failuresAreDefects),
    getUser: (id) =>
      session
        .read(
          Effect.map(sql<UserRow>`SELECT ${sql.literal(columns)} FROM users WHERE id = ${id}`, ([row]) => row ?? null)
        )
        .pipe(failuresAreDefects),
    userFigures: (organization, since) =>
      session
        .read(
          Effect.map(
            sql<{ readonly role: string; readonly users: number; readonly recent: number }>`SELECT role,
                count(*) AS users, sum(CASE WHEN created_at >= ${since} THEN 1 ELSE 0 END) AS recent
              FROM users WHERE organization = ${organization} GROUP BY role ORDER BY role`,
            (rows) => ({
              byRole: Object.fromEntries(rows.map(({ role, users }) => [role, users])),
              recent: rows.reduce((sum, { recent }) => sum + Number(recent), 0)
            })
          )
        )
        .pipe(failuresAreDefects),
    countUsers: session
      .read(
        Effect.map(sql<{ readonly count: number }>`SELECT count(*) AS count FROM users`, ([row]) => row?.count ?? 0)
      )
      .pipe(failuresAreDefects),
    defaultOrganization: session
      .read(
        Effect.map(
          sql<{ readonly id: number | null }>`SELECT min(id) AS id FROM organizations`,
          ([row]) => row?.id ?? null
        )
      )
      .pipe(failuresAreDefects)
  })
}
