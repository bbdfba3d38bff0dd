import type { IncomingMessage } from "node:http"
import { type Ability, type Actor, can } from "@stockbook/core"
import { Context, Effect, Layer } from "effect"
import { HttpServerRequest } from "effect/http"
import { HttpApiMiddleware, HttpApiSecurity } from "effect/http-api"
import { exchangeOf } from "../exchange/Exchange.ts"
import { Forbidden, Unauthorized } from "../problems/Problem.ts"
import { Authenticator } from "./Authenticator.ts"

/** Who makes this request. */
export class CurrentActor extends Context.Service<CurrentActor, Actor>()("@stockbook/http/identity/CurrentActor") {}

/** Who makes this request, or `null`: for endpoints that serve everybody, and some better. */
export class CurrentRequester extends Context.Service<CurrentRequester, { readonly actor: Actor | null }>()(
  "@stockbook/http/identity/CurrentRequester"
) {}

/** Lets only identified requests pass, and gives their handlers `CurrentActor`. */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentActor }>()(
  "@stockbook/http/identity/Authorization",
  { error: Unauthorized, security: { bearer: HttpApiSecurity.bearer } }
) {
  static readonly layer: Layer.Layer<Authorization, never, Authenticator> = Layer.effect(
    Authorization,
    Effect.map(Authenticator, (authenticator) => ({
      bearer: (handler) =>
        Effect.flatMapEager(identified(authenticator), (actor) => Effect.provideService(handler, CurrentActor, actor))
    }))
  )
}

/** Gives handlers `CurrentRequester`; bad credentials count as none. */
export class Identification extends HttpApiMiddleware.Service<Identification, { provides: CurrentRequester }>()(
  "@stockbook/http/identity/Identification"
) {
  static readonly layer: Layer.Layer<Identification, never, Authenticator> = Layer.effect(
    Identification,
    Effect.map(
      Authenticator,
      (authenticator) => (handler) =>
        Effect.flatMap(
          Effect.catchTag(identify(authenticator), "BadCredentials", () => Effect.succeed(null)),
          (actor) => Effect.provideService(handler, CurrentRequester, { actor })
        )
    )
  )
}

/** The actor, noted for the access log. */
const identify = (authenticator: Authenticator["Service"]) =>
  Effect.flatMapEager(HttpServerRequest.HttpServerRequest, (request) =>
    // Requests come from Node's server: `source` is what `makeHandler` was given.
    Effect.mapEager(authenticator.identify(request.source as IncomingMessage), (actor) => {
      exchangeOf(request).actor = actor
      return actor
    })
  )

/** The actor, or the documented 401: one message for no credentials, another for bad ones. */
const identified = (
  authenticator: Authenticator["Service"]
): Effect.Effect<Actor, Unauthorized, HttpServerRequest.HttpServerRequest> =>
  Effect.matchEffect(identify(authenticator), {
    onFailure: () => new Unauthorized({ detail: "Could not validate credentials" }),
    onSuccess: (actor) => (actor === null ? new Unauthorized({ detail: "Not authenticated" }) : Effect.succeed(actor))
  })

/** The actor, if its role allows this; else 403. The first line of a handler that writes. */
export const permit = (
  ability: Ability,
  detail = "Operation not permitted"
): Effect.Effect<Actor, Forbidden, CurrentActor> =>
  Effect.flatMap(CurrentActor, (actor) =>
    can(actor.role, ability) ? Effect.succeed(actor) : new Forbidden({ detail })
  )
