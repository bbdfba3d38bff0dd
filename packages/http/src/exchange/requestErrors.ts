import { Effect, Schema, SchemaIssue } from "effect"
import type { FindMyWay, HttpServerRequest } from "effect/http"
import { HttpApiError } from "effect/http-api"
import type { Route } from "../apis/DocumentedApi.ts"
import { decodingOptions } from "../apis/decoding.ts"
import { type FieldError, fieldErrors } from "../problems/FieldError.ts"
import type { RouteTable } from "./RouteTable.ts"

type SchemaError = HttpApiError.HttpApiSchemaError
type Part = SchemaError["kind"]

/** The parts of a request in the order they are reported in, which is FastAPI's. */
const parts: ReadonlyArray<Part> = ["Params", "Query", "Headers", "Payload"]

/** Every field a request has wrong: those of the part that was refused, which ended the decoding, and of all others. */
export const requestErrors = (
  first: SchemaError,
  request: HttpServerRequest.HttpServerRequest,
  routes: RouteTable
): Effect.Effect<ReadonlyArray<FieldError>> => {
  const found = routes.find(request.method, request.url)
  const rest = parts.filter((part) => part !== first.kind)
  if (found === undefined) return Effect.succeed(fieldErrors(first))
  return Effect.map(
    Effect.forEach(rest, (part) => judge(part, request, found)),
    (others) => {
      const errors = [first, ...others.filter((error) => error !== null)]
      return parts.flatMap((kind) => errors.filter((error) => error.kind === kind)).flatMap(fieldErrors)
    }
  )
}

/** What is wrong with one part; `null` if nothing is, or it cannot be read. */
const judge = (
  part: Part,
  request: HttpServerRequest.HttpServerRequest,
  { handler: { endpoint }, params, searchParams }: FindMyWay.FindResult<Route>
): Effect.Effect<SchemaError | null> => {
  switch (part) {
    case "Params":
      return refusal(part, endpoint.params, params)
    case "Headers":
      return refusal(part, endpoint.headers, request.headers)
    case "Query":
      return refusal(part, endpoint.query, searchParams)
    case "Payload": {
      const schemas = endpoint.payload.get("application/json")?.schemas
      const isJson = /^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "application/json")
      if (schemas === undefined || !isJson) return Effect.succeed(null)
      return Effect.matchCauseEffect(request.text, {
        onFailure: () => Effect.succeed(null),
        onSuccess: (text) => refusalOfJson(Schema.Union(schemas), text)
      })
    }
    default:
      return Effect.succeed(null)
  }
}

const refusal = (kind: Part, schema: Schema.Top | undefined, input: unknown): Effect.Effect<SchemaError | null> => {
  if (schema === undefined) return Effect.succeed(null)
  // Schemas of requests need no services: a handler could not be served otherwise.
  const decode = Schema.decodeUnknownEffect(schema as Schema.Codec<unknown>, decodingOptions)
  return Effect.match(HttpApiError.HttpApiSchemaError.wrap(kind, decode(input)), {
    onFailure: (error) => error,
    onSuccess: () => null
  })
}

const refusalOfJson = (schema: Schema.Top, text: string): Effect.Effect<SchemaError | null> => {
  try {
    return refusal("Payload", schema, text === "" ? undefined : JSON.parse(text))
  } catch {
    const issue = new SchemaIssue.InvalidValue({ message: "Expected a valid JSON body" })
    return Effect.succeed(
      new HttpApiError.HttpApiSchemaError({ kind: "Payload", cause: new Schema.SchemaError(issue) })
    )
  }
}
