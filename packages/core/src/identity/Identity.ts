import { Clock, Context, Effect, Layer, Schema } from "effect"
import { OrganizationId } from "../catalog/Organization.ts"
import type { Actor } from "./Actor.ts"
import { type EmailTaken, IdentityDriver, type Placement, type UsernameTaken } from "./IdentityDriver.ts"
import {
  decideRegistration,
  type RegistrationDecision,
  type RegistrationRequest,
  type RegistrationSetting
} from "./Registration.ts"
import { loginKey, type NewUser, User, type UserId } from "./User.ts"

/** The requester may not register this user. */
export class RegistrationRefused extends Schema.TaggedError<RegistrationRefused>()("RegistrationRefused", {}) {}

/** A registration: who is to be registered, who asks, and under which setting. The password comes hashed. */
export interface Registration {
  readonly user: NewUser
  readonly passwordHash: string
  readonly setting: RegistrationSetting
  readonly requester: Actor | null
  readonly request: RegistrationRequest
  /** What an organization founded by this registration is called. */
  readonly organizationName: string
}

/** A user beside the hash its password is checked against. */
export interface Credentials {
  readonly user: User
  readonly passwordHash: string
}

const decodeUser = Schema.decodeUnknownSync(User)
const decodeOrganization = Schema.decodeUnknownSync(OrganizationId)

/** Users for callers: decoded and checked, over any `IdentityDriver`. */
export class Identity extends Context.Service<
  Identity,
  {
    /** Whether this registration would be refused, without its cost: hashing a password is slow on purpose. */
    permits(
      registration: Pick<Registration, "setting" | "requester" | "request">
    ): Effect.Effect<void, RegistrationRefused>
    /** Registers a user. Decided on the store as it is: of two first users one founds it, the other registers after. */
    register(registration: Registration): Effect.Effect<User, EmailTaken | UsernameTaken | RegistrationRefused>
    /** The user who logs in with this e-mail address or username, in any spelling of case. */
    findByLogin(login: string): Effect.Effect<Credentials | null>
    getUser(id: UserId): Effect.Effect<User | null>
  }
>()("@stockbook/core/identity/Identity") {
  static readonly layer: Layer.Layer<Identity, never, IdentityDriver> = Layer.effect(
    Identity,
    Effect.gen(function* () {
      const driver = yield* IdentityDriver

      const decide = Effect.fnUntraced(function* (registration: Parameters<Identity["Service"]["permits"]>[0]) {
        const empty = (yield* driver.countUsers) === 0
        const decision = decideRegistration(registration.setting, registration.requester, registration.request, empty)
        return decision._tag === "Refused" ? yield* new RegistrationRefused() : decision
      })

      const place = Effect.fnUntraced(function* (
        decision: Exclude<RegistrationDecision, { _tag: "Refused" }>,
        organizationName: string
      ): Effect.fn.Return<Placement> {
        if (decision._tag !== "Join") return { _tag: decision._tag, organizationName }
        const organization = decision.organization ?? (yield* driver.defaultOrganization)
        // Users without any organization cannot be: every insert founds or joins one.
        return organization === null
          ? { _tag: "Found", organizationName }
          : { _tag: "Join", organization: decodeOrganization(organization) }
      })

      const attempt = Effect.fnUntraced(function* (registration: Registration) {
        const decision = yield* decide(registration)
        const placement = yield* place(decision, registration.organizationName)
        const { user, passwordHash } = registration
        const row = yield* driver.insertUser({
          user: {
            ...user,
            emailKey: loginKey(user.email),
            usernameKey: loginKey(user.username),
            role: decision.role,
            createdAt: yield* Clock.currentTimeMillis
          },
          passwordHash,
          placement
        })
        return decodeUser(row)
      })

      return Identity.of({
        permits: (registration) => Effect.asVoid(decide(registration)),
        register: (registration) =>
          attempt(registration).pipe(
            // Somebody else was first: the store is no longer empty, and the setting decides.
            Effect.catchTag("NotEmpty", () => attempt(registration)),
            Effect.catchTag("NotEmpty", Effect.die)
          ),
        findByLogin: (login) =>
          Effect.map(driver.findByLogin(loginKey(login)), (found) =>
            found === null ? null : { user: decodeUser(found.user), passwordHash: found.passwordHash }
          ),
        getUser: (id) => Effect.map(driver.getUser(id), (row) => (row === null ? null : decodeUser(row)))
      })
    })
  )
}
