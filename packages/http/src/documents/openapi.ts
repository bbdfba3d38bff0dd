import type { OpenApi } from "effect/http-api"
import type { RequestHandler } from "express"
import type { Route } from "../apis/DocumentedApi.ts"
import { withTypedParameters } from "./parameters.ts"
import { withProtocol } from "./protocol.ts"
import { tidied } from "./tidied.ts"

/** The OpenAPI document of these routes, whole: what was declared of them, and what holds for all endpoints. */
export const described = (spec: OpenApi.OpenAPISpec, routes: ReadonlyArray<Route>): OpenApi.OpenAPISpec =>
  tidied(withProtocol({ ...spec, paths: withTypedParameters(spec.paths, routes) }, routes))

/** Serves the OpenAPI document of these routes, with the router's mount path as its server; made when first asked for. */
export const serveOpenApi = (make: () => OpenApi.OpenAPISpec, routes: ReadonlyArray<Route>): RequestHandler => {
  let spec: OpenApi.OpenAPISpec | undefined
  return (request, response) => {
    spec ??= described(make(), routes)
    response.json({ ...spec, servers: [{ url: request.baseUrl === "" ? "/" : request.baseUrl }] })
  }
}
