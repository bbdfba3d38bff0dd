import { Schema } from "effect"
import { FAILURE, type Failure } from "../problems/Failure.ts"

const notUnicode: Failure = {
  type: "string_unicode",
  msg: "Input should be a valid string, unable to parse raw data as a unicode string"
}

/** Lone surrogates and NUL cannot be stored as text everywhere, so no text field takes them. */
const isStorable = Schema.makeFilter((text: string) => !text.includes("\u0000") && !/\p{Cs}/u.test(text), {
  [FAILURE]: notUnicode
})

/** Text of any kind; every string a client sends is at least this. */
export const Text = Schema.String.check(isStorable)

/** Text of a length between these, both included. */
export const textOf = (min: number, max: number) =>
  min === 0 ? Text.check(Schema.isMaxLength(max)) : Text.check(minLength(min), Schema.isMaxLength(max))

/** Documented as it is; effect would document half of it, for JSON Schema counts two UTF-16 surrogates as one. */
const minLength = (min: number) => Schema.isMinLength(min, { toJsonSchema: () => ({ minLength: min }) })
