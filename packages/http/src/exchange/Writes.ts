import { type Actor, IdentityDriver, OrganizationId, Replies, type Reply, StoreError } from "@stockbook/core"
import { Context, Effect, Layer, Predicate } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { CurrentWrite, type Write } from "./CurrentWrite.ts"
import { textOf } from "./Etag.ts"
import { fingerprintOf, keyOf, scopedKey } from "./IdempotencyKey.ts"
import { makeInFlight } from "./InFlight.ts"
import { keyBusy, keyConflict } from "./Instead.ts"
import { makeLateReplies } from "./LateReplies.ts"
import { unchangedFor } from "./Representation.ts"

type Response = HttpServerResponse.HttpServerResponse

/**
 * What every write is spared and owed, whichever endpoint it goes to.
 *
 * `Idempotency-Key`: the same request by the same sender again gets the first answer, and another request under that
 * key 409. A request that comes while the first is being worked on waits for its answer. Kept are answers that say it
 * was done: after a refusal nothing has happened, and the same request may succeed later. An answer that cannot be kept
 * at once, for the store went away after the work was done, is kept when it is back. A process that dies between doing
 * and keeping leaves the outcome with the engine or the catalogue, under a key made of the client's.
 *
 * `If-Match`: 412 if the thing at the path has another entity tag by now.
 */
export class Writes extends Context.Service<
  Writes,
  {
    /** The handler of a request to an endpoint, guarded; `actor` is `null` for a request by nobody in particular. */
    readonly guard: <E, R>(
      handler: Effect.Effect<Response, E, R>,
      actor: Actor | null,
      endpoint: HttpApiEndpoint.Top
    ) => Effect.Effect<Response, E, R | HttpServerRequest.HttpServerRequest>
  }
>()("@stockbook/http/exchange/Writes") {
  static readonly layer: Layer.Layer<Writes, never, Replies | IdentityDriver> = Layer.effect(
    Writes,
    Effect.gen(function* () {
      const replies = yield* Replies
      const users = yield* IdentityDriver
      const inFlight = makeInFlight<Reply>()
      const late = yield* makeLateReplies(replies.keep)

      /** Whose replies those to this sender are among; `null` while the store has no organization at all. */
      const organizationOf = (actor: Actor | null): Effect.Effect<OrganizationId | null> =>
        actor !== null
          ? Effect.succeed(actor.organization)
          : Effect.map(users.defaultOrganization, (id) => (id === null ? null : OrganizationId.make(id)))

      const find = (actor: Actor | null, key: string) =>
        Effect.flatMap(organizationOf(actor), (organization) =>
          organization === null
            ? Effect.succeed(null)
            : Effect.suspend(() => {
                const known = late.find(organization, key)
                return known === null ? Effect.orDie(replies.find(organization, key)) : Effect.succeed(known)
              })
        )

      /** What was done is done, whether or not its answer can be kept. */
      const keep = (actor: Actor | null, key: string, fingerprint: string, answer: string) =>
        Effect.gen(function* () {
          const organization = yield* organizationOf(actor)
          if (organization === null) return null
          const reply: Reply = { organization, key, fingerprint, answer }
          yield* Effect.catch(replies.keep(reply), () => Effect.sync(() => late.add(reply)))
          return reply
        })

      const keyed = <E, R>(
        handler: Effect.Effect<Response, E, R>,
        actor: Actor | null,
        key: string,
        fingerprint: string
      ) => {
        const again = (reply: Reply) => (reply.fingerprint === fingerprint ? replayed(reply) : keyConflict)
        const work = Effect.gen(function* () {
          const known = yield* find(actor, key)
          if (known !== null) return [yield* again(known), known] as const
          const response = yield* handler
          const answer = answerOf(response)
          return [response, answer === null ? null : yield* keep(actor, key, fingerprint, answer)] as const
        })
        return inFlight.run(`${actor?.organization ?? ""}/${key}`, { work, shared: again, late: keyBusy })
      }

      return Writes.of({
        guard: (handler, actor, { payload }) =>
          Effect.flatMapEager(HttpServerRequest.HttpServerRequest, (request) => {
            const { "idempotency-key": given, "if-match": condition } = request.headers
            if (isRead(request) || (given === undefined && condition === undefined)) return handler
            const unchanged = condition === undefined || request.method === "POST" ? null : unchangedFor(condition)
            const guarded = (key: string | null) => {
              const write: Write = { key, unchanged }
              const handled = Effect.provideService(handler, CurrentWrite, write)
              return unchanged === null ? handled : Effect.andThen(unchanged, handled)
            }
            if (given === undefined) return guarded(null)
            return Effect.gen(function* () {
              const key = scopedKey(actor === null ? "nobody" : (actor.user ?? "-"), yield* keyOf(request))
              return yield* keyed(guarded(key), actor, key, yield* fingerprintOf(request, payload.size > 0))
            })
          })
      })
    })
  )
}

const isRead = ({ method }: HttpServerRequest.HttpServerRequest): boolean => method === "GET" || method === "HEAD"

/** An answer as it is kept; `null` for one that says nothing was done, or is no text. */
const answerOf = (response: Response): string | null => {
  const text = response.body._tag === "Empty" ? "" : textOf(response)
  return response.status >= 300 || text === null
    ? null
    : JSON.stringify({ status: response.status, headers: response.headers, text })
}

const replayed = ({ answer }: Reply): Effect.Effect<Response> => {
  const kept: unknown = JSON.parse(answer)
  if (!isKept(kept)) {
    return Effect.die(new StoreError({ reason: "corrupt", message: "A kept answer cannot be read", cause: answer }))
  }
  const { status, text } = kept
  const headers: Kept["headers"] = { ...kept.headers, "idempotency-replayed": "true" }
  return Effect.succeed(
    text === ""
      ? HttpServerResponse.empty({ status, headers })
      : HttpServerResponse.text(text, { status, headers, contentType: headers["content-type"] ?? "application/json" })
  )
}

interface Kept {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const isKept = (value: unknown): value is Kept =>
  Predicate.isObject(value) &&
  Predicate.isNumber(value["status"]) &&
  Predicate.isString(value["text"]) &&
  Predicate.isObject(value["headers"])
