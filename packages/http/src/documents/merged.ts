import type { OpenApi } from "effect/http-api"
import type { DocumentedApi } from "../apis/DocumentedApi.ts"
import { described } from "./described.ts"

/** The OpenAPI document of an API, without the paths that are not served. */
export const documentOf = (api: DocumentedApi, isServed: (path: string) => boolean = () => true): OpenApi.OpenAPISpec =>
  described(
    api.openapi(),
    api.routes.filter(({ path }) => isServed(path))
  )

/** Several APIs as one document. Throws if they mean different things by one name. */
export const merged = (documents: ReadonlyArray<OpenApi.OpenAPISpec>): OpenApi.OpenAPISpec => ({
  openapi: "3.1.0",
  info: { title: "Stockbook", version: "1.0.0" },
  paths: union(documents.map(({ paths }) => paths)),
  components: {
    schemas: union(documents.map(({ components }) => components.schemas)),
    securitySchemes: union(documents.map(({ components }) => components.securitySchemes))
  },
  security: documents.flatMap(({ security }) => security),
  tags: Object.values(union(documents.map(({ tags }) => Object.fromEntries(tags.map((tag) => [tag.name, tag])))))
})

const union = <A>(parts: ReadonlyArray<Readonly<Record<string, A>>>): Record<string, A> => {
  const all: Record<string, A> = {}
  for (const [name, value] of parts.flatMap((part) => Object.entries(part))) {
    if (name in all && JSON.stringify(all[name]) !== JSON.stringify(value)) {
      throw new Error(`Two APIs have different things by the name ${name}`)
    }
    all[name] = value
  }
  return all
}
