import { Role } from "@stockbook/core"
import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { loginPayload } from "../../identity/LoginForm.ts"
import { OutOfService, Throttled, WrongCredentials } from "../../problems/EnvelopeProblem.ts"

const LoggedIn = Schema.Struct({
  success: Schema.Literal(true),
  access_token: Schema.String,
  token_type: Schema.Literal("Bearer"),
  user: Schema.Struct({
    id: Schema.Int,
    name: Schema.String,
    email: Schema.String,
    role: Role,
    organization_id: Schema.Int
  })
})

const login = HttpApiEndpoint.post("login", "/login", {
  payload: loginPayload("email"),
  success: LoggedIn,
  error: [WrongCredentials, Throttled, OutOfService]
}).annotate(OpenApi.Summary, "Log in with an e-mail address or a username")

/** B's users: logging in. They are registered through D or E. */
export const AuthGroup = HttpApiGroup.make("three-level-inventory.auth")
  .add(login)
  .prefix("/api/auth")
  .annotateMerge(OpenApi.annotations({ title: "Users" }))
