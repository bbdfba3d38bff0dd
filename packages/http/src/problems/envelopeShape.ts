import type { ErrorShape } from "./ErrorShape.ts"
import type { FieldError } from "./FieldError.ts"

const failure = {
  type: "object",
  required: ["success", "message"],
  properties: {
    success: { const: false },
    message: { type: "string" },
    request_id: { type: "string", description: "Of a fault: what the log has it under." }
  },
  examples: [{ success: false, message: "Not Found" }]
} as const

const invalid = {
  type: "object",
  required: ["success", "errors"],
  properties: {
    success: { const: false },
    errors: { type: "object", additionalProperties: { type: "array", items: { type: "string" } } }
  },
  examples: [{ success: false, errors: { name: ["The name field is required."] } }]
} as const

/** What B calls a field: the last name in its path, with spaces for underscores, and its place in that if it has one. */
const words = (path: ReadonlyArray<string | number>): string => {
  const name = path.findLastIndex((part) => typeof part === "string")
  return path.slice(name).join(".").replaceAll("_", " ") || "body"
}

/** A failed field in B's words. */
const wording = ({ type, loc, msg, input, ctx }: FieldError): string => {
  const field = words(loc.slice(1))
  if (type === "json_invalid") return "The request body is not valid JSON."
  // What is required is not there either when it is blank.
  if (loc[0] === "body" && (input === "" || input === null)) return `The ${field} field is required.`
  switch (type) {
    case "missing":
      return `The ${field} field is required.`
    case "string_too_short":
      return `The ${field} must be at least ${ctx?.["min_length"]} characters.`
    case "string_too_long":
      return `The ${field} may not be greater than ${ctx?.["max_length"]} characters.`
    case "string_type":
    case "string_unicode":
      return `The ${field} must be a string.`
    case "int_type":
    case "int_parsing":
    case "int_from_float":
      return `The ${field} must be an integer.`
    case "float_type":
    case "decimal_parsing":
      return `The ${field} must be a number.`
    case "date_parsing":
      return `The ${field} is not a valid date.`
    case "bool_type":
    case "bool_parsing":
      return `The ${field} field must be true or false.`
    case "list_type":
    case "model_attributes_type":
      return `The ${field} must be an array.`
    case "too_long":
      return `The ${field} may not have more than ${ctx?.["max_length"]} items.`
    case "greater_than_equal":
      return `The ${field} must be at least ${ctx?.["ge"]}.`
    case "greater_than":
      return `The ${field} must be greater than ${ctx?.["gt"]}.`
    case "less_than_equal":
      return `The ${field} may not be greater than ${ctx?.["le"]}.`
    case "literal_error":
      return `The selected ${field} is invalid.`
    default:
      return msg
  }
}

/** The messages of each field, by its path. */
const byField = (errors: ReadonlyArray<FieldError>): Readonly<Record<string, ReadonlyArray<string>>> => {
  const messages = new Map<string, Array<string>>()
  for (const error of errors) {
    const name = error.loc.slice(1).join(".") || "body"
    messages.set(name, [...(messages.get(name) ?? []), wording(error)])
  }
  return Object.fromEntries(messages)
}

/** `{"success": false, …}`: with a message, or with the messages of each field. */
export const envelopeShape: ErrorShape = {
  problem: (message, more) => ({ success: false, message, ...more }),
  validation: (errors) => ({ success: false, errors: byField(errors) }),
  schemas: {
    problem: { name: "Failure", schema: failure },
    validation: { name: "InvalidFields", schema: invalid }
  }
}
