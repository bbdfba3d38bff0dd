import { Schema, SchemaIssue } from "effect"
import { HttpApiSchema } from "effect/http-api"
import { Text } from "../fields/Text.ts"

/** What a login sends, by an e-mail address or a username under either name. A blank one counts as none. */
const credentials = (documented: "username" | "email") =>
  Schema.Struct({
    username: Schema.optional(Schema.NullOr(Text)),
    email: Schema.optional(Schema.NullOr(Text)),
    password: Text
  }).check(
    Schema.makeFilter((form) =>
      loginOf(form) === "" ? { path: [documented], issue: new SchemaIssue.MissingKey(undefined) } : undefined
    )
  )

/** The login a form names. */
export const loginOf = (form: {
  readonly username?: string | null | undefined
  readonly email?: string | null | undefined
}): string => form.username?.trim() || form.email?.trim() || ""

/** The bodies a login endpoint takes: JSON, or the form of OAuth 2's password grant. */
export const loginPayload = (documented: "username" | "email") =>
  [credentials(documented), credentials(documented).pipe(HttpApiSchema.asFormUrlEncoded())] as const
