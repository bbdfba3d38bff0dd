import { createHash } from "node:crypto"
import { Effect, Schema } from "effect"
import type { HttpServerRequest } from "effect/http"
import { HttpApiError } from "effect/http-api"
import { decodingOptions } from "../apis/decoding.ts"
import { FAILURE, type Failure } from "../problems/Failure.ts"
import { isSecret } from "../problems/Presentable.ts"

const notAKey: Failure = { type: "value_error", msg: "Value error, expected 1 to 200 printable ASCII characters" }

const isKey = Schema.makeFilter((text: string) => /^[\x20-\x7e]{1,200}$/.test(text), { [FAILURE]: notAKey })

const decode = Schema.decodeUnknownEffect(
  Schema.Struct({ "idempotency-key": Schema.String.check(isKey) }),
  decodingOptions
)

/** The key of a request that has one, or the 422 that names the header. */
export const keyOf = (request: HttpServerRequest.HttpServerRequest): Effect.Effect<string> =>
  HttpApiError.HttpApiSchemaError.wrap("Headers", decode(request.headers)).pipe(
    Effect.map((headers) => headers["idempotency-key"]),
    Effect.orDie
  )

/** The key as one of this sender's, in as many characters whatever it is. */
export const scopedKey = (sender: number | "-" | "nobody", key: string): string =>
  `${sender}/${createHash("sha256").update(key).digest("base64url")}`

/**
 * What a request asks for, in short. Passwords and the like are left out of it: it is stored, and a hash of a password
 * that is as quick as this one would give it away. So is a body that the endpoint does not take: it asks for nothing,
 * and is not read, whatever it is.
 */
export const fingerprintOf = (
  request: HttpServerRequest.HttpServerRequest,
  takesBody: boolean
): Effect.Effect<string, never> =>
  Effect.map(takesBody ? Effect.orDie(request.text) : Effect.succeed(""), (body) =>
    createHash("sha256")
      .update(`${request.method} ${request.url.replace(/\/(?=\?|$)/, "")}\n${plain(body)}`)
      .digest("base64url")
  )

/** JSON without what does not matter: blanks, and secrets. */
const plain = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body, (name, value) => (isSecret(name) ? null : value)))
  } catch {
    return body
  }
}
