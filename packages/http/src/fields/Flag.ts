import { Schema, SchemaTransformation } from "effect"
import { FAILURE, type Failure } from "../problems/Failure.ts"

const notBoolean: Failure = {
  type: "bool_parsing",
  msg: "Input should be a valid boolean, unable to interpret input"
}

const spellings: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  "1": true,
  yes: true,
  y: true,
  on: true,
  false: false,
  f: false,
  "0": false,
  no: false,
  n: false,
  off: false
}

const isSpelledBoolean = Schema.makeFilter((text: string) => Object.hasOwn(spellings, text.toLowerCase()), {
  [FAILURE]: notBoolean
})

/** A boolean in a query, in any spelling FastAPI takes. */
export const BooleanParam = Schema.String.check(isSpelledBoolean).pipe(
  Schema.decodeTo(
    Schema.Boolean,
    SchemaTransformation.transform({
      decode: (text) => spellings[text.toLowerCase()] ?? false,
      encode: (value) => String(value)
    })
  )
)
