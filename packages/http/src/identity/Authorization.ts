import type { Ability, Actor } from "@stockbook/core"
import { Context } from "effect"
import { HttpApiMiddleware } from "effect/http-api"
import { Forbidden, Unauthorized } from "../problems/Problem.ts"

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

/**
 * Lets only users pass whose role has the endpoint's `RequiredAbility`, and gives their handlers `CurrentActor`. Asked
 * before anything of the request is decoded: 401, then 403, then 422.
 *
 * None of these middlewares declares a security scheme: effect would then take the credentials out of each request and
 * hand them over wrapped, while the authenticator, which may be the host's, looks at the request itself. The documents
 * tell of the scheme (`withProtocol`).
 */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentActor }>()(
  "@stockbook/http/identity/Authorization",
  { error: [Unauthorized, Forbidden] }
) {}

/** Lets users of any role pass, and gives their handlers `CurrentActor`. */
export class Authentication extends HttpApiMiddleware.Service<Authentication, { provides: CurrentActor }>()(
  "@stockbook/http/identity/Authentication",
  { error: Unauthorized }
) {}

/** Gives handlers `CurrentRequester`; bad credentials count as none. */
export class Identification extends HttpApiMiddleware.Service<Identification, { provides: CurrentRequester }>()(
  "@stockbook/http/identity/Identification"
) {}
