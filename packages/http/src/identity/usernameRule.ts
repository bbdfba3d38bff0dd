import { usernameFits } from "@stockbook/core"
import { Schema } from "effect"

/** A registration whose username looks like somebody else's e-mail address is refused at that field. */
export const usernameRule = Schema.makeFilter(
  (form: { readonly email: string; readonly username?: string | null | undefined }) =>
    typeof form.username !== "string" || usernameFits(form.username, form.email)
      ? undefined
      : { path: ["username"], issue: "a username with an @ must be the user's own e-mail address" }
)
