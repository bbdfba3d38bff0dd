import type { User } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Accounts } from "../../identity/Accounts.ts"
import { signIn } from "../../identity/signIn.ts"
import { Throttled, WrongCredentials } from "../../problems/EnvelopeProblem.ts"
import { TooManyRequests } from "../../problems/Problem.ts"
import { ThreeLevelInventory } from "./ThreeLevelInventory.ts"
import { nameOf } from "./views.ts"

const wrong = () => new WrongCredentials({ success: false, message: "Invalid credentials" })

const userView = (user: User) => ({
  id: user.id,
  name: nameOf(user),
  email: user.email,
  role: user.role,
  organization_id: user.organization
})

export const authHandlers = HttpApiBuilder.group(
  ThreeLevelInventory,
  "three-level-inventory.auth",
  Effect.fnUntraced(function* (handlers) {
    const accounts = yield* Accounts
    return handlers.handleAll({
      login: ({ payload, request }) =>
        signIn(accounts, request, payload, wrong).pipe(
          Effect.mapError((error) =>
            error instanceof TooManyRequests ? new Throttled({ success: false, message: error.detail }) : error
          ),
          Effect.map(({ access, user }) => ({
            success: true as const,
            access_token: access,
            token_type: "Bearer" as const,
            user: userView(user)
          }))
        )
    })
  })
)
