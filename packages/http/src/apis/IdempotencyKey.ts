import { createHash } from "node:crypto"
import type { Actor, ExecuteOptions } from "@stockbook/core"
import { Schema } from "effect"
import { FAILURE, type Failure } from "../problems/Failure.ts"

const notAKey: Failure = { type: "value_error", msg: "Value error, expected 1 to 200 printable ASCII characters" }

const isKey = Schema.makeFilter((text: string) => /^[\x20-\x7e]{1,200}$/.test(text), { [FAILURE]: notAKey })

/** The headers of an endpoint that changes stock: the same key and body again are answered alike and done once. */
export const IdempotencyHeaders = Schema.Struct({
  "idempotency-key": Schema.optionalKey(Schema.String.check(isKey))
})

/**
 * The key as the engine gets it: of this endpoint and this user, so that equal keys sent elsewhere or by others do not
 * meet. Hashed, for the whole must fit the engine's 200 characters.
 */
export const idempotent = (
  headers: typeof IdempotencyHeaders.Type,
  endpoint: string,
  { user }: Actor
): ExecuteOptions => {
  const key = headers["idempotency-key"]
  if (key === undefined) return {}
  return { idempotencyKey: `${endpoint}/${user ?? "-"}/${createHash("sha256").update(key).digest("base64url")}` }
}
