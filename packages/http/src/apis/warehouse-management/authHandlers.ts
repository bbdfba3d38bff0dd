import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Accounts } from "../../identity/Accounts.ts"
import { CurrentActor, CurrentRequester } from "../../identity/Authorization.ts"
import { signIn } from "../../identity/signIn.ts"
import type { TokenPair } from "../../identity/Tokens.ts"
import { BadRequest, Forbidden, Unauthorized } from "../../problems/Problem.ts"
import { userView } from "./UserView.ts"
import { WarehouseManagement } from "./WarehouseManagement.ts"

const tokenView = (tokens: TokenPair) => ({ access_token: tokens.access, token_type: "bearer" as const })

const wrong = () => new Unauthorized({ detail: "Incorrect email or password" })

export const authHandlers = HttpApiBuilder.group(
  WarehouseManagement,
  "warehouse-management.auth",
  Effect.fnUntraced(function* (handlers) {
    const accounts = yield* Accounts
    return handlers.handleAll({
      register: Effect.fnUntraced(
        function* ({ payload }) {
          const { actor: requester } = yield* CurrentRequester
          const user = {
            email: payload.email,
            username: payload.username ?? payload.email,
            fullName: payload.full_name ?? null,
            firstName: null,
            lastName: null
          }
          const request = { knowsRoles: false, role: null }
          return userView(yield* accounts.register({ user, password: payload.password, requester, request }))
        },
        Effect.catchTags({
          EmailTaken: () => new BadRequest({ detail: "Email already registered" }),
          UsernameTaken: () => new BadRequest({ detail: "Username already taken" }),
          RegistrationRefused: () => new Forbidden({ detail: "Operation not permitted" })
        })
      ),
      login: ({ payload, request }) => Effect.map(signIn(accounts, request, payload, wrong), tokenView),
      loginJson: ({ payload, request }) => Effect.map(signIn(accounts, request, payload, wrong), tokenView),
      me: Effect.fnUntraced(function* () {
        const user = yield* accounts.profile(yield* CurrentActor)
        return user === null ? yield* new Unauthorized({ detail: "Could not validate credentials" }) : userView(user)
      })
    })
  })
)
