import { Predicate } from "effect"
import type { OpenApi } from "effect/http-api"

type Spec = OpenApi.OpenAPISpec

/** What fields of these names hold, for readers who would learn nothing from "text". */
const words: Readonly<Record<string, string | number>> = {
  access_token: "eyJhbGciOiJIUzI1NiJ9…",
  refresh_token: "eyJhbGciOiJIUzI1NiJ9…",
  category: "Electronics",
  description: "High-performance laptop",
  detail: "What went wrong, in words",
  email: "john.doe@example.com",
  first_name: "John",
  full_name: "John Doe",
  last_name: "Doe",
  location: "14 Dock Road",
  name: "Laptop Computer",
  notes: "By the side entrance",
  order_id: "ORD-1001",
  password: "strongpassword123",
  product_name: "Laptop Computer",
  reason: "Broken in storage",
  reference_id: "ORD-1001",
  sku: "LAPTOP-001",
  unit: "piece",
  unit_of_measure: "piece",
  unit_price: "999.99",
  username: "johndoe",
  warehouse_name: "Main Warehouse"
}

/** Adds to every body that is sent or answered an example: the first of its schema, or one that is made of it. */
export const withExamples = (spec: Spec): Spec => {
  const paths = Object.fromEntries(
    Object.entries(spec.paths).map(([path, item]) => [path, mapped(item, (each) => operationWithExamples(each, spec))])
  )
  return { ...spec, paths }
}

const operationWithExamples = (operation: unknown, spec: Spec): unknown =>
  Predicate.isObject(operation) && Predicate.isObject(operation["responses"])
    ? {
        ...operation,
        responses: mapped(operation["responses"], (each) => contentWithExamples(each, spec)),
        ...("requestBody" in operation ? { requestBody: contentWithExamples(operation["requestBody"], spec) } : {})
      }
    : operation

const contentWithExamples = (body: unknown, spec: Spec): unknown =>
  Predicate.isObject(body) && Predicate.isObject(body["content"])
    ? { ...body, content: mapped(body["content"], (media) => mediaWithExample(media, spec)) }
    : body

const mediaWithExample = (media: unknown, spec: Spec): unknown =>
  Predicate.isObject(media) ? { ...media, example: exampleOf(media["schema"], "", spec) } : media

const mapped = <T extends object>(record: T, change: (value: unknown) => unknown): T =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)])) as T

/** A value that a JSON Schema takes; `name` is the field's. */
const exampleOf = (schema: unknown, name: string, spec: Spec): unknown => {
  if (!Predicate.isObject(schema)) return null
  const { $ref: ref, examples, enum: values, properties } = schema
  if (typeof ref === "string") return exampleOf(spec.components.schemas[ref.split("/").at(-1) ?? ""], name, spec)
  if (Array.isArray(examples) && examples.length > 0) return examples[0]
  if ("const" in schema) return schema["const"]
  if (Array.isArray(values)) return values[0]
  const members = schema["anyOf"] ?? schema["oneOf"]
  if (Array.isArray(members)) return exampleOf(members[0], name, spec)
  switch (schema["type"]) {
    case "object":
      return Predicate.isObject(properties)
        ? Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, exampleOf(value, key, spec)]))
        : {}
    case "array":
      return [exampleOf(schema["items"], name, spec)]
    case "integer":
    case "number":
      return Math.max(Number(schema["minimum"] ?? 1), 1)
    case "boolean":
      return true
    case "string":
      return textLike(name, schema["format"])
    default:
      return null
  }
}

const textLike = (name: string, format: unknown): unknown => {
  if (format === "date-time") return "2026-01-31T09:30:00.000Z"
  if (format === "date") return "2026-01-31"
  return words[name] ?? "text"
}
