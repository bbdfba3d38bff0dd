import type { HttpApiEndpoint } from "effect/http-api"
import { Authentication, Authorization, Identification } from "./Authorization.ts"
import { EnvelopeAuthorization } from "./EnvelopeAuthorization.ts"

/** Whether only users with the endpoint's `RequiredAbility` are let through. */
export const isAuthorized = ({ middlewares }: HttpApiEndpoint.Top): boolean =>
  middlewares.has(Authorization) || middlewares.has(EnvelopeAuthorization)

/** Whether requests to this endpoint are a user's: it takes a bearer token. */
export const isUsers = (endpoint: HttpApiEndpoint.Top): boolean =>
  isAuthorized(endpoint) || endpoint.middlewares.has(Authentication)

/** Whether requests to this endpoint are a user's, or at least asked whose they are: then what they write is guarded. */
export const isGuarded = (endpoint: HttpApiEndpoint.Top): boolean =>
  isUsers(endpoint) || endpoint.middlewares.has(Identification)
