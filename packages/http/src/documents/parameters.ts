import { Predicate, Schema } from "effect"
import type { OpenApi } from "effect/http-api"
import type { Route } from "../apis/DocumentedApi.ts"
import { headerName } from "../problems/headerName.ts"
import { specPath, verbOf } from "./protocol.ts"

type Fields = Readonly<Record<string, object>>

/** The JSON Schemas of a struct's fields as programs see them: what arrives as the text "5" is an integer. */
const fieldsOf = (schema: Schema.Top | undefined): Fields => {
  if (schema === undefined) return {}
  const { properties } = Schema.toJsonSchemaDocument(Schema.toType(schema)).schema
  return Predicate.isObject(properties) ? (properties as Fields) : {}
}

/** Documents each parameter as what it stands for; effect documents the text it is sent as. */
export const withTypedParameters = (
  paths: OpenApi.OpenAPISpec["paths"],
  routes: ReadonlyArray<Route>
): OpenApi.OpenAPISpec["paths"] => {
  const typed = { ...paths }
  for (const route of routes) {
    const { endpoint } = route
    const key = specPath(route.path)
    const verb = verbOf(route)
    const operation = typed[key]?.[verb]
    if (operation === undefined) continue
    const fields: Readonly<Record<string, Fields>> = {
      path: fieldsOf(endpoint.params),
      query: fieldsOf(endpoint.query)
    }
    const parameters = operation.parameters.map((parameter) => ({
      ...parameter,
      name: parameter.in === "header" ? headerName(parameter.name) : parameter.name,
      schema: fields[parameter.in]?.[parameter.name] ?? parameter.schema
    }))
    typed[key] = { ...typed[key], [verb]: { ...operation, parameters } }
  }
  return typed
}
