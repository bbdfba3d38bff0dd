import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { Predicate } from "effect"
import { apis } from "../src/apis/index.ts"
import { documentOf, merged } from "../src/documents/merged.ts"
import { specPath } from "../src/documents/protocol.ts"
import { routeTable } from "../src/exchange/RouteTable.ts"

/** The document of all APIs, as the router serves it. */
export const declared = merged(apis.map((api) => documentOf(api)))

const routes = routeTable(apis.flatMap(({ routes }) => routes))

/** What a document leaves open, a test does not: an object has the fields that are declared and no others. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed)
  if (!Predicate.isObject(value)) return value
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]))
  return Predicate.isObject(value["properties"]) && value["type"] === "object" && !("additionalProperties" in value)
    ? { ...inner, additionalProperties: false }
    : inner
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({ $id: "https://stockbook.test/declared", ...Object(closed(declared)) })

const validators = new Map<string, ValidateFunction>()
const validatorAt = (pointer: string): ValidateFunction => {
  const known = validators.get(pointer)
  if (known !== undefined) return known
  const made = ajv.compile({ $ref: `https://stockbook.test/declared#${pointer}` })
  validators.set(pointer, made)
  return made
}

const escaped = (segment: string): string => encodeURIComponent(segment.replaceAll("~", "~0").replaceAll("/", "~1"))

/** What is wrong with a body, by where the document says what it is to be; `null` if nothing is. */
const wrongWith = (pointer: ReadonlyArray<string>, body: unknown): string | null => {
  const validate = validatorAt(["", ...pointer, "schema"].map(escaped).join("/"))
  return validate(body) ? null : ajv.errorsText(validate.errors)
}

/** The examples of all bodies, with what is wrong with each. */
export const declaredExamples = (): ReadonlyArray<readonly [where: string, wrong: string | null]> =>
  Object.entries(declared.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([verb, operation]) => {
      const { responses, requestBody } = Object(operation)
      const bodies = Object.keys(responses).map((status) => [["responses", status], responses[status]] as const)
      return [[["requestBody"], requestBody] as const, ...bodies].flatMap(([at, body]) =>
        Object.entries(Object(Object(body)["content"])).map(([type, media]) => {
          const pointer = ["paths", path, verb, ...at, "content", type]
          return [pointer.join(" "), wrongWith(pointer, Object(media)["example"])] as const
        })
      )
    })
  )

/** Fails unless an endpoint's answer has a status that it declares, and for that status a body that it declares. */
export const expectDeclared = (
  method: string,
  url: string,
  response: Pick<Response, "status" | "headers">,
  json: unknown
): void => {
  const route = routes.find(method, url)?.handler
  if (route === undefined) return
  const path = specPath(route.path)
  const verb = route.method.toLowerCase()
  const what = `${method} ${url} answered ${response.status}`
  const operation: unknown = Object(declared.paths[path])[verb]
  const responses: unknown = Object(operation)["responses"]
  const answer: unknown = Object(responses)[response.status]
  if (answer === undefined) throw new Error(`${what}, which it does not declare`)
  if (method === "HEAD") return
  const type = (response.headers.get("content-type") ?? "").split(";", 1)[0] ?? ""
  const content: unknown = Object(answer)["content"]
  if (content === undefined || response.status === 304) {
    if (json !== undefined) throw new Error(`${what} with a body, which it does not declare`)
    return
  }
  if (!(type in Object(content))) throw new Error(`${what} with ${type || "no body"}, which it does not declare`)
  const wrong = wrongWith(["paths", path, verb, "responses", String(response.status), "content", type], json)
  if (wrong !== null) throw new Error(`${what} with what it does not declare: ${wrong}`)
}
