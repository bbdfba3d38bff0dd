import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Email } from "../../fields/Email.ts"
import { optional } from "../../fields/Optional.ts"
import { Text, textOf } from "../../fields/Text.ts"
import { Authentication, Identification } from "../../identity/Authorization.ts"
import { loginPayload } from "../../identity/LoginForm.ts"
import { usernameRule } from "../../identity/usernameRule.ts"
import { BadRequest, Forbidden, TooManyRequests, Unauthorized, Unavailable } from "../../problems/Problem.ts"
import { UserView } from "./UserView.ts"

const UserRegistration = Schema.Struct({
  email: Email,
  password: textOf(8, 128),
  username: optional(textOf(3, 50)),
  full_name: optional(textOf(0, 255))
})
  .annotate({
    examples: [{ username: "johndoe", email: "john@example.com", password: "securepassword123", full_name: "John Doe" }]
  })
  .check(usernameRule)

const TokenView = Schema.Struct({ access_token: Text, token_type: Schema.Literal("bearer") })

const register = HttpApiEndpoint.post("register", "/register", {
  payload: UserRegistration,
  success: UserView.pipe(HttpApiSchema.status(201)),
  error: [BadRequest, Forbidden, Unavailable]
})
  .middleware(Identification)
  .annotate(OpenApi.Summary, "Register a user")

const login = HttpApiEndpoint.post("login", "/login", {
  payload: loginPayload("username"),
  success: TokenView,
  error: [Unauthorized, TooManyRequests, Unavailable]
}).annotate(OpenApi.Summary, "Log in with a username or an e-mail address")

const loginJson = HttpApiEndpoint.post("loginJson", "/login-json", {
  payload: loginPayload("username"),
  success: TokenView,
  error: [Unauthorized, TooManyRequests, Unavailable]
}).annotate(OpenApi.Summary, "Log in with JSON")

const me = HttpApiEndpoint.get("me", "/me", { success: UserView, error: Unavailable })
  .middleware(Authentication)
  .annotate(OpenApi.Summary, "The user who asks")

/** D's users: registering, logging in, and who one is. */
export const AuthGroup = HttpApiGroup.make("warehouse-management.auth")
  .add(register, login, loginJson, me)
  .prefix("/api/v1/auth")
  .annotateMerge(OpenApi.annotations({ title: "Authentication" }))
