import type { User } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { isoTime } from "../../fields/Timestamp.ts"
import { Accounts } from "../../identity/Accounts.ts"
import { CurrentActor, CurrentRequester } from "../../identity/Authorization.ts"
import { neverKept } from "../../identity/neverKept.ts"
import { signIn } from "../../identity/signIn.ts"
import type { TokenPair } from "../../identity/Tokens.ts"
import { BadRequest, Forbidden, Unauthorized } from "../../problems/Problem.ts"
import { InventoryFlow } from "./InventoryFlow.ts"

const userView = (user: User) => ({
  id: user.id,
  username: user.username,
  email: user.email,
  role: user.role,
  first_name: user.firstName,
  last_name: user.lastName,
  created_at: isoTime(user.createdAt),
  updated_at: isoTime(user.updatedAt)
})

const tokenView = (tokens: TokenPair) => ({
  access_token: tokens.access,
  refresh_token: tokens.refresh,
  token_type: "bearer" as const
})

const wrong = () => new BadRequest({ detail: "Incorrect email or password" })
const invalid = () => new Unauthorized({ detail: "Could not validate credentials" })

export const authHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.auth",
  Effect.fnUntraced(function* (handlers) {
    const accounts = yield* Accounts
    return handlers.handleAll({
      register: Effect.fnUntraced(
        function* ({ payload }) {
          const { actor: requester } = yield* CurrentRequester
          const user = {
            email: payload.email,
            username: payload.username,
            fullName: null,
            firstName: payload.first_name ?? null,
            lastName: payload.last_name ?? null
          }
          const request = { knowsRoles: true, role: payload.role ?? null }
          return userView(yield* accounts.register({ user, password: payload.password, requester, request }))
        },
        Effect.catchTags({
          EmailTaken: () => new BadRequest({ detail: "Email already registered" }),
          UsernameTaken: () => new BadRequest({ detail: "Username already taken" }),
          RegistrationRefused: () => new Forbidden({ detail: "Operation not permitted" })
        })
      ),
      login: ({ payload, request }) => Effect.map(signIn(accounts, request, payload, wrong), tokenView),
      refresh: ({ payload }) =>
        neverKept(accounts.refresh(payload.refresh_token)).pipe(
          Effect.mapBoth({ onSuccess: tokenView, onFailure: invalid })
        ),
      me: Effect.fnUntraced(function* () {
        const user = yield* accounts.profile(yield* CurrentActor)
        return user === null ? yield* invalid() : userView(user)
      })
    })
  })
)
