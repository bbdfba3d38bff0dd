import { Data, Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import type { ErrorShape } from "../problems/ErrorShape.ts"
import type { FieldError } from "../problems/FieldError.ts"

/**
 * An answer in place of the handler's, put in the words of the API that was asked. It is died with, so that what holds
 * for every endpoint need not be declared by each.
 */
export class Instead extends Data.TaggedError("Instead")<{
  readonly answer: (shape: ErrorShape) => HttpServerResponse.HttpServerResponse
}> {}

/** Gives this answer, as it is. */
export const answerInstead = (response: HttpServerResponse.HttpServerResponse): Effect.Effect<never> =>
  Effect.die(new Instead({ answer: () => response }))

const refuse = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {}
): Effect.Effect<never> =>
  Effect.die(
    new Instead({ answer: (shape) => HttpServerResponse.jsonUnsafe(shape.problem(message), { status, headers }) })
  )

/** 412: the client acts on something that is no longer as it has seen it. */
export const preconditionFailed = refuse(412, "It was changed meanwhile")

/** 409: the same key came with another request before. */
export const keyConflict = refuse(409, "The Idempotency-Key was used with another request")

/** 409: a request with this key is still being worked on. */
export const keyBusy = refuse(409, "A request with this Idempotency-Key is under way", { "retry-after": "1" })

/** 422: what a field says is well-formed, and only what was found shows that it does not go. */
export const unprocessable = (errors: ReadonlyArray<FieldError>): Effect.Effect<never> =>
  Effect.die(
    new Instead({ answer: (shape) => HttpServerResponse.jsonUnsafe(shape.validation(errors), { status: 422 }) })
  )
