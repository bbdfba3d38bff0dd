import { isEmailAddress } from "@stockbook/core"
import { Schema } from "effect"
import { FAILURE, type Failure } from "../problems/Failure.ts"
import { Text } from "./Text.ts"

const notAnAddress: Failure = {
  type: "value_error",
  msg: "value is not a valid email address"
}

/** An e-mail address. */
export const Email = Text.check(
  Schema.makeFilter(isEmailAddress, { [FAILURE]: notAnAddress, toJsonSchema: () => ({ format: "email" }) })
)
