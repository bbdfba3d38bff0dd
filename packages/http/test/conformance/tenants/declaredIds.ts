import { Predicate } from "effect"
import type { Route } from "../../../src/apis/DocumentedApi.ts"
import { specPath } from "../../../src/documents/protocol.ts"
import { declared } from "../../declared.ts"
import { kindOf } from "./requests.ts"

/** The names of all ids that an endpoint declares, by where they stand. */
export interface DeclaredIds {
  readonly path: ReadonlyArray<string>
  readonly query: ReadonlyArray<string>
  readonly body: ReadonlyArray<string>
}

const operationOf = ({ path, method }: Route): object =>
  Object(Object(declared.paths[specPath(path)])[method.toLowerCase()])

/** The body that the document shows of an endpoint; `undefined` where it takes none. */
export const exampleOf = (route: Route): object | undefined => {
  const { requestBody } = Object(operationOf(route))
  return Object(Object(Object(requestBody)["content"])["application/json"])["example"]
}

export const idsDeclared = (route: Route): DeclaredIds => {
  const { parameters = [], requestBody } = Object(operationOf(route))
  const isId = (name: string) => kindOf(route.path, name) !== null
  const named = (place: string): ReadonlyArray<string> =>
    Object.values<{ in: string; name: string }>(parameters)
      .filter((parameter) => parameter.in === place && isId(parameter.name))
      .map((parameter) => parameter.name)
  const media = Object.values(Object(Object(requestBody)["content"]))
  return {
    path: named("path"),
    query: named("query"),
    body: [...new Set(media.flatMap((each) => propertiesIn(each)))].filter(isId)
  }
}

/** The names of all properties within a schema, however deep. */
const propertiesIn = (schema: unknown): ReadonlyArray<string> => {
  if (Array.isArray(schema)) return schema.flatMap(propertiesIn)
  if (!Predicate.isObject(schema)) return []
  const reference = schema["$ref"]
  if (typeof reference === "string") return propertiesIn(declared.components.schemas[reference.split("/").at(-1) ?? ""])
  const own = Predicate.isObject(schema["properties"]) ? Object.keys(schema["properties"]) : []
  const inner = Object.entries(schema).filter(([name]) => name !== "example" && name !== "examples")
  return [...own, ...inner.flatMap(([, value]) => propertiesIn(value))]
}
