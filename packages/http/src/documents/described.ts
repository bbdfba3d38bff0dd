import type { OpenApi } from "effect/http-api"
import type { Route } from "../apis/DocumentedApi.ts"
import { withExamples } from "./examples.ts"
import { withTypedParameters } from "./parameters.ts"
import { specPath, withProtocol } from "./protocol.ts"
import { tidied } from "./tidied.ts"

/** The OpenAPI document of these routes, whole: what was declared of them, and what holds for all endpoints. */
export const described = (spec: OpenApi.OpenAPISpec, routes: ReadonlyArray<Route>): OpenApi.OpenAPISpec => {
  const served = new Set(routes.map(({ path }) => specPath(path)))
  const paths = Object.fromEntries(Object.entries(spec.paths).filter(([path]) => served.has(path)))
  return withExamples(tidied(withProtocol({ ...spec, paths: withTypedParameters(paths, routes) }, routes)))
}
