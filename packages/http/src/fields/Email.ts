import { Schema } from "effect"
import { FAILURE, type Failure } from "../problems/Failure.ts"
import { Text } from "./Text.ts"

const notAnAddress: Failure = {
  type: "value_error",
  msg: "value is not a valid email address"
}

const LOCAL = /^[^\s@"(),:;<>[\]\\.]+(?:\.[^\s@"(),:;<>[\]\\.]+)*$/
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u

/** RFC 5321's lengths; of RFC 5322's forms the dot-atom, which is what mailboxes have. */
const isAddress = (text: string): boolean => {
  const at = text.lastIndexOf("@")
  return at > 0 && at <= 64 && text.length <= 254 && LOCAL.test(text.slice(0, at)) && DOMAIN.test(text.slice(at + 1))
}

/** An e-mail address. */
export const Email = Text.check(
  Schema.makeFilter(isAddress, { [FAILURE]: notAnAddress, toJsonSchema: () => ({ format: "email" }) })
)
