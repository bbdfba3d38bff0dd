import { Schema, SchemaTransformation } from "effect"
import { FAILURE, type Failure } from "../problems/Failure.ts"

const notParsed: Failure = {
  type: "int_parsing",
  msg: "Input should be a valid integer, unable to parse string as an integer"
}

const isWholeNumber = Schema.makeFilter(
  (text: string) => /^[+-]?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)),
  { [FAILURE]: notParsed }
)

/** An integer in a path or query, written as one: `5`, and neither `5.0`, `5e0` nor nothing. */
export const IntegerParam = Schema.String.check(isWholeNumber).pipe(
  Schema.decodeTo(Schema.Int, SchemaTransformation.numberFromString)
)
