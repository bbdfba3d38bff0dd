import type { OpenApi } from "effect/http-api"
import type { Route } from "../apis/DocumentedApi.ts"
import { thingAt } from "../exchange/Representation.ts"
import { isGuarded, isUsers } from "../identity/isGuarded.ts"

type Operation = OpenApi.OpenAPISpecOperation
type Parameter = OpenApi.OpenAPISpecParameter
type Response = OpenApi.OpenApiSpecResponse

const text = { type: "string" } as const

const header = (name: string, description: string, schema: object = text): Parameter => ({
  name,
  in: "header",
  schema,
  required: false,
  description
})

const idempotencyKey = header(
  "Idempotency-Key",
  "Names this request: the same again is answered alike and done once; another under the same key is 409.",
  { type: "string", minLength: 1, maxLength: 200, examples: ["8a1c1f0e-5d0b-4c39-a9f6-0c2f2f1e7d11"] }
)
const ifMatch = header("If-Match", "The ETag of what is to be changed, as it was read: 412 if it has another by now.")
const ifNoneMatch = header("If-None-Match", "The ETag of an answer the client has: 304 if that still holds.")

const returned = (description: string, schema: object = text) => ({ description, schema, required: false })

const headersOf: Readonly<Record<string, Readonly<Record<string, ReturnType<typeof returned>>>>> = {
  ETag: { ETag: returned("Names this state of what was read.") },
  201: { Location: returned("Where to read what was made.") },
  401: { "WWW-Authenticate": returned("How to authenticate.", { type: "string", const: "Bearer" }) },
  405: { Allow: returned("The methods this path answers to.") },
  429: { "Retry-After": returned("Seconds until it may be tried again.") },
  503: { "Retry-After": returned("Seconds until it may be tried again.") }
}

const bearer = { type: "http", scheme: "bearer" } as const

/**
 * Adds what every endpoint of its kind takes and answers: tokens, keys, conditions, and the errors made outside of
 * endpoints.
 */
export const withProtocol = (spec: OpenApi.OpenAPISpec, routes: ReadonlyArray<Route>): OpenApi.OpenAPISpec => {
  const paths = { ...spec.paths }
  const schemas: OpenApi.OpenAPIComponents["schemas"] = { ...spec.components.schemas }
  for (const route of routes) {
    const key = specPath(route.path)
    const verb = verbOf(route)
    const operation = paths[key]?.[verb]
    if (operation === undefined) continue
    const { problem, validation } = route.shape.schemas
    schemas[problem.name] = { ...problem.schema }
    schemas[validation.name] = { ...validation.schema }
    const readable = routes.some((other) => other.method === "GET" && other.path === thingAt(route.path))
    paths[key] = { ...paths[key], [verb]: complete(operation, route, readable) }
  }
  const securitySchemes: OpenApi.OpenAPIComponents["securitySchemes"] = routes.some((route) => isUsers(route.endpoint))
    ? { bearer }
    : {}
  return { ...spec, paths, components: { schemas, securitySchemes } }
}

/** A route's path as the document has it. */
export const specPath = (path: string): string => path.replace(/:(\w+)/g, "{$1}")

export const verbOf = ({ method }: Route): OpenApi.OpenAPISpecMethodName =>
  method.toLowerCase() as OpenApi.OpenAPISpecMethodName

const complete = (operation: Operation, route: Route, readable: boolean): Operation => {
  const { method, shape } = route
  const writes = method !== "GET"
  const conditional = writes && method !== "POST" && readable
  const json = (description: string, name: string): Response => ({
    description,
    content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } }
  })
  const problem = (description: string) => json(description, shape.schemas.problem.name)
  const responses: OpenApi.OpenAPISpecResponses = { ...operation.responses }
  const add = (status: number, response: Response) => {
    responses[status] ??= response
  }
  if (!writes && responses[200] !== undefined) add(304, { description: "What the client has still holds." })
  if (writes && isGuarded(route.endpoint)) add(409, problem("The Idempotency-Key was used with another request."))
  if (conditional) add(412, problem("It is no longer as the client has seen it."))
  if (operation.requestBody !== undefined) {
    add(400, problem("The body cannot be read: it is cut short, or not compressed as it says."))
    add(413, problem("The body is larger than the service takes."))
    add(415, problem("The body is of a media type, or compressed in a way, that is not read here."))
  }
  if (writes || operation.requestBody !== undefined || operation.parameters.length > 0) {
    add(422, json("The request does not fit its schema.", shape.schemas.validation.name))
  }
  add(500, problem("A fault of the service; `request_id` names it in the log."))
  add(503, problem("The service or its store cannot take this in right now."))
  for (const [status, response] of Object.entries(responses)) {
    const headers = headersOf[status] ?? (method === "GET" && status === "200" ? headersOf["ETag"] : undefined)
    if (headers !== undefined) responses[Number(status)] = { ...response, headers: { ...headers, ...response.headers } }
  }
  return {
    ...operation,
    security: isUsers(route.endpoint) ? [{ bearer: [] }] : [],
    parameters: [
      ...operation.parameters,
      ...(writes ? [idempotencyKey] : [ifNoneMatch]),
      ...(conditional ? [ifMatch] : [])
    ],
    responses
  }
}
