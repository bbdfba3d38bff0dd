import { Schema, SchemaIssue } from "effect"
import { HttpApiSchema } from "effect/http-api"
import { optional } from "../fields/Optional.ts"
import { Text } from "../fields/Text.ts"

/** What a login sends: an e-mail address or a username, under either name. A blank one counts as none. */
const Json = Schema.Struct({ username: optional(Text), email: optional(Text), password: Text })

/** The same as a form, which has no null: "null" is somebody's name. */
const Form = Schema.Struct({
  username: Schema.optionalKey(Text),
  email: Schema.optionalKey(Text),
  password: Text
})

const namesSomebody = (documented: "username" | "email") =>
  Schema.makeFilter((form: Parameters<typeof loginOf>[0]) =>
    loginOf(form) === "" ? { path: [documented], issue: new SchemaIssue.MissingKey(undefined) } : undefined
  )

/** The login a form names. */
export const loginOf = (form: {
  readonly username?: string | null | undefined
  readonly email?: string | null | undefined
}): string => form.username?.trim() || form.email?.trim() || ""

/** The bodies a login endpoint takes: JSON, or the form of OAuth 2's password grant. */
export const loginPayload = (documented: "username" | "email") => {
  const who = documented === "email" ? { email: "john@example.com" } : { username: "johndoe" }
  return [
    Json.annotate({ examples: [{ ...who, password: "securepassword123" }] }).check(namesSomebody(documented)),
    Form.check(namesSomebody(documented)).pipe(HttpApiSchema.asFormUrlEncoded())
  ] as const
}
