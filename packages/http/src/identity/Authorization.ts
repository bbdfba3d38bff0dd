import type { IncomingMessage } from "node:http"
import { type Ability, type Actor, can } from "@stockbook/core"
import { Context, Effect, Layer } from "effect"
import { HttpServerRequest } from "effect/http"
import { type HttpApiEndpoint, HttpApiMiddleware, HttpApiSecurity } from "effect/http-api"
import { exchangeOf } from "../exchange/Exchange.ts"
import { Forbidden, Unauthorized } from "../problems/Problem.ts"
import { Authenticator } from "./Authenticator.ts"

/** Who makes this request. */
export class CurrentActor extends Context.Service<CurrentActor, Actor>()("@stockbook/http/identity/CurrentActor") {}

/** Who makes this request, or `null`: for endpoints that serve everybody, and some better. */
export class CurrentRequester extends Context.Service<CurrentRequester, { readonly actor: Actor | null }>()(
  "@stockbook/http/identity/CurrentRequester"
) {}

/** What an endpoint behind `Authorization` asks of its user's role: an annotation, without which it is not served. */
export class RequiredAbility extends Context.Service<RequiredAbility, Ability>()(
  "@stockbook/http/identity/RequiredAbility"
) {}

const security = { bearer: HttpApiSecurity.bearer }

/**
 * Lets only users pass whose role has the endpoint's `RequiredAbility`, and gives their handlers `CurrentActor`. Asked
 * before anything of the request is decoded: 401, then 403, then 422.
 */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentActor }>()(
  "@stockbook/http/identity/Authorization",
  { error: [Unauthorized, Forbidden], security }
) {
  static readonly layer: Layer.Layer<Authorization, never, Authenticator> = Layer.effect(
    Authorization,
    Effect.map(Authenticator, (authenticator) => ({
      bearer: (handler, { endpoint }) =>
        Effect.flatMapEager(permitted(authenticator, endpoint), (actor) =>
          Effect.provideService(handler, CurrentActor, actor)
        )
    }))
  )
}

/** Lets users of any role pass, and gives their handlers `CurrentActor`. */
export class Authentication extends HttpApiMiddleware.Service<Authentication, { provides: CurrentActor }>()(
  "@stockbook/http/identity/Authentication",
  { error: Unauthorized, security }
) {
  static readonly layer: Layer.Layer<Authentication, never, Authenticator> = Layer.effect(
    Authentication,
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

/** The actor if its role has the endpoint's ability, or the documented 401 or 403. */
const permitted = (authenticator: Authenticator["Service"], { annotations }: HttpApiEndpoint.Top) =>
  Effect.flatMapEager(identified(authenticator), (actor): Effect.Effect<Actor, Forbidden> => {
    const ability = Context.getOrUndefined(annotations, RequiredAbility)
    return ability !== undefined && can(actor.role, ability)
      ? Effect.succeed(actor)
      : new Forbidden({ detail: "Operation not permitted" })
  })
