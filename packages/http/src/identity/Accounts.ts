import {
  type Actor,
  type EmailTaken,
  Identity,
  type NewUser,
  type OrganizationId,
  type RegistrationRefused,
  type RegistrationRequest,
  type RegistrationSetting,
  type User,
  UserId,
  type UsernameTaken
} from "@stockbook/core"
import { Context, Data, Effect, Layer, Schema } from "effect"
import { LoginThrottle, type TooManyAttempts } from "./LoginThrottle.ts"
import { Passwords } from "./Passwords.ts"
import { TokenInvalid, type TokenPair, Tokens } from "./Tokens.ts"

/** No such user, or another password: which of the two is not said. */
export class LoginFailed extends Data.TaggedError("LoginFailed") {}

const isUserId = Schema.is(UserId)

/** How users come to be. */
export interface RegistrationSettings {
  /** Who may register once there is a first user: `customers` by default. */
  readonly setting?: RegistrationSetting | undefined
  /** What the organization of the first user is called. */
  readonly organizationName?: string | undefined
}

/** Registering and logging in, whichever API it is asked through. */
export class Accounts extends Context.Service<
  Accounts,
  {
    register(input: {
      readonly user: NewUser
      readonly password: string
      readonly requester: Actor | null
      readonly request: RegistrationRequest
    }): Effect.Effect<User, EmailTaken | UsernameTaken | RegistrationRefused>
    login(input: {
      readonly login: string
      readonly password: string
      readonly address: string
    }): Effect.Effect<TokenPair & { readonly user: User }, LoginFailed | TooManyAttempts>
    /** A new pair for a refresh token, with the role the user has now. */
    refresh(token: string): Effect.Effect<TokenPair, TokenInvalid>
    /** The user behind an actor; `null` if it has been deleted, or never was one. */
    profile(actor: Actor): Effect.Effect<User | null>
    /** Users of an organization by their ids; what is no user's is left out. */
    named(organization: OrganizationId, ids: Iterable<number | null>): Effect.Effect<ReadonlyMap<number, User>>
  }
>()("@stockbook/http/identity/Accounts") {
  static layer(
    settings: RegistrationSettings
  ): Layer.Layer<Accounts, never, Identity | Passwords | Tokens | LoginThrottle> {
    return Layer.effect(
      Accounts,
      Effect.gen(function* () {
        const identity = yield* Identity
        const passwords = yield* Passwords
        const tokens = yield* Tokens
        const throttle = yield* LoginThrottle
        const setting = settings.setting ?? "customers"

        return Accounts.of({
          register: Effect.fn("Accounts.register")(function* ({ user, password, requester, request }) {
            yield* identity.permits({ setting, requester, request })
            const passwordHash = yield* passwords.hash(password)
            const organizationName = settings.organizationName ?? `${user.username}'s organization`
            return yield* identity.register({ user, passwordHash, setting, requester, request, organizationName })
          }),
          login: Effect.fn("Accounts.login")(function* ({ login, password, address }) {
            const attempt = { account: login, address }
            yield* throttle.check(attempt)
            const found = yield* identity.findByLogin(login)
            const right = yield* passwords.verify({
              password,
              hash: found?.passwordHash ?? null,
              admit: throttle.check(attempt),
              onWrong: throttle.failed(attempt)
            })
            if (found === null || !right) return yield* new LoginFailed()
            return { ...(yield* tokens.issue(found.user)), user: found.user }
          }),
          refresh: Effect.fn("Accounts.refresh")(function* (token) {
            const user = yield* identity.getUser(yield* tokens.verifyRefresh(token))
            return user === null ? yield* new TokenInvalid() : yield* tokens.issue(user)
          }),
          profile: ({ user }) => (user === null ? Effect.succeed(null) : identity.getUser(user)),
          named: Effect.fnUntraced(function* (organization, ids) {
            const users = new Map<number, User>()
            for (const id of new Set(ids)) {
              const user = id === null || !isUserId(id) ? null : yield* identity.getUser(id)
              if (user?.organization === organization) users.set(user.id, user)
            }
            return users
          })
        })
      })
    )
  }
}
