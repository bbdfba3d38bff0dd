import type { OpenApi } from "effect/http-api"
import type { RequestHandler } from "express"
import type { Route } from "../apis/DocumentedApi.ts"
import { withTypedParameters } from "./parameters.ts"
import { tidied } from "./tidied.ts"

const fieldErrors = {
  type: "object",
  required: ["detail"],
  properties: {
    detail: {
      type: "array",
      items: {
        type: "object",
        required: ["type", "loc", "msg"],
        properties: {
          type: { type: "string" },
          loc: { type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }] } },
          msg: { type: "string" },
          input: {}
        }
      }
    }
  }
} as const

const REF = { $ref: "#/components/schemas/HTTPValidationError" }

const operationsOf = (path: OpenApi.OpenAPISpecPathItem): ReadonlyArray<OpenApi.OpenAPISpecOperation> =>
  [path.get, path.post, path.put, path.patch, path.delete].filter((operation) => operation !== undefined)

/** Adds the 422 that every endpoint with input may answer; it is made outside the endpoints, so they do not declare it. */
const withValidation = (spec: OpenApi.OpenAPISpec): OpenApi.OpenAPISpec => {
  for (const operation of Object.values(spec.paths).flatMap(operationsOf)) {
    const takesInput = operation.requestBody !== undefined || operation.parameters.length > 0
    if (!takesInput || operation.responses[422] !== undefined) continue
    operation.responses[422] = {
      description: "The request does not fit its schema.",
      content: { "application/json": { schema: REF } }
    }
  }
  return {
    ...spec,
    components: { ...spec.components, schemas: { ...spec.components.schemas, HTTPValidationError: fieldErrors } }
  }
}

const described = (spec: OpenApi.OpenAPISpec, routes: ReadonlyArray<Route>): OpenApi.OpenAPISpec => {
  const complete = withValidation(spec)
  return tidied({ ...complete, paths: withTypedParameters(complete.paths, routes) })
}

/** Serves the OpenAPI document of these routes, with the router's mount path as its server; made when first asked for. */
export const serveOpenApi = (make: () => OpenApi.OpenAPISpec, routes: ReadonlyArray<Route>): RequestHandler => {
  let spec: OpenApi.OpenAPISpec | undefined
  return (request, response) => {
    spec ??= described(make(), routes)
    response.json({ ...spec, servers: [{ url: request.baseUrl === "" ? "/" : request.baseUrl }] })
  }
}
