import { Role } from "@stockbook/core"
import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Email } from "../../fields/Email.ts"
import { optional } from "../../fields/Optional.ts"
import { Text, textOf } from "../../fields/Text.ts"
import { Timestamp } from "../../fields/Timestamp.ts"
import { Authentication, Identification } from "../../identity/Authorization.ts"
import { loginPayload } from "../../identity/LoginForm.ts"
import { usernameRule } from "../../identity/usernameRule.ts"
import { BadRequest, Forbidden, TooManyRequests, Unauthorized, Unavailable } from "../../problems/Problem.ts"

const UserRegistration = Schema.Struct({
  username: textOf(3, 50),
  first_name: optional(textOf(0, 100)),
  last_name: optional(textOf(0, 100)),
  email: Email,
  password: textOf(8, 128),
  role: optional(Role)
})
  .annotate({
    examples: [
      {
        username: "johndoe",
        first_name: "John",
        last_name: "Doe",
        email: "john.doe@example.com",
        password: "strongpassword123",
        role: "admin"
      }
    ]
  })
  .check(usernameRule)

const UserView = Schema.Struct({
  id: Schema.Int,
  username: Schema.String,
  email: Schema.String,
  role: Role,
  first_name: Schema.NullOr(Schema.String),
  last_name: Schema.NullOr(Schema.String),
  created_at: Timestamp,
  updated_at: Timestamp
})

const TokenView = Schema.Struct({
  access_token: Schema.String,
  refresh_token: Schema.String,
  token_type: Schema.Literal("bearer")
})

const register = HttpApiEndpoint.post("register", "/register", {
  payload: UserRegistration,
  success: UserView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Forbidden, Unavailable]
})
  .middleware(Identification)
  .annotate(OpenApi.Summary, "Register a user, with a role")

const login = HttpApiEndpoint.post("login", "/login", {
  payload: loginPayload("email"),
  success: TokenView,
  error: [BadRequest, TooManyRequests, Unavailable]
}).annotate(OpenApi.Summary, "Log in with an e-mail address or a username")

const refresh = HttpApiEndpoint.post("refresh", "/refresh", {
  payload: Schema.Struct({ refresh_token: Text }).annotate({ examples: [{ refresh_token: "eyJhbGciOiJIUzI1NiJ9…" }] }),
  success: TokenView,
  error: [Unauthorized, Unavailable]
}).annotate(OpenApi.Summary, "Exchange a refresh token for new tokens")

const me = HttpApiEndpoint.get("me", "/me", { success: UserView, error: Unavailable })
  .middleware(Authentication)
  .annotate(OpenApi.Summary, "The user who asks")

/** E's users: registering with a role, logging in, and who one is. */
export const AuthGroup = HttpApiGroup.make("inventoryflow.auth")
  .add(register, login, refresh, me)
  .prefix("/auth")
  .annotateMerge(OpenApi.annotations({ title: "Users" }))
