import type { User } from "@stockbook/core"
import { Effect } from "effect"
import { HttpEffect, type HttpServerRequest, HttpServerResponse } from "effect/http"
import { exchangeOf } from "../exchange/Exchange.ts"
import { TooManyRequests } from "../problems/Problem.ts"
import type { Accounts } from "./Accounts.ts"
import { loginOf } from "./LoginForm.ts"
import { neverKept } from "./neverKept.ts"
import type { TokenPair } from "./Tokens.ts"

/** Carries out a login as every API does; how wrong credentials are answered is the API's own. */
export const signIn = <E>(
  accounts: Accounts["Service"],
  request: HttpServerRequest.HttpServerRequest,
  form: Parameters<typeof loginOf>[0] & { readonly password: string },
  wrong: () => E
): Effect.Effect<TokenPair & { readonly user: User }, E | TooManyRequests, HttpServerRequest.HttpServerRequest> =>
  neverKept(
    accounts.login({ login: loginOf(form), password: form.password, address: exchangeOf(request).address })
  ).pipe(
    Effect.catch(
      (error): Effect.Effect<never, E | TooManyRequests, HttpServerRequest.HttpServerRequest> =>
        error._tag === "LoginFailed" ? Effect.fail(wrong()) : refused(error.retryAfterSeconds)
    )
  )

const refused = (seconds: number) =>
  Effect.andThen(
    HttpEffect.appendPreResponseHandler((_, response) =>
      Effect.succeed(HttpServerResponse.setHeader(response, "retry-after", String(seconds)))
    ),
    Effect.fail(new TooManyRequests({ detail: "Too many failed login attempts. Try again later." }))
  )
