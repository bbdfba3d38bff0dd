import type { IncomingMessage } from "node:http"
import { type Actor, can } from "@stockbook/core"
import { Context, Effect, Layer } from "effect"
import { HttpServerRequest } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { exchangeOf } from "../exchange/Exchange.ts"
import { Writes } from "../exchange/Writes.ts"
import { Unauthenticated, Unauthorised } from "../problems/EnvelopeProblem.ts"
import { Forbidden, Unauthorized } from "../problems/Problem.ts"
import { Authenticator } from "./Authenticator.ts"
import {
  Authentication,
  Authorization,
  CurrentActor,
  CurrentRequester,
  Identification,
  RequiredAbility
} from "./Authorization.ts"
import { EnvelopeAuthorization } from "./EnvelopeAuthorization.ts"

/** The middleware that says who asks and whether they may, and guards what they write. */
export const authorizing: Layer.Layer<
  Authorization | EnvelopeAuthorization | Authentication | Identification,
  never,
  Authenticator | Writes
> = Layer.effectContext(
  Effect.gen(function* () {
    const authenticator = yield* Authenticator
    const writes = yield* Writes
    return Context.make(
      Authorization,
      Authorization.of((handler, { endpoint }) =>
        Effect.flatMapEager(permitted(authenticator, endpoint), (actor) =>
          Effect.provideService(writes.guard(handler, actor, endpoint), CurrentActor, actor)
        )
      )
    ).pipe(
      Context.add(
        EnvelopeAuthorization,
        EnvelopeAuthorization.of((handler, { endpoint }) =>
          Effect.flatMapEager(
            Effect.mapError(permitted(authenticator, endpoint), (error) =>
              error instanceof Unauthorized
                ? new Unauthenticated({ message: "Unauthenticated." })
                : new Unauthorised({ success: false, message: "This action is unauthorized." })
            ),
            (actor) => Effect.provideService(writes.guard(handler, actor, endpoint), CurrentActor, actor)
          )
        )
      ),
      Context.add(
        Authentication,
        Authentication.of((handler, { endpoint }) =>
          Effect.flatMapEager(identified(authenticator), (actor) =>
            Effect.provideService(writes.guard(handler, actor, endpoint), CurrentActor, actor)
          )
        )
      ),
      Context.add(
        Identification,
        Identification.of((handler, { endpoint }) =>
          Effect.flatMap(
            Effect.catchTag(identify(authenticator), "BadCredentials", () => Effect.succeed(null)),
            (actor) => Effect.provideService(writes.guard(handler, actor, endpoint), CurrentRequester, { actor })
          )
        )
      )
    )
  })
)

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
