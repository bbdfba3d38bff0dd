import { Predicate, SchemaAST, type SchemaIssue } from "effect"

/** What went wrong with one value, in pydantic 2's types and words. */
export interface Failure {
  readonly type: string
  readonly msg: string
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** The annotation by which a check of our own says how its failure is worded. */
export const FAILURE = "stockbook/failure"

export const missing: Failure = { type: "missing", msg: "Field required" }

const isFailure = (value: unknown): value is Failure =>
  Predicate.isObject(value) && Predicate.isString(value["type"]) && Predicate.isString(value["msg"])

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`

/** How a failed check is worded: by its own annotation, or by what effect's built-in checks say of themselves. */
export const checkFailure = (issue: SchemaIssue.Filter): Failure => {
  const annotations = issue.filter.annotations
  const own = annotations?.[FAILURE]
  if (isFailure(own)) return own
  const representation = annotations?.representation
  const payload: Readonly<Record<string, unknown>> = Predicate.isObject(representation?.payload)
    ? representation.payload
    : {}
  const limit = (name: string) => Number(payload[name])
  const input = issue.input
  switch (representation?.id) {
    case "effect/schema/isInt":
      return {
        type: "int_from_float",
        msg: "Input should be a valid integer, got a number with a fractional part"
      }
    case "effect/schema/isGreaterThan":
      return than("greater_than", "greater than", "gt", limit("exclusiveMinimum"))
    case "effect/schema/isGreaterThanOrEqualTo":
      return than("greater_than_equal", "greater than or equal to", "ge", limit("minimum"))
    case "effect/schema/isLessThan":
      return than("less_than", "less than", "lt", limit("exclusiveMaximum"))
    case "effect/schema/isLessThanOrEqualTo":
      return than("less_than_equal", "less than or equal to", "le", limit("maximum"))
    case "effect/schema/isBetween":
      return typeof input === "number" && input < limit("minimum")
        ? than("greater_than_equal", "greater than or equal to", "ge", limit("minimum"))
        : than("less_than_equal", "less than or equal to", "le", limit("maximum"))
    case "effect/schema/isMinLength":
      return tooShort(input, limit("minLength"))
    case "effect/schema/isMaxLength":
      return tooLong(input, limit("maxLength"))
    case "effect/schema/isPattern":
      return { type: "string_pattern_mismatch", msg: "String should match the pattern of this field" }
    default: {
      const message = issue.issue._tag === "InvalidValue" ? issue.issue.annotations?.message : undefined
      const expected = message ?? annotations?.message ?? annotations?.expected
      return { type: "value_error", msg: expected === undefined ? "Value error" : `Value error, ${String(expected)}` }
    }
  }
}

const than = (type: string, words: string, key: string, limit: number): Failure => ({
  type,
  msg: `Input should be ${words} ${limit}`,
  ctx: { [key]: limit }
})

const tooShort = (input: unknown, min: number): Failure =>
  Array.isArray(input)
    ? {
        type: "too_short",
        msg: `List should have at least ${plural(min, "item")} after validation, not ${input.length}`,
        ctx: { field_type: "List", min_length: min, actual_length: input.length }
      }
    : {
        type: "string_too_short",
        msg: `String should have at least ${plural(min, "character")}`,
        ctx: { min_length: min }
      }

const tooLong = (input: unknown, max: number): Failure =>
  Array.isArray(input)
    ? {
        type: "too_long",
        msg: `List should have at most ${plural(max, "item")} after validation, not ${input.length}`,
        ctx: { field_type: "List", max_length: max, actual_length: input.length }
      }
    : {
        type: "string_too_long",
        msg: `String should have at most ${plural(max, "character")}`,
        ctx: { max_length: max }
      }

/** How a value of the wrong type is worded, from the type that was wanted. */
export const typeFailure = (ast: SchemaAST.AST, input: unknown): Failure => {
  switch (ast._tag) {
    case "String":
    case "TemplateLiteral":
      return { type: "string_type", msg: "Input should be a valid string" }
    case "Number":
      return wantsInteger(ast)
        ? { type: "int_type", msg: "Input should be a valid integer" }
        : { type: "float_type", msg: "Input should be a valid number" }
    case "Boolean":
      return { type: "bool_type", msg: "Input should be a valid boolean" }
    case "Arrays":
      return { type: "list_type", msg: "Input should be a valid list" }
    case "Objects":
    case "Declaration":
      return {
        type: "model_attributes_type",
        msg: "Input should be a valid dictionary or object to extract fields from"
      }
    case "Literal":
      return literals([ast])
    case "Null":
      return { type: "none_required", msg: "Input should be None" }
    case "Union":
      return unionFailure(ast, input)
    default:
      return { type: "value_error", msg: "Value error" }
  }
}

const wantsInteger = (ast: SchemaAST.AST): boolean =>
  ast.checks?.some((check) => check.annotations?.representation?.id === "effect/schema/isInt") ?? false

const unionFailure = (ast: SchemaAST.Union, input: unknown): Failure => {
  const members = flatten(ast).filter((member) => member._tag !== "Null" && member._tag !== "Undefined")
  const named = members.filter(SchemaAST.isLiteral)
  if (named.length === members.length && named.length > 0) return literals(named)
  const [first] = members
  return first === undefined ? { type: "none_required", msg: "Input should be None" } : typeFailure(first, input)
}

const flatten = (ast: SchemaAST.AST): ReadonlyArray<SchemaAST.AST> =>
  ast._tag === "Union" ? ast.types.flatMap(flatten) : [ast]

const literals = (members: ReadonlyArray<SchemaAST.Literal>): Failure => {
  const names = members.map((member) =>
    typeof member.literal === "string" ? `'${member.literal}'` : String(member.literal)
  )
  const last = names.at(-1) ?? ""
  const expected = names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`
  return { type: "literal_error", msg: `Input should be ${expected}`, ctx: { expected } }
}
