import { Predicate, type SchemaIssue } from "effect"
import type { HttpApiError } from "effect/http-api"
import { checkFailure, type Failure, missing, typeFailure } from "./Failure.ts"
import { headerName } from "./headerName.ts"
import { presentable, presentableAt } from "./Presentable.ts"

/** One field that failed validation, as pydantic 2 words it. */
export interface FieldError {
  readonly type: string
  readonly loc: ReadonlyArray<string | number>
  readonly msg: string
  readonly input: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

const locations = {
  Params: "path",
  Query: "query",
  Headers: "header",
  Payload: "body",
  Body: "body",
  ResponseHeaders: "header"
} as const satisfies Record<HttpApiError.HttpApiSchemaError["kind"], string>

/** Every field of a request that its schema refused, the first failure of each. */
export const fieldErrors = (error: HttpApiError.HttpApiSchemaError): ReadonlyArray<FieldError> => {
  const found = new Map<string, FieldError>()
  visit(error.cause.issue, [locations[error.kind]], undefined, (seen, loc, input) => {
    // A body that is not there at all, or is `null`, is a missing body.
    const failure = loc.length === 1 && seen.type !== "json_invalid" && Predicate.isNullish(input) ? missing : seen
    const key = JSON.stringify(loc)
    if (found.has(key)) return
    const { type, msg, ctx } = failure
    const shown = failure === missing ? missingFrom(loc, input) : presentableAt(loc, asSent(loc, input))
    found.set(key, { type, loc, msg, input: shown, ...(ctx === undefined ? {} : { ctx }) })
  })
  return [...found.values()]
}

type Path = ReadonlyArray<string | number>

/** Shown of what is missing is the part of the body it is missing from; that has no value to hide. */
const missingFrom = ([part]: Path, input: unknown): unknown => (part === "body" ? presentable(input) : null)

/** Outside the body all is text, whatever a check saw of it. */
const asSent = ([part]: Path, input: unknown): unknown =>
  part !== "body" && typeof input === "number" ? String(input) : input

const visit = (
  issue: SchemaIssue.Issue,
  path: Path,
  parent: unknown,
  emit: (failure: Failure, path: Path, input: unknown) => void
): void => {
  switch (issue._tag) {
    case "Pointer": {
      const segments = issue.path.map((segment) =>
        typeof segment === "number" ? segment : named(String(segment), path)
      )
      return visit(issue.issue, [...path, ...segments], parent, emit)
    }
    case "Composite":
      for (const inner of issue.issues) visit(inner, path, issue.input ?? parent, emit)
      return
    case "Encoding":
      // What a codec says of the encoded form is noise where the type itself has a name for the failure.
      return issue.issue._tag === "AnyOf" || issue.issue._tag === "InvalidType"
        ? emit(typeFailure(issue.ast, issue.input), path, issue.input)
        : visit(issue.issue, path, parent, emit)
    case "AnyOf": {
      const meant = issue.issues.filter((member) => !isBlankMember(member))
      const [only] = meant
      if (only !== undefined && meant.length === 1) return visit(only, path, parent, emit)
      return emit(typeFailure(issue.ast, issue.input), path, issue.input)
    }
    case "Filter": {
      if (issue.issue._tag === "Pointer" || issue.issue._tag === "Composite")
        return visit(issue.issue, path, issue.input, emit)
      return emit(checkFailure(issue), path, issue.input)
    }
    case "MissingKey":
      return emit(missing, path, parent)
    case "InvalidType":
      return emit(typeFailure(issue.ast, issue.input), path, issue.input)
    case "InvalidValue":
      return emit(invalid(issue, path), path, issue.input)
    default:
      return emit({ type: "value_error", msg: "Value error" }, path, "input" in issue ? issue.input : undefined)
  }
}

const named = (segment: string, path: Path): string => (path[0] === locations.Headers ? headerName(segment) : segment)

/** What stands for nothing is not what a value of the wrong kind was meant to be. */
const isBlankMember = (issue: SchemaIssue.Issue): boolean =>
  "ast" in issue &&
  (issue.ast._tag === "Null" ||
    issue.ast._tag === "Undefined" ||
    (issue.ast._tag === "Literal" && issue.ast.literal === ""))

/** An issue without a schema of its own: the body was no JSON, or a transformation failed. */
const invalid = (issue: SchemaIssue.InvalidValue, path: Path): Failure =>
  path.length === 1 && !("input" in issue)
    ? { type: "json_invalid", msg: "JSON decode error" }
    : { type: "value_error", msg: `Value error, ${String(issue.annotations?.message ?? "not a valid value")}` }
