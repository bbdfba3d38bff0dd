import { Effect, Exit, Schema } from "effect"
import { HttpApiError } from "effect/http-api"
import { expect, it } from "vitest"
import { Email } from "../src/fields/Email.ts"
import { BooleanParam } from "../src/fields/Flag.ts"
import { IntegerParam } from "../src/fields/Integer.ts"
import { Text, textOf } from "../src/fields/Text.ts"
import { fieldErrors } from "../src/problems/FieldError.ts"

const Body = Schema.Struct({
  quantity: Schema.Int.check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(1000)),
  floor: Schema.optional(Schema.NullOr(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)))),
  price: Schema.optional(Schema.Finite),
  name: Schema.optional(Schema.NullOr(textOf(3, 5))),
  kind: Schema.optional(Schema.Literals(["sale", "return", "damaged"])),
  email: Schema.optional(Email),
  flag: Schema.optional(Schema.Boolean),
  lines: Schema.optional(Schema.Array(Schema.Struct({ sku: Text })).check(Schema.isMinLength(1))),
  id: Schema.optional(Schema.Union([Schema.Int, Text])),
  password: Schema.optional(textOf(8, 128))
})

const failures = (schema: Schema.Top, kind: HttpApiError.HttpApiSchemaError["kind"], input: unknown) => {
  const decode = Schema.decodeUnknownEffect(schema as Schema.Codec<unknown>, { errors: "all", reportInput: true })
  const exit = Effect.runSyncExit(Effect.flip(decode(input)))
  return Exit.isSuccess(exit) ? fieldErrors(new HttpApiError.HttpApiSchemaError({ kind, cause: exit.value })) : []
}

const ofBody = (input: unknown) => failures(Schema.toCodecJson(Body), "Payload", input)

const table: ReadonlyArray<readonly [field: string, value: unknown, type: string, msg: string]> = [
  ["quantity", undefined, "missing", "Field required"],
  ["quantity", "5", "int_type", "Input should be a valid integer"],
  ["quantity", null, "int_type", "Input should be a valid integer"],
  ["quantity", true, "int_type", "Input should be a valid integer"],
  ["quantity", 1.5, "int_from_float", "Input should be a valid integer, got a number with a fractional part"],
  ["quantity", 2 ** 53, "int_from_float", "Input should be a valid integer, got a number with a fractional part"],
  ["quantity", 0, "greater_than", "Input should be greater than 0"],
  ["quantity", 1001, "less_than_equal", "Input should be less than or equal to 1000"],
  ["floor", -1, "greater_than_equal", "Input should be greater than or equal to 0"],
  ["floor", "x", "int_type", "Input should be a valid integer"],
  ["price", "9.99", "float_type", "Input should be a valid number"],
  ["price", "NaN", "float_type", "Input should be a valid number"],
  ["name", 7, "string_type", "Input should be a valid string"],
  ["name", "ab", "string_too_short", "String should have at least 3 characters"],
  ["name", "abcdef", "string_too_long", "String should have at most 5 characters"],
  [
    "name",
    "ab\u0000c",
    "string_unicode",
    "Input should be a valid string, unable to parse raw data as a unicode string"
  ],
  [
    "name",
    "ab\ud800",
    "string_unicode",
    "Input should be a valid string, unable to parse raw data as a unicode string"
  ],
  ["kind", "gift", "literal_error", "Input should be 'sale', 'return' or 'damaged'"],
  ["email", "nobody", "value_error", "value is not a valid email address"],
  ["email", ["a@b.de"], "string_type", "Input should be a valid string"],
  ["flag", "true", "bool_type", "Input should be a valid boolean"],
  ["lines", {}, "list_type", "Input should be a valid list"],
  ["lines", [], "too_short", "List should have at least 1 item after validation, not 0"],
  ["id", true, "int_type", "Input should be a valid integer"]
]

it.each(table)("%s = %j: %s", (field, value, type, msg) => {
  const body = { quantity: 1, ...(value === undefined ? { quantity: undefined } : { [field]: value }) }
  if (value === undefined) Reflect.deleteProperty(body, field)
  const [error, ...others] = ofBody(body)
  expect(others).toEqual([])
  expect(error).toMatchObject({ type, msg, loc: ["body", field] })
})

it("reports every field once, nested ones by their whole path", () => {
  expect(ofBody({ quantity: "1", kind: 1, lines: [{ sku: "a" }, {}, { sku: 3 }], unknown: 1 })).toMatchObject([
    { loc: ["body", "quantity"] },
    { loc: ["body", "kind"] },
    { loc: ["body", "lines", 1, "sku"], type: "missing", input: {} },
    { loc: ["body", "lines", 2, "sku"], type: "string_type", input: 3 }
  ])
})

it("never shows a secret", () => {
  const shown = JSON.stringify([ofBody({ quantity: 1, password: "hunter2" }), ofBody({ password: "hunter22" })])
  expect(shown).toContain("**********")
  expect(shown).not.toContain("hunter")
})

it.each([undefined, null])("a body that is %s is missing", (body) => {
  expect(ofBody(body)).toEqual([{ type: "missing", loc: ["body"], msg: "Field required", input: null }])
})

it.each([5, "x", [], true])("a body that is %j is no object", (body) => {
  expect(ofBody(body)).toMatchObject([{ type: "model_attributes_type", loc: ["body"], input: body }])
})

const Query = Schema.Struct({ page: Schema.optional(IntegerParam), low: Schema.optional(BooleanParam) })

it.each(["5.0", "abc", "", "1e3", "0x10", " 5", "99999999999999999", "9007199254740993"])(
  "page=%j is no integer",
  (page) => {
    expect(failures(Query, "Query", { page })).toMatchObject([
      { type: "int_parsing", loc: ["query", "page"], input: page }
    ])
  }
)

it.each([
  ["5", 5],
  ["-5", -5],
  ["007", 7]
])("page=%j is %j", (page, value) => {
  expect(Schema.decodeUnknownSync(Query)({ page })).toEqual({ page: value })
})

it.each([
  ["true", true],
  ["0", false],
  ["Off", false]
])("low=%j is %j", (low, value) => {
  expect(Schema.decodeUnknownSync(Query)({ low })).toEqual({ low: value })
})

it("shows numbers of a query as they were sent, and nothing of what is not there", () => {
  const Limits = Schema.Struct({ limit: IntegerParam.check(Schema.isLessThanOrEqualTo(100)), page: IntegerParam })
  expect(failures(Limits, "Query", { limit: "101" })).toMatchObject([
    { type: "less_than_equal", loc: ["query", "limit"], input: "101" },
    { type: "missing", loc: ["query", "page"], input: null }
  ])
})

it("low=maybe is no boolean", () => {
  expect(failures(Query, "Query", { low: "maybe" })).toMatchObject([{ type: "bool_parsing" }])
})
