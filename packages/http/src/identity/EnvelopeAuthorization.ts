import { HttpApiMiddleware } from "effect/http-api"
import { Unauthenticated, Unauthorised } from "../problems/EnvelopeProblem.ts"
import type { CurrentActor } from "./Authorization.ts"

/** `Authorization` in the words of B. */
export class EnvelopeAuthorization extends HttpApiMiddleware.Service<
  EnvelopeAuthorization,
  { provides: CurrentActor }
>()("@stockbook/http/identity/EnvelopeAuthorization", {
  error: [Unauthenticated, Unauthorised]
}) {}
