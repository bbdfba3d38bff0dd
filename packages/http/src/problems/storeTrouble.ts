import type { StoreError } from "@stockbook/core"
import { Effect, Option } from "effect"
import { HttpServerRequest } from "effect/http"
import { exchangeOf } from "../exchange/Exchange.ts"

/** What a caller is told of a store that did not do it; `null` where trying again will not help: that is a fault. */
export const storeTrouble = ({ reason }: StoreError): string | null => {
  switch (reason) {
    case "corrupt":
      return null
    case "unknown":
      return "The store did not confirm the request; it may have been carried out"
    default:
      return "The store is not available"
  }
}

/** Answers that the store did not do it in an API's own way, and leaves the reason to the log. A fault dies. */
export const answerTrouble = <E>(
  error: StoreError,
  answer: (trouble: string) => Effect.Effect<never, E>
): Effect.Effect<never, E> => {
  const trouble = storeTrouble(error)
  return trouble === null ? Effect.die(error) : Effect.andThen(noteTrouble(error), answer(trouble))
}

/** Handlers do not say that they are of a request; within one, there is one. */
const noteTrouble = (error: StoreError): Effect.Effect<void> =>
  Effect.map(Effect.serviceOption(HttpServerRequest.HttpServerRequest), (request) => {
    if (Option.isSome(request)) exchangeOf(request.value).trouble = error
  })
